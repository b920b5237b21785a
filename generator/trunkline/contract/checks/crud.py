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
from trunkline.contract.engine import CheckContext, Family, Inconclusive, collection_check, rule
from trunkline.contract.model import (
    Collection,
    creatable,
    facets,
    get_path,
    has_path,
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
    "The response to create shows what was sent",
    "Clients go on with the response; a value that changed on the way is lost unnoticed.",
)
rule(
    "create-read",
    Family.CRUD,
    "What was created reads back the same",
    "A response that was not stored is the worst kind of success.",
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


@collection_check("create-accepted", needs=creatable)
def create_accepted(ctx: CheckContext, collection: Collection) -> None:
    """The smallest and the fullest valid body are both accepted."""
    assert collection.creator is not None
    for full in (False, True):
        body = ctx.body(collection, full=full)
        exchange, obj = ctx.try_create(collection, body)
        kind = "fullest" if full else "smallest"
        if not ctx.expect(exchange.ok):
            ctx.violation(
                collection.creator,
                f"the {kind} valid body is refused with {exchange.status}",
                exchange,
                subject=kind,
            )
        elif identified(collection) and not ctx.expect(obj is not None):
            ctx.violation(
                collection.creator,
                f"the response holds no id at {'.'.join(collection.id_path)}",
                exchange,
                subject="id",
            )


@collection_check("create-echo", needs=creatable)
def create_echo(ctx: CheckContext, collection: Collection) -> None:
    """Each value sent is in the response."""
    assert collection.creator is not None
    for full in (False, True):
        obj = ctx.create(collection, full=full)
        for leaf, value in sent_leaves(collection, collection.created, obj.sent):
            if not ctx.expect(same(get_path(obj.value, leaf.path), value)):
                ctx.violation(
                    collection.creator,
                    f"{leaf.name} was sent as {show(value)} and "
                    f"answered as {show(get_path(obj.value, leaf.path))}",
                    obj.created,
                    about=leaf,
                )


@collection_check("create-read", needs=readable)
def create_read(ctx: CheckContext, collection: Collection) -> None:
    """Retrieve shows what the response to create showed, and what was sent."""
    assert collection.retriever is not None
    for full in (False, True):
        obj = ctx.create(collection, full=full)
        exchange = ctx.retrieve(obj)
        shown = exchange.at(collection.retriever.payload)
        if not ctx.expect(exchange.ok and isinstance(shown, dict)):
            ctx.violation(
                collection.retriever,
                f"the object just created answers {exchange.status}",
                obj.created,
                exchange,
            )
            return
        assert isinstance(shown, dict)
        wrong = differences(ctx, collection, obj.value, shown)
        for leaf, value in sent_leaves(collection, collection.created, obj.sent):
            if not ctx.expect(same(get_path(shown, leaf.path), value)):
                wrong.append((leaf.path, value, get_path(shown, leaf.path)))
        for path, wanted, seen in wrong:
            ctx.violation(
                collection.retriever,
                f"{'.'.join(path)} was created as {show(wanted)} and reads back as {show(seen)}",
                obj.created,
                exchange,
                subject=".".join(path),
                origins=origin_of(collection, path),
            )


@collection_check("defaults-applied", needs=creatable)
def defaults_applied(ctx: CheckContext, collection: Collection) -> None:
    """Members left out of create are answered with their defaults."""
    assert collection.creator is not None
    obj = ctx.create(collection)
    for leaf in collection.input_leaves(collection.created):
        default = facets(ctx.api, leaf.schema).default
        if isinstance(default, Absent) or has_path(obj.sent, leaf.path):
            continue
        if not collection.visible(leaf) or not has_path(obj.value, leaf.path[:-1]):
            continue
        around = get_path(obj.value, leaf.path[:-1])
        if not isinstance(around, dict):
            continue
        if not ctx.expect(same(get_path(obj.value, leaf.path), default)):
            ctx.violation(
                collection.creator,
                f"{leaf.name} was left out: its default is {show(default)}, "
                f"answered {show(get_path(obj.value, leaf.path))}",
                obj.created,
                about=leaf,
            )


@collection_check("read-stable", needs=readable)
def read_stable(ctx: CheckContext, collection: Collection) -> None:
    """Two reads in a row show the same, member for member."""
    assert collection.retriever is not None
    obj = ctx.create(collection, full=True)
    first, one = ctx.read(obj)
    if collection.lister is not None:
        ctx.page(collection)
    second, two = ctx.read(obj)
    if not ctx.expect(same(first, second)):
        names = sorted(k for k in {*first, *second} if not same(first.get(k), second.get(k)))
        ctx.violation(
            collection.retriever,
            f"two reads in a row differ in {', '.join(names)}",
            one,
            two,
            subject=names[0] if names else "",
        )


@collection_check("ids-unique", needs=creatable)
def ids_unique(ctx: CheckContext, collection: Collection) -> None:
    """Objects created one after another, also after a deletion, have different ids."""
    assert collection.creator is not None
    objects = [ctx.create(collection) for _ in range(12 if ctx.full else 6)]
    if collection.deleter is not None:
        ctx.delete(objects[-1])
        objects += [ctx.create(collection) for _ in range(2)]
    seen: dict[str, int] = {}
    for index, obj in enumerate(objects):
        if not ctx.expect(obj.id not in seen):
            ctx.violation(
                collection.creator,
                f"two objects were given the id {obj.id}",
                objects[seen[obj.id]].created,
                obj.created,
            )
            return
        seen[obj.id] = index


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


@collection_check("id-exact", needs=readable)
def id_exact(ctx: CheckContext, collection: Collection) -> None:
    """Ids that resemble an existing one reach nothing."""
    assert collection.retriever is not None
    obj = ctx.create(collection)
    parameter = collection.resource.id_parameter or ""
    known = {obj.id}
    if collection.lister is not None:
        try:
            items, _ = ctx.all_items(collection)
            known |= {i for i in (ctx.id_of(collection, x) for x in items) if i}
        except Inconclusive:
            pass
    number = any(
        p.name == parameter and isinstance(resolve(ctx.api, p.schema).shape, (Integer, Number))
        for p in collection.retriever.parameters
    )
    for label, identity in _lookalikes(obj.id, number=number):
        if identity in known:
            continue
        exchange = ctx.call(
            collection.retriever, {**obj.address, parameter: identity}, malformed=True
        )
        if not ctx.expect(not exchange.ok):
            ctx.violation(
                collection.retriever,
                f"the id {label} is answered with {exchange.status}",
                obj.created,
                exchange,
                subject=label,
            )


@collection_check("unknown-missing", needs=readable)
def unknown_missing(ctx: CheckContext, collection: Collection) -> None:
    """An id of the right form that was never given out answers 404."""
    assert collection.retriever is not None
    obj = ctx.create(collection)
    parameter = collection.resource.id_parameter or ""
    unknown = unknown_like(ctx, obj.id)
    exchange = ctx.call(collection.retriever, {**obj.address, parameter: unknown})
    if not ctx.expect(is_missing(exchange.status)):
        ctx.violation(
            collection.retriever,
            f"the id {unknown}, which does not exist, is answered with {exchange.status}",
            exchange,
        )
