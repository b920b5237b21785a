"""What an update leaves alone, clears and changes."""

from __future__ import annotations

import contextlib

from trunkline import ir
from trunkline.contract.checks.comparison import (
    assert_unchanged,
    changeable,
    different_value,
    same,
    show,
    timestamps,
)
from trunkline.contract.engine import CheckContext, Family, Inconclusive, collection_check, rule
from trunkline.contract.model import (
    Collection,
    Path,
    UnbuildableError,
    body_schema,
    facets,
    get_path,
    has_path,
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


def changing_times(collection: Collection) -> set[Path]:
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


@collection_check("absent-keeps", needs=updatable)
def absent_keeps(ctx: CheckContext, collection: Collection) -> None:
    """Changing one member after another leaves all the others, set to unusual values first."""
    assert collection.updater is not None
    obj = ctx.create(collection, full=True)
    obj.value, _ = ctx.read(obj)
    unusual: dict[Path, ir.Json] = {}
    for leaf in changeable(ctx, collection):
        default = facets(ctx.api, leaf.schema).default
        now = get_path(obj.value, leaf.path)
        if not isinstance(default, ir.Absent) and same(now, default):
            value = different_value(ctx, leaf, now)
            if not same(value, now):
                unusual[leaf.path] = value
    if unusual and ctx.change(obj, unusual).ok:
        obj.value, _ = ctx.read(obj)
    moves = changing_times(collection)
    for leaf in changeable(ctx, collection):
        value = different_value(ctx, leaf, get_path(obj.value, leaf.path))
        exchange = ctx.change(obj, {leaf.path: value})
        if not exchange.ok:
            continue
        shown, read = ctx.read(obj)
        assert_unchanged(
            ctx,
            collection,
            collection.updater,
            f"updating {leaf.name} changed",
            (obj.value, shown),
            *(obj.created, exchange, read),
            but={leaf.path, *moves},
        )
        obj.value = shown


@collection_check("empty-keeps", "id-fixed", needs=updatable)
def empty_keeps(ctx: CheckContext, collection: Collection) -> None:
    """The smallest body an update allows changes nothing."""
    assert collection.updater is not None
    assert collection.updated is not None
    obj = ctx.create(collection, full=True)
    obj.value, _ = ctx.read(obj)
    exchange = ctx.change(obj, {})
    if not ctx.expect(exchange.ok):
        ctx.violation(
            collection.updater,
            f"an update that repeats the present values is refused with {exchange.status}",
            obj.created,
            exchange,
        )
        return
    shown, read = ctx.read(obj)
    moves = changing_times(collection)
    was, now = get_path(obj.value, collection.id_path), get_path(shown, collection.id_path)
    if not ctx.expect(same(was, now)):
        ctx.violation(
            collection.updater,
            f"an update changed the id from {show(was)} to {show(now)}",
            obj.created,
            exchange,
            read,
            rule="id-fixed",
        )
    assert_unchanged(
        ctx,
        collection,
        collection.updater,
        "an update without changes changed",
        (obj.value, shown),
        *(obj.created, exchange, read),
        but={collection.id_path, *moves},
    )


@collection_check("null-clears", needs=updatable)
def null_clears(ctx: CheckContext, collection: Collection) -> None:
    """A nullable member with a value, updated to null, reads back as null."""
    assert collection.updater is not None
    obj = ctx.create(collection, full=True)
    obj.value, _ = ctx.read(obj)
    shown_leaves = collection.item_leaves()
    for leaf in changeable(ctx, collection):
        shown_as = shown_leaves.get(leaf.path)
        if shown_as is None or not (
            ctx.validator.accepts(leaf.schema, None)
            and ctx.validator.accepts(shown_as.schema, None, "response")
        ):
            continue
        if get_path(obj.value, leaf.path) is None:
            value = different_value(ctx, leaf, None)
            if value is None or not ctx.change(obj, {leaf.path: value}).ok:
                continue
        exchange = ctx.change(obj, {leaf.path: None})
        if not ctx.expect(exchange.ok):
            ctx.violation(
                collection.updater,
                f"null for {leaf.name}, which may be null, is refused with {exchange.status}",
                obj.created,
                exchange,
                about=leaf,
            )
            continue
        obj.value, read = ctx.read(obj)
        if not ctx.expect(get_path(obj.value, leaf.path) is None):
            ctx.violation(
                collection.updater,
                f"{leaf.name} was updated to null and reads back as "
                f"{show(get_path(obj.value, leaf.path))}",
                obj.created,
                exchange,
                read,
                about=leaf,
            )


@collection_check("list-replaces", needs=updatable)
def list_replaces(ctx: CheckContext, collection: Collection) -> None:
    """A list is set to two values, to one other, and to none; each reads back as sent."""
    assert collection.updater is not None
    obj = ctx.create(collection, full=True)
    obj.value, _ = ctx.read(obj)
    for leaf in changeable(ctx, collection):
        shape = resolve(ctx.api, leaf.schema).shape
        if not isinstance(shape, ir.Array):
            continue
        for value in _lists(ctx, leaf.schema, shape):
            exchange = ctx.change(obj, {leaf.path: value})
            if not exchange.ok:
                continue
            obj.value, read = ctx.read(obj)
            if not ctx.expect(same(get_path(obj.value, leaf.path), value)):
                ctx.violation(
                    collection.updater,
                    f"the list {leaf.name} was updated to {show(value)} and reads back as "
                    f"{show(get_path(obj.value, leaf.path))}",
                    obj.created,
                    exchange,
                    read,
                    about=leaf,
                )


def _lists(ctx: CheckContext, schema: ir.Schema, shape: ir.Array) -> list[ir.Json]:
    pool: list[ir.Json] = [
        *facets(ctx.api, shape.items).examples,
        *(g.value for g in ctx.values.valid_examples(shape.items) if g.value is not None),
    ]
    default = facets(ctx.api, schema).default
    if isinstance(default, list):
        pool += default
    for example in facets(ctx.api, schema).examples:
        if isinstance(example, list):
            pool += example
    with contextlib.suppress(UnbuildableError):
        pool += [ctx.values.one(shape.items) for _ in range(3)]
    distinct: list[ir.Json] = []
    for value in pool:
        if not any(same(value, d) for d in distinct):
            distinct.append(value)
    tries: list[ir.Json] = [distinct[:2], distinct[1:2], distinct[2:4] or distinct[:1], []]
    return [t for t in tries if ctx.validator.accepts(schema, t)]


@collection_check("refused-keeps", needs=updatable)
def refused_keeps(ctx: CheckContext, collection: Collection) -> None:
    """A body with one valid change and one invalid one changes nothing."""
    assert collection.updater is not None
    obj = ctx.create(collection, full=True)
    obj.value, _ = ctx.read(obj)
    leaves = [leaf for leaf in changeable(ctx, collection) if len(leaf.path) == 1]
    tried = 0
    for leaf in leaves:
        worst = next(
            (b for b in ctx.values.invalid_examples(leaf.schema) if b.rule != "null-rejected"), None
        )
        others = [x for x in leaves if x.path != leaf.path]
        if worst is None or not others:
            continue
        change = {o.path: different_value(ctx, o, get_path(obj.value, o.path)) for o in others[:4]}
        exchange = ctx.change(obj, {**change, leaf.path: worst.value})
        if not exchange.refused:
            continue
        tried += 1
        shown, read = ctx.read(obj)
        assert_unchanged(
            ctx,
            collection,
            collection.updater,
            f"an update refused with {exchange.status} changed",
            (obj.value, shown),
            *(obj.created, exchange, read),
        )
        obj.value = shown
        if tried >= (6 if ctx.full else 2):
            return
    if not tried:
        raise Inconclusive("no update was refused")


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


@collection_check("replace-visible", "replace-whole", needs=_replaceable)
def replace_whole(ctx: CheckContext, collection: Collection) -> None:
    """The fullest object replaced by the smallest: the rest is as after create."""
    replacer = collection.replacer
    assert replacer is not None
    schema = body_schema(replacer)
    assert schema is not None
    obj = ctx.create(collection, full=True)
    body = ctx.made(schema)
    fresh = ctx.create(collection)
    exchange = ctx.call(replacer, obj.address, body=body)
    if not ctx.expect(exchange.ok):
        ctx.violation(
            replacer,
            f"a valid replacement is refused with {exchange.status}",
            obj.created,
            exchange,
            rule="valid-accepted",
        )
        return
    shown, read = ctx.read(obj)
    for leaf in collection.input_leaves(schema):
        if not collection.visible(leaf):
            continue
        name = leaf.name
        if has_path(body, leaf.path):
            wanted = get_path(body, leaf.path)
            if not ctx.expect(same(get_path(shown, leaf.path), wanted)):
                ctx.violation(
                    replacer,
                    f"{name} was replaced by {show(wanted)} and reads back as "
                    f"{show(get_path(shown, leaf.path))}",
                    obj.created,
                    exchange,
                    read,
                    subject=name,
                    origins=(leaf.schema.meta.origin,),
                )
            continue
        untouched = get_path(fresh.value, leaf.path)
        was = get_path(obj.value, leaf.path)
        kept = not same(was, untouched) and same(get_path(shown, leaf.path), was)
        if not ctx.expect(not kept):
            ctx.violation(
                replacer,
                f"{name} was left out of a replacement and is still {show(was)}",
                obj.created,
                exchange,
                read,
                subject=name,
                origins=(leaf.schema.meta.origin,),
                rule="replace-whole",
            )
