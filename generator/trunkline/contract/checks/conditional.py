"""Changes that depend on what was seen (`If-Match`), and changes as a list (JSON Patch)."""

from __future__ import annotations

import copy
from dataclasses import dataclass

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
    NotApplicable,
    Replaceable,
    Updatable,
    collection_check,
    rule,
)
from trunkline.contract.model import Collection, Exchange, has_path, only_json_patch
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, media
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
    "not-modified",
    Family.CONCURRENCY,
    "304 is answered to who has the object as it is, and to nobody else",
    "On 304 a client shows what it has: an old object for good, or every object loaded anew.",
    "Compare If-None-Match with the mark that the object has now (RFC 9110, section 13.1.2).",
)
rule(
    "json-patch-kept",
    Family.PATCH,
    "A JSON Patch that is accepted is applied",
    "A change that is answered but not stored is lost.",
    "Store the patched object before answering.",
)

rule(
    "json-patch-whole",
    Family.PATCH,
    "A JSON Patch is made whole or not at all",
    "A `test` that fails is how clients say that nothing is to be changed (RFC 6902, section 5).",
    "Apply the steps to a copy, and keep that only after the last of them.",
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
    if only_json_patch(operation):
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
        exchange = ctx.executor.call(
            target.patcher, obj.address, body=body, headers={"Content-Type": media.JSON_PATCH}
        )
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


@collection_check("json-patch-whole", needs=JsonPatched.of)
def json_patch_whole(ctx: CheckContext, target: JsonPatched) -> None:
    """A member replaced, and then a test that fails: the patch is refused, and the member is as it
    was."""
    collection = target.collection
    obj = ctx.objects.create(collection, full=True)
    obj.value, _ = ctx.objects.read(obj)
    first, second = _two_changes(ctx, collection, obj)
    path = _pointer(collection, first[0])
    body: Json = [
        {"op": "replace", "path": path, "value": first[1]},
        {"op": "test", "path": path, "value": second[1]},
    ]
    exchange = ctx.executor.call(
        target.patcher, obj.address, body=body, headers={"Content-Type": media.JSON_PATCH}
    )
    if not ctx.expect(
        exchange.refused,
        target.patcher,
        f"a JSON Patch with a test that fails is answered with {exchange.status}",
        *(obj.created, exchange),
    ):
        return
    shown, read = ctx.objects.read(obj)
    assert_unchanged(
        ctx,
        collection,
        target.patcher,
        "a JSON Patch that was refused changed",
        (obj.value, shown),
        *(obj.created, exchange, read),
    )


@dataclass(frozen=True, slots=True)
class _Changing:
    """Objects can be made, read and changed."""

    collection: Collection
    retriever: ir.Operation
    changer: ir.Operation

    @classmethod
    def of(cls, collection: Collection) -> _Changing | None:
        """The target, where the description has what it needs."""
        if (updatable := Updatable.of(collection)) is not None:
            return cls(collection, updatable.retriever, updatable.updater)
        if (replaceable := Replaceable.of(collection)) is not None:
            return cls(collection, replaceable.retriever, replaceable.replacer)
        return None


@collection_check("not-modified", needs=_Changing.of)
def not_modified(ctx: CheckContext, target: _Changing) -> None:
    """Reading with the mark of what was read answers 304 where that is described, and the object
    once it has changed."""
    collection, retriever = target.collection, target.retriever
    obj = ctx.objects.create(collection, full=True)
    obj.value, seen = ctx.objects.read(obj)
    mark = seen.headers.get("etag")
    if mark is None:
        raise NotApplicable("what is read has no ETag")
    asked = {"If-None-Match": mark}
    again = ctx.executor.call(retriever, obj.address, headers=asked, conform=False)
    _, once_more = ctx.objects.read(obj)
    described = any(r.status in {"304", "3XX"} for r in retriever.responses)
    ctx.expect(
        again.status == 304 or not described or once_more.headers.get("etag") != mark,
        retriever,
        f"reading with If-None-Match: {mark}, which the object has, is answered with "
        f"{again.status}",
        *(obj.created, seen, again),
        subject="same",
    )
    change, _ = _two_changes(ctx, collection, obj)
    changed = _set(ctx, obj, target.changer, change, mark)
    obj.value, read = ctx.objects.read(obj)
    if not changed.ok or read.headers.get("etag") == mark:
        raise Inconclusive("no change gave the object another ETag")
    late = ctx.executor.call(retriever, obj.address, headers=asked, conform=False)
    ctx.expect(
        late.status != 304,
        retriever,
        f"reading with If-None-Match: {mark}, which the object had before it changed, is answered "
        "with 304",
        *(obj.created, changed, late),
        subject="changed",
    )
