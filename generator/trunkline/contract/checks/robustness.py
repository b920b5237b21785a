"""Odd input: kept as it is or refused in order, never a failure."""

from __future__ import annotations

import json

from trunkline import ir
from trunkline.contract.checks.comparison import kept, show
from trunkline.contract.engine import (
    Addressed,
    CheckContext,
    Creatable,
    Family,
    Inconclusive,
    NotApplicable,
    TakesJson,
    collection_check,
    id_of,
    operation_check,
    queried,
    rule,
)
from trunkline.contract.model import DEEP, LONG, MANY
from trunkline.semantics import jsonvalue, schemas
from trunkline.semantics.schemas import Leaf

rule(
    "text-kept",
    Family.ROBUSTNESS,
    "Text is kept character for character",
    "Names of people have accents, and quotes are no commands.",
    "Store text as UTF-8 and do not normalise, trim or escape it.",
)
rule(
    "text-survived",
    Family.ROBUSTNESS,
    "Odd text never makes the server fail",
    "What crashes on an emoji crashes in production on the first day.",
    "Use a column and a driver for all of Unicode; refuse U+0000 where it cannot be stored.",
)
rule(
    "numbers-survived",
    Family.ROBUSTNESS,
    "Huge numbers never make the server fail",
    "Overflow is found by whoever looks for it.",
    "Check numbers against bounds before they are converted.",
)
rule(
    "ids-survived",
    Family.ROBUSTNESS,
    "Odd ids answer 404 or are refused",
    "Ids come from the outside and end in queries and file names.",
    "Parse ids before the database sees them; what does not parse does not exist.",
)
rule(
    "query-survived",
    Family.ROBUSTNESS,
    "Odd query parameters never make the server fail",
    "Query strings are the first thing scanners try.",
    "Parse every parameter defensively; answer in the 400s.",
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


def _texts(ctx: CheckContext, target: Creatable) -> list[Leaf]:
    return [
        leaf
        for leaf in target.collection.input_leaves(target.created)
        if isinstance(shape := schemas.resolve(ctx.api.schemas, leaf.schema).shape, ir.String)
        and shape.pattern is None
        and shape.format is None
        and not ctx.values.is_reference(leaf.path[-1], leaf.schema)
    ]


@collection_check("text-kept", "text-survived", needs=Creatable.of)
def text_kept(ctx: CheckContext, target: Creatable) -> None:
    """Odd texts in members of free text, created and read back."""
    collection = target.collection
    leaves = _texts(ctx, target)
    if not leaves:
        raise NotApplicable("no property takes free text")
    for index, (label, odd) in enumerate(_TEXTS):
        chosen = leaves if ctx.full else [leaves[0], leaves[index % len(leaves)]]
        for leaf in chosen:
            text = (
                odd.replace("#", ctx.session.fresh())
                if "#" in odd
                else f"{odd} {ctx.session.fresh()}"
            )
            if not ctx.validators.fits(leaf.schema, text, "request"):
                continue
            exchange, obj = ctx.objects.try_create(
                collection, ctx.bodies.of(collection, {leaf.path: text})
            )
            if exchange.status >= 500 and _fails_anyway(ctx, target):
                raise Inconclusive("a valid body makes the server fail as well")
            ctx.expect(
                exchange.status < 500,
                target.creator,
                f"{leaf.name} with {label} ({show(text)}) makes the server fail "
                f"with {exchange.status}",
                exchange,
                subject=leaf.name,
                rule="text-survived",
            )
            by = None if obj is None or collection.retriever else obj.shown_by
            if obj is None or not collection.visible(leaf, by):
                continue
            shown = ctx.objects.read(obj)[0] if collection.retriever else obj.value
            ctx.expect(
                kept(ctx, collection, leaf.path, jsonvalue.get(shown, leaf.path), text),
                target.creator,
                f"{leaf.name} with {label} was sent as {show(text)} and reads back as "
                f"{show(jsonvalue.get(shown, leaf.path))}",
                exchange,
                about=leaf,
            )


def _fails_anyway(ctx: CheckContext, target: Creatable) -> bool:
    """Whether it is not the odd value that the server fails at; that is reported by itself."""
    exchange, _ = ctx.objects.try_create(target.collection, ctx.bodies.of(target.collection))
    return exchange.status >= 500


@collection_check("numbers-survived", needs=Creatable.of)
def numbers_survived(ctx: CheckContext, target: Creatable) -> None:
    """Numbers beyond 32, 53 and 64 bits: refused or kept, never a failure."""
    collection = target.collection
    for leaf in collection.input_leaves(target.created):
        if not isinstance(
            schemas.resolve(ctx.api.schemas, leaf.schema).shape, ir.Integer | ir.Number
        ):
            continue
        for value in (2**31, 2**53 + 1, 2**63, 10**30, -(2**63) - 1):
            body = ctx.bodies.of(collection)
            ctx.bodies.put(target.created, body, leaf.path, value)
            exchange, obj = ctx.objects.try_create(collection, body)
            ctx.expect(
                exchange.status < 500,
                target.creator,
                f"{leaf.name} as {value} makes the server fail with {exchange.status}",
                exchange,
                subject=leaf.name,
            )
            if obj is not None and collection.visible(leaf, obj.shown_by):
                shown = jsonvalue.get(obj.value, leaf.path)
                ctx.expect(
                    kept(ctx, collection, leaf.path, shown, value, obj.shown_by),
                    target.creator,
                    f"{leaf.name} was sent as {value} and answered as {show(shown)}",
                    exchange,
                    about=leaf,
                )


@collection_check("ids-survived", needs=Addressed.of, writes=False)
def ids_survived(ctx: CheckContext, target: Addressed) -> None:
    """Ids no object has, in every spelling that has ever broken a server."""
    retriever = target.retriever
    nobody = {
        **ctx.objects.parent_path(target.collection, reading=True),
        target.parameter: ctx.session.fresh(),
    }
    anything = ctx.executor.call(retriever, nobody, malformed=True)
    if anything.ok and not anything.is_json:
        # Pages of an application in the browser, a proxy: nothing here is found by its id.
        raise Inconclusive("any id is answered, and not with an object")
    for identity in _IDS:
        elsewhere = "/" in identity or identity == ".."
        exchange = ctx.executor.call(
            retriever,
            {**nobody, target.parameter: identity},
            malformed=True,
            conform=not elsewhere,
        )
        # An object that has this very id may be there: which one is shown is not always told.
        shown = target.collection.shown(exchange, retriever) if exchange.ok else None
        told = _is_told(ctx, target)
        ctx.expect(
            exchange.refused
            or (elsewhere and exchange.status < 500)
            or (exchange.ok and not told)
            or id_of(target.collection, shown) == identity
            or (isinstance(shown, dict) and identity in shown.values()),
            retriever,
            f"the id {identity[:40]!r} is answered with {exchange.status}",
            exchange,
            subject=identity[:20],
        )


def _is_told(ctx: CheckContext, target: Addressed) -> bool:
    """Whether an object shows that it is the one with this id: its path may call it by a name, and
    its `id` be a number."""
    member = target.collection.resource.id_member
    if member is None:
        return False
    leaf = target.collection.item_leaves().get((*target.collection.wrapper, *member))
    # Where the path takes numbers too, an id in it is a number: these are none.
    named = [p for p in target.retriever.parameters if p.name == target.parameter]
    by_name = any("string" in schemas.types(ctx.api.schemas, p.schema) for p in named)
    is_text = leaf is None or "string" in schemas.types(ctx.api.schemas, leaf.schema)
    return is_text or not by_name


@operation_check("query-survived", needs=queried, writes=False)
def query_survived(ctx: CheckContext, operation: ir.Operation) -> None:
    """Odd values for every query parameter, a parameter twice, and one nobody knows."""
    address = ctx.objects.address_of(operation)
    for parameter in operation.parameters:
        if parameter.location is not ir.ParameterLocation.QUERY:
            continue
        for value in _QUERIES if ctx.full else _QUERIES[:10]:
            exchange = ctx.executor.call(operation, address, query=[(parameter.name, value)])
            ctx.expect(
                exchange.status < 500,
                operation,
                f"{parameter.name}={value[:40]!r} makes the server fail with {exchange.status}",
                exchange,
                about=parameter,
            )
        twice = [(parameter.name, "1"), (parameter.name, "2")]
        exchange = ctx.executor.call(operation, address, query=twice)
        ctx.expect(
            exchange.status < 500,
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
    "Limit depth and size, and answer what does not parse in the 400s.",
)


@operation_check("bodies-survived", needs=TakesJson.of)
def bodies_survived(ctx: CheckContext, target: TakesJson) -> None:
    """Bodies with many members, with long ones, nested deeply, with a member twice."""
    operation = target.operation
    address = ctx.objects.address_of(operation)
    deep: ir.Json = None
    for _ in range(200):
        deep = [deep]
    beside: list[tuple[str, dict[str, ir.Json]]] = [
        ("sixty members", {name: i for i, name in enumerate(MANY)}),
        ("a member nested deeply", {DEEP: deep}),
        ("a member of 100,000 characters", {DEEP: "x" * 100_000}),
        ("a name of 10,000 characters", {LONG: 1}),
        ("an empty name", {"": 1}),
        ("a prototype", {"__proto__": {"x": 1}}),
    ]

    def plain() -> dict[str, ir.Json]:
        # One that was taken may not be taken twice.
        return ctx.bodies.valid(target.schema)

    odd = [(label, json.dumps({**plain(), **more}).encode()) for label, more in beside]
    odd += [
        ("white space around it", b"\n\t " + json.dumps(plain()).encode() + b" \r\n"),
        ("brackets beyond count", b"[" * 20_000),
        ("a number beyond floats", b'{"zzz": 1e999}'),
        ("no number", b'{"zzz": NaN}'),
    ]
    for label, raw in odd:
        exchange = ctx.objects.send_raw(operation, address, raw)
        if exchange.status >= 500:
            usual = ctx.objects.send_raw(operation, address, json.dumps(plain()).encode())
            if usual.status >= 500:
                raise Inconclusive(f"a valid body is answered with {usual.status}")
        ctx.expect(
            exchange.status < 500,
            operation,
            f"a body with {label} makes the server fail with {exchange.status}",
            exchange,
            subject=label,
        )
