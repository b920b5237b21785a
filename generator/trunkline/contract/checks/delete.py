"""Delete: what is deleted is gone from everywhere, and nothing else is."""

from __future__ import annotations

from trunkline.contract.checks.comparison import differences, is_missing, show, unknown
from trunkline.contract.engine import Bench, BlockedError, Family, collection_law, rule
from trunkline.contract.model import Collection, deletable, has

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
    "The answer to delete shows the object that was deleted",
    "Where an object is promised, clients read it.",
)


@collection_law("delete-gone", "delete-twice", "delete-unusable", "delete-answer", needs=deletable)
def delete_gone(bench: Bench, collection: Collection) -> None:
    """After deletion: reading, updating and deleting again answer 404."""
    deleter = collection.deleter
    assert deleter is not None
    thing = bench.create(collection, full=True)
    shown = bench.read(thing)[0] if collection.retriever else thing.value
    deleted = bench.delete(thing)
    if not bench.expect(deleted.ok):
        bench.violation(
            deleter,
            f"deleting an object just created answers {deleted.status}",
            thing.created,
            deleted,
        )
        return
    answered = deleted.at(deleter.payload)
    if isinstance(answered, dict) and answered and has(answered, collection.id_path):
        for path, wanted, seen in differences(bench, collection, shown, answered):
            if not has(answered, path):
                continue
            bench.violation(
                deleter,
                f"the answer shows {'.'.join(path)} as {show(seen)}, it was {show(wanted)}",
                thing.created,
                deleted,
                subject=".".join(path),
                rule="delete-answer",
            )
    if collection.retriever is not None:
        read = bench.retrieve(thing)
        if not bench.expect(is_missing(read.status)):
            bench.violation(
                collection.retriever,
                f"reading a deleted object is answered with {read.status}",
                thing.created,
                deleted,
                read,
            )
    if collection.updater is not None and collection.updated is not None:
        update = bench.change(thing, {})
        if not bench.expect(is_missing(update.status)):
            bench.violation(
                collection.updater,
                f"updating a deleted object is answered with {update.status}",
                thing.created,
                deleted,
                update,
                rule="delete-unusable",
            )
        if update.ok and collection.retriever is not None:
            bench.delete(thing)
            return
    again = bench.delete(thing)
    if not bench.expect(is_missing(again.status)):
        bench.violation(
            deleter,
            f"deleting a second time is answered with {again.status}",
            thing.created,
            deleted,
            again,
            rule="delete-twice",
        )


@collection_law("delete-missing", needs=lambda c: deletable(c) and c.retriever is not None)
def delete_missing(bench: Bench, collection: Collection) -> None:
    """Deleting an id that was never given out answers 404."""
    assert collection.deleter is not None
    thing = bench.create(collection)
    address = unknown(bench, thing)
    exchange = bench.call(collection.deleter, address)
    if not bench.expect(is_missing(exchange.status)):
        bench.violation(
            collection.deleter,
            f"deleting the id {address[collection.resource.id_parameter or '']}, which does not "
            f"exist, is answered with {exchange.status}",
            exchange,
        )


@collection_law("delete-alone", "delete-unlisted", needs=deletable)
def delete_alone(bench: Bench, collection: Collection) -> None:
    """Deleting the middle one of three leaves its neighbours, and takes it off the list."""
    deleter = collection.deleter
    assert deleter is not None
    things = [bench.create(collection) for _ in range(3)]
    gone = things[1]
    deleted = bench.delete(gone)
    if not deleted.ok:
        raise BlockedError(f"delete answered {deleted.status}")
    if collection.retriever is not None:
        for thing in (things[0], things[2]):
            read = bench.retrieve(thing)
            if not bench.expect(read.ok):
                bench.violation(
                    deleter,
                    f"deleting one object took another with it: it answers {read.status}",
                    thing.created,
                    gone.created,
                    deleted,
                    read,
                )
    if collection.lister is None:
        return
    items, seen = bench.everything(collection)
    listed = {bench.identity(collection, item) for item in items}
    if not bench.expect(gone.id not in listed):
        bench.violation(
            collection.lister,
            "a deleted object is still in the list",
            gone.created,
            deleted,
            *seen[-1:],
            rule="delete-unlisted",
        )
    for thing in (things[0], things[2]):
        if not bench.expect(thing.id in listed):
            bench.violation(
                deleter,
                "after deleting one object another is missing from the list",
                thing.created,
                gone.created,
                deleted,
                *seen[-1:],
                subject="list",
            )
