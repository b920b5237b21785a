"""Comparing what was written with what is shown, for all laws alike."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import datetime

from trunkline import ir
from trunkline.contract.engine import Bench, BlockedError, Thing
from trunkline.contract.model import (
    Collection,
    Exchange,
    Leaf,
    Path,
    dig,
    facets,
    has,
    like,
    resolve,
)
from trunkline.ir import Json


def same(left: Json, right: Json) -> bool:
    """Equality of JSON values: 1 equals 1.0, nothing equals a boolean but itself."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left == right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    if isinstance(left, str) and isinstance(right, str) and left != right:
        return _same_instant(left, right)
    return type(left) is type(right) and left == right


def _same_instant(left: str, right: str) -> bool:
    one, two = instant(left), instant(right)
    return one is not None and two is not None and one == two


def instant(value: Json) -> datetime | None:
    """A date-time with a zone, as RFC 3339 writes it; None for anything else."""
    if not isinstance(value, str) or len(value) < 20 or value[4] != "-":
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def sent_leaves(
    collection: Collection, schema: ir.Schema | None, sent: Mapping[str, Json]
) -> Iterator[tuple[Leaf, Json]]:
    """The members a request set whose value an answer must show."""
    for leaf in collection.input_leaves(schema):
        if has(dict(sent), leaf.path) and collection.visible(leaf):
            yield leaf, dig(dict(sent), leaf.path)


def changeable(bench: Bench, collection: Collection) -> list[Leaf]:
    """Members an update can set, whose value answers show, and that are no other object's id."""
    return [
        leaf
        for leaf in collection.input_leaves(collection.updated)
        if collection.visible(leaf)
        and not bench.values.is_reference(leaf.path[-1], leaf.schema)
        and not _chained_null(bench, leaf)
    ]


def _chained_null(bench: Bench, leaf: Leaf) -> bool:
    return isinstance(resolve(bench.api, leaf.schema).shape, ir.Null | ir.Nothing)


def another(bench: Bench, leaf: Leaf, than: Json) -> Json:
    """A value for `leaf` that differs from `than`; ABSENT's stand-in is `than` itself."""
    shape = resolve(bench.api, leaf.schema).shape
    candidates: list[Json] = []
    if isinstance(shape, ir.Boolean):
        candidates = [than is not True]
    elif isinstance(shape, ir.String):
        from trunkline.contract.model import UnbuildableError

        try:
            candidates = [bench.values.one(leaf.schema)]
        except UnbuildableError:
            candidates = []
    candidates += [g.value for g in bench.values.good(leaf.schema) if g.value is not None]
    candidates += list(facets(bench.api, leaf.schema).examples)
    return next((c for c in candidates if not same(c, than)), than)


def show(value: Json) -> str:
    """A value as messages show it."""
    import json

    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 120 else f"{text[:120]}…"


def differences(
    bench: Bench, collection: Collection, wanted: Mapping[str, Json], shown: Mapping[str, Json]
) -> list[tuple[Path, Json, Json]]:
    """Members of two views of one object that differ, as (path, wanted, shown).

    A member with a value in the first view that is missing in the second differs too.
    """
    found: list[tuple[Path, Json, Json]] = []
    leaves = collection.item_leaves()
    paths = list(leaves) or [(name,) for name in wanted]
    for path in paths:
        left, right = dig(dict(wanted), path), dig(dict(shown), path)
        there = has(dict(wanted), path) and (has(dict(shown), path) or left is not None)
        if there and not same(left, right):
            found.append((path, left, right))
    bench.tried += 1
    return found


def changes(
    bench: Bench, collection: Collection, before: Mapping[str, Json], after: Mapping[str, Json]
) -> list[tuple[Path, Json, Json]]:
    """Members that differ between two reads of one object, as (path, before, after).

    Unlike in `differences`, a member that only the second read shows differs too.
    """
    found = differences(bench, collection, before, after)
    for path in list(collection.item_leaves()) or [(name,) for name in after]:
        now = dig(dict(after), path)
        if now is not None and not has(dict(before), path):
            found.append((path, None, now))
    return found


def hold_still(
    bench: Bench,
    collection: Collection,
    operation: ir.Operation,
    what: str,
    views: tuple[Mapping[str, Json], Mapping[str, Json]],
    *exchanges: Exchange,
    but: Container[Path] = (),
) -> None:
    """A violation for each member that differs between two reads, those in `but` excepted.

    `what` begins the message: `an update refused with 422 changed`.
    """
    for path, wanted, seen in changes(bench, collection, *views):
        if path not in but:
            bench.violation(
                operation,
                f"{what} {'.'.join(path)} from {show(wanted)} to {show(seen)}",
                *exchanges,
                subject=".".join(path),
                origins=origin_of(collection, path),
            )


def origin_of(collection: Collection, path: Path) -> tuple[ir.Origin, ...]:
    """Where the description speaks of a member of an object."""
    leaf = collection.item_leaves().get(path)
    return (leaf.schema.meta.origin,) if leaf else ()


def is_found(exchange_status: int) -> bool:
    """Whether a status says that the object is there."""
    return 200 <= exchange_status < 300


def is_missing(exchange_status: int) -> bool:
    """Whether a status says that the object is not there."""
    return exchange_status in {404, 410}


def timestamps(collection: Collection) -> list[Path]:
    """Members of the item that are points in time."""
    found = []
    for path, leaf in collection.item_leaves().items():
        shape = resolve(collection.api, leaf.schema).shape
        if isinstance(shape, ir.String) and shape.format == "date-time":
            found.append(path)
    return found


def of(bench: Bench, collection: Collection, items: list[Json], things: list[Thing]) -> list[Json]:
    """Those of `items` that are `things`, in the order of the list."""
    ids = {thing.id for thing in things}
    return [item for item in items if bench.identity(collection, item) in ids]


def unknown(bench: Bench, thing: Thing) -> dict[str, str]:
    """An address like the thing's at which nothing is: looked at first, so that nobody's object is
    touched. The law is given up where something is, or where looking is not possible."""
    collection = thing.collection
    parameter = collection.resource.id_parameter or ""
    address = {**thing.address, parameter: unknown_like(bench, thing.id)}
    if collection.retriever is None:
        raise BlockedError("nothing tells whether an id is in use")
    if is_found(bench.call(collection.retriever, address, actor=thing.actor).status):
        raise BlockedError("an id made up is in use")
    return address


def unknown_like(bench: Bench, identity: str) -> str:
    """An id of the same form: every digit (hexadecimal where the id is) drawn anew."""
    return like(identity, bench.rng)
