"""Update: what was asked for is stored and shown, and nothing else is touched."""

from __future__ import annotations

from trunkline.contract.checks.comparison import (
    another,
    changeable,
    differences,
    hold_still,
    is_missing,
    origin_of,
    same,
    show,
    unknown,
)
from trunkline.contract.engine import Bench, BlockedError, Family, collection_law, rule
from trunkline.contract.model import Collection, Path, dig, updatable
from trunkline.ir import Json

rule(
    "update-visible",
    Family.CRUD,
    "What was updated reads back",
    "An update that is answered but not stored is lost.",
)
rule(
    "update-echo",
    Family.CRUD,
    "The answer to update shows the object as it now is",
    "Clients replace their copy by the answer.",
)
rule(
    "update-alone",
    Family.CRUD,
    "An update changes no other object",
    "A condition too wide in an update destroys other objects' data.",
)
rule(
    "update-missing",
    Family.CRUD,
    "Updating what does not exist answers 404",
    "An update must not create or pretend.",
)


@collection_law("update-visible", "update-echo", "valid-accepted", needs=updatable)
def update_visible(bench: Bench, collection: Collection) -> None:
    """Each member that can be updated shows its new value, in the answer and when read."""
    updater, retriever = collection.updater, collection.retriever
    assert updater is not None
    assert retriever is not None
    thing = bench.create(collection, full=True)
    thing.value, _ = bench.read(thing)
    for leaf in changeable(bench, collection):
        before = dig(thing.value, leaf.path)
        value = another(bench, leaf, before)
        if same(value, before):
            continue
        exchange = bench.change(thing, {leaf.path: value})
        if not exchange.ok:
            if bench.expect(exchange.status < 500):
                bench.violation(
                    updater,
                    f"a valid new value for {leaf.name}, {show(value)}, "
                    f"is refused with {exchange.status}",
                    thing.created,
                    exchange,
                    about=leaf,
                    rule="valid-accepted",
                )
            continue
        answered = exchange.at(updater.payload)
        thing.value, read = bench.read(thing)
        if not bench.expect(same(dig(thing.value, leaf.path), value)):
            bench.violation(
                updater,
                f"{leaf.name} was updated to {show(value)} and reads back as "
                f"{show(dig(thing.value, leaf.path))}",
                thing.created,
                exchange,
                read,
                about=leaf,
            )
        if isinstance(answered, dict):
            if not bench.expect(same(dig(answered, leaf.path), value)):
                bench.violation(
                    updater,
                    f"{leaf.name} was updated to {show(value)} and the answer shows "
                    f"{show(dig(answered, leaf.path))}",
                    thing.created,
                    exchange,
                    about=leaf,
                    rule="update-echo",
                )
            for path, wanted, seen in differences(bench, collection, answered, thing.value):
                if path != leaf.path:
                    bench.violation(
                        updater,
                        f"the answer shows {'.'.join(path)} as {show(wanted)}, "
                        f"reading shows {show(seen)}",
                        thing.created,
                        exchange,
                        read,
                        subject=".".join(path),
                        origins=origin_of(collection, path),
                        rule="update-echo",
                    )


@collection_law("update-alone", needs=updatable)
def update_alone(bench: Bench, collection: Collection) -> None:
    """After an update of one object, its neighbours read as before."""
    assert collection.updater is not None
    before, thing, after = (bench.create(collection, full=True) for _ in range(3))
    snapshots = [(n, *bench.read(n)) for n in (before, after)]
    changed: dict[Path, Json] = {}
    for leaf in changeable(bench, collection):
        value = another(bench, leaf, dig(thing.value, leaf.path))
        if len(leaf.path) == 1 and not same(value, dig(thing.value, leaf.path)):
            changed[leaf.path] = value
    exchange = bench.change(thing, changed)
    if not exchange.ok:
        raise BlockedError(f"update answered {exchange.status}")
    for neighbour, value, _ in snapshots:
        shown, read = bench.read(neighbour)
        hold_still(
            bench,
            collection,
            collection.updater,
            "updating one object changed another's",
            (value, shown),
            *(neighbour.created, thing.created, exchange, read),
        )


@collection_law("update-missing", needs=updatable)
def update_missing(bench: Bench, collection: Collection) -> None:
    """Updating an id that was never given out answers 404."""
    assert collection.updater is not None
    thing = bench.create(collection)
    thing.address = unknown(bench, thing)
    exchange = bench.change(thing, {})
    if not bench.expect(is_missing(exchange.status)):
        bench.violation(
            collection.updater,
            f"updating the id {thing.id}, which does not exist, is answered with {exchange.status}",
            exchange,
        )
