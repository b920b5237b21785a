"""What every response must have: a documented status, media type, body and headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trunkline import ir
from trunkline.contract.model.exchange import Exchange
from trunkline.contract.model.finding import Level
from trunkline.contract.model.http_rules import http_problems
from trunkline.semantics import media, responses
from trunkline.semantics.validators import Validators


@dataclass(frozen=True, slots=True)
class ResponseProblem:
    """One thing wrong with one response."""

    rule: str
    subject: str
    message: str
    origin: ir.Origin | None
    level: Level = Level.VIOLATION


CONVENTIONAL = frozenset(
    {400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 428, 429, 503}
)
"""Refusals that mean the same everywhere: where they are not documented, that is a gap."""

# The protocol itself may answer these before an operation is reached; nobody lists them all.
_PROTOCOL = frozenset({400, 404, 405, 406, 408, 411, 413, 414, 415, 429, 431, 501, 503})


_INSIDE = re.compile(
    rb"Traceback \(most recent call last\)|File \\?\"[^\"]+\.py\\?\", line \d+"
    rb"|\bat [\w.$]+\([\w]+\.java:\d+\)|\.(?:js|ts|rb|php|go):\d+(?::\d+)?:? in "
    rb"|SQLSTATE\[|goroutine \d+ \["
)
"""Marks of stack traces and database errors."""


def shows_inside(body: str) -> bool:
    """Whether a response shows the server's inside: a stack trace, a database error."""
    return _INSIDE.search(body.encode("utf-8", "surrogatepass")) is not None


def response_problems(
    validators: Validators, operation: ir.Operation, exchange: Exchange, *, malformed: bool
) -> Iterator[ResponseProblem]:
    """Compare a response with the description, and with HTTP. `malformed`: the request broke HTTP's
    own rules."""
    for rule, subject, message in http_problems(exchange):
        level = Level.HINT if rule == "challenge-sent" else Level.VIOLATION
        yield ResponseProblem(rule, subject, message, operation.origin, level)
    yield from _description_problems(validators, operation, exchange, malformed=malformed)


def _description_problems(
    validators: Validators, operation: ir.Operation, exchange: Exchange, *, malformed: bool
) -> Iterator[ResponseProblem]:
    status = exchange.status
    described = responses.for_status(operation, status)
    if status >= 500 and described is None and status not in CONVENTIONAL:
        yield ResponseProblem(
            "no-server-error", "", f"the server failed with status {status}", operation.origin
        )
        return
    response = responses.for_status(operation, status)
    if response is None:
        # Where no response at all is described, there is nothing to hold one to.
        if operation.responses and not (malformed and status in _PROTOCOL):
            known = ", ".join(r.status for r in operation.responses)
            unclear = status in CONVENTIONAL or (status < 400 and not tells_success(operation))
            yield ResponseProblem(
                "status-documented",
                str(status),
                f"status {status} is not documented (documented: {known})",
                operation.origin,
                Level.GAP if unclear else Level.VIOLATION,
            )
        return
    if status >= 500 and status not in CONVENTIONAL:
        yield ResponseProblem(
            "no-server-error", "", f"the server failed with status {status}", operation.origin
        )
    if status >= 400 and (inside := _INSIDE.search(exchange.body)):
        shown = inside.group().decode("ascii", "replace")
        yield ResponseProblem("errors-discreet", "", f"the error shows {shown!r}", operation.origin)
    yield from _headers(validators, response, exchange)
    yield from _body(validators, response, exchange)


def _headers(
    validators: Validators, response: ir.Response, exchange: Exchange
) -> Iterator[ResponseProblem]:
    for header in response.headers:
        name = header.name.lower()
        if name == "content-type":
            continue
        value = exchange.headers.get(name)
        if value is None:
            if header.required:
                yield ResponseProblem(
                    "headers-documented",
                    header.name,
                    f"header {header.name} is missing",
                    header.origin,
                )
            continue
        if not any(validators.fits(header.schema, v, "response") for v in read_texts(value)):
            yield ResponseProblem(
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
    validators: Validators, response: ir.Response, exchange: Exchange
) -> Iterator[ResponseProblem]:
    if not response.contents or exchange.request.method == "HEAD":
        return
    content = media.describing(response.contents, exchange.media_type or None)
    # A client takes what does not say what it is for what is described; a server has to say it.
    if content is None or (exchange.body and not exchange.media_type):
        named = ", ".join(c.media_type for c in response.contents)
        shown = exchange.media_type or "no media type"
        yield ResponseProblem(
            "content-type-documented",
            str(exchange.status),
            f"answered with {shown}, documented: {named}",
            response.origin,
        )
        return
    # A range stands for more than JSON: a body says itself which of them it is.
    said = exchange.media_type if media.is_range(content.media_type) else content.media_type
    if not media.is_json(said or content.media_type):
        return
    if not exchange.is_json:
        yield ResponseProblem("response-schema", "", "the body is not JSON", content.origin)
        return
    if content.schema is None:
        return
    for error in validators.errors(content.schema, exchange.json, "response", most=5):
        subject = ".".join("*" if isinstance(p, int) else p for p in error.path)
        yield ResponseProblem(
            "response-schema",
            f"{exchange.status} {subject}".strip(),
            f"the body of {exchange.status} breaks its schema at {subject or 'its root'}: "
            f"{error.message}",
            content.schema.meta.origin,
            Level.HINT if is_ambiguous(error.message) else Level.VIOLATION,
        )


def tells_success(operation: ir.Operation) -> bool:
    """Whether the description says at all how the operation succeeds."""
    return any(not r.status.startswith(("4", "5")) for r in operation.responses)


def is_ambiguous(message: str) -> bool:
    """Whether what a validator says is that a value fits several alternatives where one is wanted:
    the description does not tell them apart, and no server can."""
    return "valid under more than one of the schemas" in message
