"""Bounds: what lies within is accepted, what lies one step beyond is refused."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline import ir
from trunkline.contract.checks.comparison import invalid_values, kept, show
from trunkline.contract.checks.isolation import OF_THE_CALLER, Isolation
from trunkline.contract.engine import (
    CheckContext,
    Creatable,
    Family,
    Inconclusive,
    Updatable,
    collection_check,
    json_media_type,
    rule,
)
from trunkline.contract.model import Collection, Exchange, InvalidExample, has_path
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, media
from trunkline.semantics.schemas import Leaf

for _id, _title, _why, _remediation in (
    (
        "type-enforced",
        "A value of another type is refused",
        "What is quietly converted comes back as something else.",
        "Switch the validator's coercion off; a text that looks like a number is a text.",
    ),
    (
        "null-rejected",
        "Null is refused where it is not allowed",
        "Null that gets in breaks every reader that was told it cannot.",
        "Refuse null, or make the member nullable.",
    ),
    (
        "enum-enforced",
        "A value not listed is refused",
        "Clients are generated from the list.",
        "Compare exactly, case included; or list the values that are taken too.",
    ),
    (
        "range-enforced",
        "A number out of bounds is refused",
        "Limits that do not hold are found by the bill.",
        "Check both bounds; mind which of them are exclusive.",
    ),
    (
        "length-enforced",
        "Text too short or too long is refused",
        "Storage cuts off what validation lets through.",
        "Count code points, not bytes or UTF-16 units, and check both ends.",
    ),
    (
        "pattern-enforced",
        "Text of another form is refused, from its first to its last character",
        "A pattern that is not anchored lets anything in behind a valid start.",
        "Match the whole text: `\\A…\\Z`. In many languages `$` also matches before a newline.",
    ),
    (
        "format-enforced",
        "Text that does not have its format is refused",
        "Addresses and times that are none fail later, where nobody can correct them.",
        "Parse the value as what it claims to be, and refuse it when that fails.",
    ),
    (
        "items-enforced",
        "A list with too few, too many or repeated members is refused",
        "Limits on lists guard what is done for each member.",
        "Check the number of items, and that they differ where the schema says so.",
    ),
):
    rule(_id, Family.VALIDATION, _title, _why, _remediation)


_INVALID = (
    "type-enforced",
    "null-rejected",
    "enum-enforced",
    "range-enforced",
    "length-enforced",
    "pattern-enforced",
    "format-enforced",
    "items-enforced",
)


def _probes(
    ctx: CheckContext, collection: Collection, schema: ir.Schema
) -> Iterator[tuple[Leaf, InvalidExample]]:
    for leaf in collection.input_leaves(schema):
        found = invalid_values(ctx, collection, schema, leaf)
        yield from ((leaf, invalid) for invalid in (found if ctx.full else _few(found)))


_MOST = {"pattern-enforced": 9, "enum-enforced": 12}
"""How many values are tried in the quick profile, where three are not enough."""


def _few(found: list[InvalidExample]) -> list[InvalidExample]:
    """At most a few of each rule, the first ones being the most telling."""
    counts: dict[str, int] = {}
    kept = []
    for invalid in found:
        counts[invalid.rule] = counts.get(invalid.rule, 0) + 1
        if counts[invalid.rule] <= _MOST.get(invalid.rule, 3):
            kept.append(invalid)
    return kept


rule(
    "create-bounds",
    Family.VALIDATION,
    "Create refuses what its schema forbids",
    "Bad data that gets in comes back later, to other clients.",
    "Check create requests against their schema.",
)


@collection_check("create-bounds", *_INVALID, needs=Creatable.of)
def create_refuses(ctx: CheckContext, target: Creatable) -> None:
    """Each member of a create request, broken in each way its schema knows."""
    collection = target.collection
    for leaf, invalid in _probes(ctx, collection, target.created):
        body = ctx.bodies.of(collection)
        ctx.bodies.put(target.created, body, leaf.path, invalid.value)
        if ctx.validators.fits(target.created, body, "request"):
            continue
        exchange, _ = ctx.objects.try_create(collection, body)
        _judge(ctx, target.creator, exchange, leaf, invalid)


rule(
    "update-bounds",
    Family.VALIDATION,
    "Updates refuse what create refuses",
    "The back door is as wide as the widest of the doors.",
    "Use the same checks for updates as for creating.",
)


@collection_check("update-bounds", *_INVALID, needs=Updatable.of)
def update_refuses(ctx: CheckContext, target: Updatable) -> None:
    """Each member of an update, broken in each way its schema knows."""
    collection = target.collection
    obj = ctx.objects.create(collection, full=True)
    for leaf, invalid in _probes(ctx, collection, target.updated):
        body = ctx.bodies.required_now(obj, target.updated)
        ctx.bodies.put_beside(obj, target.updated, body, leaf.path, invalid.value)
        if ctx.validators.fits(target.updated, body, "request"):
            continue
        if invalid.value is None and json_media_type(target.updater) == media.MERGE_PATCH:
            continue  # null takes a property away (RFC 7396), whatever its own schema says
        exchange = ctx.executor.call(target.updater, obj.address, body=body)
        _judge(ctx, target.updater, exchange, leaf, invalid)
        if exchange.ok:
            obj = ctx.objects.create(collection, full=True)


def _judge(
    ctx: CheckContext,
    operation: ir.Operation,
    exchange: Exchange,
    leaf: Leaf,
    invalid: InvalidExample,
) -> None:
    ctx.expect(
        not exchange.ok,
        operation,
        f"{leaf.name} as {invalid.label} ({show(invalid.value)}) is accepted "
        f"with {exchange.status}",
        exchange,
        about=leaf,
        rule=invalid.rule,
    )


rule(
    "bounds-accepted",
    Family.VALIDATION,
    "Values at the edge of what is allowed are accepted, and kept",
    "A limit that is one too tight refuses what was promised.",
    "Look for an off-by-one error or a narrower database column; or tighten the schema.",
)


def _refused(ctx: CheckContext, target: Creatable, body: Json, exchange: Exchange) -> None:
    """Report a valid body that is refused for something else than what was tried."""
    if not exchange.refused or exchange.status in OF_THE_CALLER:
        return
    told: tuple[Exchange, ...] = (exchange,)
    if isinstance(body, dict) and not target.collection.is_form(target.created):
        told = Isolation(ctx, target).evidence(body, exchange)
    ctx.expect(
        False,
        target.creator,
        f"a valid body is refused with {exchange.status}",
        *told,
        subject="varied",
        rule="create-accepted",
    )


@collection_check("bounds-accepted", "create-echo", "create-accepted", needs=Creatable.of)
def bounds_accepted(ctx: CheckContext, target: Creatable) -> None:
    """Each member of a create request, at each edge of its schema; read back where possible."""
    collection = target.collection
    creator = target.creator
    isolation = Isolation(ctx, target)
    usual = ctx.bodies.of(collection)
    plain, _ = ctx.objects.try_create(collection, usual)
    if not plain.ok:
        _refused(ctx, target, usual, plain)
        raise Inconclusive(f"create answered {plain.status}")
    for leaf in collection.input_leaves(target.created):
        if ctx.values.is_reference(leaf.path[-1], leaf.schema):
            continue
        for valid in ctx.values.valid_examples(leaf.schema):
            if collection.is_form(target.created) and valid.value in (None, []):
                continue
            body = ctx.bodies.of(collection)
            ctx.bodies.put(target.created, body, leaf.path, valid.value)
            if not ctx.validators.fits(target.created, body, "request"):
                continue
            exchange, obj = ctx.objects.try_create(collection, body)
            told: tuple[Exchange, ...] = (exchange,)
            if exchange.refused:
                plain_body = ctx.bodies.of(collection)
                if not has_path(plain_body, leaf.path):
                    plain_body = ctx.bodies.of(collection, full=True)
                plainly = isolation.control(body, leaf.path, plain_body)
                if plainly[1].refused:
                    # It is not this value.
                    _refused(ctx, target, *plainly)
                    continue
                if plainly[1].ok:
                    told = isolation.limit(leaf.path, plainly, (body, exchange))
            ctx.expect(
                not exchange.refused,
                creator,
                f"{leaf.name} as {valid.label} ({show(valid.value)}) is refused "
                f"with {exchange.status}",
                *told,
                about=leaf,
            )
            # Null for what may be left out: the server's own value takes its place.
            if obj is None or valid.value is None or not collection.visible(leaf, obj.shown_by):
                continue
            ctx.expect(
                kept(
                    ctx,
                    collection,
                    leaf.path,
                    jsonvalue.get(obj.value, leaf.path),
                    valid.value,
                    obj.shown_by,
                ),
                creator,
                f"{leaf.name} was sent as {valid.label} ({show(valid.value)}) and answered as "
                f"{show(jsonvalue.get(obj.value, leaf.path))}",
                exchange,
                about=leaf,
                rule="create-echo",
            )
