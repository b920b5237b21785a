"""What a check comes to: findings recorded, statements counted, and the ways to come to nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from trunkline import ir
from trunkline.contract.engine.registry import RULES
from trunkline.contract.model import (
    EvidenceStep,
    Exchange,
    Finding,
    Findings,
    Level,
    Secrets,
    Source,
)
from trunkline.semantics.schemas import Leaf

Evidence: TypeAlias = tuple[tuple[EvidenceStep, ...], tuple[EvidenceStep, ...]]
"""What made the objects concerned, and the steps."""
_LATER = frozenset({429, 503})
"""Statuses of a server that has too much to do: nothing can be told from them."""


class Inconclusive(Exception):  # noqa: N818  # not an error: the check has no result
    """The check could not be tried: a step before it failed. Another check reports that step."""


class NotApplicable(Inconclusive):
    """There is nothing in the description of this target that the check is about."""


class PaginationLoop(Inconclusive):
    """A list goes on for ever: the last two pages show the same."""

    def __init__(self, exchanges: tuple[Exchange, Exchange]) -> None:
        super().__init__("the list shows one page again and again")
        self.exchanges = exchanges


class Verdicts:
    """Takes the statements of one check, and records those that do not hold as findings."""

    def __init__(
        self, rule: str, secrets: Secrets, evidence: Callable[[Sequence[Exchange]], Evidence]
    ) -> None:
        self._rule = rule
        self._secrets = secrets
        self._evidence = evidence
        self.findings = Findings()
        self.tried = 0
        """Statements about the server that were put to the test."""

    def expect(
        self,
        holds: bool,
        operation: ir.Operation,
        message: str,
        *exchanges: Exchange,
        about: Leaf | ir.Parameter | None = None,
        subject: str = "",
        origins: Sequence[ir.Origin] = (),
        rule: str | None = None,
        level: Level = Level.VIOLATION,
    ) -> bool:
        """Put one statement to the test; where it does not hold, `message` says what was seen.

        Returns whether it holds. `rule` is another rule than the check's first. `about` is what it
        is about: it gives `subject` and where the description speaks of it.
        """
        self.tried += 1
        if holds:
            return True
        if any(exchange.status in _LATER for exchange in exchanges):
            raise Inconclusive("the server asked to come back later")
        if isinstance(about, ir.Parameter):
            subject, origins = subject or about.name, (about.origin,)
        elif about is not None:
            subject, origins = subject or about.name, (about.schema.meta.origin,)
        self.report(
            rule or self._rule,
            operation,
            message,
            *exchanges,
            subject=subject,
            origins=origins,
            level=level,
        )
        return False

    def report(
        self,
        rule: str,
        operation: ir.Operation,
        message: str,
        *exchanges: Exchange,
        subject: str = "",
        origins: Sequence[ir.Origin] = (),
        level: Level = Level.VIOLATION,
    ) -> None:
        """Record a finding of any rule of the table."""
        if rule not in RULES:
            raise KeyError(rule)
        before, steps = self._evidence(exchanges)
        self.findings.add(
            Finding(
                rule,
                operation.id,
                subject,
                self._secrets.hide(message),
                steps,
                tuple(Source.of(o) for o in (*origins, operation.origin)),
                level=RULES[rule].level if level is Level.VIOLATION else level,
                before=before,
            )
        )
