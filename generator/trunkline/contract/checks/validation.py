"""Bounds: what lies within is accepted, what lies one step beyond is refused."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline import ir
from trunkline.contract.checks.comparison import same, show
from trunkline.contract.engine import CheckContext, Family, collection_check, rule
from trunkline.contract.model import (
    Collection,
    Exchange,
    InvalidExample,
    Leaf,
    creatable,
    get_path,
    updatable,
)

for _id, _title, _why in (
    (
        "type-enforced",
        "A value of another type is refused",
        "What is quietly converted comes back as something else.",
    ),
    (
        "null-rejected",
        "Null is refused where it is not allowed",
        "Null that gets in breaks every reader that was told it cannot.",
    ),
    ("enum-enforced", "A value not listed is refused", "Clients are generated from the list."),
    (
        "range-enforced",
        "A number out of bounds is refused",
        "Limits that do not hold are found by the bill.",
    ),
    (
        "length-enforced",
        "Text too short or too long is refused",
        "Storage cuts off what validation lets through.",
    ),
    (
        "pattern-enforced",
        "Text of another form is refused, from its first to its last character",
        "A pattern that is not anchored lets anything in behind a valid start.",
    ),
    (
        "format-enforced",
        "Text that does not have its format is refused",
        "Addresses and times that are none fail later, where nobody can correct them.",
    ),
    (
        "items-enforced",
        "A list with too few, too many or repeated members is refused",
        "Limits on lists guard what is done for each member.",
    ),
):
    rule(_id, Family.VALIDATION, _title, _why)


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
        found = ctx.values.invalid_examples(leaf.schema)
        yield from ((leaf, invalid) for invalid in (found if ctx.full else _few(found)))


def _few(found: list[InvalidExample]) -> list[InvalidExample]:
    """At most a few of each rule, the first ones being the most telling."""
    counts: dict[str, int] = {}
    kept = []
    for invalid in found:
        counts[invalid.rule] = counts.get(invalid.rule, 0) + 1
        if counts[invalid.rule] <= (
            9 if invalid.rule in {"pattern-enforced", "enum-enforced"} else 3
        ):
            kept.append(invalid)
    return kept


rule(
    "create-bounds",
    Family.VALIDATION,
    "Create refuses what its schema forbids",
    "Bad data that gets in comes back later, to other clients.",
)


@collection_check("create-bounds", *_INVALID, needs=creatable)
def create_refuses(ctx: CheckContext, collection: Collection) -> None:
    """Each member of a create request, broken in each way its schema knows."""
    assert collection.created is not None
    for leaf, invalid in _probes(ctx, collection, collection.created):
        body = ctx.body(collection)
        ctx.put(collection.created, body, leaf.path, invalid.value)
        if ctx.validator.accepts(collection.created, body):
            continue
        exchange, _ = ctx.try_create(collection, body)
        _judge(ctx, collection.creator, exchange, leaf, invalid)


rule(
    "update-bounds",
    Family.VALIDATION,
    "Updates refuse what create refuses",
    "The back door is as wide as the widest of the doors.",
)


@collection_check("update-bounds", *_INVALID, needs=updatable)
def update_refuses(ctx: CheckContext, collection: Collection) -> None:
    """Each member of an update, broken in each way its schema knows."""
    assert collection.updated is not None
    assert collection.updater is not None
    obj = ctx.create(collection, full=True)
    for leaf, invalid in _probes(ctx, collection, collection.updated):
        body = ctx.required_now(obj, collection.updated)
        ctx.put_beside(obj, collection.updated, body, leaf.path, invalid.value)
        if ctx.validator.accepts(collection.updated, body):
            continue
        exchange = ctx.call(collection.updater, obj.address, body=body)
        _judge(ctx, collection.updater, exchange, leaf, invalid)
        if exchange.ok:
            obj = ctx.create(collection, full=True)


def _judge(
    ctx: CheckContext,
    operation: ir.Operation | None,
    exchange: Exchange,
    leaf: Leaf,
    invalid: InvalidExample,
) -> None:
    assert operation is not None
    if not ctx.expect(not exchange.ok):
        ctx.violation(
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
)


@collection_check("bounds-accepted", "create-echo", needs=creatable)
def bounds_accepted(ctx: CheckContext, collection: Collection) -> None:
    """Each member of a create request, at each edge of its schema; read back where possible."""
    creator = collection.creator
    assert creator is not None
    assert collection.created is not None
    for leaf in collection.input_leaves(collection.created):
        if ctx.values.is_reference(leaf.path[-1], leaf.schema):
            continue
        for valid in ctx.values.valid_examples(leaf.schema):
            body = ctx.body(collection)
            ctx.put(collection.created, body, leaf.path, valid.value)
            if not ctx.validator.accepts(collection.created, body):
                continue
            exchange, obj = ctx.try_create(collection, body)
            if not ctx.expect(not exchange.refused):
                ctx.violation(
                    creator,
                    f"{leaf.name} as {valid.label} ({show(valid.value)}) is refused "
                    f"with {exchange.status}",
                    exchange,
                    about=leaf,
                )
            if obj is None or not collection.visible(leaf):
                continue
            if not ctx.expect(same(get_path(obj.value, leaf.path), valid.value)):
                ctx.violation(
                    creator,
                    f"{leaf.name} was sent as {valid.label} ({show(valid.value)}) and answered as "
                    f"{show(get_path(obj.value, leaf.path))}",
                    exchange,
                    about=leaf,
                    rule="create-echo",
                )
