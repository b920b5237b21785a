"""One HTML page that needs nothing else: no scripts, styles or pictures from anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from trunkline.contract.outcome import Outcome, Report, Verdict
from trunkline.contract.report.text import verdict
from trunkline.contract.rules import RULES, Family
from trunkline.contract.violation import Violation


@dataclass(frozen=True, slots=True)
class _Step:
    curl: str
    status: str
    answer: str


@dataclass(frozen=True, slots=True)
class _Finding:
    number: int
    rule: str
    title: str
    why: str
    operation: str
    subject: str
    message: str
    steps: tuple[_Step, ...]
    sources: tuple[str, ...]
    times: str


@dataclass(frozen=True, slots=True)
class _Cell:
    kind: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    cells: tuple[_Cell, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    columns: tuple[str, ...]
    rows: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class _Fact:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class _View:
    title: str
    clean: bool
    verdict: str
    facts: tuple[_Fact, ...]
    findings: tuple[_Finding, ...]
    matrix: _Table
    statuses: _Table
    slowest: _Table
    blocked: tuple[_Fact, ...]
    notes: tuple[str, ...]
    left: tuple[str, ...]


def html(report: Report) -> str:
    """The page."""
    return _template().render(view=_view(report))


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_folder()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html.j2")


def _folder() -> Path:
    """The templates of the checkout, or those that came with the installation."""
    package = Path(__file__).resolve().parents[2]
    installed = package / "_data" / "templates" / "report"
    return installed if installed.is_dir() else package.parents[1] / "templates" / "report"


def _view(report: Report) -> _View:
    return _View(
        title=report.title,
        clean=not report.violations,
        verdict=verdict(report),
        facts=(
            _Fact("Server", report.base_url),
            _Fact("Profile", report.profile),
            _Fact("Seed", str(report.seed)),
            _Fact("Laws held", str(report.count(Verdict.HELD))),
            _Fact("Laws broken", str(report.count(Verdict.BROKEN))),
            _Fact("Not tried", str(report.count(Verdict.BLOCKED) + report.count(Verdict.UNTRIED))),
            _Fact("Cases", str(report.cases)),
            _Fact("Requests", str(report.requests)),
            _Fact("Seconds", f"{report.seconds:.1f}"),
        ),
        findings=tuple(_finding(n, v) for n, v in enumerate(report.violations, 1)),
        matrix=_matrix(report),
        statuses=_statuses(report),
        slowest=_slowest(report.outcomes),
        blocked=tuple(
            _Fact(o.unit, o.reason) for o in report.outcomes if o.verdict is Verdict.BLOCKED
        ),
        notes=tuple(report.notes),
        left=tuple(report.left),
    )


def _finding(number: int, violation: Violation) -> _Finding:
    rule = RULES[violation.rule]
    return _Finding(
        number=number,
        rule=violation.rule,
        title=rule.title,
        why=rule.why,
        operation=violation.operation,
        subject=violation.subject,
        message=violation.message,
        steps=tuple(
            _Step(s.curl, str(s.status) if s.status else "no answer", s.answer)
            for s in violation.steps
        ),
        sources=tuple(map(str, violation.sources)),
        times=f"seen {violation.times} times" if violation.times > 1 else "",
    )


_MARKS = {
    Verdict.BROKEN: ("broken", "✗"),
    Verdict.HELD: ("held", "✓"),
    Verdict.BLOCKED: ("blocked", "–"),
    Verdict.UNTRIED: ("blocked", "·"),
}


def _matrix(report: Report) -> _Table:
    """Targets by families of laws: the worst outcome, and how many laws it stands for."""
    families = list(Family)
    targets = list(dict.fromkeys(o.target for o in report.outcomes))
    rows = []
    for target in targets:
        cells = []
        for family in families:
            here = [
                o for o in report.outcomes if o.target == target and RULES[o.law].family is family
            ]
            worst = next((v for v in _MARKS if any(o.verdict is v for o in here)), None)
            if worst is None:
                cells.append(_Cell("none", "", ""))
                continue
            kind, mark = _MARKS[worst]
            count = sum(o.verdict is worst for o in here)
            hint = ", ".join(o.law for o in here if o.verdict is worst)
            cells.append(_Cell(kind, f"{mark} {count}/{len(here)}", hint))
        rows.append(_Row(target, tuple(cells)))
    return _Table(tuple(f.value for f in families), tuple(rows))


def _statuses(report: Report) -> _Table:
    columns = sorted({status for seen in report.coverage.values() for status in seen})
    rows = [
        _Row(name, tuple(_Cell("count", str(seen.get(c, "")), "") for c in columns))
        for name, seen in report.coverage.items()
    ]
    return _Table(tuple(columns), tuple(rows))


def _slowest(outcomes: list[Outcome]) -> _Table:
    ordered = sorted(outcomes, key=lambda o: -o.seconds)[:10]
    rows = [
        _Row(o.unit, (_Cell("count", f"{o.seconds:.2f}", ""), _Cell("count", str(o.tried), "")))
        for o in ordered
    ]
    return _Table(("seconds", "cases"), tuple(rows))
