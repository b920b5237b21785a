"""Short ways to write rows of the rule table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trunkline.evolve.change import DIRECTIONS, Area, Direction, Rule, Verdict

B, D, C = Verdict.BREAKING, Verdict.DANGEROUS, Verdict.COMPATIBLE

REFUSED = "What was accepted from callers is refused now."
UNEXPECTED = "Callers may be given what the old description ruled out."
EITHER = "Neither of the two sets of values holds the other: callers that kept to the old one fail."
UNDECIDED = "The descriptions alone do not tell whether a value that fitted still fits."
SAFE = "Everything that was valid stays valid."
NARROWER = "Callers are given less than they were promised to cope with."
TEXT = "It only changes what people read."

KEEP_ACCEPTING = "Keep accepting what was accepted, or release it as a new major version."
KEEP_PROMISE = "Keep to what was promised, or release it as a new major version."
CHECK = "Find out who relies on it before releasing."
NOTHING = "Nothing to do."


@dataclass(frozen=True, slots=True)
class Effect:
    """The verdicts of a schema rule in one direction."""

    http: Verdict
    python: Verdict
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class SchemaRule:
    """A change of a schema: one row that stands for a rule in every area that holds schemas."""

    kind: str
    action: str
    message: str
    sent: Effect
    received: Effect
    documentation: bool = False

    @property
    def key(self) -> str:
        """The id without its area."""
        return f"{self.kind}-{self.action}"


def rule(
    area: Area,
    kind: str,
    action: str,
    message: str,
    http: Verdict,
    python: Verdict,
    why: str,
    remedy: str = NOTHING,
    *,
    documentation: bool = False,
) -> Rule:
    """One row; its id is `area-kind-action`, or `area-action` where the kind is the area."""
    parts = (area.value, action) if kind == area.value else (area.value, kind, action)
    return Rule(
        id="-".join(parts),
        area=area,
        kind=kind,
        action=action,
        direction=DIRECTIONS.get(area, Direction.NEITHER),
        http=http,
        python=python,
        message=message,
        why=why,
        remedy=remedy,
        documentation=documentation,
    )


def text(area: Area, kind: str, action: str, message: str) -> Rule:
    """A row for a change of text."""
    return rule(area, kind, action, message, C, C, TEXT, documentation=True)


def narrows(
    kind: str, action: str, message: str, *, sent: Verdict = D, received: Verdict = C
) -> SchemaRule:
    """Fewer values fit. `sent` and `received` are the verdicts for the Python client."""
    return SchemaRule(
        kind,
        action,
        message,
        Effect(B, sent, REFUSED, KEEP_ACCEPTING),
        Effect(C, received, NARROWER, NOTHING),
    )


def widens(
    kind: str, action: str, message: str, *, sent: Verdict = C, received: Verdict = C
) -> SchemaRule:
    """More values fit. `sent` and `received` are the verdicts for the Python client."""
    return SchemaRule(
        kind,
        action,
        message,
        Effect(C, sent, SAFE, NOTHING),
        Effect(B, received, UNEXPECTED, KEEP_PROMISE),
    )


def replaces(
    kind: str, action: str, message: str, *, sent: Verdict = B, received: Verdict = B
) -> SchemaRule:
    """Other values fit. `sent` and `received` are the verdicts for the Python client."""
    return SchemaRule(
        kind,
        action,
        message,
        Effect(B, sent, EITHER, KEEP_ACCEPTING),
        Effect(B, received, EITHER, KEEP_PROMISE),
    )


def undecided(
    kind: str, action: str, message: str, *, sent: Verdict = D, received: Verdict = C
) -> SchemaRule:
    """Nobody can tell from the descriptions. The arguments are verdicts for the Python client."""
    return SchemaRule(
        kind,
        action,
        message,
        Effect(D, sent, UNDECIDED, CHECK),
        Effect(D, received, UNDECIDED, CHECK),
    )


def harmless(kind: str, action: str, message: str, *, documentation: bool = False) -> SchemaRule:
    """No value is treated differently."""
    side = Effect(C, C, TEXT if documentation else SAFE, NOTHING)
    return SchemaRule(kind, action, message, side, side, documentation)


def expand(rows: Iterable[SchemaRule]) -> tuple[Rule, ...]:
    """Each row in each area that holds schemas, with the verdicts of its direction."""
    rules = []
    for area, direction in DIRECTIONS.items():
        for row in rows:
            side = row.sent if direction is Direction.SENT else row.received
            rules.append(
                rule(
                    area,
                    row.kind,
                    row.action,
                    row.message,
                    side.http,
                    side.python,
                    side.why,
                    side.remedy,
                    documentation=row.documentation,
                )
            )
    return tuple(rules)
