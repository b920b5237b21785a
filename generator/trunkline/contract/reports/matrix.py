"""What was covered: laws by target, and by operation its statuses, parameters and laws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trunkline.contract.engine import LAWS, RULES, Family
from trunkline.contract.model import SCHEMATHESIS, Report, Touched, Verdict


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a table; `kind` is its class."""

    kind: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Row:
    """One target."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Targets by families."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The statuses, the parameters or the laws of one operation."""

    name: str
    chips: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation's coverage."""

    name: str
    summary: str
    parts: tuple[Part, ...]
    filter: str


_MARKS = {
    Verdict.BROKEN: ("broken", "✗"),
    Verdict.HELD: ("held", "✓"),
    Verdict.BLOCKED: ("blocked", "–"),
    Verdict.UNTRIED: ("blocked", "·"),
}


def matrix(report: Report) -> Table:
    """Targets by families of laws: the worst outcome, and how many laws it stands for."""
    by_place: dict[tuple[str, Family], list[tuple[Verdict, str]]] = {}
    for outcome in report.outcomes:
        place = outcome.target, RULES[outcome.law].family
        by_place.setdefault(place, []).append((outcome.verdict, outcome.law))
    families = [f for f in Family if any(family is f for _, family in by_place)]
    rows = []
    for target in dict.fromkeys(o.target for o in report.outcomes):
        cells = [_cell(by_place.get((target, family), [])) for family in families]
        rows.append(Row(target, tuple(cells)))
    return Table(tuple(f.value for f in families), tuple(rows))


def _cell(here: list[tuple[Verdict, str]]) -> Cell:
    worst = next((v for v in _MARKS if any(verdict is v for verdict, _ in here)), None)
    if worst is None:
        return Cell("none", "", "")
    kind, mark = _MARKS[worst]
    laws = [law for verdict, law in here if verdict is worst]
    return Cell(kind, f"{mark} {len(laws)}/{len(here)}", ", ".join(laws))


def covered(report: Report) -> str:
    """One line: how much of what is documented was touched."""
    seen = report.coverage.values()
    statuses = [count for touched in seen for count in _documented(touched).values()]
    parameters = [t for touched in seen for t in touched.parameters.values()]
    return (
        f"{sum(any(t.statuses.values()) for t in seen)} of {len(report.coverage)} operations, "
        f"{sum(map(bool, statuses))} of {len(statuses)} statuses, "
        f"{sum(bool(t.accepted + t.refused) for t in parameters)} of {len(parameters)} parameters"
    )


def operations(report: Report) -> tuple[Operation, ...]:
    """Every operation with what was touched of it, and what was not."""
    broken: dict[str, set[str]] = {}
    for violation in report.violations:
        broken.setdefault(violation.operation, set()).add(violation.rule)
    return tuple(
        _operation(name, touched, broken.get(name, set()))
        for name, touched in report.coverage.items()
    )


def _operation(name: str, touched: Touched, broken: set[str]) -> Operation:
    statuses = tuple(_statuses(touched, broken))
    parameters = tuple(_parameters(touched))
    laws = tuple(_laws(touched, broken))
    documented = _documented(touched)
    summary = [f"{sum(map(bool, documented.values()))}/{len(documented)} statuses"]
    if parameters:
        tried = sum(chip.kind != "none" for chip in parameters)
        summary.append(f"{tried}/{len(parameters)} parameters")
    summary.append(f"{len(touched.laws)} laws")
    if broken:
        summary.append(f"{len(broken)} broken")
    parts = (Part("statuses", statuses), Part("parameters", parameters), Part("laws", laws))
    words = [name, *(chip.text for part in parts for chip in part.chips)]
    return Operation(name, ", ".join(summary), tuple(p for p in parts if p.chips), " ".join(words))


def _documented(touched: Touched) -> dict[str, int]:
    return {s: n for s, n in touched.statuses.items() if s not in touched.undocumented}


def _statuses(touched: Touched, broken: set[str]) -> Iterator[Cell]:
    for status, count in sorted(touched.statuses.items()):
        if status in touched.undocumented:
            # HTTP's own answers to requests that break its rules need no documentation.
            kind = "bad" if "status-documented" in broken else "half"
            yield Cell(kind, f"{status} × {count}", "seen, not documented")
        elif count:
            yield Cell("seen", f"{status} × {count}", f"seen {count} times")
        else:
            yield Cell("none", status, "documented, never seen")


def _parameters(touched: Touched) -> Iterator[Cell]:
    for name, tried in touched.parameters.items():
        hint = f"in {tried.accepted} accepted and {tried.refused} refused requests"
        if not tried.accepted + tried.refused:
            yield Cell("none", name, "never sent")
        else:
            kind = "seen" if tried.accepted else "half"
            yield Cell(kind, f"{name} {tried.accepted}/{tried.refused}", hint)


def _laws(touched: Touched, broken: set[str]) -> Iterator[Cell]:
    for law, count in sorted(touched.laws.items()):
        rules = set(LAWS[law].rules) | {law} if law in LAWS else {law}
        kind = "bad" if rules & broken else "half" if law == SCHEMATHESIS else "seen"
        yield Cell(kind, f"{law} × {count}", f"{count} requests")
    told = {r for law in touched.laws if law in LAWS for r in (law, *LAWS[law].rules)}
    for rule in sorted(broken - told):
        yield Cell("bad", rule, "a rule every answer is held to")
