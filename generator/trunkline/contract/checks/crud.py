"""Create and read: what is answered is stored, and found by its id alone."""

from __future__ import annotations

import re

from trunkline.contract.checks.comparison import (
    differences,
    is_missing,
    origin_of,
    same,
    sent_leaves,
    show,
    unknown_like,
)
from trunkline.contract.engine import Bench, BlockedError, Family, collection_law, rule
from trunkline.contract.model import (
    Collection,
    creatable,
    dig,
    facets,
    has,
    identified,
    readable,
    resolve,
)
from trunkline.ir import Absent, Integer, Number

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

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


@collection_law("create-accepted", needs=creatable)
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
        elif identified(collection) and not bench.expect(thing is not None):
            bench.violation(
                collection.creator,
                f"the answer holds no id at {'.'.join(collection.id_path)}",
                exchange,
                subject="id",
            )


@collection_law("create-echo", needs=creatable)
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
                    about=leaf,
                )


@collection_law("create-read", needs=readable)
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


@collection_law("defaults-applied", needs=creatable)
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
                about=leaf,
            )


@collection_law("read-stable", needs=readable)
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


@collection_law("ids-unique", needs=creatable)
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


def _lookalikes(identity: str, *, number: bool) -> list[tuple[str, str]]:
    """Ids that resemble a real one, and are not another spelling of it: servers that read ids as
    numbers, or as UUIDs (RFC 9562 takes them in either case), rightly find those."""
    found = [
        ("with a digit added", identity + "0"),
        ("with its first character cut off", identity[1:]),
        ("with its last character cut off", identity[:-1]),
        ("with a wildcard added", identity + "%"),
    ]
    if not number:
        found.append(("with a space added", identity + " "))
        if identity.isdigit():
            found.append(("with a leading zero", "0" + identity))
    if identity.swapcase() != identity and not _UUID.fullmatch(identity):
        found.append(("in the other case", identity.swapcase()))
    return [(label, text) for label, text in found if text and text != identity]


@collection_law("id-exact", needs=readable)
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
    number = any(
        p.name == parameter and isinstance(resolve(bench.api, p.schema).shape, (Integer, Number))
        for p in collection.retriever.parameters
    )
    for label, identity in _lookalikes(thing.id, number=number):
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


@collection_law("unknown-missing", needs=readable)
def unknown_missing(bench: Bench, collection: Collection) -> None:
    """An id of the right form that was never given out answers 404."""
    assert collection.retriever is not None
    thing = bench.create(collection)
    parameter = collection.resource.id_parameter or ""
    unknown = unknown_like(bench, thing.id)
    exchange = bench.call(collection.retriever, {**thing.address, parameter: unknown})
    if not bench.expect(is_missing(exchange.status)):
        bench.violation(
            collection.retriever,
            f"the id {unknown}, which does not exist, is answered with {exchange.status}",
            exchange,
        )
