"""Create, read, update, delete: what is answered is stored, and only what was asked for happens."""

from __future__ import annotations

from trunkline.contract.bench import Bench, BlockedError
from trunkline.contract.exchange import dig, has
from trunkline.contract.laws.common import (
    another,
    changeable,
    differences,
    is_missing,
    origin_of,
    same,
    sent_leaves,
    show,
)
from trunkline.contract.rules import Family, collection_law, rule
from trunkline.contract.shapes import Path, facets
from trunkline.contract.surface import Collection
from trunkline.ir import Absent, Json

rule(
    "create-accepted",
    Family.CRUD,
    "A valid object can be created",
    "Everything else depends on it.",
)
rule(
    "create-echo",
    Family.CRUD,
    "The answer to create shows what was sent",
    "Clients go on with the answer; a value that changed on the way is lost unnoticed.",
)
rule(
    "create-read",
    Family.CRUD,
    "What was created reads back the same",
    "An answer that was not stored is the worst kind of success.",
)
rule(
    "defaults-applied",
    Family.CRUD,
    "Members left out take their documented defaults",
    "Callers leave out what the description promises to fill in.",
)
rule(
    "read-stable",
    Family.CRUD,
    "Reading changes nothing",
    "Caches, retries and comparisons rely on reading being safe.",
)
rule(
    "ids-unique",
    Family.CRUD,
    "Every object has an id of its own",
    "Two objects with one id cannot be told apart again.",
)
rule(
    "id-exact",
    Family.CRUD,
    "An id is matched exactly",
    "An id that also matches its prefix or another case reaches objects nobody asked for.",
)
rule(
    "unknown-missing",
    Family.CRUD,
    "An id that does not exist answers 404",
    "Anything else makes clients act on objects that are not there.",
)
rule(
    "update-visible",
    Family.CRUD,
    "What was updated reads back",
    "An update that is answered but not stored is lost.",
)
rule(
    "update-echo",
    Family.CRUD,
    "The answer to update shows the object as it now is",
    "Clients replace their copy by the answer.",
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


def _crud(collection: Collection) -> bool:
    return collection.creator is not None and collection.created is not None


def _readable(collection: Collection) -> bool:
    return _crud(collection) and collection.retriever is not None


def _updatable(collection: Collection) -> bool:
    return _readable(collection) and collection.updated is not None


def _deletable(collection: Collection) -> bool:
    return _crud(collection) and collection.deleter is not None


@collection_law("create-accepted", needs=_crud)
def create_accepted(bench: Bench, collection: Collection) -> None:
    """The smallest and the fullest valid body are both accepted."""
    assert collection.creator is not None
    for full in (False, True):
        body = bench.body(collection, full=full)
        exchange, thing = bench.attempt(collection, body)
        kind = "fullest" if full else "smallest"
        if not bench.expect(exchange.ok):
            bench.violation(
                collection.creator,
                f"the {kind} valid body is refused with {exchange.status}",
                exchange,
                subject=kind,
            )
        elif not bench.expect(thing is not None):
            bench.violation(
                collection.creator,
                f"the answer holds no id at {'.'.join(collection.id_path)}",
                exchange,
                subject="id",
            )


@collection_law("create-echo", needs=_crud)
def create_echo(bench: Bench, collection: Collection) -> None:
    """Each value sent is in the answer."""
    assert collection.creator is not None
    for full in (False, True):
        thing = bench.create(collection, full=full)
        for leaf, value in sent_leaves(collection, collection.created, thing.sent):
            if not bench.expect(same(dig(thing.value, leaf.path), value)):
                bench.violation(
                    collection.creator,
                    f"{leaf.name} was sent as {show(value)} and "
                    f"answered as {show(dig(thing.value, leaf.path))}",
                    thing.created,
                    subject=leaf.name,
                    origins=(leaf.schema.meta.origin,),
                )


@collection_law("create-read", needs=_readable)
def create_read(bench: Bench, collection: Collection) -> None:
    """Retrieve shows what the answer to create showed, and what was sent."""
    assert collection.retriever is not None
    for full in (False, True):
        thing = bench.create(collection, full=full)
        exchange = bench.retrieve(thing)
        shown = exchange.at(collection.retriever.payload)
        if not bench.expect(exchange.ok and isinstance(shown, dict)):
            bench.violation(
                collection.retriever,
                f"the object just created answers {exchange.status}",
                thing.created,
                exchange,
            )
            return
        assert isinstance(shown, dict)
        wrong = differences(bench, collection, thing.value, shown)
        for leaf, value in sent_leaves(collection, collection.created, thing.sent):
            if not bench.expect(same(dig(shown, leaf.path), value)):
                wrong.append((leaf.path, value, dig(shown, leaf.path)))
        for path, wanted, seen in wrong:
            bench.violation(
                collection.retriever,
                f"{'.'.join(path)} was created as {show(wanted)} and reads back as {show(seen)}",
                thing.created,
                exchange,
                subject=".".join(path),
                origins=origin_of(collection, path),
            )


@collection_law("defaults-applied", needs=_crud)
def defaults_applied(bench: Bench, collection: Collection) -> None:
    """Members left out of create are answered with their defaults."""
    assert collection.creator is not None
    thing = bench.create(collection)
    for leaf in collection.input_leaves(collection.created):
        default = facets(bench.api, leaf.schema).default
        if isinstance(default, Absent) or has(thing.sent, leaf.path):
            continue
        if not collection.visible(leaf) or not has(thing.value, leaf.path[:-1]):
            continue
        around = dig(thing.value, leaf.path[:-1])
        if not isinstance(around, dict):
            continue
        if not bench.expect(same(dig(thing.value, leaf.path), default)):
            bench.violation(
                collection.creator,
                f"{leaf.name} was left out: its default is {show(default)}, "
                f"answered {show(dig(thing.value, leaf.path))}",
                thing.created,
                subject=leaf.name,
                origins=(leaf.schema.meta.origin,),
            )


@collection_law("read-stable", needs=_readable)
def read_stable(bench: Bench, collection: Collection) -> None:
    """Two reads in a row show the same, member for member."""
    assert collection.retriever is not None
    thing = bench.create(collection, full=True)
    first, one = bench.read(thing)
    if collection.lister is not None:
        bench.page(collection)
    second, two = bench.read(thing)
    if not bench.expect(same(first, second)):
        names = sorted(k for k in {*first, *second} if not same(first.get(k), second.get(k)))
        bench.violation(
            collection.retriever,
            f"two reads in a row differ in {', '.join(names)}",
            one,
            two,
            subject=names[0] if names else "",
        )


@collection_law("ids-unique", needs=_crud)
def ids_unique(bench: Bench, collection: Collection) -> None:
    """Objects created one after another, also after a deletion, have different ids."""
    assert collection.creator is not None
    things = [bench.create(collection) for _ in range(12 if bench.full else 6)]
    if collection.deleter is not None:
        bench.delete(things[-1])
        things += [bench.create(collection) for _ in range(2)]
    seen: dict[str, int] = {}
    for index, thing in enumerate(things):
        if not bench.expect(thing.id not in seen):
            bench.violation(
                collection.creator,
                f"two objects were given the id {thing.id}",
                things[seen[thing.id]].created,
                thing.created,
            )
            return
        seen[thing.id] = index


def _lookalikes(identity: str) -> list[tuple[str, str]]:
    """Ids that resemble a real one."""
    found = [
        ("with a digit added", identity + "0"),
        ("with its first character cut off", identity[1:]),
        ("with its last character cut off", identity[:-1]),
        ("with a space added", identity + " "),
        ("with a wildcard added", identity + "%"),
    ]
    if identity.isdigit():
        found.append(("with a leading zero", "0" + identity))
    if identity.swapcase() != identity:
        found.append(("in the other case", identity.swapcase()))
    return [(label, text) for label, text in found if text and text != identity]


@collection_law("id-exact", needs=_readable)
def id_exact(bench: Bench, collection: Collection) -> None:
    """Ids that resemble an existing one reach nothing."""
    assert collection.retriever is not None
    thing = bench.create(collection)
    parameter = collection.resource.id_parameter or ""
    known = {thing.id}
    if collection.lister is not None:
        try:
            items, _ = bench.everything(collection)
            known |= {i for i in (bench.identity(collection, x) for x in items) if i}
        except BlockedError:
            pass
    for label, identity in _lookalikes(thing.id):
        if identity in known:
            continue
        exchange = bench.call(
            collection.retriever, {**thing.address, parameter: identity}, malformed=True
        )
        if not bench.expect(not exchange.ok):
            bench.violation(
                collection.retriever,
                f"the id {label} is answered with {exchange.status}",
                thing.created,
                exchange,
                subject=label,
            )


@collection_law("unknown-missing", needs=_readable)
def unknown_missing(bench: Bench, collection: Collection) -> None:
    """An id of the right form that was never given out answers 404."""
    assert collection.retriever is not None
    thing = bench.create(collection)
    parameter = collection.resource.id_parameter or ""
    unknown = _unknown_like(bench, thing.id)
    exchange = bench.call(collection.retriever, {**thing.address, parameter: unknown})
    if not bench.expect(is_missing(exchange.status)):
        bench.violation(
            collection.retriever,
            f"the id {unknown}, which does not exist, is answered with {exchange.status}",
            exchange,
        )


def _unknown_like(bench: Bench, identity: str) -> str:
    """An id of the same form: every digit (hexadecimal where the id is) drawn anew."""
    hexadecimal = all(c in "0123456789abcdefABCDEF-" for c in identity) and not identity.isdigit()
    made = []
    for index, character in enumerate(identity):
        if character.isdigit():
            first = index == 0
            made.append(bench.rng.choice("123456789" if first else "0123456789"))
        elif hexadecimal and character in "abcdef":
            made.append(bench.rng.choice("abcdef"))
        else:
            made.append(character)
    changed = "".join(made)
    return changed if changed != identity else changed[:-1] + ("1" if changed[-1] != "1" else "2")


@collection_law("update-visible", "update-echo", "valid-accepted", needs=_updatable)
def update_visible(bench: Bench, collection: Collection) -> None:
    """Each member that can be updated shows its new value, in the answer and when read."""
    updater, retriever = collection.updater, collection.retriever
    assert updater is not None
    assert retriever is not None
    thing = bench.create(collection, full=True)
    thing.value, _ = bench.read(thing)
    for leaf in changeable(bench, collection):
        before = dig(thing.value, leaf.path)
        value = another(bench, leaf, before)
        if same(value, before):
            continue
        exchange = bench.change(thing, {leaf.path: value})
        if not exchange.ok:
            if bench.expect(exchange.status < 500):
                bench.violation(
                    updater,
                    f"a valid new value for {leaf.name}, {show(value)}, "
                    f"is refused with {exchange.status}",
                    thing.created,
                    exchange,
                    subject=leaf.name,
                    origins=(leaf.schema.meta.origin,),
                    rule="valid-accepted",
                )
            continue
        answered = exchange.at(updater.payload)
        thing.value, read = bench.read(thing)
        if not bench.expect(same(dig(thing.value, leaf.path), value)):
            bench.violation(
                updater,
                f"{leaf.name} was updated to {show(value)} and reads back as "
                f"{show(dig(thing.value, leaf.path))}",
                thing.created,
                exchange,
                read,
                subject=leaf.name,
                origins=(leaf.schema.meta.origin,),
            )
        if isinstance(answered, dict):
            if not bench.expect(same(dig(answered, leaf.path), value)):
                bench.violation(
                    updater,
                    f"{leaf.name} was updated to {show(value)} and the answer shows "
                    f"{show(dig(answered, leaf.path))}",
                    thing.created,
                    exchange,
                    subject=leaf.name,
                    origins=(leaf.schema.meta.origin,),
                    rule="update-echo",
                )
            for path, wanted, seen in differences(bench, collection, answered, thing.value):
                if path != leaf.path:
                    bench.violation(
                        updater,
                        f"the answer shows {'.'.join(path)} as {show(wanted)}, "
                        f"reading shows {show(seen)}",
                        thing.created,
                        exchange,
                        read,
                        subject=".".join(path),
                        origins=origin_of(collection, path),
                        rule="update-echo",
                    )


@collection_law("update-alone", needs=_updatable)
def update_alone(bench: Bench, collection: Collection) -> None:
    """After an update of one object, its neighbours read as before."""
    assert collection.updater is not None
    before, thing, after = (bench.create(collection) for _ in range(3))
    snapshots = [(n, *bench.read(n)) for n in (before, after)]
    changed: dict[Path, Json] = {}
    for leaf in changeable(bench, collection):
        value = another(bench, leaf, dig(thing.value, leaf.path))
        if len(leaf.path) == 1 and not same(value, dig(thing.value, leaf.path)):
            changed[leaf.path] = value
    exchange = bench.change(thing, changed)
    if not exchange.ok:
        raise BlockedError(f"update answered {exchange.status}")
    for neighbour, value, _ in snapshots:
        shown, read = bench.read(neighbour)
        for path, wanted, seen in differences(bench, collection, value, shown):
            bench.violation(
                collection.updater,
                f"updating one object changed {'.'.join(path)} of another "
                f"from {show(wanted)} to {show(seen)}",
                neighbour.created,
                thing.created,
                exchange,
                read,
                subject=".".join(path),
            )


@collection_law("update-missing", needs=_updatable)
def update_missing(bench: Bench, collection: Collection) -> None:
    """Updating an id that was never given out answers 404."""
    assert collection.updater is not None
    thing = bench.create(collection)
    parameter = collection.resource.id_parameter or ""
    genuine = dict(thing.address)
    thing.address = {**genuine, parameter: _unknown_like(bench, thing.id)}
    exchange = bench.change(thing, {})
    if not bench.expect(is_missing(exchange.status)):
        bench.violation(
            collection.updater,
            f"updating the id {thing.id}, which does not exist, is answered with {exchange.status}",
            exchange,
        )


@collection_law("delete-gone", "delete-twice", "delete-unusable", "delete-answer", needs=_deletable)
def delete_gone(bench: Bench, collection: Collection) -> None:
    """After deletion: reading, updating and deleting again answer 404."""
    deleter = collection.deleter
    assert deleter is not None
    thing = bench.create(collection)
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


@collection_law("delete-alone", "delete-unlisted", needs=_deletable)
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
