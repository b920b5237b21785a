"""Delete: what is deleted is gone from everywhere, and nothing else is."""

from __future__ import annotations

from collections.abc import Mapping

from trunkline import ir
from trunkline.contract.checks.comparison import (
    differences,
    is_missing,
    one_change,
    report_differences,
    timestamps,
    unknown,
)
from trunkline.contract.engine import (
    CheckContext,
    Deletable,
    Family,
    Inconclusive,
    collection_check,
    id_of,
    rule,
)
from trunkline.contract.model import Collection, Exchange, Level, has_path, reads_deleted
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, schemas
from trunkline.semantics.jsonvalue import Path

rule(
    "delete-gone",
    Family.CRUD,
    "What was deleted cannot be read",
    "Deleted data that stays readable is a leak.",
    "Let every read go by the same condition that hides deleted objects; mind caches.",
)
rule(
    "delete-unlisted",
    Family.CRUD,
    "What was deleted is in no list",
    "Lists with ghosts send clients after objects that answer 404.",
    "Apply that condition to lists as well, and to their totals.",
)
rule(
    "delete-unusable",
    Family.CRUD,
    "What was deleted cannot be updated",
    "An update must not bring the dead back.",
    "Load the object through the same query for updates as for reading.",
)
rule(
    "delete-twice",
    Family.CRUD,
    "Deleting again answers 404",
    "The second answer tells a retrying client that the first took effect.",
    "Answer 404 the second time: nothing was deleted.",
)
rule(
    "delete-missing",
    Family.CRUD,
    "Deleting what does not exist answers 404",
    "A success tells the caller that something is gone which is still there, under its right id.",
    "Answer 404 when no row was deleted.",
)
rule(
    "delete-alone",
    Family.CRUD,
    "Deleting one object leaves the others",
    "The most expensive of all missing conditions.",
    "Delete by the whole key; mind cascades that go too far.",
)
rule(
    "delete-answer",
    Family.CRUD,
    "The response to delete shows the object that was deleted",
    "Where an object is promised, clients read it.",
    "Load the object before it is deleted, and answer with that.",
)


@collection_check(
    "delete-gone", "delete-twice", "delete-unusable", "delete-answer", needs=Deletable.of
)
def delete_gone(ctx: CheckContext, target: Deletable) -> None:
    """After deletion reading and deleting again answer 404, and updating is refused."""
    collection = target.collection
    deleter = target.deleter
    obj = ctx.objects.create(collection, full=True)
    shown = ctx.objects.read(obj)[0] if collection.retriever else obj.value
    deleted = ctx.objects.delete(obj)
    if not ctx.expect(
        deleted.ok,
        deleter,
        f"deleting an object just created answers {deleted.status}",
        obj.created,
        deleted,
    ):
        return
    answered = collection.shown(deleted, deleter)
    if isinstance(answered, dict) and answered and has_path(answered, collection.id_path):
        wrong = [
            d
            for d in differences(collection, shown, answered)
            if has_path(answered, d[0]) and not _is_state(collection, d[0])
        ]
        report_differences(
            ctx,
            collection,
            deleter,
            "the response shows {path} as {shown}, it was {wanted}",
            wrong,
            *(obj.created, deleted),
            rule="delete-answer",
        )
    if collection.retriever is not None:
        read = ctx.objects.retrieve(obj)
        if read.ok and _reads_deleted(
            collection, shown, collection.shown(read, collection.retriever)
        ):
            # What was deleted can still be looked at; what else can be done with it is not said.
            ctx.verdicts.tried += 1
            return
        ctx.expect(
            is_missing(read.status),
            collection.retriever,
            f"reading a deleted object is answered with {read.status}",
            obj.created,
            deleted,
            read,
        )
    if collection.updater is not None and collection.updated is not None:
        update = ctx.objects.change(obj, one_change(ctx, obj))
        ctx.expect(
            update.refused,
            collection.updater,
            f"updating a deleted object is answered with {update.status}",
            obj.created,
            deleted,
            update,
            rule="delete-unusable",
        )
        if update.ok and collection.retriever is not None:
            ctx.objects.delete(obj)
            return
    again = ctx.objects.delete(obj)
    ctx.expect(
        is_missing(again.status),
        deleter,
        f"deleting a second time is answered with {again.status}",
        obj.created,
        deleted,
        again,
        rule="delete-twice",
        level=_unsaid(deleter, again),
    )


@collection_check("delete-missing", needs=Deletable.read_back)
def delete_missing(ctx: CheckContext, target: Deletable) -> None:
    """Deleting an id that was never given out answers 404."""
    collection = target.collection
    obj = ctx.objects.create(collection)
    address = unknown(ctx, obj)
    exchange = ctx.executor.call(target.deleter, address)
    ctx.expect(
        is_missing(exchange.status),
        target.deleter,
        f"deleting the id {address[collection.resource.id_parameter or '']}, which does not "
        f"exist, is answered with {exchange.status}",
        exchange,
        level=_unsaid(target.deleter, exchange),
    )


def _reads_deleted(collection: Collection, before: Mapping[str, Json], after: Json) -> bool:
    """Whether an object says of itself that it was deleted, and did not before."""
    old = jsonvalue.get(dict(before), collection.wrapper)
    return isinstance(old, dict) and reads_deleted(jsonvalue.get(after, collection.wrapper), old)


def _unsaid(deleter: ir.Operation, exchange: Exchange) -> Level:
    """A hint where the description does not say what deleting nothing answers: RFC 9110 leaves it
    to the server (9.3.5), and many answer as if it had been there."""
    said = {r.status.upper() for r in deleter.responses} & {"404", "410", "4XX"}
    return Level.HINT if exchange.ok and not said else Level.VIOLATION


def _is_state(collection: Collection, path: Path) -> bool:
    """Whether a member tells in which state an object is: deleting it is one of the changes."""
    leaf = collection.item_leaves().get(path)
    shape = schemas.resolve(collection.api.schemas, leaf.schema).shape if leaf else None
    inputs = [*collection.input_leaves(collection.created)]
    inputs += collection.input_leaves(collection.updated)
    return (
        path in timestamps(collection)
        or (isinstance(shape, ir.Boolean | ir.Enumeration) and path not in {x.path for x in inputs})
    ) or any(word in path[-1].lower() for word in ("delet", "status", "state", "archived"))


@collection_check("delete-alone", "delete-unlisted", needs=Deletable.of)
def delete_alone(ctx: CheckContext, target: Deletable) -> None:
    """Deleting the middle one of three leaves its neighbours, and takes it off the list."""
    collection = target.collection
    deleter = target.deleter
    objects = [ctx.objects.create(collection) for _ in range(3)]
    if len({obj.id for obj in objects}) < len(objects):
        raise Inconclusive("several requests made one object")
    gone = objects[1]
    deleted = ctx.objects.delete(gone)
    if not deleted.ok:
        raise Inconclusive(f"delete answered {deleted.status}")
    if collection.retriever is not None:
        for obj in (objects[0], objects[2]):
            read = ctx.objects.retrieve(obj)
            ctx.expect(
                read.ok,
                deleter,
                f"deleting one object took another with it: it answers {read.status}",
                obj.created,
                gone.created,
                deleted,
                read,
            )
    if collection.lister is None:
        return
    items, seen = ctx.lists.all_items(collection)
    listed = {id_of(collection, item) for item in items}
    kept = [item for item in items if id_of(collection, item) == gone.id]
    ctx.expect(
        not kept or all(_reads_deleted(collection, gone.value, item) for item in kept),
        collection.lister,
        "a deleted object is still in the list",
        gone.created,
        deleted,
        *seen[-1:],
        rule="delete-unlisted",
    )
    for obj in (objects[0], objects[2]):
        ctx.expect(
            obj.id in listed,
            deleter,
            "after deleting one object another is missing from the list",
            obj.created,
            gone.created,
            deleted,
            *seen[-1:],
            subject="list",
        )
