"""Bounds: what lies within is accepted, what lies one step beyond is refused."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline import ir
from trunkline.contract.checks.comparison import same, show
from trunkline.contract.engine import Bench, Family, collection_law, rule
from trunkline.contract.model import Bad, Collection, Exchange, Leaf, creatable, dig, updatable

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


_BAD = (
    "type-enforced",
    "null-rejected",
    "enum-enforced",
    "range-enforced",
    "length-enforced",
    "pattern-enforced",
    "format-enforced",
    "items-enforced",
)


def _probes(bench: Bench, collection: Collection, schema: ir.Schema) -> Iterator[tuple[Leaf, Bad]]:
    for leaf in collection.input_leaves(schema):
        found = bench.values.bad(leaf.schema)
        yield from ((leaf, bad) for bad in (found if bench.full else _few(found)))


def _few(found: list[Bad]) -> list[Bad]:
    """At most a few of each rule, the first ones being the most telling."""
    counts: dict[str, int] = {}
    kept = []
    for bad in found:
        counts[bad.rule] = counts.get(bad.rule, 0) + 1
        if counts[bad.rule] <= (9 if bad.rule in {"pattern-enforced", "enum-enforced"} else 3):
            kept.append(bad)
    return kept


rule(
    "create-bounds",
    Family.VALIDATION,
    "Create refuses what its schema forbids",
    "Bad data that gets in comes back later, to other clients.",
)


@collection_law("create-bounds", *_BAD, needs=creatable)
def create_refuses(bench: Bench, collection: Collection) -> None:
    """Each member of a create request, broken in each way its schema knows."""
    assert collection.created is not None
    for leaf, bad in _probes(bench, collection, collection.created):
        body = bench.body(collection)
        bench.put(collection.created, body, leaf.path, bad.value)
        if bench.oracle.accepts(collection.created, body):
            continue
        exchange, _ = bench.attempt(collection, body)
        _judge(bench, collection.creator, exchange, leaf, bad)


rule(
    "update-bounds",
    Family.VALIDATION,
    "Updates refuse what create refuses",
    "The back door is as wide as the widest of the doors.",
)


@collection_law("update-bounds", *_BAD, needs=updatable)
def update_refuses(bench: Bench, collection: Collection) -> None:
    """Each member of an update, broken in each way its schema knows."""
    assert collection.updated is not None
    assert collection.updater is not None
    thing = bench.create(collection, full=True)
    for leaf, bad in _probes(bench, collection, collection.updated):
        body = bench.required_now(thing, collection.updated)
        bench.put_beside(thing, collection.updated, body, leaf.path, bad.value)
        if bench.oracle.accepts(collection.updated, body):
            continue
        exchange = bench.call(collection.updater, thing.address, body=body)
        _judge(bench, collection.updater, exchange, leaf, bad)
        if exchange.ok:
            thing = bench.create(collection, full=True)


def _judge(
    bench: Bench, operation: ir.Operation | None, exchange: Exchange, leaf: Leaf, bad: Bad
) -> None:
    assert operation is not None
    if not bench.expect(not exchange.ok):
        bench.violation(
            operation,
            f"{leaf.name} as {bad.label} ({show(bad.value)}) is accepted with {exchange.status}",
            exchange,
            about=leaf,
            rule=bad.rule,
        )


rule(
    "bounds-accepted",
    Family.VALIDATION,
    "Values at the edge of what is allowed are accepted, and kept",
    "A limit that is one too tight refuses what was promised.",
)


@collection_law("bounds-accepted", "create-echo", needs=creatable)
def bounds_accepted(bench: Bench, collection: Collection) -> None:
    """Each member of a create request, at each edge of its schema; read back where possible."""
    creator = collection.creator
    assert creator is not None
    assert collection.created is not None
    for leaf in collection.input_leaves(collection.created):
        if bench.values.is_reference(leaf.path[-1], leaf.schema):
            continue
        for good in bench.values.good(leaf.schema):
            body = bench.body(collection)
            bench.put(collection.created, body, leaf.path, good.value)
            if not bench.oracle.accepts(collection.created, body):
                continue
            exchange, thing = bench.attempt(collection, body)
            if not bench.expect(not exchange.refused):
                bench.violation(
                    creator,
                    f"{leaf.name} as {good.label} ({show(good.value)}) is refused "
                    f"with {exchange.status}",
                    exchange,
                    about=leaf,
                )
            if thing is None or not collection.visible(leaf):
                continue
            if not bench.expect(same(dig(thing.value, leaf.path), good.value)):
                bench.violation(
                    creator,
                    f"{leaf.name} was sent as {good.label} ({show(good.value)}) and answered as "
                    f"{show(dig(thing.value, leaf.path))}",
                    exchange,
                    about=leaf,
                    rule="create-echo",
                )
