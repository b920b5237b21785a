"""One HTML page that needs nothing else: no scripts, styles or pictures from anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from trunkline.contract.engine import RULES, faults_of
from trunkline.contract.model import (
    Acceptance,
    EvidenceStep,
    Finding,
    RunReport,
    UnitResult,
    UnitVerdict,
)
from trunkline.contract.reports.marks import Mark, MarkedText, mark_of, marked
from trunkline.contract.reports.matrix import (
    CoverageTable,
    OperationRow,
    covered,
    matrix,
    operations,
)
from trunkline.contract.reports.ranking import ranked
from trunkline.contract.reports.since import since
from trunkline.contract.reports.strips import Strips, strips
from trunkline.contract.reports.text import elsewhere, likely, shortened, title, verdict
from trunkline.untrusted import printable


@dataclass(frozen=True, slots=True)
class _Step:
    label: str
    curl: str
    call: str
    status: str
    answer: MarkedText


@dataclass(frozen=True, slots=True)
class _Finding:
    kind: str
    anchor: str
    number: str
    rule: str
    title: str
    why: str
    operation: str
    subject: str
    message: str
    id: str
    remedy: str
    new: bool
    """Whether an earlier report did not have it."""
    faults: tuple[str, ...]
    mark: Mark | None
    accepted: str
    steps: tuple[_Step, ...]
    sources: tuple[str, ...]
    times: str
    filter: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Findings that most likely have one cause: the shortest to see again, then the others."""

    example: _Finding
    more: tuple[_Finding, ...]
    where: str
    """What the others are about."""


@dataclass(frozen=True, slots=True)
class _Fact:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    value: str
    share: int
    """Percent of the longest."""


@dataclass(frozen=True, slots=True)
class _List:
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _View:
    title: str
    clean: bool
    verdict: str
    facts: tuple[_Fact, ...]
    groups: tuple[_Fact, ...]
    count: str
    command: str
    since: str
    gone: tuple[str, ...]
    setup: str
    causes: tuple[_Group, ...]
    accepted: tuple[_Finding, ...]
    matrix: CoverageTable
    covered: str
    coverage: tuple[OperationRow, ...]
    timeline: Strips
    slowest: tuple[_Bar, ...]
    lists: tuple[_List, ...]
    script: Markup
    script_hash: str


def html(report: RunReport, earlier: RunReport | None = None) -> str:
    """The page; `earlier` is a report that it is compared with."""
    return _environment().get_template("report.html.j2").render(view=_view(report, earlier))


def _shown(value: object) -> object:
    """Text of servers and descriptions with what acts or hides itself made visible."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return printable(value)
    return value


_ROOM = 3000
"""Characters shown before and after what is marked."""
Key = tuple[str, str, str]


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_folder()),
        autoescape=True,
        finalize=_shown,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _script() -> tuple[Markup, str]:
    """The page's script, and its hash: the page lets no other run."""
    text = (_folder() / "report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(text), f"sha256-{digest}"  # noqa: S704  # a file of our own


def _folder() -> Path:
    """The templates of the checkout, or those that came with the installation."""
    package = Path(__file__).resolve().parents[2]
    installed = package / "_data" / "templates" / "report"
    return installed if installed.is_dir() else package.parents[1] / "templates" / "report"


def _view(report: RunReport, earlier: RunReport | None) -> _View:
    script, script_hash = _script()
    compared = since(report, earlier) if earlier is not None else None
    new = {finding.key for finding in compared.new} if compared is not None else set()
    rules = Counter(v.rule for v in report.violations)
    known = [(v, report.accepted[v.key]) for v in report.findings.all if v.key in report.accepted]
    return _View(
        title=report.title,
        clean=not report.violations and report.complete,
        verdict=verdict(report),
        facts=(
            _Fact("Server", report.base_url),
            _Fact("Profile", report.profile),
            _Fact("Seed", str(report.seed)),
            _Fact("Checks held", str(report.count(UnitVerdict.PASSED))),
            _Fact("Checks broken", str(report.count(UnitVerdict.FAILED))),
            _Fact(
                "Not tried",
                str(report.count(UnitVerdict.NOT_TRIED) + report.count(UnitVerdict.NOT_REACHED)),
            ),
            _Fact("Cases", str(report.cases)),
            _Fact("Requests", str(report.requests)),
            _Fact("Seconds", f"{report.seconds:.1f}"),
        ),
        groups=tuple(_Fact(rule, str(count)) for rule, count in rules.most_common(12)),
        command=report.command,
        since=compared.sentence if compared is not None else "",
        gone=tuple(f"{title(f)}: {f.message}" for f in compared.gone) if compared else (),
        count=_counted(len(report.violations), len(report.causes)),
        setup="\n".join(report.setup),
        causes=tuple(_groups(report, new)),
        accepted=tuple(
            _finding(str(n), n, v, report.labels, given) for n, (v, given) in enumerate(known, 1)
        ),
        matrix=matrix(report),
        covered=covered(report),
        coverage=operations(report),
        timeline=strips(report),
        slowest=_slowest(report.results),
        lists=tuple(
            _List(name, lines)
            for name, lines in (
                ("Objects that could not be deleted", tuple(report.left)),
                (
                    "Checks that could not be tried",
                    tuple(
                        f"{o.unit}: {o.reason}"
                        for o in report.results
                        if o.verdict is UnitVerdict.NOT_TRIED
                    ),
                ),
                ("Notes", tuple(report.notes)),
            )
            if lines
        ),
        script=script,
        script_hash=script_hash,
    )


def _counted(findings: int, causes: int) -> str:
    return f"{findings}, {likely(causes)}" if causes < findings else str(findings)


def _groups(report: RunReport, new: Collection[Key]) -> Iterator[_Group]:
    place = 1
    for number, cause in enumerate(ranked(report), 1):
        example = cause.example
        others = [v for v in cause.findings if v is not example]
        yield _Group(
            _finding(str(number), place, example, report.labels, new=new),
            tuple(
                _finding(f"{number}.{n}", place + n, v, report.labels, new=new)
                for n, v in enumerate(others, 1)
            ),
            elsewhere(cause, report.labels),
        )
        place += len(cause.findings)


def _finding(
    number: str,
    place: int,
    violation: Finding,
    labels: Mapping[str, str],
    given: Acceptance | None = None,
    new: Collection[Key] = (),
) -> _Finding:
    """A finding for the page: `number` as people see it, `place` as addresses name it."""
    rule = RULES[violation.rule]
    steps = (*violation.before, *violation.steps)
    label = labels.get(violation.operation, violation.operation)
    return _Finding(
        kind="finding" if given is None else "accepted",
        anchor=f"{'violation' if given is None else 'accepted'}-{place}",
        number=number,
        rule=violation.rule,
        title=rule.title,
        why=rule.why,
        operation=label,
        subject=violation.subject,
        message=violation.message,
        id=violation.id,
        remedy=rule.remediation,
        new=violation.key in new,
        faults=tuple(f"F{fault.code} {fault.title}" for fault in faults_of(violation)),
        mark=mark_of(violation),
        accepted=f"Accepted until {given.expires}: {given.reason}" if given else "",
        steps=tuple(
            _Step(
                f"step {index} as curl" if len(steps) > 1 else "as curl",
                shortened(s.curl),
                shortened(s.call),
                str(s.status) if s.status else "none",
                _readable(s, violation),
            )
            for index, s in enumerate(steps, 1)
        ),
        sources=tuple(map(str, violation.sources)),
        times=f"seen {violation.times} times" if violation.times > 1 else "",
        filter=" ".join(
            (
                violation.id,
                violation.rule,
                violation.operation,
                label,
                violation.subject,
                violation.message,
                rule.title,
            )
        ),
    )


def _readable(step: EvidenceStep, finding: Finding) -> MarkedText:
    """An answer for people: JSON with one member a line, what is wrong marked, cut where long."""
    text = marked(step, finding)
    if not (text.before or text.marked or text.after):
        return MarkedText("(empty)", "", "")
    if not text.marked:
        return MarkedText(shortened(text.before), "", "")
    before = text.before if len(text.before) <= _ROOM else f"…{text.before[-_ROOM:]}"
    return MarkedText(before, shortened(text.marked), shortened(text.after, _ROOM))


def _slowest(results: list[UnitResult]) -> tuple[_Bar, ...]:
    ordered = sorted(results, key=lambda o: -o.seconds)[:12]
    longest = max((o.seconds for o in ordered), default=0) or 1
    return tuple(
        _Bar(o.unit, f"{o.seconds:.2f} s · {o.tried}", round(100 * o.seconds / longest))
        for o in ordered
    )
