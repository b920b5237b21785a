"""What an update leaves alone, clears and changes."""

from __future__ import annotations

import contextlib

from trunkline import ir
from trunkline.contract.checks.comparison import (
    another,
    changeable,
    hold_still,
    same,
    show,
    timestamps,
)
from trunkline.contract.engine import Bench, BlockedError, Family, collection_law, rule
from trunkline.contract.model import (
    Collection,
    Path,
    UnbuildableError,
    body_schema,
    dig,
    facets,
    has,
    resolve,
    updatable,
)

rule(
    "absent-keeps",
    Family.PATCH,
    "An update leaves members it does not name as they are",
    "A client that sends one change must not reset the rest.",
)
rule(
    "empty-keeps",
    Family.PATCH,
    "An update that names nothing changes nothing",
    "Saving without changes must be harmless.",
)
rule(
    "id-fixed",
    Family.PATCH,
    "The id never changes",
    "Everything that points to the object points by its id.",
)
rule(
    "null-clears",
    Family.PATCH,
    "Null clears a member that may be null",
    "Without it there is no way to take a value back.",
)
rule(
    "list-replaces",
    Family.PATCH,
    "A list in an update replaces the whole list",
    "Lists that grow with every save, or keep what was taken out, cannot be corrected.",
)
rule(
    "refused-keeps",
    Family.PATCH,
    "An update that is refused changes nothing",
    "Half an update is worse than none.",
)


def moving(collection: Collection) -> set[Path]:
    """Members the server may change with every update: read-only points in time."""
    found = set()
    for path in timestamps(collection):
        leaf = collection.item_leaves()[path]
        chain = (*leaf.parents, leaf.schema)
        if any(facets(collection.api, s).read_only for s in chain) or path not in {
            x.path for x in collection.input_leaves(collection.updated)
        }:
            found.add(path)
    return found


@collection_law("absent-keeps", needs=updatable)
def absent_keeps(bench: Bench, collection: Collection) -> None:
    """Changing one member after another leaves all the others, set to unusual values first."""
    assert collection.updater is not None
    thing = bench.create(collection, full=True)
    thing.value, _ = bench.read(thing)
    unusual: dict[Path, ir.Json] = {}
    for leaf in changeable(bench, collection):
        default = facets(bench.api, leaf.schema).default
        now = dig(thing.value, leaf.path)
        if not isinstance(default, ir.Absent) and same(now, default):
            value = another(bench, leaf, now)
            if not same(value, now):
                unusual[leaf.path] = value
    if unusual and bench.change(thing, unusual).ok:
        thing.value, _ = bench.read(thing)
    moves = moving(collection)
    for leaf in changeable(bench, collection):
        value = another(bench, leaf, dig(thing.value, leaf.path))
        exchange = bench.change(thing, {leaf.path: value})
        if not exchange.ok:
            continue
        shown, read = bench.read(thing)
        hold_still(
            bench,
            collection,
            collection.updater,
            f"updating {leaf.name} changed",
            (thing.value, shown),
            *(thing.created, exchange, read),
            but={leaf.path, *moves},
        )
        thing.value = shown


@collection_law("empty-keeps", "id-fixed", needs=updatable)
def empty_keeps(bench: Bench, collection: Collection) -> None:
    """The smallest body an update allows changes nothing."""
    assert collection.updater is not None
    assert collection.updated is not None
    thing = bench.create(collection, full=True)
    thing.value, _ = bench.read(thing)
    exchange = bench.change(thing, {})
    if not bench.expect(exchange.ok):
        bench.violation(
            collection.updater,
            f"an update that repeats the present values is refused with {exchange.status}",
            thing.created,
            exchange,
        )
        return
    shown, read = bench.read(thing)
    moves = moving(collection)
    was, now = dig(thing.value, collection.id_path), dig(shown, collection.id_path)
    if not bench.expect(same(was, now)):
        bench.violation(
            collection.updater,
            f"an update changed the id from {show(was)} to {show(now)}",
            thing.created,
            exchange,
            read,
            rule="id-fixed",
        )
    hold_still(
        bench,
        collection,
        collection.updater,
        "an update without changes changed",
        (thing.value, shown),
        *(thing.created, exchange, read),
        but={collection.id_path, *moves},
    )


@collection_law("null-clears", needs=updatable)
def null_clears(bench: Bench, collection: Collection) -> None:
    """A nullable member with a value, updated to null, reads back as null."""
    assert collection.updater is not None
    thing = bench.create(collection, full=True)
    thing.value, _ = bench.read(thing)
    shown_leaves = collection.item_leaves()
    for leaf in changeable(bench, collection):
        shown_as = shown_leaves.get(leaf.path)
        if shown_as is None or not (
            bench.oracle.accepts(leaf.schema, None)
            and bench.oracle.accepts(shown_as.schema, None, "response")
        ):
            continue
        if dig(thing.value, leaf.path) is None:
            value = another(bench, leaf, None)
            if value is None or not bench.change(thing, {leaf.path: value}).ok:
                continue
        exchange = bench.change(thing, {leaf.path: None})
        if not bench.expect(exchange.ok):
            bench.violation(
                collection.updater,
                f"null for {leaf.name}, which may be null, is refused with {exchange.status}",
                thing.created,
                exchange,
                about=leaf,
            )
            continue
        thing.value, read = bench.read(thing)
        if not bench.expect(dig(thing.value, leaf.path) is None):
            bench.violation(
                collection.updater,
                f"{leaf.name} was updated to null and reads back as "
                f"{show(dig(thing.value, leaf.path))}",
                thing.created,
                exchange,
                read,
                about=leaf,
            )


@collection_law("list-replaces", needs=updatable)
def list_replaces(bench: Bench, collection: Collection) -> None:
    """A list is set to two values, to one other, and to none; each reads back as sent."""
    assert collection.updater is not None
    thing = bench.create(collection, full=True)
    thing.value, _ = bench.read(thing)
    for leaf in changeable(bench, collection):
        shape = resolve(bench.api, leaf.schema).shape
        if not isinstance(shape, ir.Array):
            continue
        for value in _lists(bench, leaf.schema, shape):
            exchange = bench.change(thing, {leaf.path: value})
            if not exchange.ok:
                continue
            thing.value, read = bench.read(thing)
            if not bench.expect(same(dig(thing.value, leaf.path), value)):
                bench.violation(
                    collection.updater,
                    f"the list {leaf.name} was updated to {show(value)} and reads back as "
                    f"{show(dig(thing.value, leaf.path))}",
                    thing.created,
                    exchange,
                    read,
                    about=leaf,
                )


def _lists(bench: Bench, schema: ir.Schema, shape: ir.Array) -> list[ir.Json]:
    pool: list[ir.Json] = [
        *facets(bench.api, shape.items).examples,
        *(g.value for g in bench.values.good(shape.items) if g.value is not None),
    ]
    default = facets(bench.api, schema).default
    if isinstance(default, list):
        pool += default
    for example in facets(bench.api, schema).examples:
        if isinstance(example, list):
            pool += example
    with contextlib.suppress(UnbuildableError):
        pool += [bench.values.one(shape.items) for _ in range(3)]
    distinct: list[ir.Json] = []
    for value in pool:
        if not any(same(value, d) for d in distinct):
            distinct.append(value)
    tries: list[ir.Json] = [distinct[:2], distinct[1:2], distinct[2:4] or distinct[:1], []]
    return [t for t in tries if bench.oracle.accepts(schema, t)]


@collection_law("refused-keeps", needs=updatable)
def refused_keeps(bench: Bench, collection: Collection) -> None:
    """A body with one valid change and one invalid one changes nothing."""
    assert collection.updater is not None
    thing = bench.create(collection, full=True)
    thing.value, _ = bench.read(thing)
    leaves = [leaf for leaf in changeable(bench, collection) if len(leaf.path) == 1]
    tried = 0
    for leaf in leaves:
        worst = next((b for b in bench.values.bad(leaf.schema) if b.rule != "null-rejected"), None)
        others = [x for x in leaves if x.path != leaf.path]
        if worst is None or not others:
            continue
        change = {o.path: another(bench, o, dig(thing.value, o.path)) for o in others[:4]}
        exchange = bench.change(thing, {**change, leaf.path: worst.value})
        if not exchange.refused:
            continue
        tried += 1
        shown, read = bench.read(thing)
        hold_still(
            bench,
            collection,
            collection.updater,
            f"an update refused with {exchange.status} changed",
            (thing.value, shown),
            *(thing.created, exchange, read),
        )
        thing.value = shown
        if tried >= (6 if bench.full else 2):
            return
    if not tried:
        raise BlockedError("no update was refused")


rule(
    "replace-visible",
    Family.PATCH,
    "What was replaced reads back",
    "A replacement that is answered but not stored is lost.",
)
rule(
    "replace-whole",
    Family.PATCH,
    "Replacing sets the whole object",
    "Members left out of a replacement that survive it cannot be taken away.",
)


def _replaceable(collection: Collection) -> bool:
    return (
        collection.creator is not None
        and collection.created is not None
        and collection.retriever is not None
        and body_schema(collection.replacer) is not None
    )


@collection_law("replace-visible", "replace-whole", needs=_replaceable)
def replace_whole(bench: Bench, collection: Collection) -> None:
    """The fullest object replaced by the smallest: the rest is as after create."""
    replacer = collection.replacer
    assert replacer is not None
    schema = body_schema(replacer)
    assert schema is not None
    thing = bench.create(collection, full=True)
    body = bench.made(schema)
    fresh = bench.create(collection)
    exchange = bench.call(replacer, thing.address, body=body)
    if not bench.expect(exchange.ok):
        bench.violation(
            replacer,
            f"a valid replacement is refused with {exchange.status}",
            thing.created,
            exchange,
            rule="valid-accepted",
        )
        return
    shown, read = bench.read(thing)
    for leaf in collection.input_leaves(schema):
        if not collection.visible(leaf):
            continue
        name = leaf.name
        if has(body, leaf.path):
            wanted = dig(body, leaf.path)
            if not bench.expect(same(dig(shown, leaf.path), wanted)):
                bench.violation(
                    replacer,
                    f"{name} was replaced by {show(wanted)} and reads back as "
                    f"{show(dig(shown, leaf.path))}",
                    thing.created,
                    exchange,
                    read,
                    subject=name,
                    origins=(leaf.schema.meta.origin,),
                )
            continue
        untouched = dig(fresh.value, leaf.path)
        was = dig(thing.value, leaf.path)
        kept = not same(was, untouched) and same(dig(shown, leaf.path), was)
        if not bench.expect(not kept):
            bench.violation(
                replacer,
                f"{name} was left out of a replacement and is still {show(was)}",
                thing.created,
                exchange,
                read,
                subject=name,
                origins=(leaf.schema.meta.origin,),
                rule="replace-whole",
            )
