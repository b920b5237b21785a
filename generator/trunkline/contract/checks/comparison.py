"""Comparing what was written with what is shown, for all checks alike."""

from __future__ import annotations

import json
import math
from collections.abc import Container, Iterator, Mapping
from datetime import datetime

from trunkline import ir
from trunkline.contract.engine import CheckContext, CreatedObject, Inconclusive, id_of
from trunkline.contract.model import (
    Collection,
    Exchange,
    InvalidExample,
    UnbuildableError,
    has_path,
    like,
    read_texts,
)
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, normalised, schemas
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.masks import is_mask
from trunkline.semantics.schemas import Leaf


def same(left: Json, right: Json) -> bool:
    """Equality of JSON values: 1 equals 1.0, nothing equals a boolean but itself, and a mask every
    text, which it hides."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        whole = isinstance(left, int) and isinstance(right, int)
        return left == right or (not whole and math.isclose(left, right, rel_tol=1e-7))
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    if isinstance(left, str) and isinstance(right, str) and left != right:
        return _same_instant(left, right) or is_mask(left) or is_mask(right)
    return type(left) is type(right) and left == right


def shows(seen: Json, sent: Json) -> bool:
    """Whether a value shows everything that was sent: objects may have been completed, by
    defaults and by what the server adds."""
    if isinstance(seen, dict) and isinstance(sent, dict):
        return all(name in seen and shows(seen[name], sent[name]) for name in sent)
    if isinstance(seen, list) and isinstance(sent, list):
        return len(seen) == len(sent) and all(map(shows, seen, sent))
    return same(seen, sent)


def kept(
    ctx: CheckContext,
    collection: Collection,
    path: Path,
    seen: Json,
    sent: Json,
    by: ir.Operation | None = None,
) -> bool:
    """Whether a member that was set to a value shows it, in a response of `by` or where the object
    is read: a set may come back in another order, a text in the form that its description says it
    is kept in, and what its schema does not let it show as it was sent (one text where a list is
    shown) in another form."""
    if shows(seen, sent):
        return True
    leaves = collection.leaves_shown_by(by) if by is not None else collection.item_leaves()
    shown = leaves.get(path)
    if shown is not None and not ctx.validators.fits(shown.schema, sent, "response"):
        return True
    if any(not ctx.validators.fits(schema, sent, "request") for schema in collection.keyed(path)):
        return True  # it is part of an address that cannot hold it
    known = collection.api.schemas
    told = [collection.item_leaves().get(path)]
    for schema in (collection.created, collection.updated):
        told += [leaf for leaf in collection.input_leaves(schema) if leaf.path == path]
    described = [leaf.schema for leaf in told if leaf is not None]
    words = " ".join(filter(None, (_description(known, one) for one in described)))
    if isinstance(seen, str) and isinstance(sent, str):
        return normalised.as_said(words, seen, sent)
    if not isinstance(seen, list) or not isinstance(sent, list) or len(seen) != len(sent):
        return False
    if not all(any(shows(other, one) for other in seen) for one in sent):
        return False
    shapes = [schemas.resolve(known, schema).shape for schema in described]
    return any(isinstance(shape, ir.Array) and shape.unique_items for shape in shapes)


def _description(known: Mapping[str, ir.Schema], schema: ir.Schema) -> str | None:
    return schema.meta.description or schemas.resolve(known, schema).meta.description


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


def is_clock(collection: Collection, path: Path, before: Json, after: Json, elapsed: float) -> bool:
    """Whether a number that no request sets went on as a clock did: an age, a time to go.

    `elapsed`: seconds from before to after, at most. A counter counts in whole numbers.
    """
    if any(x.path == path for x in collection.input_leaves(collection.created)):
        return False
    if not isinstance(before, float) or not isinstance(after, float):
        return False
    return not (before.is_integer() and after.is_integer()) and (
        abs(after - before) <= 1.5 * elapsed + 0.05
    )


def invalid_values(
    ctx: CheckContext, collection: Collection, schema: ir.Schema | None, leaf: Leaf
) -> list[InvalidExample]:
    """Values that break a member of a body; of a form those whose text breaks it. A field without
    text is how forms leave out what is not text."""
    found = ctx.values.invalid_examples(leaf.schema)
    if not collection.is_form(schema):
        return found
    textual = "string" in schemas.types(ctx.api.schemas, leaf.schema)
    return [
        invalid
        for invalid in found
        if invalid.value is not None
        and (textual or invalid.value != "")
        and not isinstance(invalid.value, list | dict)
        and not any(
            ctx.validators.fits(leaf.schema, reading, "request")
            for reading in read_texts(jsonvalue.scalar_text(invalid.value))
        )
    ]


def sent_leaves(
    ctx: CheckContext,
    collection: Collection,
    schema: ir.Schema,
    views: tuple[Mapping[str, Json], Mapping[str, Json]],
    by: ir.Operation | None = None,
) -> Iterator[tuple[Leaf, Json]]:
    """The members a request set whose value a response must show: of `by`, or of reading.

    `views`: what was sent, and what is shown. Of unions the alternatives that these fit count.
    """
    sent, shown = dict(views[0]), dict(views[1])
    for leaf in collection.input_leaves(schema):
        if not has_path(sent, leaf.path) or collection.counterpart(leaf, by) is None:
            continue
        if collection.visible(leaf, by) or (
            _describes(ctx, schema, sent, leaf.path, "request")
            and _shows(ctx, collection, shown, leaf.path, by)
        ):
            yield leaf, jsonvalue.get(sent, leaf.path)


def _describes(
    ctx: CheckContext, schema: ir.Schema, value: Json, path: Path, direction: ir.Direction
) -> bool:
    def fits(alternative: ir.Schema, one: Json) -> bool:
        return ctx.validators.fits(alternative, one, direction)

    return schemas.describes(ctx.api.schemas, fits, schema, value, path)


def _shows(
    ctx: CheckContext, collection: Collection, shown: Json, path: Path, by: ir.Operation | None
) -> bool:
    schema, around = collection.response_of(by), collection.wrapper
    value = jsonvalue.get(shown, around)
    return schema is not None and _describes(ctx, schema, value, path[len(around) :], "response")


def changeable(ctx: CheckContext, collection: Collection) -> list[Leaf]:
    """Members an update can set, whose value answers show, and that are no other object's id."""
    return [
        leaf
        for leaf in collection.input_leaves(collection.updated)
        if collection.visible(leaf)
        and not ctx.values.is_reference(leaf.path[-1], leaf.schema)
        and not _chained_null(ctx, leaf)
    ]


def _chained_null(ctx: CheckContext, leaf: Leaf) -> bool:
    return isinstance(schemas.resolve(ctx.api.schemas, leaf.schema).shape, ir.Null | ir.Nothing)


def different_value(ctx: CheckContext, leaf: Leaf, current: Json) -> Json:
    """A value for `leaf` that differs from `than`; ABSENT's stand-in is `than` itself."""
    shape = schemas.resolve(ctx.api.schemas, leaf.schema).shape
    candidates: list[Json] = []
    if isinstance(shape, ir.Boolean):
        candidates = [current is not True]
    elif isinstance(shape, ir.String):
        try:
            candidates = [ctx.values.one(leaf.schema)]
        except UnbuildableError:
            candidates = []
    candidates += [g.value for g in ctx.values.valid_examples(leaf.schema) if g.value is not None]
    candidates += list(schemas.facets(ctx.api.schemas, leaf.schema).examples)
    return next((c for c in candidates if not same(c, current)), current)


def one_change(ctx: CheckContext, obj: CreatedObject) -> dict[Path, Json]:
    """A change of one member, for an update that is to say something; {} where none can be made."""
    for leaf in changeable(ctx, obj.collection):
        before = jsonvalue.get(obj.value, leaf.path)
        value = different_value(ctx, leaf, before)
        if len(leaf.path) == 1 and not same(value, before):
            return {leaf.path: value}
    return {}


def schema_error(
    ctx: CheckContext, schema: ir.Schema | None, value: Json, direction: ir.Direction
) -> str:
    """What is wrong with a value by its schema, and where; empty where it fits."""
    if schema is None:
        return ""
    for error in ctx.validators.errors(schema, value, direction, most=1):
        return f"at {'.'.join(map(str, error.path)) or 'its root'}: {error.message}"
    return ""


def to_text(value: Json) -> str:
    """A value as queries and messages carry it: lists joined by commas, objects as JSON."""
    if isinstance(value, list):
        return ",".join(map(to_text, value))
    return json.dumps(value) if isinstance(value, dict) else jsonvalue.scalar_text(value)


def show(value: Json) -> str:
    """A value as messages show it."""
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 120 else f"{text[:120]}…"


def differences(
    collection: Collection, wanted: Mapping[str, Json], shown: Mapping[str, Json]
) -> list[tuple[Path, Json, Json]]:
    """Members of two views of one object that differ, as (path, wanted, shown).

    A member with a value in the first view that is missing in the second differs too.
    """
    found: list[tuple[Path, Json, Json]] = []
    leaves = collection.item_leaves()
    paths = list(leaves) or [(name,) for name in wanted]
    for path in paths:
        if path in collection.moving:
            continue
        left, right = jsonvalue.get(dict(wanted), path), jsonvalue.get(dict(shown), path)
        there = has_path(dict(wanted), path) and (has_path(dict(shown), path) or left is not None)
        if there and not same(left, right):
            found.append((path, left, right))
    return found


def changes(
    collection: Collection, before: Mapping[str, Json], after: Mapping[str, Json]
) -> list[tuple[Path, Json, Json]]:
    """Members that differ between two reads of one object, as (path, before, after).

    Unlike in `differences`, a member that only the second read shows differs too.
    """
    found = differences(collection, before, after)
    for path in list(collection.item_leaves()) or [(name,) for name in after]:
        now = jsonvalue.get(dict(after), path)
        if path in collection.moving:
            continue
        if now is not None and not has_path(dict(before), path):
            found.append((path, None, now))
    return found


def assert_unchanged(
    ctx: CheckContext,
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
    changed = [
        change
        for change in changes(collection, *views)
        if change[0] not in but and not _is_time_of_change(collection, change)
    ]
    message = f"{what} {{path}} from {{wanted}} to {{shown}}"
    report_differences(ctx, collection, operation, message, changed, *exchanges)


def _is_time_of_change(collection: Collection, change: tuple[Path, Json, Json]) -> bool:
    """Whether what changed is a time that the server keeps, and that may move with any request."""
    path, before, after = change
    if any(word in path[-1].lower() for word in ("creat", "made", "birth")):
        return False
    writable = {leaf.path for leaf in collection.input_leaves(collection.updated)}
    one, two = instant(before), instant(after)
    return path not in writable and two is not None and (one is None or one < two)


def report_differences(
    ctx: CheckContext,
    collection: Collection,
    operation: ir.Operation,
    message: str,
    found: list[tuple[Path, Json, Json]],
    *exchanges: Exchange,
    rule: str | None = None,
) -> None:
    """One statement that there are no differences, and a finding for each of them.

    `message` has `{path}`, `{wanted}` and `{shown}` where these belong.
    """
    ctx.verdicts.tried += 1
    for path, wanted, shown in found:
        ctx.expect(
            False,
            operation,
            message.format(path=".".join(path), wanted=show(wanted), shown=show(shown)),
            *exchanges,
            subject=".".join(path),
            origins=origin_of(collection, path),
            rule=rule,
        )


def origin_of(collection: Collection, path: Path) -> tuple[ir.Origin, ...]:
    """Where the description speaks of a member of an object."""
    leaf = collection.item_leaves().get(path)
    return (leaf.schema.meta.origin,) if leaf else ()


def is_missing(exchange_status: int) -> bool:
    """Whether a status says that the object is not there."""
    return exchange_status in {404, 410}


def timestamps(collection: Collection) -> list[Path]:
    """Members of the item that are points in time."""
    found = []
    for path, leaf in collection.item_leaves().items():
        shape = schemas.resolve(collection.api.schemas, leaf.schema).shape
        if isinstance(shape, ir.String) and shape.format == "date-time":
            found.append(path)
    return found


def of(collection: Collection, items: list[Json], objects: list[CreatedObject]) -> list[Json]:
    """Those of `items` that are `objects`, in the order of the list."""
    ids = {obj.id for obj in objects}
    return [item for item in items if id_of(collection, item) in ids]


def unknown(ctx: CheckContext, obj: CreatedObject) -> dict[str, str]:
    """An address like the object's at which nothing is: looked at first, so that nobody's object is
    touched. Raises `Inconclusive` where looking is not possible, or every id is in use."""
    collection = obj.collection
    if collection.retriever is None:
        raise Inconclusive("nothing tells whether an id is in use")
    for address in unknown_addresses(ctx, obj):
        if not ctx.executor.call(collection.retriever, address, actor=obj.actor).ok:
            return address
    raise Inconclusive("every id made up is in use")


def unknown_addresses(ctx: CheckContext, obj: CreatedObject) -> list[dict[str, str]]:
    """Addresses with ids of the object's form that were most likely never given out: where ids are
    counted, they are far from those that were."""
    parameter = obj.collection.resource.id_parameter or ""
    ids = [like(obj.id, ctx.rng) for _ in range(3)]
    if obj.id.isdecimal() and len(obj.id) < 9:
        ids = [str(ctx.rng.randint(10**8, 2**31 - 1)) for _ in range(3)]
    return [{**obj.address, parameter: identity} for identity in ids]
