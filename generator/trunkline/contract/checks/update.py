"""Update: what was asked for is stored and shown, and nothing else is touched."""

from __future__ import annotations

from trunkline.contract.checks.comparison import (
    assert_unchanged,
    changeable,
    differences,
    different_value,
    is_missing,
    kept,
    one_change,
    report_differences,
    same,
    show,
    unknown,
)
from trunkline.contract.engine import (
    CheckContext,
    Family,
    Inconclusive,
    Updatable,
    collection_check,
    rule,
)
from trunkline.ir import Json
from trunkline.semantics import jsonvalue
from trunkline.semantics.jsonvalue import Path

rule(
    "update-visible",
    Family.CRUD,
    "What was updated reads back",
    "An update that is answered but not stored is lost.",
    "Store the change before answering; mind members that the update's schema has and the code "
    "ignores.",
)
rule(
    "update-echo",
    Family.CRUD,
    "The response to update shows the object as it now is",
    "Clients replace their copy by the response.",
    "Answer with the object after the update.",
)
rule(
    "update-alone",
    Family.CRUD,
    "An update changes no other object",
    "A condition too wide in an update destroys other objects' data.",
    "Restrict the update to the one key.",
)
rule(
    "update-missing",
    Family.CRUD,
    "Updating what does not exist answers 404",
    "An update must not create or pretend.",
    "Answer 404 when there was nothing to update; never create on the way.",
)


@collection_check("update-visible", "update-echo", "valid-accepted", needs=Updatable.of)
def update_visible(ctx: CheckContext, target: Updatable) -> None:
    """Each member that can be updated shows its new value, in the response and when read."""
    collection = target.collection
    updater = target.updater
    obj = ctx.objects.create(collection, full=True)
    obj.value, _ = ctx.objects.read(obj)
    for leaf in changeable(ctx, collection):
        before = jsonvalue.get(obj.value, leaf.path)
        value = different_value(ctx, leaf, before)
        if same(value, before) or not ctx.objects.can_change(obj, {leaf.path: value}):
            continue
        exchange = ctx.objects.change(obj, {leaf.path: value})
        if not exchange.ok:
            # A failure of the server has a rule of its own.
            ctx.expect(
                exchange.status >= 500,
                updater,
                f"a valid new value for {leaf.name}, {show(value)}, "
                f"is refused with {exchange.status}",
                obj.created,
                exchange,
                about=leaf,
                rule="valid-accepted",
            )
            continue
        answered = collection.shown(exchange, updater)
        obj.value, read = ctx.objects.read(obj)
        ctx.expect(
            kept(ctx, collection, leaf.path, jsonvalue.get(obj.value, leaf.path), value),
            updater,
            f"{leaf.name} was updated to {show(value)} and reads back as "
            f"{show(jsonvalue.get(obj.value, leaf.path))}",
            obj.created,
            exchange,
            read,
            about=leaf,
        )
        if isinstance(answered, dict):
            shown = jsonvalue.get(answered, leaf.path)
            ctx.expect(
                not collection.visible(leaf, updater)
                or kept(ctx, collection, leaf.path, shown, value, updater),
                updater,
                f"{leaf.name} was updated to {show(value)} and the response shows {show(shown)}",
                obj.created,
                exchange,
                about=leaf,
                rule="update-echo",
            )
            others = [d for d in differences(collection, answered, obj.value) if d[0] != leaf.path]
            report_differences(
                ctx,
                collection,
                updater,
                "the response shows {path} as {wanted}, reading shows {shown}",
                others,
                *(obj.created, exchange, read),
                rule="update-echo",
            )


@collection_check("update-alone", needs=Updatable.of)
def update_alone(ctx: CheckContext, target: Updatable) -> None:
    """After an update of one object, its neighbours read as before."""
    collection = target.collection
    before, obj, after = (ctx.objects.create(collection, full=True) for _ in range(3))
    snapshots = [(n, *ctx.objects.read(n)) for n in (before, after)]
    changed: dict[Path, Json] = {}
    for leaf in changeable(ctx, collection):
        value = different_value(ctx, leaf, jsonvalue.get(obj.value, leaf.path))
        if len(leaf.path) == 1 and not same(value, jsonvalue.get(obj.value, leaf.path)):
            changed[leaf.path] = value
    exchange = ctx.objects.change(obj, changed)
    if not exchange.ok:
        raise Inconclusive(f"update answered {exchange.status}")
    for neighbour, value, _ in snapshots:
        shown, read = ctx.objects.read(neighbour)
        assert_unchanged(
            ctx,
            collection,
            target.updater,
            "updating one object changed another's",
            (value, shown),
            *(neighbour.created, obj.created, exchange, read),
        )


@collection_check("update-missing", needs=Updatable.of)
def update_missing(ctx: CheckContext, target: Updatable) -> None:
    """Updating an id that was never given out answers 404."""
    collection = target.collection
    obj = ctx.objects.create(collection)
    obj.address = unknown(ctx, obj)
    # Nothing to change may be refused before anybody looks for the object.
    exchange = ctx.objects.change(obj, one_change(ctx, obj))
    ctx.expect(
        is_missing(exchange.status),
        target.updater,
        f"updating the id {obj.id}, which does not exist, is answered with {exchange.status}",
        exchange,
    )
