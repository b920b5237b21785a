"""Update: what was asked for is stored and shown, and nothing else is touched."""

from __future__ import annotations

from trunkline.contract.checks.comparison import (
    assert_unchanged,
    changeable,
    differences,
    different_value,
    is_missing,
    origin_of,
    same,
    show,
    unknown,
)
from trunkline.contract.engine import CheckContext, Family, Inconclusive, collection_check, rule
from trunkline.contract.model import Collection, Path, get_path, updatable
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
    "The response to update shows the object as it now is",
    "Clients replace their copy by the response.",
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


@collection_check("update-visible", "update-echo", "valid-accepted", needs=updatable)
def update_visible(ctx: CheckContext, collection: Collection) -> None:
    """Each member that can be updated shows its new value, in the response and when read."""
    updater, retriever = collection.updater, collection.retriever
    assert updater is not None
    assert retriever is not None
    obj = ctx.create(collection, full=True)
    obj.value, _ = ctx.read(obj)
    for leaf in changeable(ctx, collection):
        before = get_path(obj.value, leaf.path)
        value = different_value(ctx, leaf, before)
        if same(value, before):
            continue
        exchange = ctx.change(obj, {leaf.path: value})
        if not exchange.ok:
            if ctx.expect(exchange.status < 500):
                ctx.violation(
                    updater,
                    f"a valid new value for {leaf.name}, {show(value)}, "
                    f"is refused with {exchange.status}",
                    obj.created,
                    exchange,
                    about=leaf,
                    rule="valid-accepted",
                )
            continue
        answered = exchange.at(updater.payload)
        obj.value, read = ctx.read(obj)
        if not ctx.expect(same(get_path(obj.value, leaf.path), value)):
            ctx.violation(
                updater,
                f"{leaf.name} was updated to {show(value)} and reads back as "
                f"{show(get_path(obj.value, leaf.path))}",
                obj.created,
                exchange,
                read,
                about=leaf,
            )
        if isinstance(answered, dict):
            if not ctx.expect(same(get_path(answered, leaf.path), value)):
                ctx.violation(
                    updater,
                    f"{leaf.name} was updated to {show(value)} and the response shows "
                    f"{show(get_path(answered, leaf.path))}",
                    obj.created,
                    exchange,
                    about=leaf,
                    rule="update-echo",
                )
            for path, wanted, seen in differences(ctx, collection, answered, obj.value):
                if path != leaf.path:
                    ctx.violation(
                        updater,
                        f"the response shows {'.'.join(path)} as {show(wanted)}, "
                        f"reading shows {show(seen)}",
                        obj.created,
                        exchange,
                        read,
                        subject=".".join(path),
                        origins=origin_of(collection, path),
                        rule="update-echo",
                    )


@collection_check("update-alone", needs=updatable)
def update_alone(ctx: CheckContext, collection: Collection) -> None:
    """After an update of one object, its neighbours read as before."""
    assert collection.updater is not None
    before, obj, after = (ctx.create(collection, full=True) for _ in range(3))
    snapshots = [(n, *ctx.read(n)) for n in (before, after)]
    changed: dict[Path, Json] = {}
    for leaf in changeable(ctx, collection):
        value = different_value(ctx, leaf, get_path(obj.value, leaf.path))
        if len(leaf.path) == 1 and not same(value, get_path(obj.value, leaf.path)):
            changed[leaf.path] = value
    exchange = ctx.change(obj, changed)
    if not exchange.ok:
        raise Inconclusive(f"update answered {exchange.status}")
    for neighbour, value, _ in snapshots:
        shown, read = ctx.read(neighbour)
        assert_unchanged(
            ctx,
            collection,
            collection.updater,
            "updating one object changed another's",
            (value, shown),
            *(neighbour.created, obj.created, exchange, read),
        )


@collection_check("update-missing", needs=updatable)
def update_missing(ctx: CheckContext, collection: Collection) -> None:
    """Updating an id that was never given out answers 404."""
    assert collection.updater is not None
    obj = ctx.create(collection)
    obj.address = unknown(ctx, obj)
    exchange = ctx.change(obj, {})
    if not ctx.expect(is_missing(exchange.status)):
        ctx.violation(
            collection.updater,
            f"updating the id {obj.id}, which does not exist, is answered with {exchange.status}",
            exchange,
        )
