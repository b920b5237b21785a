"""Changes that depend on what was seen (`If-Match`), and changes as a list (JSON Patch)."""

from __future__ import annotations

import copy

from trunkline import ir, pointer
from trunkline.contract.checks.comparison import (
    assert_unchanged,
    different_value,
    kept,
    same,
    show,
)
from trunkline.contract.engine import (
    CheckContext,
    Conditional,
    CreatedObject,
    Family,
    Inconclusive,
    JsonPatched,
    collection_check,
    rule,
)
from trunkline.contract.model import Collection, Exchange, has_path, takes_json_patch
from trunkline.ir import Json
from trunkline.semantics import jsonvalue
from trunkline.semantics.schemas import Leaf

rule(
    "stale-refused",
    Family.CONCURRENCY,
    "A change of what has changed since it was read is refused with 412",
    "Without it the later of two writers undoes what the earlier one did, and nobody is told.",
    "Compare If-Match with the mark that the object has now, before anything is changed.",
)
rule(
    "etag-changes",
    Family.CONCURRENCY,
    "The entity tag changes with the object",
    "Who reads with the old tag is told that nothing is new, and who writes with it undoes what "
    "came in between.",
    "Make the tag from the object's content or its version.",
)
rule(
    "json-patch-kept",
    Family.PATCH,
    "A JSON Patch that is accepted is applied",
    "A change that is answered but not stored is lost.",
    "Store the patched object before answering.",
)


def _settable(ctx: CheckContext, collection: Collection) -> list[Leaf]:
    return [
        leaf
        for leaf in collection.input_leaves(collection.created)
        if len(leaf.path) == len(collection.wrapper) + 1
        and collection.visible(leaf)
        and not ctx.values.is_reference(leaf.path[-1], leaf.schema)
    ]


def _pointer(collection: Collection, leaf: Leaf) -> str:
    return pointer.join(leaf.path[len(collection.wrapper) :])


def _set(
    ctx: CheckContext,
    obj: CreatedObject,
    operation: ir.Operation,
    change: tuple[Leaf, Json],
    mark: str,
) -> Exchange:
    """Set a member, if the object still has the mark."""
    leaf, value = change
    collection = obj.collection
    body: Json
    if operation.method == "delete":
        return ctx.executor.call(operation, obj.address, headers={"If-Match": mark})
    if takes_json_patch(operation):
        body = [{"op": "replace", "path": _pointer(collection, leaf), "value": value}]
    else:
        made = dict(obj.sent) if operation is collection.replacer else {}
        if operation is not collection.replacer and collection.updated is not None:
            made = ctx.bodies.required_now(obj, collection.updated)
        made = copy.deepcopy(made)  # what was read of the object stays as it was
        if collection.created is not None:
            ctx.bodies.put(collection.created, made, leaf.path, value)
        body = made
    return ctx.executor.call(operation, obj.address, body=body, headers={"If-Match": mark})


@collection_check("stale-refused", "etag-changes", needs=Conditional.of)
def stale_refused(ctx: CheckContext, target: Conditional) -> None:
    """A change with the mark from before another change is refused, and changes nothing."""
    collection = target.collection
    for operation in target.changers:
        obj = ctx.objects.create(collection, full=True)
        obj.value, seen = ctx.objects.read(obj)
        stale = seen.headers.get("etag")
        if stale is None:
            raise Inconclusive("what is read has no ETag")
        first, second = _two_changes(ctx, collection, obj)
        now = jsonvalue.get(obj.value, first[0].path)
        by = next(o for o in target.changers if o.method != "delete")
        changed = _set(ctx, obj, by, first, stale)
        if not changed.ok:
            raise Inconclusive(f"a change of what was just read answered {changed.status}")
        obj.value, read = ctx.objects.read(obj)
        if not ctx.expect(
            read.headers.get("etag") != stale
            or stale.startswith("W/")
            or same(jsonvalue.get(obj.value, first[0].path), now),
            by,
            f"the object has changed, and its ETag is {stale} all the same",
            *(obj.created, seen, changed, read),
            rule="etag-changes",
        ):
            return
        if read.headers.get("etag") == stale:
            raise Inconclusive("the object did not change")
        late = _set(ctx, obj, operation, second, stale)
        refused = ctx.expect(
            late.refused,
            operation,
            "a change with the ETag from before another change is answered with "
            f"{late.status} instead of 412",
            *(obj.created, changed, late),
        )
        if refused:
            shown, again = ctx.objects.read(obj)
            assert_unchanged(
                ctx,
                collection,
                operation,
                "a change refused for its ETag changed",
                (obj.value, shown),
                *(obj.created, changed, late, again),
            )


def _two_changes(
    ctx: CheckContext, collection: Collection, obj: CreatedObject
) -> tuple[tuple[Leaf, Json], tuple[Leaf, Json]]:
    for leaf in _settable(ctx, collection):
        now = jsonvalue.get(obj.value, leaf.path)
        first = different_value(ctx, leaf, now)
        second = different_value(ctx, leaf, first)
        if not same(first, now) and not same(second, first):
            return (leaf, first), (leaf, second)
    raise Inconclusive("there is no member to change")


@collection_check("json-patch-kept", needs=JsonPatched.of)
def json_patch_kept(ctx: CheckContext, target: JsonPatched) -> None:
    """Each member replaced by a JSON Patch reads back as its new value."""
    collection = target.collection
    obj = ctx.objects.create(collection, full=True)
    obj.value, _ = ctx.objects.read(obj)
    for leaf in _settable(ctx, collection):
        if not has_path(obj.value, leaf.path):
            continue
        value = different_value(ctx, leaf, jsonvalue.get(obj.value, leaf.path))
        if same(value, jsonvalue.get(obj.value, leaf.path)):
            continue
        body: Json = [{"op": "replace", "path": _pointer(collection, leaf), "value": value}]
        exchange = ctx.executor.call(target.patcher, obj.address, body=body)
        if not exchange.ok:
            continue
        obj.value, read = ctx.objects.read(obj)
        ctx.expect(
            kept(ctx, collection, leaf.path, jsonvalue.get(obj.value, leaf.path), value),
            target.patcher,
            f"{leaf.name} was patched to {show(value)} and reads back as "
            f"{show(jsonvalue.get(obj.value, leaf.path))}",
            *(obj.created, exchange, read),
            about=leaf,
        )
