"""Everything that has a stable id and can be explained: diagnostics, checks, defects, changes.

`trunkline explain` and the reference pages are both made from here.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass


class Kind(enum.StrEnum):
    """The tables that ids come from."""

    DIAGNOSTIC = "diagnostic"
    RULE = "rule"
    DEFECT = "defect"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Topic:
    """One id and what is to be said about it; `group` is where in its table it stands."""

    id: str
    kind: Kind
    group: str
    title: str
    why: str
    remedy: str
    verdicts: tuple[str, ...] = ()
    """A diagnostic's severity; a change's verdicts for the HTTP contract and for the client."""
    tried: str = ""
    """How the suite tries a rule."""


STAGES = {
    "S": "Reading files",
    "O": "Overlays",
    "D": "Descriptions",
    "L": "Lowering",
    "G": "Generating",
    "P": "Packaging",
    "R": "Serving",
    "T": "Testing",
    "A": "Audit",
    "E": "Comparison",
    "V": "Rules of our own",
    "U": "Usage",
}


def diagnostics() -> Iterator[Topic]:
    """Messages that commands print, by code."""
    from trunkline.diagnostics import CATALOGUE

    for code, rule in CATALOGUE.items():
        yield Topic(
            code,
            Kind.DIAGNOSTIC,
            STAGES[code[0]],
            rule.title,
            rule.why,
            rule.remedy,
            (rule.severity,),
        )


def rules() -> Iterator[Topic]:
    """What servers are held to."""
    from trunkline.contract import RULES
    from trunkline.contract.checks import about

    for rule in RULES.values():
        told = about(rule.id)
        yield Topic(
            rule.id,
            Kind.RULE,
            rule.family,
            rule.title,
            rule.why,
            told.remedy,
            tried=told.tried,
        )


def defects() -> Iterator[Topic]:
    """Single mistakes that the emulator can be given."""
    from trunkline.emulator.defects import CATALOGUE

    for defect in CATALOGUE.values():
        remedy = f"Switch it on with `trunkline test SPEC --defect {defect.id}`."
        why = f"{defect.rule} ({', '.join(f'`{rule}`' for rule in defect.caught_by)})"
        yield Topic(defect.id, Kind.DEFECT, defect.area, defect.sentence, why, remedy)


def changes() -> Iterator[Topic]:
    """Kinds of change between two versions of a description."""
    from trunkline.evolve import RULES

    for rule in RULES:
        yield Topic(
            rule.id,
            Kind.CHANGE,
            rule.area,
            rule.message,
            rule.why,
            rule.remedy,
            (f"{rule.http} for HTTP", f"{rule.python} for the client"),
        )


def topics() -> Iterator[Topic]:
    """All of them, diagnostics first."""
    yield from diagnostics()
    yield from rules()
    yield from defects()
    yield from changes()


def find(wanted: str) -> Topic | None:
    """The topic with this id, whatever its case: no two tables share one."""
    return next((topic for topic in topics() if topic.id.lower() == wanted.lower()), None)
