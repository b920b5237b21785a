"""Query parameters and bodies as wholes: beyond bounds, missing, cut short, no JSON."""

from __future__ import annotations

from collections.abc import Mapping

from trunkline import ir
from trunkline.contract.checks.comparison import to_text
from trunkline.contract.engine import (
    CheckContext,
    Family,
    TakesJson,
    operation_check,
    queried,
    rule,
)
from trunkline.ir import Json
from trunkline.semantics import parameters, schemas
from trunkline.semantics.paging import is_handed_out

for _id, _title, _why, _remediation in (
    (
        "parameter-enforced",
        "A query parameter out of bounds is refused",
        "A parameter that is ignored when wrong answers another question than was asked.",
        "Refuse the value; replacing it quietly gives callers another list than they asked for.",
    ),
    (
        "body-required",
        "A request without its required body, or with one that is not JSON, is refused",
        "Half a request must not become a whole object.",
        "Refuse requests without a body, and bodies that do not parse, before the handler is "
        "called.",
    ),
):
    rule(_id, Family.VALIDATION, _title, _why, _remediation)


def wrong_texts(ctx: CheckContext, parameter: ir.Parameter) -> list[tuple[str, str]]:
    """Texts that break a query parameter's schema, and what is wrong with each."""
    shape = schemas.resolve(ctx.api.schemas, parameter.schema).shape
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


_OF_OBJECTS = frozenset({401, 403, 404, 409, 410, 429})
"""Refusals that are about what is there, or about the caller, and not about the request."""


def _plain(api: ir.Api, operation: ir.Operation, parameter: ir.Parameter) -> bool:
    """Whether a query parameter is one name and one text, and nobody else's."""
    return (
        not parameters.is_contested(api.schemas, operation, parameter)
        and parameter.location is ir.ParameterLocation.QUERY
        and parameter.style is ir.ParameterStyle.FORM
        and parameter.media_type is None
    )


def _is_made_up(operation: ir.Operation, parameter: ir.Parameter) -> bool:
    """Whether the server alone knows which values of a parameter lead somewhere."""
    paging = operation.pagination
    counted = paging is not None and parameter.name == paging.page
    return counted or is_handed_out(operation, parameter)


def _has_query(api: ir.Api, operation: ir.Operation) -> ir.Operation | None:
    plain = any(_plain(api, operation, parameter) for parameter in operation.parameters)
    return queried(api, operation) if plain else None


@operation_check("parameter-enforced", needs=_has_query, writes=False)
def parameter_enforced(ctx: CheckContext, operation: ir.Operation) -> None:
    """Each query parameter of a read, beyond each of its bounds, and at them."""
    address = ctx.objects.address_of(operation)
    refused = ctx.executor.call(operation, address).refused
    for parameter in operation.parameters:
        if not _plain(ctx.api, operation, parameter):
            continue
        for label, text in wrong_texts(ctx, parameter):
            exchange = ctx.executor.call(operation, address, query=[(parameter.name, text)])
            ctx.expect(
                not exchange.ok,
                operation,
                f"{parameter.name}={text} ({label}) is accepted with {exchange.status}",
                exchange,
                about=parameter,
            )
        # What is refused in any case says nothing; which cursors there are only the server knows.
        if refused or _is_made_up(operation, parameter):
            continue
        for valid in ctx.values.valid_examples(parameter.schema):
            if valid.value is None or isinstance(valid.value, list | dict):
                continue
            exchange = ctx.executor.call(
                operation, address, query=[(parameter.name, to_text(valid.value))]
            )
            ctx.expect(
                not exchange.refused or exchange.status in _OF_OBJECTS,
                operation,
                f"{parameter.name}={to_text(valid.value)} ({valid.label}) is refused "
                f"with {exchange.status}",
                exchange,
                about=parameter,
                rule="valid-accepted",
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


@operation_check("body-required", needs=TakesJson.must)
def body_required(ctx: CheckContext, target: TakesJson) -> None:
    """Bodies that are missing, cut short, of another type, or no JSON at all."""
    operation = target.operation
    address = ctx.objects.address_of(operation)
    for label, raw in _BROKEN.items():
        if label in _WHOLE and ctx.validators.fits(target.schema, _WHOLE[label], "request"):
            continue
        exchange = ctx.objects.send_raw(operation, address, raw)
        ctx.expect(
            not exchange.ok,
            operation,
            f"a body that is {label} is accepted with {exchange.status}",
            exchange,
            subject=label,
            origins=(target.content.origin,),
        )
