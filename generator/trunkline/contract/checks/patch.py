"""What an update leaves alone, clears and changes."""

from __future__ import annotations

import contextlib

from trunkline import ir
from trunkline.contract.checks.comparison import (
    assert_unchanged,
    changeable,
    different_value,
    invalid_values,
    kept,
    same,
    show,
    timestamps,
)
from trunkline.contract.engine import (
    CheckContext,
    Family,
    Inconclusive,
    NotApplicable,
    Replaceable,
    Updatable,
    collection_check,
    rule,
)
from trunkline.contract.model import CONVENTIONAL, Collection, Level, UnbuildableError, has_path
from trunkline.semantics import jsonvalue, schemas
from trunkline.semantics.jsonvalue import Path

rule(
    "absent-keeps",
    Family.PATCH,
    "An update leaves members it does not name as they are",
    "A client that sends one change must not reset the rest.",
    "Tell a member that is left out from one that is null, and leave the former alone.",
)
rule(
    "empty-keeps",
    Family.PATCH,
    "An update that names nothing changes nothing",
    "Saving without changes must be harmless.",
    "Treat an empty update as one that changes nothing.",
)
rule(
    "id-fixed",
    Family.PATCH,
    "The id never changes",
    "Everything that points to the object points by its id.",
    "Ignore or refuse ids in the body.",
)
rule(
    "null-clears",
    Family.PATCH,
    "Null clears a member that may be null",
    "Without it there is no way to take a value back.",
    "Store null where null is sent; it does not mean “not given”.",
)
rule(
    "list-replaces",
    Family.PATCH,
    "A list in an update replaces the whole list",
    "Lists that grow with every save, or keep what was taken out, cannot be corrected.",
    "Replace lists whole; adding to them needs another operation.",
)
rule(
    "refused-keeps",
    Family.PATCH,
    "An update that is refused changes nothing",
    "Half an update is worse than none.",
    "Check everything before anything is changed, or change in a transaction.",
)


def changing_times(collection: Collection) -> set[Path]:
    """Members the server may change with every update: read-only points in time."""
    found = set()
    for path in timestamps(collection):
        leaf = collection.item_leaves()[path]
        chain = (*leaf.parents, leaf.schema)
        if any(schemas.facets(collection.api.schemas, s).read_only for s in chain) or path not in {
            x.path for x in collection.input_leaves(collection.updated)
        }:
            found.add(path)
    return found


@collection_check("absent-keeps", needs=Updatable.of)
def absent_keeps(ctx: CheckContext, target: Updatable) -> None:
    """Changing one member after another leaves all the others, set to unusual values first."""
    collection = target.collection
    obj = ctx.objects.create(collection, full=True)
    obj.value, _ = ctx.objects.read(obj)
    unusual: dict[Path, ir.Json] = {}
    for leaf in changeable(ctx, collection):
        default = schemas.facets(ctx.api.schemas, leaf.schema).default
        now = jsonvalue.get(obj.value, leaf.path)
        if not isinstance(default, ir.Absent) and same(now, default):
            value = different_value(ctx, leaf, now)
            if not same(value, now):
                unusual[leaf.path] = value
    if unusual and ctx.objects.change(obj, unusual).ok:
        obj.value, _ = ctx.objects.read(obj)
    moves = changing_times(collection)
    # What no request can set may follow from what was changed; the id and owners' names cannot.
    settable = {
        leaf.path
        for s in (collection.created, collection.updated)
        for leaf in collection.input_leaves(s)
    }
    derived = {p for p in collection.item_leaves() if p not in settable} - {collection.id_path}
    for leaf in changeable(ctx, collection):
        value = different_value(ctx, leaf, jsonvalue.get(obj.value, leaf.path))
        exchange = ctx.objects.change(obj, {leaf.path: value})
        if not exchange.ok:
            continue
        shown, read = ctx.objects.read(obj)
        assert_unchanged(
            ctx,
            collection,
            target.updater,
            f"updating {leaf.name} changed",
            (obj.value, shown),
            *(obj.created, exchange, read),
            but={leaf.path, *moves, *derived},
        )
        obj.value = shown


@collection_check("empty-keeps", "id-fixed", needs=Updatable.of)
def empty_keeps(ctx: CheckContext, target: Updatable) -> None:
    """The smallest body an update allows changes nothing."""
    collection = target.collection
    obj = ctx.objects.create(collection, full=True)
    obj.value, _ = ctx.objects.read(obj)
    exchange = ctx.objects.change(obj, {})
    if not ctx.expect(
        exchange.ok,
        target.updater,
        f"an update without changes is refused with {exchange.status}",
        obj.created,
        exchange,
        # It changes nothing either way; that something has to be named is left unsaid.
        level=Level.GAP if exchange.status in CONVENTIONAL else Level.VIOLATION,
    ):
        return
    shown, read = ctx.objects.read(obj)
    moves = changing_times(collection)
    was, now = (
        jsonvalue.get(obj.value, collection.id_path),
        jsonvalue.get(shown, collection.id_path),
    )
    ctx.expect(
        same(was, now),
        target.updater,
        f"an update changed the id from {show(was)} to {show(now)}",
        obj.created,
        exchange,
        read,
        rule="id-fixed",
    )
    assert_unchanged(
        ctx,
        collection,
        target.updater,
        "an update without changes changed",
        (obj.value, shown),
        *(obj.created, exchange, read),
        but={collection.id_path, *moves},
    )


@collection_check("null-clears", needs=Updatable.of)
def null_clears(ctx: CheckContext, target: Updatable) -> None:
    """A nullable member with a value, updated to null, reads back as null."""
    collection = target.collection
    obj = ctx.objects.create(collection, full=True)
    obj.value, _ = ctx.objects.read(obj)
    shown_leaves = collection.item_leaves()
    if collection.is_form(target.updated):
        raise NotApplicable("a form cannot say null")
    for leaf in changeable(ctx, collection):
        shown_as = shown_leaves.get(leaf.path)
        if shown_as is None or not (
            ctx.validators.fits(leaf.schema, None, "request")
            and ctx.validators.fits(shown_as.schema, None, "response")
        ):
            continue
        if jsonvalue.get(obj.value, leaf.path) is None:
            value = different_value(ctx, leaf, None)
            if value is None or not ctx.objects.change(obj, {leaf.path: value}).ok:
                continue
        exchange = ctx.objects.change(obj, {leaf.path: None})
        if not ctx.expect(
            exchange.ok,
            target.updater,
            f"null for {leaf.name}, which may be null, is refused with {exchange.status}",
            obj.created,
            exchange,
            about=leaf,
        ):
            continue
        obj.value, read = ctx.objects.read(obj)
        ctx.expect(
            jsonvalue.get(obj.value, leaf.path) is None,
            target.updater,
            f"{leaf.name} was updated to null and reads back as "
            f"{show(jsonvalue.get(obj.value, leaf.path))}",
            obj.created,
            exchange,
            read,
            about=leaf,
        )


@collection_check("list-replaces", needs=Updatable.of)
def list_replaces(ctx: CheckContext, target: Updatable) -> None:
    """A list is set to two values, to one other, and to none; each reads back as sent."""
    collection = target.collection
    obj = ctx.objects.create(collection, full=True)
    obj.value, _ = ctx.objects.read(obj)
    for leaf in changeable(ctx, collection):
        shape = schemas.resolve(ctx.api.schemas, leaf.schema).shape
        if not isinstance(shape, ir.Array):
            continue
        for value in _lists(ctx, leaf.schema, shape):
            if not value and collection.is_form(target.updated):
                continue
            exchange = ctx.objects.change(obj, {leaf.path: value})
            if not exchange.ok:
                continue
            obj.value, read = ctx.objects.read(obj)
            ctx.expect(
                kept(ctx, collection, leaf.path, jsonvalue.get(obj.value, leaf.path), value),
                target.updater,
                f"the list {leaf.name} was updated to {show(value)} and reads back as "
                f"{show(jsonvalue.get(obj.value, leaf.path))}",
                obj.created,
                exchange,
                read,
                about=leaf,
            )


def _lists(ctx: CheckContext, schema: ir.Schema, shape: ir.Array) -> list[ir.Json]:
    pool: list[ir.Json] = [
        *schemas.facets(ctx.api.schemas, shape.items).examples,
        *(g.value for g in ctx.values.valid_examples(shape.items) if g.value is not None),
    ]
    default = schemas.facets(ctx.api.schemas, schema).default
    if isinstance(default, list):
        pool += default
    for example in schemas.facets(ctx.api.schemas, schema).examples:
        if isinstance(example, list):
            pool += example
    with contextlib.suppress(UnbuildableError):
        pool += [ctx.values.one(shape.items) for _ in range(3)]
    distinct: list[ir.Json] = []
    for value in pool:
        if not any(same(value, d) for d in distinct):
            distinct.append(value)
    tries: list[ir.Json] = [distinct[:2], distinct[1:2], distinct[2:4] or distinct[:1], []]
    return [t for t in tries if ctx.validators.fits(schema, t, "request")]


@collection_check("refused-keeps", needs=Updatable.of)
def refused_keeps(ctx: CheckContext, target: Updatable) -> None:
    """A body with one valid change and one invalid one changes nothing."""
    collection = target.collection
    obj = ctx.objects.create(collection, full=True)
    obj.value, _ = ctx.objects.read(obj)
    leaves = [leaf for leaf in changeable(ctx, collection) if len(leaf.path) == 1]
    tried = 0
    for leaf in leaves:
        worst = next(
            (
                b
                for b in invalid_values(ctx, collection, target.updated, leaf)
                if b.rule != "null-rejected"
            ),
            None,
        )
        others = [x for x in leaves if x.path != leaf.path]
        if worst is None or not others:
            continue
        change = {
            o.path: different_value(ctx, o, jsonvalue.get(obj.value, o.path)) for o in others[:4]
        }
        exchange = ctx.objects.change(obj, {**change, leaf.path: worst.value})
        if not exchange.refused:
            obj.value, _ = ctx.objects.read(obj)
            continue
        tried += 1
        shown, read = ctx.objects.read(obj)
        assert_unchanged(
            ctx,
            collection,
            target.updater,
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
    "Store every member of the body.",
)
rule(
    "replace-whole",
    Family.PATCH,
    "Replacing sets the whole object",
    "Members left out of a replacement that survive it cannot be taken away.",
    "Set members that are left out to their defaults: that is what tells PUT from PATCH.",
)


rule(
    "replace-status",
    Family.PATCH,
    "A PUT on what is there does not say that it was created",
    "201 tells a client that there was nothing before, and that nobody's data was replaced.",
    "Answer 200 or 204 where something was replaced (RFC 9110, section 9.3.4).",
)


@collection_check("replace-visible", "replace-whole", "replace-status", needs=Replaceable.of)
def replace_whole(ctx: CheckContext, target: Replaceable) -> None:
    """The fullest object replaced by the smallest: the rest is as after create."""
    collection = target.collection
    replacer, schema = target.replacer, target.replaced
    obj = ctx.objects.create(collection, full=True)
    body = ctx.bodies.valid(schema)
    fresh = ctx.objects.create(collection)
    exchange = ctx.executor.call(replacer, obj.address, body=body)
    if not ctx.expect(
        exchange.ok,
        replacer,
        f"a valid replacement is refused with {exchange.status}",
        obj.created,
        exchange,
        rule="valid-accepted",
    ):
        return
    ctx.expect(
        exchange.status != 201 or not _says_replaced(replacer),
        replacer,
        "PUT on an object that is there is answered with 201, as if it had been created",
        obj.created,
        exchange,
        rule="replace-status",
    )
    shown, read = ctx.objects.read(obj)
    for leaf in collection.replaced_leaves(schema):
        if not collection.visible(leaf):
            continue
        name = leaf.name
        if has_path(body, leaf.path):
            wanted = jsonvalue.get(body, leaf.path)
            ctx.expect(
                kept(ctx, collection, leaf.path, jsonvalue.get(shown, leaf.path), wanted),
                replacer,
                f"{name} was replaced by {show(wanted)} and reads back as "
                f"{show(jsonvalue.get(shown, leaf.path))}",
                obj.created,
                exchange,
                read,
                subject=name,
                origins=(leaf.schema.meta.origin,),
            )
            continue
        untouched = jsonvalue.get(fresh.value, leaf.path)
        was = jsonvalue.get(obj.value, leaf.path)
        stays = not same(was, untouched) and same(jsonvalue.get(shown, leaf.path), was)
        ctx.expect(
            not stays,
            replacer,
            f"{name} was left out of a replacement and is still {show(was)}",
            obj.created,
            exchange,
            read,
            subject=name,
            origins=(leaf.schema.meta.origin,),
            rule="replace-whole",
        )


def _says_replaced(replacer: ir.Operation) -> bool:
    """Whether the description has another success than 201: who knows no other can answer none."""
    return any(r.is_success and r.status != "201" for r in replacer.responses)
