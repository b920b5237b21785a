"""The caller: an operation called, its answer held to the description, a violation recorded."""

from __future__ import annotations

import enum
import json
import random
from collections.abc import Mapping, Sequence

from trunkline import ir
from trunkline.contract.engine.registry import RULES
from trunkline.contract.model import (
    Exchange,
    Findings,
    Leaf,
    Source,
    UnbuildableError,
    Values,
    Violation,
    conformance,
    fill,
    shapes,
)
from trunkline.contract.model import credentials as security
from trunkline.contract.session import Actor, Laboratory
from trunkline.ir import Json


class BlockedError(Exception):
    """The law could not be tried: a step before it failed. Another law reports that step."""


class EndlessError(BlockedError):
    """A list goes on for ever: the last two pages show the same."""

    def __init__(self, exchanges: tuple[Exchange, Exchange]) -> None:
        super().__init__("the list shows one page again and again")
        self.exchanges = exchanges


class Nothing(enum.Enum):
    """The type of `NOTHING`."""

    NOTHING = 0


NOTHING = Nothing.NOTHING
"""No body at all, as opposed to null."""


Query = Sequence[tuple[str, str]]


class Caller:
    """Calls operations for one law on one target, and records what is wrong with the answers."""

    def __init__(self, laboratory: Laboratory, law: str, target: str, rng: random.Random) -> None:
        self.lab = laboratory
        self.api = laboratory.api
        self.oracle = laboratory.oracle
        self.full = laboratory.full
        self.rng = rng
        self.law = law
        self.target = target
        self.findings = Findings()
        self.values = Values(self.api, self.oracle, rng, laboratory.fresh)
        self.tried = 0
        """Statements about the server that were put to the test."""

    # ---------------------------------------------------------------- calling

    def call(
        self,
        operation: ir.Operation,
        address: Mapping[str, str] | None = None,
        *,
        query: Query = (),
        body: Json | Nothing = NOTHING,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        actor: Actor = Actor.ME,
        method: str | None = None,
        carried: security.Carried | None = None,
        malformed: bool = False,
        conform: bool = True,
        plain_query: str | None = None,
    ) -> Exchange:
        """Call an operation; the answer is held to the description at once.

        `address` fills the path. `carried` replaces the actor's credentials. `malformed` says that
        the request breaks HTTP's own rules, so that answers no description lists are in order.
        `plain_query` is put into the address as it is. Without `conform` the request may not
        reach the operation at all: nothing is compared.
        """
        used = method or operation.method.upper()
        if not self.lab.config.writes and used not in {"GET", "HEAD", "OPTIONS"}:
            raise BlockedError("nothing is written on this server")
        content: bytes | None = raw
        sent: dict[str, str] = {"Accept": "application/json"}
        if not isinstance(body, Nothing):
            content = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
            sent["Content-Type"] = _media_type(operation)
        sent.update(self._required_headers(operation))
        sent.update(headers or {})
        path = fill(operation.path, dict(address or {}))
        exchange = self.lab.send(
            used,
            path,
            query=(*self._required_query(operation, query), *query),
            headers=sent,
            body=content,
            carried=carried if carried is not None else self.lab.credential(operation, actor),
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
        """A valid value of a parameter as text, or the law is given up."""
        try:
            return to_text(self.values.one(parameter.schema))
        except UnbuildableError as error:
            raise BlockedError(f"no value for parameter {parameter.name}") from error

    def _conform(self, operation: ir.Operation, exchange: Exchange, *, malformed: bool) -> None:
        for fault in conformance.check(self.oracle, operation, exchange, malformed=malformed):
            self.report(
                fault.rule,
                operation,
                fault.message,
                exchange,
                subject=fault.subject,
                origins=(fault.origin,) if fault.origin else (),
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
        """Record that the law is broken (or another rule it tells apart, `rule`).

        `about` is what it is broken at: it gives `subject` and where the description speaks of it.
        """
        if isinstance(about, ir.Parameter):
            subject, origins = subject or about.name, (about.origin,)
        elif about is not None:
            subject, origins = subject or about.name, (about.schema.meta.origin,)
        self.report(
            rule or self.law, operation, message, *exchanges, subject=subject, origins=origins
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
        secrets = self.lab.secrets
        self.findings.add(
            Violation(
                rule,
                operation.id,
                subject,
                secrets.hide(message),
                tuple(map(self.lab.step, exchanges)),
                tuple(Source.of(o) for o in (*origins, operation.origin)),
            )
        )

    def expect(self, condition: bool) -> bool:
        """Count one statement put to the test, and hand its truth on."""
        self.tried += 1
        return condition

    @staticmethod
    def have(operation: ir.Operation | None, name: str) -> ir.Operation:
        """The operation, or the law is given up."""
        if operation is None:
            raise BlockedError(f"there is no operation to {name}")
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
