"""The caller: an operation called, its response held to the description, a violation recorded."""

from __future__ import annotations

import enum
import json
import random
from collections.abc import Mapping, Sequence

from trunkline import ir
from trunkline.contract.engine.registry import RULES
from trunkline.contract.model import (
    BoundaryValues,
    Exchange,
    Finding,
    Findings,
    Leaf,
    Source,
    UnbuildableError,
    conformance,
    credentials,
    fill,
    shapes,
)
from trunkline.contract.session import Actor, Session
from trunkline.ir import Json


class Inconclusive(Exception):  # noqa: N818  # not an error: the check has no result
    """The check could not be tried: a step before it failed. Another check reports that step."""


class PaginationLoop(Inconclusive):
    """A list goes on for ever: the last two pages show the same."""

    def __init__(self, exchanges: tuple[Exchange, Exchange]) -> None:
        super().__init__("the list shows one page again and again")
        self.exchanges = exchanges


class Unset(enum.Enum):
    """The type of `NOTHING`."""

    UNSET = 0


UNSET = Unset.UNSET
"""No body at all, as opposed to null."""


Query = Sequence[tuple[str, str]]


class Caller:
    """Calls operations for one check on one target, and records what is wrong with the answers."""

    def __init__(self, session: Session, check: str, target: str, rng: random.Random) -> None:
        self.session = session
        self.api = session.api
        self.validator = session.validator
        self.full = session.full
        self.rng = rng
        self.check = check
        self.target = target
        self.findings = Findings()
        self.values = BoundaryValues(self.api, self.validator, rng, session.fresh)
        self.tried = 0
        """Statements about the server that were put to the test."""

    # ---------------------------------------------------------------- calling

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
        credential: credentials.CredentialParts | None = None,
        malformed: bool = False,
        conform: bool = True,
        plain_query: str | None = None,
    ) -> Exchange:
        """Call an operation; the response is held to the description at once.

        `address` fills the path. `carried` replaces the actor's credentials. `malformed` says that
        the request breaks HTTP's own rules, so that answers no description lists are in order.
        `plain_query` is put into the address as it is. Without `conform` the request may not
        reach the operation at all: nothing is compared.
        """
        used = method or operation.method.upper()
        if not self.session.config.writes and used not in {"GET", "HEAD", "OPTIONS"}:
            raise Inconclusive("nothing is written on this server")
        content: bytes | None = raw
        sent: dict[str, str] = {"Accept": "application/json"}
        if not isinstance(body, Unset):
            content = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
            sent["Content-Type"] = _media_type(operation)
        sent.update(self._required_headers(operation))
        sent.update(headers or {})
        path = fill(operation.path, dict(address or {}))
        exchange = self.session.send(
            used,
            path,
            query=(*self._required_query(operation, query), *query),
            headers=sent,
            body=content,
            credential=credential
            if credential is not None
            else self.session.credential(operation, actor),
            operation=operation.id,
            plain_query=plain_query,
        )
        if conform and (method is None or method == operation.method.upper()):
            self._conform(operation, exchange, malformed=malformed)
        return exchange

    def _required_query(self, operation: ir.Operation, given: Query) -> list[tuple[str, str]]:
        names = {name for name, _ in given}
        return [
            (p.name, self.text_of(p))
            for p in operation.parameters
            if p.required and p.location is ir.ParameterLocation.QUERY and p.name not in names
        ]

    def _required_headers(self, operation: ir.Operation) -> dict[str, str]:
        return {
            p.name: self.text_of(p)
            for p in operation.parameters
            if p.required and p.location is ir.ParameterLocation.HEADER
        }

    def text_of(self, parameter: ir.Parameter) -> str:
        """A valid value of a parameter as text, or `Inconclusive`."""
        try:
            return to_text(self.values.one(parameter.schema))
        except UnbuildableError as error:
            raise Inconclusive(f"no value for parameter {parameter.name}") from error

    def _conform(self, operation: ir.Operation, exchange: Exchange, *, malformed: bool) -> None:
        for deviation in conformance.check(
            self.validator, operation, exchange, malformed=malformed
        ):
            self.report(
                deviation.rule,
                operation,
                deviation.message,
                exchange,
                subject=deviation.subject,
                origins=(deviation.origin,) if deviation.origin else (),
            )

    # --------------------------------------------------------------- verdicts

    def violation(
        self,
        operation: ir.Operation,
        message: str,
        *exchanges: Exchange,
        about: Leaf | ir.Parameter | None = None,
        subject: str = "",
        origins: Sequence[ir.Origin] = (),
        rule: str | None = None,
    ) -> None:
        """Record that the check is broken (or another rule it tells apart, `rule`).

        `about` is what it is broken at: it gives `subject` and where the description speaks of it.
        """
        if isinstance(about, ir.Parameter):
            subject, origins = subject or about.name, (about.origin,)
        elif about is not None:
            subject, origins = subject or about.name, (about.schema.meta.origin,)
        self.report(
            rule or self.check, operation, message, *exchanges, subject=subject, origins=origins
        )

    def report(
        self,
        rule: str,
        operation: ir.Operation,
        message: str,
        *exchanges: Exchange,
        subject: str = "",
        origins: Sequence[ir.Origin] = (),
    ) -> None:
        """Record a violation of any rule of the table."""
        assert rule in RULES, rule
        secrets = self.session.secrets
        self.findings.add(
            Finding(
                rule,
                operation.id,
                subject,
                secrets.hide(message),
                tuple(map(self.session.step, exchanges)),
                tuple(Source.of(o) for o in (*origins, operation.origin)),
            )
        )

    def expect(self, condition: bool) -> bool:
        """Count one statement put to the test, and hand its truth on."""
        self.tried += 1
        return condition

    @staticmethod
    def require(operation: ir.Operation | None, name: str) -> ir.Operation:
        """The operation, or `Inconclusive`."""
        if operation is None:
            raise Inconclusive(f"there is not an operation to {name}")
        return operation


def to_text(value: Json) -> str:
    """A scalar as query strings and headers carry it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, list):
        return ",".join(to_text(v) for v in value)
    return str(value)


def _media_type(operation: ir.Operation) -> str:
    if operation.body is not None:
        content = shapes.json_content(operation.body.contents)
        if content is not None:
            return content.media_type
    return "application/json"
