"""What belongs to the server: ids, points in time, constants."""

from __future__ import annotations

import time

from trunkline import ir
from trunkline.contract.checks.comparison import (
    changeable,
    different_value,
    instant,
    origin_of,
    same,
    show,
    timestamps,
)
from trunkline.contract.engine import (
    CheckContext,
    CreatedObject,
    Family,
    Inconclusive,
    Readable,
    Updatable,
    collection_check,
    rule,
)
from trunkline.contract.model import Collection, Exchange
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, schemas
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.schemas import Leaf

rule(
    "owned-on-create",
    Family.OWNED,
    "A create request cannot set what the server owns",
    "Callers who choose ids, owners or balances take over other objects.",
    "Take only the members of the request's schema; never spread the body over the object.",
)
rule(
    "owned-on-update",
    Family.OWNED,
    "An update cannot change what the server owns",
    "Callers who can write them forge history and identity.",
    "Take only the members of the update's schema.",
)
rule(
    "created-fixed",
    Family.OWNED,
    "The time of creation never changes",
    "Audits and sorting rest on it.",
    "Set the time of creation once, in the insert.",
)
rule(
    "updated-moves",
    Family.OWNED,
    "The time of the last update moves with updates, and only with them",
    "Clients synchronise by it: one that stays hides changes.",
    "Set the time in every update and nowhere else.",
)
rule(
    "times-ordered",
    Family.OWNED,
    "No object is updated before it was created",
    "Clocks that run backwards break every comparison.",
    "Take both times from one clock, once for each request.",
)


def _server_managed(collection: Collection) -> list[Leaf]:
    """Members answers show and requests may not set: marked read-only, and the id."""
    writable = {
        leaf.path
        for schema in (collection.created, collection.updated)
        for leaf in collection.input_leaves(schema)
    }
    found = []
    for leaf in collection.item_leaves().values():
        if len(leaf.path) != 1 or leaf.path in writable:
            continue
        chain = (*leaf.parents, leaf.schema)
        marked = any(schemas.read_only(collection.api.schemas, s) for s in chain)
        if marked or leaf.path == collection.id_path:
            found.append(leaf)
    return found


def _managed(collection: Collection) -> Readable | None:
    return Readable.of(collection) if _server_managed(collection) else None


def _managed_update(collection: Collection) -> Updatable | None:
    return Updatable.of(collection) if _server_managed(collection) else None


def _is_drawn(ctx: CheckContext, collection: Collection, leaf: Leaf) -> bool:
    """Whether there are so few ids that the server may come to any by itself."""
    shape = schemas.resolve(ctx.api.schemas, leaf.schema).shape
    return leaf.path == collection.id_path and isinstance(shape, ir.Enumeration)


def _forged(ctx: CheckContext, obj: CreatedObject, leaf: Leaf) -> Json:
    """A value of the right type that the server would never come to by itself."""
    now = jsonvalue.get(obj.value, leaf.path)
    shape = schemas.resolve(ctx.api.schemas, leaf.schema).shape
    if isinstance(shape, ir.String) and shape.format == "date-time":
        return "2001-02-03T04:05:06Z"
    if isinstance(now, str) and now.isdigit():
        return "7" * len(now)
    if isinstance(now, bool):
        return not now
    if isinstance(now, int):
        return now + 7777
    if isinstance(shape, ir.Enumeration):
        return different_value(ctx, leaf, now)
    if isinstance(now, str):
        return "forged" + now[6:] if len(now) > 6 else "forged"
    return now


@collection_check("owned-on-create", needs=_managed)
def owned_on_create(ctx: CheckContext, target: Readable) -> None:
    """Server-owned members sent with create are refused, or not taken."""
    collection = target.collection
    model = ctx.objects.create(collection)
    for leaf in _server_managed(collection):
        value = _forged(ctx, model, leaf)
        if same(value, jsonvalue.get(model.value, leaf.path)) or _is_drawn(ctx, collection, leaf):
            continue
        body = ctx.bodies.of(collection)
        body[leaf.path[0]] = value
        exchange, obj = ctx.objects.try_create(collection, body)
        if obj is None:
            continue
        taken = same(jsonvalue.get(obj.value, leaf.path), value)
        read = ctx.objects.retrieve(obj)
        if not taken:
            # Who gave an object to another owner may not see it any more.
            shown = collection.shown(read, target.retriever)
            taken = read.ok and same(jsonvalue.get(shown, leaf.path), value)
        ctx.expect(
            not taken,
            target.creator,
            f"{leaf.name} belongs to the server, yet create took {show(value)} for it",
            exchange,
            read,
            about=leaf,
        )


@collection_check("owned-on-update", needs=_managed_update)
def owned_on_update(ctx: CheckContext, target: Updatable) -> None:
    """Server-owned members sent with an update are refused, or not taken."""
    collection = target.collection
    obj = ctx.objects.create(collection)
    for leaf in _server_managed(collection):
        before, _ = ctx.objects.read(obj)
        value = _forged(ctx, obj, leaf)
        if same(value, jsonvalue.get(before, leaf.path)):
            continue
        body: dict[str, Json] = {}
        if target.updated is not None:
            body = ctx.bodies.required_now(obj, target.updated)
        exchange = ctx.executor.call(
            target.updater, obj.address, body={**body, leaf.path[0]: value}
        )
        read = ctx.objects.retrieve(obj)
        if not ctx.expect(
            read.ok,
            target.updater,
            f"after an update that sends {leaf.name} the object answers {read.status}",
            obj.created,
            exchange,
            read,
            about=leaf,
        ):
            return
        shown = collection.shown(read, target.retriever)
        ctx.expect(
            not same(jsonvalue.get(shown, leaf.path), value),
            target.updater,
            f"{leaf.name} belongs to the server, yet an update changed it to {show(value)}",
            obj.created,
            exchange,
            read,
            about=leaf,
        )


def _times(collection: Collection, marker: str, owned: str) -> Path | None:
    """The point in time the server keeps: as the description marks it, else by its name."""
    for path in timestamps(collection):
        said = schemas.facets(
            collection.api.schemas, collection.item_leaves()[path].schema
        ).extensions
        if said.get("x-trunkline-owned") == owned:
            return path
    for path in timestamps(collection):
        if len(path) == 1 and marker in path[0].lower():
            return path
    return None


def _created_at(collection: Collection) -> Path | None:
    return _times(collection, "creat", "created_at")


def _updated_at(collection: Collection) -> Path | None:
    return _times(collection, "updat", "updated_at") or _times(collection, "modif", "updated_at")


def _change(ctx: CheckContext, collection: Collection, obj: CreatedObject) -> Exchange:
    for leaf in changeable(ctx, collection):
        now = jsonvalue.get(obj.value, leaf.path)
        value = different_value(ctx, leaf, now)
        if not same(value, now):
            exchange = ctx.objects.change(obj, {leaf.path: value})
            if exchange.ok:
                return exchange
    raise Inconclusive("no update was accepted")


def _timed(collection: Collection) -> Updatable | None:
    timed = _created_at(collection) or _updated_at(collection)
    return _managed_update(collection) if timed is not None else None


@collection_check("updated-moves", "created-fixed", "times-ordered", needs=_timed)
def updated_moves(ctx: CheckContext, target: Updatable) -> None:
    """An update moves one time and leaves the other; reading moves neither."""
    collection = target.collection
    updater, retriever = target.updater, target.retriever
    created, updated = _created_at(collection), _updated_at(collection)
    obj = ctx.objects.create(collection)
    before, first = ctx.objects.read(obj)
    obj.value = before
    _pause(before, updated)
    still, again = ctx.objects.read(obj)
    change = _change(ctx, collection, obj)
    after, read = ctx.objects.read(obj)
    if updated is not None and instant(jsonvalue.get(before, updated)) is not None:
        name = ".".join(updated)
        ctx.expect(
            same(jsonvalue.get(before, updated), jsonvalue.get(still, updated)),
            retriever,
            f"{name} moved although nothing was updated",
            first,
            again,
            subject=name,
            origins=origin_of(collection, updated),
        )
        old, new = instant(jsonvalue.get(before, updated)), instant(jsonvalue.get(after, updated))
        ctx.expect(
            old is not None and new is not None and new > old,
            updater,
            f"{name} was {show(jsonvalue.get(before, updated))} and after an update is "
            f"{show(jsonvalue.get(after, updated))}",
            first,
            change,
            read,
            subject=name,
            origins=origin_of(collection, updated),
        )
    if created is not None:
        name = ".".join(created)
        ctx.expect(
            same(jsonvalue.get(before, created), jsonvalue.get(after, created)),
            updater,
            f"{name} was {show(jsonvalue.get(before, created))} and after an update is "
            f"{show(jsonvalue.get(after, created))}",
            first,
            change,
            read,
            subject=name,
            origins=origin_of(collection, created),
            rule="created-fixed",
        )
    if created is not None and updated is not None:
        for view, seen in ((before, first), (after, read)):
            one, two = instant(jsonvalue.get(view, created)), instant(jsonvalue.get(view, updated))
            if one is not None and two is not None:
                ctx.expect(
                    one <= two,
                    retriever,
                    f"{'.'.join(updated)} {two.isoformat()} is before "
                    f"{'.'.join(created)} {one.isoformat()}",
                    seen,
                    subject=".".join(updated),
                    origins=origin_of(collection, updated),
                    rule="times-ordered",
                )


def _pause(view: dict[str, Json], path: Path | None) -> None:
    """Wait until the clock that writes `path` must show another time: it may count seconds."""
    text = jsonvalue.get(view, path) if path else None
    coarse = isinstance(text, str) and "." not in text
    time.sleep(1.05 if coarse else 0.01)
