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
    collection_check,
    rule,
)
from trunkline.contract.model import Collection, Exchange, Leaf, Path, facets, get_path, resolve
from trunkline.ir import Json

rule(
    "owned-on-create",
    Family.OWNED,
    "A create request cannot set what the server owns",
    "Callers who choose ids, owners or balances take over other objects.",
)
rule(
    "owned-on-update",
    Family.OWNED,
    "An update cannot change what the server owns",
    "Callers who can write them forge history and identity.",
)
rule(
    "created-fixed",
    Family.OWNED,
    "The time of creation never changes",
    "Audits and sorting rest on it.",
)
rule(
    "updated-moves",
    Family.OWNED,
    "The time of the last update moves with updates, and only with them",
    "Clients synchronise by it: one that stays hides changes.",
)
rule(
    "times-ordered",
    Family.OWNED,
    "No object is updated before it was created",
    "Clocks that run backwards break every comparison.",
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
        chain = (*leaf.parents, leaf.schema)
        marked = any(facets(collection.api, s).read_only for s in chain)
        owned = marked or leaf.path == collection.id_path
        if len(leaf.path) == 1 and owned and leaf.path not in writable:
            found.append(leaf)
    return found


def _needs(collection: Collection) -> bool:
    return (
        collection.creator is not None
        and collection.created is not None
        and collection.retriever is not None
        and bool(_server_managed(collection))
    )


def _needs_update(collection: Collection) -> bool:
    return _needs(collection) and collection.updated is not None


def _forged(ctx: CheckContext, obj: CreatedObject, leaf: Leaf) -> Json:
    """A value of the right type that the server would never come to by itself."""
    now = get_path(obj.value, leaf.path)
    shape = resolve(ctx.api, leaf.schema).shape
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


@collection_check("owned-on-create", needs=_needs)
def owned_on_create(ctx: CheckContext, collection: Collection) -> None:
    """Server-owned members sent with create are refused, or not taken."""
    assert collection.creator is not None
    model = ctx.create(collection)
    for leaf in _server_managed(collection):
        value = _forged(ctx, model, leaf)
        if same(value, get_path(model.value, leaf.path)):
            continue
        body = ctx.body(collection)
        body[leaf.path[0]] = value
        exchange, obj = ctx.try_create(collection, body)
        if obj is None:
            continue
        shown, read = ctx.read(obj)
        taken = same(get_path(obj.value, leaf.path), value) or same(
            get_path(shown, leaf.path), value
        )
        if not ctx.expect(not taken):
            ctx.violation(
                collection.creator,
                f"{leaf.name} belongs to the server, yet create took {show(value)} for it",
                exchange,
                read,
                about=leaf,
            )


@collection_check("owned-on-update", needs=_needs_update)
def owned_on_update(ctx: CheckContext, collection: Collection) -> None:
    """Server-owned members sent with an update are refused, or not taken."""
    assert collection.updater is not None
    obj = ctx.create(collection)
    for leaf in _server_managed(collection):
        before, _ = ctx.read(obj)
        value = _forged(ctx, obj, leaf)
        if same(value, get_path(before, leaf.path)):
            continue
        body: dict[str, Json] = {}
        if collection.updated is not None:
            body = ctx.required_now(obj, collection.updated)
        exchange = ctx.call(collection.updater, obj.address, body={**body, leaf.path[0]: value})
        read = ctx.retrieve(obj)
        if not ctx.expect(read.ok):
            ctx.violation(
                collection.updater,
                f"after an update that sends {leaf.name} the object answers {read.status}",
                obj.created,
                exchange,
                read,
                about=leaf,
            )
            return
        assert collection.retriever is not None
        shown = read.at(collection.retriever.payload)
        if not ctx.expect(not same(get_path(shown, leaf.path), value)):
            ctx.violation(
                collection.updater,
                f"{leaf.name} belongs to the server, yet an update changed it to {show(value)}",
                obj.created,
                exchange,
                read,
                about=leaf,
            )


def _times(collection: Collection, marker: str, owned: str) -> Path | None:
    """The point in time the server keeps: as the description marks it, else by its name."""
    for path in timestamps(collection):
        said = facets(collection.api, collection.item_leaves()[path].schema).extensions
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
        now = get_path(obj.value, leaf.path)
        value = different_value(ctx, leaf, now)
        if not same(value, now):
            exchange = ctx.change(obj, {leaf.path: value})
            if exchange.ok:
                return exchange
    raise Inconclusive("no update was accepted")


@collection_check(
    "updated-moves",
    "created-fixed",
    "times-ordered",
    needs=lambda c: _needs_update(c) and bool(_created_at(c) or _updated_at(c)),
)
def updated_moves(ctx: CheckContext, collection: Collection) -> None:
    """An update moves one time and leaves the other; reading moves neither."""
    updater, retriever = collection.updater, collection.retriever
    assert updater is not None
    assert retriever is not None
    created, updated = _created_at(collection), _updated_at(collection)
    obj = ctx.create(collection)
    before, first = ctx.read(obj)
    obj.value = before
    _pause(before, updated)
    still, again = ctx.read(obj)
    change = _change(ctx, collection, obj)
    after, read = ctx.read(obj)
    if updated is not None and instant(get_path(before, updated)) is not None:
        name = ".".join(updated)
        if not ctx.expect(same(get_path(before, updated), get_path(still, updated))):
            ctx.violation(
                retriever,
                f"{name} moved although nothing was updated",
                first,
                again,
                subject=name,
                origins=origin_of(collection, updated),
            )
        old, new = instant(get_path(before, updated)), instant(get_path(after, updated))
        if not ctx.expect(old is not None and new is not None and new > old):
            ctx.violation(
                updater,
                f"{name} was {show(get_path(before, updated))} and after an update is "
                f"{show(get_path(after, updated))}",
                first,
                change,
                read,
                subject=name,
                origins=origin_of(collection, updated),
            )
    if created is not None:
        name = ".".join(created)
        if not ctx.expect(same(get_path(before, created), get_path(after, created))):
            ctx.violation(
                updater,
                f"{name} was {show(get_path(before, created))} and after an update is "
                f"{show(get_path(after, created))}",
                first,
                change,
                read,
                subject=name,
                origins=origin_of(collection, created),
                rule="created-fixed",
            )
    if created is not None and updated is not None:
        for view, seen in ((before, first), (after, read)):
            one, two = instant(get_path(view, created)), instant(get_path(view, updated))
            if one is not None and two is not None and not ctx.expect(one <= two):
                ctx.violation(
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
    text = get_path(view, path) if path else None
    coarse = isinstance(text, str) and "." not in text
    time.sleep(1.05 if coarse else 0.01)
