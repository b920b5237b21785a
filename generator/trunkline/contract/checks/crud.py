"""Create and read: what is answered is stored, and found by its id alone."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Mapping

from trunkline.contract.checks.comparison import (
    differences,
    is_clock,
    is_missing,
    kept,
    origin_of,
    same,
    sent_leaves,
    show,
    unknown_addresses,
)
from trunkline.contract.checks.isolation import OF_THE_CALLER, Isolation
from trunkline.contract.engine import (
    CheckContext,
    Creatable,
    CreatedObject,
    Family,
    Inconclusive,
    Readable,
    collection_check,
    id_of,
    rule,
)
from trunkline.contract.model import Collection, Exchange, Level, has_path
from trunkline.ir import Absent, Integer, Json, Number
from trunkline.semantics import jsonvalue, responses, schemas
from trunkline.semantics.schemas import Leaf

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

rule(
    "create-accepted",
    Family.CRUD,
    "A valid object can be created",
    "Everything else depends on it.",
    "Send the request shown by hand: either the server refuses too much, or the description is "
    "missing a demand.",
)
rule(
    "create-echo",
    Family.CRUD,
    "The response to create shows what was sent",
    "Clients go on with the response; a value that changed on the way is lost unnoticed.",
    "Answer with the object as it was stored, not with defaults or with the old one.",
)
rule(
    "create-read",
    Family.CRUD,
    "What was created reads back the same",
    "A response that was not stored is the worst kind of success.",
    "Compare what is stored with what was sent; mind rounding, trimming and lost members.",
)
rule(
    "defaults-applied",
    Family.CRUD,
    "Members left out take their documented defaults",
    "Callers leave out what the description promises to fill in.",
    "Set the documented default where a member is left out, or document the real one.",
)
rule(
    "read-stable",
    Family.CRUD,
    "Reading changes nothing",
    "Caches, retries and comparisons rely on reading being safe.",
    "Reading must not write: look for counters, refreshed times and unordered lists.",
)
rule(
    "ids-unique",
    Family.CRUD,
    "Every object has an id of its own",
    "Two objects with one id cannot be told apart again.",
    "Take ids from one source: a sequence, or random ids long enough.",
)
rule(
    "id-exact",
    Family.CRUD,
    "An id is matched exactly",
    "An id that also matches its prefix or another case reaches objects nobody asked for.",
    "Compare ids exactly: no prefixes, no case folding, no numeric conversion.",
)
rule(
    "unknown-missing",
    Family.CRUD,
    "An id that does not exist answers 404",
    "Anything else makes clients act on objects that are not there.",
    "Answer 404 for ids that are not there.",
)


@collection_check("create-accepted", needs=Creatable.of)
def create_accepted(ctx: CheckContext, target: Creatable) -> None:
    """The smallest and the fullest valid body are both accepted."""
    collection = target.collection
    for full in (False, True):
        body = ctx.bodies.of(collection, full=full)
        exchange, obj = ctx.objects.try_create(collection, body)
        kind = "fullest" if full else "smallest"
        if exchange.status in OF_THE_CALLER:
            raise Inconclusive(f"create answered {exchange.status}")
        told: tuple[Exchange, ...] = (exchange,)
        if exchange.refused and isinstance(body, dict) and not collection.is_form(target.created):
            told = Isolation(ctx, target).evidence(body, exchange)
        accepted = ctx.expect(
            exchange.ok,
            target.creator,
            f"the {kind} valid body is refused with {exchange.status}",
            *told,
            subject=kind,
        )
        if accepted and Creatable.identified(collection) is not None:
            ctx.expect(
                obj is not None,
                target.creator,
                f"the response holds no id at {'.'.join(collection.id_path)}",
                exchange,
                subject="id",
            )


@collection_check("create-echo", needs=Creatable.of)
def create_echo(ctx: CheckContext, target: Creatable) -> None:
    """Each value sent is in the response."""
    collection = target.collection
    for full in (False, True):
        obj = ctx.objects.create(collection, full=full)
        by = obj.shown_by
        for leaf, value in sent_leaves(ctx, collection, target.created, (obj.sent, obj.value), by):
            ctx.expect(
                kept(ctx, collection, leaf.path, jsonvalue.get(obj.value, leaf.path), value, by),
                target.creator,
                f"{leaf.name} was sent as {show(value)} and "
                f"answered as {show(jsonvalue.get(obj.value, leaf.path))}",
                obj.created,
                about=leaf,
            )


def _is_any_value(ctx: CheckContext, target: Readable) -> bool:
    """Whether an item may be read as something else than an object, by what is described."""
    shown = responses.object_schema(ctx.api.schemas, target.retriever)
    return shown is None or schemas.types(ctx.api.schemas, shown) != {"object"}


@collection_check("create-read", needs=Readable.of)
def create_read(ctx: CheckContext, target: Readable) -> None:
    """Retrieve shows what the response to create showed, and what was sent."""
    collection = target.collection
    for full in (False, True):
        started = time.monotonic()
        obj = ctx.objects.create(collection, full=full)
        exchange = ctx.objects.retrieve(obj)
        elapsed = time.monotonic() - started
        shown = collection.shown(exchange, target.retriever)
        if exchange.ok and collection.counted:
            ctx.objects.read(obj)  # which numbers move by themselves is learnt
        if exchange.ok and not isinstance(shown, dict) and _is_any_value(ctx, target):
            raise Inconclusive("what is read is not an object")
        found = ctx.expect(
            exchange.ok and isinstance(shown, dict),
            target.retriever,
            f"the object just created answers {exchange.status}",
            obj.created,
            exchange,
        )
        if not found or not isinstance(shown, dict):
            return
        wanted_at = [
            (path, wanted)
            for path, wanted, now in differences(collection, obj.value, shown)
            if not is_clock(collection, path, wanted, now, elapsed)
        ]
        wanted_at += [
            (leaf.path, value)
            for leaf, value in sent_leaves(ctx, collection, target.created, (obj.sent, shown))
        ]
        for path, wanted in wanted_at:
            seen = jsonvalue.get(shown, path)
            ctx.expect(
                kept(ctx, collection, path, seen, wanted),
                target.retriever,
                f"{'.'.join(path)} was created as {show(wanted)} and reads back as {show(seen)}",
                obj.created,
                exchange,
                subject=".".join(path),
                origins=origin_of(collection, path),
            )


@collection_check("defaults-applied", needs=Creatable.of)
def defaults_applied(ctx: CheckContext, target: Creatable) -> None:
    """Members left out of create are answered with their defaults."""
    collection = target.collection
    obj = ctx.objects.create(collection)
    for leaf in collection.input_leaves(target.created):
        default = schemas.facets(ctx.api.schemas, leaf.schema).default
        if isinstance(default, Absent) or has_path(obj.sent, leaf.path):
            continue
        if not collection.visible(leaf, obj.shown_by) or not has_path(obj.value, leaf.path[:-1]):
            continue
        if not isinstance(jsonvalue.get(obj.value, leaf.path[:-1]), dict):
            continue
        if not _default_applies(ctx, leaf, obj.sent):
            continue
        ctx.expect(
            same(jsonvalue.get(obj.value, leaf.path), default),
            target.creator,
            f"{leaf.name} was left out: its default is {show(default)}, "
            f"answered {show(jsonvalue.get(obj.value, leaf.path))}",
            obj.created,
            about=leaf,
        )


def _default_applies(ctx: CheckContext, leaf: Leaf, sent: Mapping[str, Json]) -> bool:
    """Whether a default is meant for what was left out: not where the object around it was sent in
    another form, or was left out with a default of its own."""
    for count, around in enumerate(leaf.parents[1:], 1):
        part = jsonvalue.find(dict(sent), leaf.path[:count])
        if isinstance(part, Absent):
            facets = schemas.facets(ctx.api.schemas, around)
            return isinstance(facets.default, Absent) and not facets.examples
        if not isinstance(part, dict):
            return False
    return True


@collection_check("read-stable", needs=Readable.of)
def read_stable(ctx: CheckContext, target: Readable) -> None:
    """Two reads in a row show the same, member for member."""
    collection = target.collection
    obj = ctx.objects.create(collection, full=True)
    started = time.monotonic()
    first, one = ctx.objects.read(obj)
    if collection.lister is not None:
        ctx.lists.page(collection)
    second, two = ctx.objects.read(obj)
    elapsed = time.monotonic() - started
    moving = {path[0] for path in collection.moving}
    names = sorted(
        k
        for k in {*first, *second} - moving
        if not same(first.get(k), second.get(k))
        and not is_clock(collection, (k,), first.get(k), second.get(k), elapsed)
    )
    ctx.expect(
        not names,
        target.retriever,
        f"two reads in a row differ in {', '.join(names)}",
        one,
        two,
        subject=names[0] if names else "",
    )


@collection_check("ids-unique", needs=Creatable.of)
def ids_unique(ctx: CheckContext, target: Creatable) -> None:
    """Objects created one after another, also after a deletion, have different ids."""
    collection = target.collection
    objects = [_one_more(ctx, collection, index) for index in range(12 if ctx.full else 6)]
    # Whether the same may be made twice is the server's to say; it must not fail at it.
    ctx.objects.try_create(collection, objects[0].sent)
    gone = ""
    if collection.deleter is not None:
        if ctx.objects.delete(objects[-1]).ok:
            gone = objects[-1].id
        objects += [ctx.objects.create(collection) for _ in range(2)]
    seen: dict[str, int] = {}
    for index, obj in enumerate(objects):
        if obj.id in seen and objects[seen[obj.id]].sent == obj.sent:
            raise Inconclusive("the same request made the same object again")
        if not ctx.expect(
            obj.id not in seen,
            target.creator,
            f"two objects were given the id {obj.id}",
            objects[seen.get(obj.id, index)].created,
            obj.created,
            # That of a deleted object, given out again: no description forbids it.
            level=Level.HINT if obj.id == gone else Level.VIOLATION,
        ):
            return
        seen[obj.id] = index


def _one_more(ctx: CheckContext, collection: Collection, index: int) -> CreatedObject:
    """An object of the smallest and, by turns, of the fullest body, where that is taken: requests
    that are all the same may all make one object, on a server that names objects by content."""
    if index % 2:
        with contextlib.suppress(Inconclusive):
            return ctx.objects.create(collection, full=True)
    return ctx.objects.create(collection)


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


@collection_check("id-exact", needs=Readable.of)
def id_exact(ctx: CheckContext, target: Readable) -> None:
    """Ids that resemble an existing one reach nothing."""
    collection = target.collection
    obj = ctx.objects.create(collection)
    parameter = collection.resource.id_parameter or ""
    known = {obj.id}
    if collection.lister is not None:
        try:
            items, _ = ctx.lists.all_items(collection)
            known |= {i for i in (id_of(collection, x) for x in items) if i}
        except Inconclusive:
            pass
    number = any(
        p.name == parameter
        and isinstance(schemas.resolve(ctx.api.schemas, p.schema).shape, (Integer, Number))
        for p in target.retriever.parameters
    )
    for label, identity in _lookalikes(obj.id, number=number):
        if identity in known:
            continue
        exchange = ctx.executor.call(
            target.retriever, {**obj.address, parameter: identity}, malformed=True
        )
        shown = collection.shown(exchange, target.retriever) if exchange.ok else None
        if id_of(collection, shown) == identity:
            continue  # another object that is there, and no list has told of it
        ctx.expect(
            not exchange.ok,
            target.retriever,
            f"the id {label} is answered with {exchange.status}",
            obj.created,
            exchange,
            subject=label,
        )


@collection_check("unknown-missing", needs=Readable.of)
def unknown_missing(ctx: CheckContext, target: Readable) -> None:
    """An id of the right form that was never given out answers 404."""
    collection = target.collection
    obj = ctx.objects.create(collection)
    parameter = collection.resource.id_parameter or ""
    # Ids of other people's objects may be met by chance: not three times in a row.
    address, *others = unknown_addresses(ctx, obj)
    exchange = ctx.executor.call(target.retriever, address)
    for other in others:
        if not exchange.ok:
            break
        address = other
        exchange = ctx.executor.call(target.retriever, address)
    ctx.expect(
        is_missing(exchange.status) or (exchange.refused and exchange.status not in {401, 403}),
        target.retriever,
        f"the id {address[parameter]}, which does not exist, is answered with {exchange.status}",
        exchange,
    )
