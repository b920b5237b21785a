"""What every response must have: a documented status, media type, body and headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trunkline import ir
from trunkline.contract.model import shapes
from trunkline.contract.model.exchange import Exchange
from trunkline.contract.model.schema_validator import SchemaValidator


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing wrong with one answer."""

    rule: str
    subject: str
    message: str
    origin: ir.Origin | None


def documented(operation: ir.Operation, status: int) -> ir.Response | None:
    """The response that describes `status`: the exact one, its range, or `default`."""
    wanted = (str(status), f"{status // 100}XX", "default")
    by_status = {
        r.status.upper() if r.status != "default" else r.status: r for r in operation.responses
    }
    return next((by_status[w] for w in wanted if w in by_status), None)


# The protocol itself may answer these before an operation is reached; nobody lists them all.
_PROTOCOL = frozenset({400, 404, 405, 406, 408, 411, 413, 414, 415, 429, 431, 501, 503})


_INSIDE = re.compile(
    rb"Traceback \(most recent call last\)|File \\?\"[^\"]+\.py\\?\", line \d+"
    rb"|\bat [\w.$]+\([\w]+\.java:\d+\)|\.(?:js|ts|rb|php|go):\d+(?::\d+)?:? in "
    rb"|SQLSTATE\[|goroutine \d+ \["
)
"""Marks of stack traces and database errors."""


def check(
    validator: SchemaValidator, operation: ir.Operation, exchange: Exchange, *, malformed: bool
) -> Iterator[Deviation]:
    """Compare a response with the description. `malformed`: the request broke HTTP's own rules."""
    status = exchange.status
    if status >= 500 and documented(operation, status) is None:
        yield Deviation(
            "no-server-error", "", f"the server failed with status {status}", operation.origin
        )
        return
    response = documented(operation, status)
    if response is None:
        if not (malformed and status in _PROTOCOL):
            known = ", ".join(r.status for r in operation.responses)
            yield Deviation(
                "status-documented",
                str(status),
                f"status {status} is not documented (documented: {known})",
                operation.origin,
            )
        return
    if status >= 500:
        yield Deviation(
            "no-server-error", "", f"the server failed with status {status}", operation.origin
        )
    if status >= 400 and (inside := _INSIDE.search(exchange.body)):
        shown = inside.group().decode("ascii", "replace")
        yield Deviation("errors-discreet", "", f"the error shows {shown!r}", operation.origin)
    yield from _headers(validator, response, exchange)
    yield from _body(validator, response, exchange)


def _headers(
    validator: SchemaValidator, response: ir.Response, exchange: Exchange
) -> Iterator[Deviation]:
    for header in response.headers:
        name = header.name.lower()
        if name == "content-type":
            continue
        value = exchange.headers.get(name)
        if value is None:
            if header.required:
                yield Deviation(
                    "headers-documented",
                    header.name,
                    f"header {header.name} is missing",
                    header.origin,
                )
            continue
        if not any(validator.accepts(header.schema, v, "response") for v in read_texts(value)):
            yield Deviation(
                "headers-documented",
                header.name,
                f"header {header.name}: {value!r} does not fit its schema",
                header.origin,
            )


def read_texts(text: str) -> list[ir.Json]:
    """What a text on the wire may stand for: itself, a number, a boolean, a list."""
    found: list[ir.Json] = [text]
    for convert in (int, float):
        try:
            found.append(convert(text))
        except ValueError:
            continue
    if text in {"true", "false"}:
        found.append(text == "true")
    found.append([part.strip() for part in text.split(",")])
    return found


def _body(
    validator: SchemaValidator, response: ir.Response, exchange: Exchange
) -> Iterator[Deviation]:
    if not response.contents or exchange.request.method == "HEAD":
        if exchange.status == 204 and exchange.body:
            yield Deviation(
                "content-type-documented", "", "status 204 with a body", response.origin
            )
        return
    content = _content(response, exchange.media_type)
    if content is None:
        named = ", ".join(c.media_type for c in response.contents)
        shown = exchange.media_type or "no media type"
        yield Deviation(
            "content-type-documented",
            str(exchange.status),
            f"answered with {shown}, documented: {named}",
            response.origin,
        )
        return
    if not shapes.is_json_media(content.media_type):
        return
    if not exchange.is_json:
        yield Deviation("response-schema", "", "the body is not JSON", content.origin)
        return
    if content.schema is None:
        return
    for path, message in validator.faults(content.schema, exchange.json, "response"):
        subject = ".".join("*" if isinstance(p, int) else p for p in path)
        yield Deviation(
            "response-schema",
            f"{exchange.status} {subject}".strip(),
            f"the body of {exchange.status} breaks its schema at {subject or 'its root'}: "
            f"{message}",
            content.schema.meta.origin,
        )


def _content(response: ir.Response, media_type: str) -> ir.Content | None:
    for content in response.contents:
        wanted = content.media_type.partition(";")[0].strip().lower()
        if wanted in {media_type, "*/*"} or (
            wanted.endswith("/*") and media_type.startswith(wanted[:-1])
        ):
            return content
    return None
