"""What was covered: checks by target, and by operation its statuses, parameters and checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trunkline.contract.engine import CHECKS, RULES, Family
from trunkline.contract.model import SCHEMATHESIS, OperationCoverage, RunReport, UnitVerdict


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a table; `kind` is its class."""

    kind: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One target."""

    name: str
    id: str
    """The target's own name, where the first is method and path."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """Targets by families."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class OperationPart:
    """The statuses, the parameters or the checks of one operation."""

    name: str
    chips: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation's coverage."""

    name: str
    id: str
    held: int
    """Checks that hold."""
    broken: int
    summary: str
    parts: tuple[OperationPart, ...]
    filter: str


_MARKS = {
    UnitVerdict.FAILED: ("broken", "✗"),
    UnitVerdict.PASSED: ("held", "✓"),
    UnitVerdict.NOT_TRIED: ("blocked", "–"),
    UnitVerdict.NOT_APPLICABLE: ("none", "∅"),
    UnitVerdict.NOT_REACHED: ("blocked", "·"),
}


def matrix(report: RunReport) -> CoverageTable:
    """Targets by families of checks: the worst outcome, and how many checks it stands for."""
    by_place: dict[tuple[str, Family], list[tuple[UnitVerdict, str]]] = {}
    for result in report.results:
        place = result.target, RULES[result.check].family
        by_place.setdefault(place, []).append((result.verdict, result.check))
    families = [f for f in Family if any(family is f for _, family in by_place)]
    rows = []
    for target in dict.fromkeys(o.target for o in report.results):
        cells = [_cell(by_place.get((target, family), [])) for family in families]
        rows.append(MatrixRow(report.labels.get(target, target), target, tuple(cells)))
    return CoverageTable(tuple(f.value for f in families), tuple(rows))


def _cell(here: list[tuple[UnitVerdict, str]]) -> Cell:
    worst = next((v for v in _MARKS if any(verdict is v for verdict, _ in here)), None)
    if worst is None:
        return Cell("none", "", "")
    kind, mark = _MARKS[worst]
    checks = [check for verdict, check in here if verdict is worst]
    return Cell(kind, f"{mark} {len(checks)}/{len(here)}", ", ".join(checks))


def covered(report: RunReport) -> str:
    """One line: how much of what is documented was touched."""
    seen = report.coverage.values()
    statuses = [count for entry in seen for count in _documented(entry).values()]
    parameters = [t for entry in seen for t in entry.parameters.values()]
    return (
        f"{sum(any(t.statuses.values()) for t in seen)} of {len(report.coverage)} operations, "
        f"{sum(map(bool, statuses))} of {len(statuses)} statuses, "
        f"{sum(bool(t.accepted + t.refused) for t in parameters)} of {len(parameters)} parameters"
    )


def operations(report: RunReport) -> tuple[OperationRow, ...]:
    """Every operation with what was touched of it, and what was not."""
    broken: dict[str, set[str]] = {}
    for violation in report.violations:
        broken.setdefault(violation.operation, set()).add(violation.rule)
    return tuple(
        _operation(report.labels.get(name, name), name, entry, broken.get(name, set()))
        for name, entry in report.coverage.items()
    )


def _operation(name: str, id_: str, entry: OperationCoverage, broken: set[str]) -> OperationRow:
    statuses = tuple(_statuses(entry, broken))
    parameters = tuple(_parameters(entry))
    checks = tuple(_checks(entry, broken))
    documented = _documented(entry)
    summary = [f"{sum(map(bool, documented.values()))}/{len(documented)} statuses"]
    if parameters:
        tried = sum(chip.kind != "none" for chip in parameters)
        summary.append(f"{tried}/{len(parameters)} parameters")
    parts = (
        OperationPart("statuses", statuses),
        OperationPart("parameters", parameters),
        OperationPart("checks", checks),
    )
    words = [id_, name, *(chip.text for part in parts for chip in part.chips)]
    failed = sum(chip.kind == "bad" for chip in checks)
    return OperationRow(
        name,
        id_,
        len(checks) - failed,
        failed,
        ", ".join(summary),
        tuple(p for p in parts if p.chips),
        " ".join(words),
    )


def _documented(entry: OperationCoverage) -> dict[str, int]:
    return {s: n for s, n in entry.statuses.items() if s not in entry.undocumented}


def _statuses(entry: OperationCoverage, broken: set[str]) -> Iterator[Cell]:
    for status, count in sorted(entry.statuses.items()):
        if status in entry.undocumented:
            # HTTP's own answers to requests that break its rules need no documentation.
            kind = "bad" if "status-documented" in broken else "half"
            yield Cell(kind, f"{status} × {count}", "seen, not documented")
        elif count:
            yield Cell("seen", f"{status} × {count}", f"seen {count} times")
        else:
            yield Cell("none", status, "documented, never seen")


def _parameters(entry: OperationCoverage) -> Iterator[Cell]:
    for name, tried in entry.parameters.items():
        hint = f"in {tried.accepted} accepted and {tried.refused} refused requests"
        if not tried.accepted + tried.refused:
            yield Cell("none", name, "never sent")
        else:
            kind = "seen" if tried.accepted else "half"
            yield Cell(kind, f"{name} {tried.accepted}/{tried.refused}", hint)


def _checks(entry: OperationCoverage, broken: set[str]) -> Iterator[Cell]:
    for check, count in sorted(entry.checks.items()):
        rules = set(CHECKS[check].rules) | {check} if check in CHECKS else {check}
        kind = "bad" if rules & broken else "half" if check == SCHEMATHESIS else "seen"
        yield Cell(kind, f"{check} × {count}", f"{count} requests")
    told = {r for check in entry.checks if check in CHECKS for r in (check, *CHECKS[check].rules)}
    for rule in sorted(broken - told):
        yield Cell("bad", rule, "a rule every response is held to")
