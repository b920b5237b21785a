"""Odd input: kept as it is or refused in order, never a failure."""

from __future__ import annotations

import json

from trunkline import ir
from trunkline.contract.checks.comparison import same, show
from trunkline.contract.engine import (
    CheckContext,
    Family,
    Inconclusive,
    collection_check,
    operation_check,
    rule,
)
from trunkline.contract.model import (
    Collection,
    Leaf,
    addressed,
    body_schema,
    creatable,
    get_path,
    resolve,
)

rule(
    "text-kept",
    Family.ROBUSTNESS,
    "Text is kept character for character",
    "Names of people have accents, and quotes are no commands.",
)
rule(
    "text-survived",
    Family.ROBUSTNESS,
    "Odd text never makes the server fail",
    "What crashes on an emoji crashes in production on the first day.",
)
rule(
    "numbers-survived",
    Family.ROBUSTNESS,
    "Huge numbers never make the server fail",
    "Overflow is found by whoever looks for it.",
)
rule(
    "ids-survived",
    Family.ROBUSTNESS,
    "Odd ids answer 404 or are refused",
    "Ids come from the outside and end in queries and file names.",
)
rule(
    "query-survived",
    Family.ROBUSTNESS,
    "Odd query parameters never make the server fail",
    "Query strings are the first thing scanners try.",
)

_TEXTS = (
    ("accents", "Zoë Ñandú"),
    ("other scripts", "日本語 русский عربى"),
    ("an emoji", "a👩‍👩‍👧‍👦z"),
    ("combining marks", "e\u0301 n\u0303"),
    ("quotes", 'O\'Brien "x" `y`'),
    ("markup", "<b>&amp;</b>"),
    ("SQL", "x'; DROP TABLE users; --"),
    ("a template", "{{7*7}} ${7*7} %(x)s"),
    ("a path", "../../etc/passwd"),
    ("backslashes", "a\\nb\\u0041"),
    ("spaces inside", "a  b"),
    ("spaces around it", "  #  "),
    ("the word null", "null"),
    ("a number", "0123"),
    ("a tab", "a\tb"),
    ("a NUL", "a\0b"),
    ("a line break", "a\nb"),
    ("a lone surrogate", "a\ud800b"),
    ("a thousand characters", "x" * 1000),
)
_IDS = (
    "0",
    "-1",
    "null",
    "undefined",
    "a b",
    "%",
    "'",
    "..",
    "../x",
    "%00",
    "é",
    "👩",
    "1e999",
    "9" * 40,
    "x" * 300,
    "*",
)
_QUERIES = (
    "",
    "é",
    "👩",
    "%",
    "'",
    "\\",
    "(",
    "[",
    "x" * 2000,
    "\n",
    "-1",
    "null",
    "%00",
    "99999999999999999999",
)


def _texts(ctx: CheckContext, collection: Collection) -> list[Leaf]:
    return [
        leaf
        for leaf in collection.input_leaves(collection.created)
        if isinstance(shape := resolve(ctx.api, leaf.schema).shape, ir.String)
        and shape.pattern is None
        and shape.format is None
        and not ctx.values.is_reference(leaf.path[-1], leaf.schema)
    ]


@collection_check("text-kept", "text-survived", needs=creatable)
def text_kept(ctx: CheckContext, collection: Collection) -> None:
    """Odd texts in members of free text, created and read back."""
    assert collection.creator is not None
    leaves = _texts(ctx, collection)
    if not leaves:
        raise Inconclusive("no member takes free text")
    for index, (label, odd) in enumerate(_TEXTS):
        chosen = leaves if ctx.full else [leaves[0], leaves[index % len(leaves)]]
        for leaf in chosen:
            text = (
                odd.replace("#", ctx.session.fresh())
                if "#" in odd
                else f"{odd} {ctx.session.fresh()}"
            )
            if not ctx.validator.accepts(leaf.schema, text):
                continue
            exchange, obj = ctx.try_create(collection, ctx.body(collection, {leaf.path: text}))
            if exchange.status >= 500:
                ctx.violation(
                    collection.creator,
                    f"{leaf.name} with {label} ({show(text)}) makes the server fail "
                    f"with {exchange.status}",
                    exchange,
                    subject=leaf.name,
                    rule="text-survived",
                )
            if obj is None or not collection.visible(leaf):
                continue
            shown = ctx.read(obj)[0] if collection.retriever else obj.value
            if not ctx.expect(same(get_path(shown, leaf.path), text)):
                ctx.violation(
                    collection.creator,
                    f"{leaf.name} with {label} was sent as {show(text)} and reads back as "
                    f"{show(get_path(shown, leaf.path))}",
                    exchange,
                    about=leaf,
                )


@collection_check("numbers-survived", needs=creatable)
def numbers_survived(ctx: CheckContext, collection: Collection) -> None:
    """Numbers beyond 32, 53 and 64 bits: refused or kept, never a failure."""
    assert collection.creator is not None
    assert collection.created is not None
    for leaf in collection.input_leaves(collection.created):
        if not isinstance(resolve(ctx.api, leaf.schema).shape, ir.Integer | ir.Number):
            continue
        for value in (2**31, 2**53 + 1, 2**63, 10**30, -(2**63) - 1):
            body = ctx.body(collection)
            ctx.put(collection.created, body, leaf.path, value)
            exchange, obj = ctx.try_create(collection, body)
            if not ctx.expect(exchange.status < 500):
                ctx.violation(
                    collection.creator,
                    f"{leaf.name} as {value} makes the server fail with {exchange.status}",
                    exchange,
                    subject=leaf.name,
                )
            if obj is not None and collection.visible(leaf) and ctx.expect(True):
                kept = get_path(obj.value, leaf.path)
                if not same(kept, value):
                    ctx.violation(
                        collection.creator,
                        f"{leaf.name} was sent as {value} and answered as {show(kept)}",
                        exchange,
                        about=leaf,
                    )


def _retrievable(collection: Collection) -> bool:
    return addressed(collection) and collection.parent is None


@collection_check("ids-survived", needs=_retrievable, writes=False)
def ids_survived(ctx: CheckContext, collection: Collection) -> None:
    """Ids no object has, in every spelling that has ever broken a server."""
    retriever = collection.retriever
    assert retriever is not None
    parameter = collection.resource.id_parameter or ""
    for identity in _IDS:
        elsewhere = "/" in identity or identity == ".."
        exchange = ctx.call(
            retriever,
            {**ctx.parent_path(collection), parameter: identity},
            malformed=True,
            conform=not elsewhere,
        )
        if not ctx.expect(exchange.refused or (elsewhere and exchange.status < 500)):
            ctx.violation(
                retriever,
                f"the id {identity[:40]!r} is answered with {exchange.status}",
                exchange,
                subject=identity[:20],
            )


def _queried(operation: ir.Operation) -> bool:
    return operation.method == "get" and any(
        p.location is ir.ParameterLocation.QUERY for p in operation.parameters
    )


@operation_check("query-survived", needs=_queried, writes=False)
def query_survived(ctx: CheckContext, operation: ir.Operation) -> None:
    """Odd values for every query parameter, a parameter twice, and one nobody knows."""
    address = ctx.address_of(operation)
    for parameter in operation.parameters:
        if parameter.location is not ir.ParameterLocation.QUERY:
            continue
        for value in _QUERIES if ctx.full else _QUERIES[:10]:
            exchange = ctx.call(operation, address, query=[(parameter.name, value)])
            if not ctx.expect(exchange.status < 500):
                ctx.violation(
                    operation,
                    f"{parameter.name}={value[:40]!r} makes the server fail with {exchange.status}",
                    exchange,
                    about=parameter,
                )
        twice = [(parameter.name, "1"), (parameter.name, "2")]
        exchange = ctx.call(operation, address, query=twice)
        if not ctx.expect(exchange.status < 500):
            ctx.violation(
                operation,
                f"{parameter.name} given twice makes the server fail with {exchange.status}",
                exchange,
                subject=parameter.name,
            )


rule(
    "bodies-survived",
    Family.ROBUSTNESS,
    "Odd bodies never make the server fail",
    "Deep and wide bodies are the cheapest way to bring a server down.",
)


@operation_check("bodies-survived", needs=lambda operation: body_schema(operation) is not None)
def bodies_survived(ctx: CheckContext, operation: ir.Operation) -> None:
    """Bodies with many members, with long ones, nested deeply, with a member twice."""
    schema = body_schema(operation)
    assert schema is not None
    plain = ctx.made(schema)
    address = ctx.address_of(operation)
    deep: ir.Json = None
    for _ in range(200):
        deep = [deep]
    odd: list[tuple[str, bytes]] = [
        ("sixty members", json.dumps({**plain, **{f"m{i}": i for i in range(60)}}).encode()),
        ("a member nested deeply", json.dumps({**plain, "zzz": deep}).encode()),
        ("a member of 100,000 characters", json.dumps({**plain, "zzz": "x" * 100_000}).encode()),
        ("a name of 10,000 characters", json.dumps({**plain, "z" * 10_000: 1}).encode()),
        ("an empty name", json.dumps({**plain, "": 1}).encode()),
        ("a prototype", json.dumps({**plain, "__proto__": {"x": 1}}).encode()),
        ("white space around it", b"\n\t " + json.dumps(plain).encode() + b" \r\n"),
        ("brackets beyond count", b"[" * 20_000),
        ("a number beyond floats", b'{"zzz": 1e999}'),
        ("no number", b'{"zzz": NaN}'),
    ]
    for label, raw in odd:
        exchange = ctx.send_raw(operation, address, raw)
        if not ctx.expect(exchange.status < 500):
            ctx.violation(
                operation,
                f"a body with {label} makes the server fail with {exchange.status}",
                exchange,
                subject=label,
            )
