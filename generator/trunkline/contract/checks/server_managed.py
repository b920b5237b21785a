"""What belongs to the server: ids, points in time, constants."""

from __future__ import annotations

import time

from trunkline import ir
from trunkline.contract.checks.comparison import (
    another,
    changeable,
    instant,
    origin_of,
    same,
    show,
    timestamps,
)
from trunkline.contract.engine import Bench, BlockedError, Family, Thing, collection_law, rule
from trunkline.contract.model import Collection, Exchange, Leaf, Path, dig, facets, resolve
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


def _owned(collection: Collection) -> list[Leaf]:
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
        and bool(_owned(collection))
    )


def _needs_update(collection: Collection) -> bool:
    return _needs(collection) and collection.updated is not None


def _forged(bench: Bench, thing: Thing, leaf: Leaf) -> Json:
    """A value of the right type that the server would never come to by itself."""
    now = dig(thing.value, leaf.path)
    shape = resolve(bench.api, leaf.schema).shape
    if isinstance(shape, ir.String) and shape.format == "date-time":
        return "2001-02-03T04:05:06Z"
    if isinstance(now, str) and now.isdigit():
        return "7" * len(now)
    if isinstance(now, bool):
        return not now
    if isinstance(now, int):
        return now + 7777
    if isinstance(shape, ir.Enumeration):
        return another(bench, leaf, now)
    if isinstance(now, str):
        return "forged" + now[6:] if len(now) > 6 else "forged"
    return now


@collection_law("owned-on-create", needs=_needs)
def owned_on_create(bench: Bench, collection: Collection) -> None:
    """Server-owned members sent with create are refused, or not taken."""
    assert collection.creator is not None
    model = bench.create(collection)
    for leaf in _owned(collection):
        value = _forged(bench, model, leaf)
        if same(value, dig(model.value, leaf.path)):
            continue
        body = bench.body(collection)
        body[leaf.path[0]] = value
        exchange, thing = bench.attempt(collection, body)
        if thing is None:
            continue
        shown, read = bench.read(thing)
        taken = same(dig(thing.value, leaf.path), value) or same(dig(shown, leaf.path), value)
        if not bench.expect(not taken):
            bench.violation(
                collection.creator,
                f"{leaf.name} belongs to the server, yet create took {show(value)} for it",
                exchange,
                read,
                about=leaf,
            )


@collection_law("owned-on-update", needs=_needs_update)
def owned_on_update(bench: Bench, collection: Collection) -> None:
    """Server-owned members sent with an update are refused, or not taken."""
    assert collection.updater is not None
    thing = bench.create(collection)
    for leaf in _owned(collection):
        before, _ = bench.read(thing)
        value = _forged(bench, thing, leaf)
        if same(value, dig(before, leaf.path)):
            continue
        body: dict[str, Json] = {}
        if collection.updated is not None:
            body = bench.required_now(thing, collection.updated)
        exchange = bench.call(collection.updater, thing.address, body={**body, leaf.path[0]: value})
        read = bench.retrieve(thing)
        if not bench.expect(read.ok):
            bench.violation(
                collection.updater,
                f"after an update that sends {leaf.name} the object answers {read.status}",
                thing.created,
                exchange,
                read,
                about=leaf,
            )
            return
        assert collection.retriever is not None
        shown = read.at(collection.retriever.payload)
        if not bench.expect(not same(dig(shown, leaf.path), value)):
            bench.violation(
                collection.updater,
                f"{leaf.name} belongs to the server, yet an update changed it to {show(value)}",
                thing.created,
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


def _change(bench: Bench, collection: Collection, thing: Thing) -> Exchange:
    for leaf in changeable(bench, collection):
        now = dig(thing.value, leaf.path)
        value = another(bench, leaf, now)
        if not same(value, now):
            exchange = bench.change(thing, {leaf.path: value})
            if exchange.ok:
                return exchange
    raise BlockedError("no update was accepted")


@collection_law(
    "updated-moves",
    "created-fixed",
    "times-ordered",
    needs=lambda c: _needs_update(c) and bool(_created_at(c) or _updated_at(c)),
)
def updated_moves(bench: Bench, collection: Collection) -> None:
    """An update moves one time and leaves the other; reading moves neither."""
    updater, retriever = collection.updater, collection.retriever
    assert updater is not None
    assert retriever is not None
    created, updated = _created_at(collection), _updated_at(collection)
    thing = bench.create(collection)
    before, first = bench.read(thing)
    thing.value = before
    _pause(before, updated)
    still, again = bench.read(thing)
    change = _change(bench, collection, thing)
    after, read = bench.read(thing)
    if updated is not None and instant(dig(before, updated)) is not None:
        name = ".".join(updated)
        if not bench.expect(same(dig(before, updated), dig(still, updated))):
            bench.violation(
                retriever,
                f"{name} moved although nothing was updated",
                first,
                again,
                subject=name,
                origins=origin_of(collection, updated),
            )
        old, new = instant(dig(before, updated)), instant(dig(after, updated))
        if not bench.expect(old is not None and new is not None and new > old):
            bench.violation(
                updater,
                f"{name} was {show(dig(before, updated))} and after an update is "
                f"{show(dig(after, updated))}",
                first,
                change,
                read,
                subject=name,
                origins=origin_of(collection, updated),
            )
    if created is not None:
        name = ".".join(created)
        if not bench.expect(same(dig(before, created), dig(after, created))):
            bench.violation(
                updater,
                f"{name} was {show(dig(before, created))} and after an update is "
                f"{show(dig(after, created))}",
                first,
                change,
                read,
                subject=name,
                origins=origin_of(collection, created),
                rule="created-fixed",
            )
    if created is not None and updated is not None:
        for view, seen in ((before, first), (after, read)):
            one, two = instant(dig(view, created)), instant(dig(view, updated))
            if one is not None and two is not None and not bench.expect(one <= two):
                bench.violation(
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
    text = dig(view, path) if path else None
    coarse = isinstance(text, str) and "." not in text
    time.sleep(1.05 if coarse else 0.01)
