"""Bounds: what lies within is accepted, what lies one step beyond is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trunkline import ir
from trunkline.contract import shapes
from trunkline.contract.bench import Bench, BlockedError, Thing, to_text
from trunkline.contract.exchange import Exchange, dig
from trunkline.contract.laws.common import same, show
from trunkline.contract.rules import Family, collection_law, operation_law, rule
from trunkline.contract.shapes import Leaf, Path
from trunkline.contract.surface import Collection
from trunkline.contract.values import Bad, UnbuildableError
from trunkline.ir import Json

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
    (
        "required-enforced",
        "A request without a required member is refused",
        "The object would lack what every reader expects.",
    ),
    (
        "unknown-refused",
        "Members the description forbids are refused",
        "A misspelt member that is ignored is a setting that silently does not hold.",
    ),
    (
        "unique-enforced",
        "A value that must be unique is refused the second time",
        "Two accounts with one name are one account to somebody.",
    ),
    (
        "parameter-enforced",
        "A query parameter out of bounds is refused",
        "A parameter that is ignored when wrong answers another question than was asked.",
    ),
    (
        "body-required",
        "A request without its required body, or with one that is not JSON, is refused",
        "Half a request must not become a whole object.",
    ),
    (
        "refused-creates-nothing",
        "A create request that is refused creates nothing",
        "Objects nobody knows of are billed, listed and never deleted.",
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


def _creatable(collection: Collection) -> bool:
    return collection.creator is not None and collection.created is not None


def _updatable(collection: Collection) -> bool:
    return (
        _creatable(collection) and collection.updater is not None and collection.updated is not None
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


@collection_law("create-bounds", *_BAD, needs=_creatable)
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


@collection_law("update-bounds", *_BAD, needs=_updatable)
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
            subject=leaf.name,
            origins=(leaf.schema.meta.origin,),
            rule=bad.rule,
        )


rule(
    "bounds-accepted",
    Family.VALIDATION,
    "Values at the edge of what is allowed are accepted, and kept",
    "A limit that is one too tight refuses what was promised.",
)


@collection_law("bounds-accepted", needs=_creatable)
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
                    subject=leaf.name,
                    origins=(leaf.schema.meta.origin,),
                )
            if thing is None or not collection.visible(leaf):
                continue
            if not bench.expect(same(dig(thing.value, leaf.path), good.value)):
                bench.violation(
                    creator,
                    f"{leaf.name} was sent as {good.label} ({show(good.value)}) and answered as "
                    f"{show(dig(thing.value, leaf.path))}",
                    exchange,
                    subject=leaf.name,
                    origins=(leaf.schema.meta.origin,),
                    rule="create-echo",
                )


def _required(
    bench: Bench, schema: ir.Schema, path: Path = ()
) -> Iterator[tuple[Path, ir.Property]]:
    for name, member in shapes.properties(bench.api, schema).items():
        if shapes.facets(bench.api, member.schema).read_only:
            continue
        if member.required:
            yield (*path, name), member
        if len(path) < 3 and shapes.properties(bench.api, member.schema):
            yield from _required(bench, member.schema, (*path, name))


@collection_law("required-enforced", needs=_creatable)
def required_enforced(bench: Bench, collection: Collection) -> None:
    """Each required member left out, of create and of update."""
    assert collection.creator is not None
    assert collection.created is not None
    for path, member in _required(bench, collection.created):
        body = bench.body(collection, full=len(path) > 1)
        if not _remove(body, path):
            continue
        exchange, _ = bench.attempt(collection, body)
        _missing(bench, collection.creator, exchange, path, member)
    if collection.updated is None or collection.updater is None:
        return
    thing: Thing | None = None
    for path, member in _required(bench, collection.updated):
        thing = thing or bench.create(collection, full=True)
        body = bench.required_now(thing, collection.updated)
        if not _remove(body, path):
            continue
        exchange = bench.call(collection.updater, thing.address, body=body)
        _missing(bench, collection.updater, exchange, path, member)


def _remove(body: dict[str, Json], path: Path) -> bool:
    around = dig(body, path[:-1])
    return isinstance(around, dict) and around.pop(path[-1], None) is not None


def _missing(
    bench: Bench, operation: ir.Operation, exchange: Exchange, path: Path, member: ir.Property
) -> None:
    if not bench.expect(not exchange.ok):
        name = ".".join(path)
        bench.violation(
            operation,
            f"a request without {name} is accepted with {exchange.status}",
            exchange,
            subject=name,
            origins=(member.schema.meta.origin,),
            rule="required-enforced",
        )


def _closed(collection: Collection) -> bool:
    return _creatable(collection) and any(
        schema is not None and shapes.is_closed(collection.api, schema)
        for schema in (collection.created, collection.updated)
    )


@collection_law("unknown-refused", needs=_closed)
def unknown_refused(bench: Bench, collection: Collection) -> None:
    """A member nobody described, where the description closes the object."""
    creator = collection.creator
    assert creator is not None
    schema = collection.created
    if schema is not None and shapes.is_closed(bench.api, schema):
        exchange, _ = bench.attempt(collection, {**bench.body(collection), "zzz_unknown": 1})
        if not bench.expect(not exchange.ok):
            bench.violation(
                creator,
                f"an unknown member is accepted with {exchange.status}",
                exchange,
                origins=(schema.meta.origin,),
            )
    schema = collection.updated
    if schema is not None and collection.updater and shapes.is_closed(bench.api, schema):
        thing = bench.create(collection)
        body = {**bench.required_now(thing, schema), "zzz_unknown": 1}
        exchange = bench.call(collection.updater, thing.address, body=body)
        if not bench.expect(not exchange.ok):
            bench.violation(
                collection.updater,
                f"an unknown member is accepted with {exchange.status}",
                exchange,
                origins=(schema.meta.origin,),
            )


@collection_law("unique-enforced", needs=lambda c: _creatable(c) and bool(c.resource.unique))
def unique_enforced(bench: Bench, collection: Collection) -> None:
    """A second object with the value of the first; and an update towards it."""
    assert collection.creator is not None
    for path in collection.resource.unique:
        first = bench.create(collection)
        value = dig(first.sent, path)
        if value is None:
            continue
        name = ".".join(path)
        exchange, _ = bench.attempt(collection, bench.body(collection, {path: value}))
        if not bench.expect(not exchange.ok):
            bench.violation(
                collection.creator,
                f"a second object with the same {name} is accepted with {exchange.status}",
                first.created,
                exchange,
                subject=name,
            )
        writable = {leaf.path for leaf in collection.input_leaves(collection.updated)}
        if collection.updater is None or path not in writable:
            continue
        second = bench.create(collection)
        change = bench.change(second, {path: value})
        if not bench.expect(not change.ok):
            bench.violation(
                collection.updater,
                f"an update to another object's {name} is accepted with {change.status}",
                first.created,
                second.created,
                change,
                subject=name,
            )
        again = bench.change(first, {path: value})
        if not bench.expect(not again.refused):
            bench.violation(
                collection.updater,
                f"an update that keeps its own {name} is refused with {again.status}",
                first.created,
                again,
                subject=f"{name} kept",
            )


def wrong_texts(bench: Bench, parameter: ir.Parameter) -> list[tuple[str, str]]:
    """Texts that break a query parameter's schema, and what is wrong with each."""
    shape = shapes.resolve(bench.api, parameter.schema).shape
    found: list[tuple[str, str]] = []
    for bad in bench.values.bad(parameter.schema):
        if bad.rule in {"null-rejected", "type-enforced", "items-enforced"}:
            continue
        if not isinstance(bad.value, dict | list):
            found.append((bad.label, to_text(bad.value)))
    if isinstance(shape, ir.Integer | ir.Number):
        found += [("text", "abc"), ("a number with a letter", "1x")]
        if isinstance(shape, ir.Integer):
            found.append(("a fraction", "1.5"))
    if isinstance(shape, ir.Boolean):
        found += [("text", "maybe"), ("a number", "2")]
    kept = []
    for label, text in found:
        empty = text == "" and (parameter.allow_empty or isinstance(shape, ir.Enumeration))
        if text.strip() == text and not empty:
            kept.append((label, text))
    return kept


def _has_query(operation: ir.Operation) -> bool:
    return operation.method == "get" and any(
        p.location is ir.ParameterLocation.QUERY and p.style == "form" and p.media_type is None
        for p in operation.parameters
    )


@operation_law("parameter-enforced", needs=_has_query, writes=False)
def parameter_enforced(bench: Bench, operation: ir.Operation) -> None:
    """Each query parameter of a read, beyond each of its bounds, and at them."""
    address = bench.address_of(operation)
    for parameter in operation.parameters:
        if parameter.location is not ir.ParameterLocation.QUERY or parameter.style != "form":
            continue
        for label, text in wrong_texts(bench, parameter):
            exchange = bench.call(operation, address, query=[(parameter.name, text)])
            if not bench.expect(not exchange.ok):
                bench.violation(
                    operation,
                    f"{parameter.name}={text} ({label}) is accepted with {exchange.status}",
                    exchange,
                    subject=parameter.name,
                    origins=(parameter.origin,),
                )
        if operation.pagination and parameter.name == operation.pagination.page:
            continue
        for good in bench.values.good(parameter.schema):
            if good.value is None or isinstance(good.value, list | dict):
                continue
            exchange = bench.call(operation, address, query=[(parameter.name, to_text(good.value))])
            if not bench.expect(not exchange.refused):
                bench.violation(
                    operation,
                    f"{parameter.name}={to_text(good.value)} ({good.label}) is refused "
                    f"with {exchange.status}",
                    exchange,
                    subject=parameter.name,
                    origins=(parameter.origin,),
                    rule="valid-accepted",
                )


def _has_body(operation: ir.Operation) -> bool:
    return (
        operation.body is not None
        and operation.body.required
        and shapes.json_content(operation.body.contents) is not None
    )


_BROKEN: Mapping[str, bytes] = {
    "cut short": b'{"name": "x',
    "not JSON": b"name=x",
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "empty": b"",
    "a list": b"[]",
    "text": b'"text"',
    "null": b"null",
    "two values": b"{} {}",
}


@operation_law("body-required", needs=_has_body)
def body_required(bench: Bench, operation: ir.Operation) -> None:
    """Bodies that are missing, cut short, of another type, or no JSON at all."""
    content = shapes.json_content(operation.body.contents) if operation.body else None
    assert content is not None
    assert content.schema is not None
    address = bench.address_of(operation)
    missing = bench.call(operation, address, malformed=True)
    bench.adopt_stray(operation, missing, address)
    if not bench.expect(not missing.ok):
        bench.violation(
            operation,
            f"a request without its body is accepted with {missing.status}",
            missing,
            subject="missing",
            origins=(content.origin,),
        )
    for label, raw in _BROKEN.items():
        if label in {"a list", "text", "null"} and bench.oracle.accepts(
            content.schema, {"a list": [], "text": "text", "null": None}[label]
        ):
            continue
        exchange = bench.call(
            operation,
            address,
            raw=raw,
            headers={"Content-Type": content.media_type},
            malformed=True,
        )
        bench.adopt_stray(operation, exchange, address)
        if not bench.expect(not exchange.ok):
            bench.violation(
                operation,
                f"a body that is {label} is accepted with {exchange.status}",
                exchange,
                subject=label,
                origins=(content.origin,),
            )


@collection_law(
    "refused-creates-nothing",
    needs=lambda c: _creatable(c) and c.lister is not None,
)
def refused_creates_nothing(bench: Bench, collection: Collection) -> None:
    """After refusals the list shows no object with the text they carried."""
    assert collection.creator is not None
    assert collection.created is not None
    sent: dict[str, Exchange] = {}
    for leaf in collection.input_leaves(collection.created):
        bad = next(iter(bench.values.bad(leaf.schema)), None)
        if bad is None:
            continue
        try:
            body = bench.values.body(collection.created, full=True)
        except UnbuildableError as error:
            raise BlockedError(str(error)) from error
        bench.put(collection.created, body, leaf.path, bad.value)
        if bench.oracle.accepts(collection.created, body):
            continue
        marks = [v for v in body.values() if isinstance(v, str) and v.startswith(bench.lab.marker)]
        exchange, _ = bench.attempt(collection, body)
        if exchange.refused:
            sent |= dict.fromkeys(marks, exchange)
    if not sent:
        raise BlockedError("nothing was refused")
    items, seen = bench.everything(collection)
    for item in items:
        texts = item.values() if isinstance(item, dict) else ()
        for text in texts:
            if not bench.expect(not (isinstance(text, str) and text in sent)):
                assert isinstance(text, str)
                bench.violation(
                    collection.creator,
                    f"a request refused with {sent[text].status} created an object all the same",
                    sent[text],
                    *seen[:1],
                )
                bench.stray(collection, item)
