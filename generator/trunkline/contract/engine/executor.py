"""Calls operations: a request is written from the description, its response held to it at once."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping, Sequence

from trunkline import ir
from trunkline.contract.engine.forms import file_names, form_content, write_form
from trunkline.contract.engine.verdicts import Inconclusive, Verdicts
from trunkline.contract.model import (
    CONDITIONAL_HEADERS,
    OTHERS_HEADERS,
    BoundaryValues,
    Exchange,
    Level,
    UnbuildableError,
    fill,
    is_conditional,
    response_problems,
    variables,
)
from trunkline.contract.session import Actor, Session
from trunkline.ir import Json, ParameterLocation
from trunkline.semantics import media, parameters
from trunkline.semantics.credentials import CredentialParts


class Unset(enum.Enum):
    """The type of `UNSET`."""

    UNSET = 0


UNSET = Unset.UNSET
"""No body at all, as opposed to null."""

Query = Sequence[tuple[str, str]]


class Executor:
    """Calls operations for one check on one target."""

    def __init__(self, session: Session, verdicts: Verdicts, values: BoundaryValues) -> None:
        self._session = session
        self._verdicts = verdicts
        self._values = values

    def call(
        self,
        operation: ir.Operation,
        address: Mapping[str, str] | None = None,
        *,
        query: Query = (),
        body: Json | Unset = UNSET,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        actor: Actor = Actor.ME,
        method: str | None = None,
        credential: CredentialParts | None = None,
        malformed: bool = False,
        conform: bool = True,
        plain_query: str | None = None,
    ) -> Exchange:
        """Call an operation; the response is held to the description at once.

        `address` fills the path. `credential` replaces the actor's credentials. `malformed` says
        that the request breaks HTTP's own rules, so that responses no description lists are in
        order. `plain_query` is put into the address as it is. Without `conform` the request may
        not reach the operation at all: nothing is compared.
        """
        used = method or operation.method.upper()
        if not self._session.config.writes and used not in {"GET", "HEAD", "OPTIONS"}:
            raise Inconclusive("nothing is written on this server")
        for name in variables(operation.path):
            if name not in (address or {}):
                raise Inconclusive(f"nothing known to fill {name} with")
        content: bytes | None = raw
        sent: dict[str, str] = {"Accept": accepted(operation)}
        form = form_content(operation) if isinstance(body, dict) else None
        if form is not None and isinstance(body, dict):
            content, sent["Content-Type"] = write_form(
                form, body, file_names(self._session.api.schemas, form)
            )
        elif not isinstance(body, Unset):
            content = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
            sent["Content-Type"] = json_media_type(operation)
        sent.update(self._required(operation, ParameterLocation.HEADER, ()))
        sent.update(headers or {})
        given = {name.lower() for name in sent}
        if "if-match" not in given and is_conditional(operation):
            sent.update(self._precondition(operation, address, actor))

        def send() -> Exchange:
            return self._session.send(
                used,
                self.path_of(operation, address),
                query=(
                    *self._required(
                        operation, ParameterLocation.QUERY, {name for name, _ in query}
                    ),
                    *query,
                ),
                headers=sent,
                body=content,
                credential=(
                    credential
                    if credential is not None
                    else self._session.credential(operation, actor)
                ),
                operation=operation.id,
                plain_query=plain_query,
                attack=credential is not None,
            )

        exchange = send()
        if exchange.status == 428 and "if-match" not in given:
            sent.update(self._precondition(operation, address, actor))
            exchange = send()
        # What was handed out by a login ends: it is asked for again, once.
        if exchange.status == 401 and credential is None and self._session.accounts.renew(actor):
            exchange = send()
        if conform and (method is None or method == operation.method.upper()):
            self._conform(operation, exchange, malformed=malformed)
        return exchange

    def path_of(self, operation: ir.Operation, address: Mapping[str, str] | None) -> str:
        """The path of an operation, filled; percent-encoded."""
        return fill(operation.path, dict(address or {}))

    def _precondition(
        self, operation: ir.Operation, address: Mapping[str, str] | None, actor: Actor
    ) -> dict[str, str]:
        """`If-Match` with the mark that the object has now: the only value it can have."""
        reader = next(
            (
                o
                for o in self._session.api.operations
                if (o.method, o.path) == ("get", operation.path)
            ),
            None,
        )
        if reader is None:
            return {}
        shown = self._session.send(
            "GET",
            self.path_of(reader, address),
            headers={"Accept": accepted(reader)},
            credential=self._session.credential(reader, actor),
            operation=reader.id,
        )
        mark = shown.headers.get("etag")
        return {"If-Match": mark if mark is not None else "*"}

    def _required(
        self, operation: ir.Operation, location: ParameterLocation, given: set[str] | tuple[()]
    ) -> list[tuple[str, str]]:
        """Name and text of the parameters that every request must have, those given left out."""
        found: list[tuple[str, str]] = []
        for parameter in operation.parameters:
            if parameter.required and is_ours(parameter) and parameter.location is location:
                found += [
                    (name, text)
                    for name, text in self._written(parameter, operation)
                    if name not in given
                ]
        return found

    def text_of(self, parameter: ir.Parameter) -> str:
        """A valid value of a parameter as its style writes it; `Inconclusive` without one."""
        written = self._written(parameter)
        return written[0][1] if written else ""

    def _written(
        self, parameter: ir.Parameter, operation: ir.Operation | None = None
    ) -> list[tuple[str, str]]:
        paging = operation.pagination if operation is not None else None
        if paging is not None and parameter.name == paging.page:
            counted = paging.style in {ir.PaginationStyle.PAGE, ir.PaginationStyle.OFFSET}
            if counted:
                return [(parameter.name, str(paging.first))]
        # Without an item a list in a path is no segment, and the path another one.
        full = parameter.location is ir.ParameterLocation.PATH
        try:
            value = self._values.one(parameter.schema, full=full)
            return parameters.encode(parameter, value).flat()
        except (UnbuildableError, parameters.ParameterTextError) as error:
            raise Inconclusive(f"no value for parameter {parameter.name}") from error

    def hint(self, operation: ir.Operation, message: str, *exchanges: Exchange) -> None:
        """Tell what a description cannot decide about where objects are found."""
        self._verdicts.report(
            "create-read", operation, message, *exchanges, subject="id", level=Level.HINT
        )

    def _conform(self, operation: ir.Operation, exchange: Exchange, *, malformed: bool) -> None:
        if self._session.is_excused(operation, exchange.status):
            return
        for problem in response_problems(
            self._session.validators, operation, exchange, malformed=malformed
        ):
            self._verdicts.report(
                problem.rule,
                operation,
                problem.message,
                exchange,
                subject=problem.subject,
                origins=(problem.origin,) if problem.origin else (),
                level=problem.level,
            )


def is_ours(parameter: ir.Parameter) -> bool:
    """Whether a caller chooses a parameter: some headers HTTP sets itself, or OpenAPI elsewhere."""
    header = parameter.location is ParameterLocation.HEADER
    return not header or parameter.name.lower() not in OTHERS_HEADERS | CONDITIONAL_HEADERS


def accepted(operation: ir.Operation) -> str:
    """The media types that a caller of the operation accepts: those described, JSON where it is."""
    described = [c.media_type for r in operation.responses for c in r.contents]
    shown = [c.media_type for r in operation.responses if r.is_success for c in r.contents]
    wanted = [media.concrete(m) for m in described if media.is_json(m)]
    if not wanted or (shown and not any(map(media.is_json, shown))):
        wanted = [*shown, *wanted] or described
    return ", ".join(dict.fromkeys(map(media.essence, wanted))) or "*/*"


def json_media_type(operation: ir.Operation) -> str:
    """What a JSON body of the operation is sent as."""
    content = media.json_content(operation.body.contents) if operation.body is not None else None
    return media.concrete(content.media_type) if content is not None else "application/json"
