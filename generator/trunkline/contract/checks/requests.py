"""Query parameters and bodies as wholes: beyond bounds, missing, cut short, no JSON."""

from __future__ import annotations

from collections.abc import Mapping

from trunkline import ir
from trunkline.contract.engine import CheckContext, Family, operation_check, rule, to_text
from trunkline.contract.model import shapes
from trunkline.ir import Json

for _id, _title, _why in (
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
):
    rule(_id, Family.VALIDATION, _title, _why)


def wrong_texts(ctx: CheckContext, parameter: ir.Parameter) -> list[tuple[str, str]]:
    """Texts that break a query parameter's schema, and what is wrong with each."""
    shape = shapes.resolve(ctx.api, parameter.schema).shape
    found: list[tuple[str, str]] = []
    for invalid in ctx.values.invalid_examples(parameter.schema):
        if invalid.rule in {"null-rejected", "type-enforced", "items-enforced"}:
            continue
        if not isinstance(invalid.value, dict | list):
            found.append((invalid.label, to_text(invalid.value)))
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


@operation_check("parameter-enforced", needs=_has_query, writes=False)
def parameter_enforced(ctx: CheckContext, operation: ir.Operation) -> None:
    """Each query parameter of a read, beyond each of its bounds, and at them."""
    address = ctx.address_of(operation)
    for parameter in operation.parameters:
        if parameter.location is not ir.ParameterLocation.QUERY or parameter.style != "form":
            continue
        for label, text in wrong_texts(ctx, parameter):
            exchange = ctx.call(operation, address, query=[(parameter.name, text)])
            if not ctx.expect(not exchange.ok):
                ctx.violation(
                    operation,
                    f"{parameter.name}={text} ({label}) is accepted with {exchange.status}",
                    exchange,
                    about=parameter,
                )
        if operation.pagination and parameter.name == operation.pagination.page:
            continue
        for valid in ctx.values.valid_examples(parameter.schema):
            if valid.value is None or isinstance(valid.value, list | dict):
                continue
            exchange = ctx.call(operation, address, query=[(parameter.name, to_text(valid.value))])
            if not ctx.expect(not exchange.refused):
                ctx.violation(
                    operation,
                    f"{parameter.name}={to_text(valid.value)} ({valid.label}) is refused "
                    f"with {exchange.status}",
                    exchange,
                    about=parameter,
                    rule="valid-accepted",
                )


def _has_body(operation: ir.Operation) -> bool:
    return (
        operation.body is not None
        and operation.body.required
        and shapes.json_content(operation.body.contents) is not None
    )


_BROKEN: Mapping[str, bytes | None] = {
    "missing": None,
    "cut short": b'{"name": "x',
    "not JSON": b"name=x",
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "empty": b"",
    "a list": b"[]",
    "text": b'"text"',
    "null": b"null",
    "two values": b"{} {}",
}
_WHOLE: Mapping[str, Json] = {"a list": [], "text": "text", "null": None}
"""Those of them that are JSON: some schema might allow them."""


@operation_check("body-required", needs=_has_body)
def body_required(ctx: CheckContext, operation: ir.Operation) -> None:
    """Bodies that are missing, cut short, of another type, or no JSON at all."""
    content = shapes.json_content(operation.body.contents) if operation.body else None
    assert content is not None
    assert content.schema is not None
    address = ctx.address_of(operation)
    for label, raw in _BROKEN.items():
        if label in _WHOLE and ctx.validator.accepts(content.schema, _WHOLE[label]):
            continue
        exchange = ctx.send_raw(operation, address, raw)
        if not ctx.expect(not exchange.ok):
            ctx.violation(
                operation,
                f"a body that is {label} is accepted with {exchange.status}",
                exchange,
                subject=label,
                origins=(content.origin,),
            )
