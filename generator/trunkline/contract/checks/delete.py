"""Delete: what is deleted is gone from everywhere, and nothing else is."""

from __future__ import annotations

from trunkline.contract.checks.comparison import differences, is_missing, show, unknown
from trunkline.contract.engine import CheckContext, Family, Inconclusive, collection_check, rule
from trunkline.contract.model import Collection, deletable, has_path

rule(
    "delete-gone",
    Family.CRUD,
    "What was deleted cannot be read",
    "Deleted data that stays readable is a leak.",
)
rule(
    "delete-unlisted",
    Family.CRUD,
    "What was deleted is in no list",
    "Lists with ghosts send clients after objects that answer 404.",
)
rule(
    "delete-unusable",
    Family.CRUD,
    "What was deleted cannot be updated",
    "An update must not bring the dead back.",
)
rule(
    "delete-twice",
    Family.CRUD,
    "Deleting again answers 404",
    "The second answer tells a retrying client that the first took effect.",
)
rule(
    "delete-missing",
    Family.CRUD,
    "Deleting what does not exist answers 404",
    "A success tells the caller that something is gone which is still there, under its right id.",
)
rule(
    "delete-alone",
    Family.CRUD,
    "Deleting one object leaves the others",
    "The most expensive of all missing conditions.",
)
rule(
    "delete-answer",
    Family.CRUD,
    "The response to delete shows the object that was deleted",
    "Where an object is promised, clients read it.",
)


@collection_check(
    "delete-gone", "delete-twice", "delete-unusable", "delete-answer", needs=deletable
)
def delete_gone(ctx: CheckContext, collection: Collection) -> None:
    """After deletion: reading, updating and deleting again answer 404."""
    deleter = collection.deleter
    assert deleter is not None
    obj = ctx.create(collection, full=True)
    shown = ctx.read(obj)[0] if collection.retriever else obj.value
    deleted = ctx.delete(obj)
    if not ctx.expect(deleted.ok):
        ctx.violation(
            deleter,
            f"deleting an object just created answers {deleted.status}",
            obj.created,
            deleted,
        )
        return
    answered = deleted.at(deleter.payload)
    if isinstance(answered, dict) and answered and has_path(answered, collection.id_path):
        for path, wanted, seen in differences(ctx, collection, shown, answered):
            if not has_path(answered, path):
                continue
            ctx.violation(
                deleter,
                f"the response shows {'.'.join(path)} as {show(seen)}, it was {show(wanted)}",
                obj.created,
                deleted,
                subject=".".join(path),
                rule="delete-answer",
            )
    if collection.retriever is not None:
        read = ctx.retrieve(obj)
        if not ctx.expect(is_missing(read.status)):
            ctx.violation(
                collection.retriever,
                f"reading a deleted object is answered with {read.status}",
                obj.created,
                deleted,
                read,
            )
    if collection.updater is not None and collection.updated is not None:
        update = ctx.change(obj, {})
        if not ctx.expect(is_missing(update.status)):
            ctx.violation(
                collection.updater,
                f"updating a deleted object is answered with {update.status}",
                obj.created,
                deleted,
                update,
                rule="delete-unusable",
            )
        if update.ok and collection.retriever is not None:
            ctx.delete(obj)
            return
    again = ctx.delete(obj)
    if not ctx.expect(is_missing(again.status)):
        ctx.violation(
            deleter,
            f"deleting a second time is answered with {again.status}",
            obj.created,
            deleted,
            again,
            rule="delete-twice",
        )


@collection_check("delete-missing", needs=lambda c: deletable(c) and c.retriever is not None)
def delete_missing(ctx: CheckContext, collection: Collection) -> None:
    """Deleting an id that was never given out answers 404."""
    assert collection.deleter is not None
    obj = ctx.create(collection)
    address = unknown(ctx, obj)
    exchange = ctx.call(collection.deleter, address)
    if not ctx.expect(is_missing(exchange.status)):
        ctx.violation(
            collection.deleter,
            f"deleting the id {address[collection.resource.id_parameter or '']}, which does not "
            f"exist, is answered with {exchange.status}",
            exchange,
        )


@collection_check("delete-alone", "delete-unlisted", needs=deletable)
def delete_alone(ctx: CheckContext, collection: Collection) -> None:
    """Deleting the middle one of three leaves its neighbours, and takes it off the list."""
    deleter = collection.deleter
    assert deleter is not None
    objects = [ctx.create(collection) for _ in range(3)]
    gone = objects[1]
    deleted = ctx.delete(gone)
    if not deleted.ok:
        raise Inconclusive(f"delete answered {deleted.status}")
    if collection.retriever is not None:
        for obj in (objects[0], objects[2]):
            read = ctx.retrieve(obj)
            if not ctx.expect(read.ok):
                ctx.violation(
                    deleter,
                    f"deleting one object took another with it: it answers {read.status}",
                    obj.created,
                    gone.created,
                    deleted,
                    read,
                )
    if collection.lister is None:
        return
    items, seen = ctx.all_items(collection)
    listed = {ctx.id_of(collection, item) for item in items}
    if not ctx.expect(gone.id not in listed):
        ctx.violation(
            collection.lister,
            "a deleted object is still in the list",
            gone.created,
            deleted,
            *seen[-1:],
            rule="delete-unlisted",
        )
    for obj in (objects[0], objects[2]):
        if not ctx.expect(obj.id in listed):
            ctx.violation(
                deleter,
                "after deleting one object another is missing from the list",
                obj.created,
                gone.created,
                deleted,
                *seen[-1:],
                subject="list",
            )
