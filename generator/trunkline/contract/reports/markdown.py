"""A summary in Markdown, for the page of a CI job: causes, then figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trunkline.contract.engine import RULES
from trunkline.contract.model import Cause, RunReport, UnitVerdict
from trunkline.contract.reports.ranking import ranked
from trunkline.contract.reports.text import elsewhere, label, shortened, verdict
from trunkline.untrusted import one_line, printable

_MOST = 25
"""Causes that are shown whole: CI systems cut summaries off at a megabyte."""
_ANSWER = 600


def markdown(report: RunReport) -> str:
    """The document. Texts of servers and descriptions stand in code, where nothing in them acts."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: RunReport) -> Iterator[str]:
    yield f"## {'❌' if report.violations else '✅'} Contract of {code(report.title)}"
    yield ""
    yield code(verdict(report))
    yield ""
    causes = ranked(report)
    if causes:
        yield "| | rule | operation | what was seen |"
        yield "| --- | --- | --- | --- |"
        for number, cause in enumerate(causes, 1):
            yield _row(report, number, cause)
        yield ""
        for number, cause in enumerate(causes[:_MOST], 1):
            yield from _details(report, number, cause)
    yield "| held | broken | not tried | requests | seconds |"
    yield "| --- | --- | --- | --- | --- |"
    untried = report.count(UnitVerdict.NOT_TRIED) + report.count(UnitVerdict.NOT_REACHED)
    figures = (
        report.count(UnitVerdict.PASSED),
        report.count(UnitVerdict.FAILED),
        untried,
        report.requests,
        f"{report.seconds:.1f}",
    )
    yield f"| {' | '.join(map(str, figures))} |"


def _row(report: RunReport, number: int, cause: Cause) -> str:
    seen = cause.example
    more = len(cause.findings) - 1
    shown = code(shortened(" ".join(seen.message.split()), 200))
    where = code(label(report, seen.operation))
    return f"| {number} | `{cause.rule}` | {where} | {shown}{f' +{more}' if more else ''} |"


def _details(report: RunReport, number: int, cause: Cause) -> Iterator[str]:
    seen, rule = cause.example, RULES[cause.rule]
    yield "<details>"
    yield f"<summary>{number}. <b>{cause.rule}</b>: {rule.title} ({seen.id})</summary>"
    yield ""
    yield f"{code(label(report, seen.operation))}: {code(seen.message)}"
    yield ""
    yield f"{rule.why} **What to do.** {rule.remediation}"
    yield ""
    for source in seen.sources[:3]:
        yield f"- {code(str(source))}"
    if more := elsewhere(cause, report.labels):
        yield f"- {code(more)}"
    yield ""
    for step in (*seen.before, *seen.steps):
        text = f"$ {step.curl}\n{step.status or 'no answer'} {shortened(step.answer, _ANSWER)}"
        yield from fence(text)
    yield "</details>"
    yield ""


def code(text: str) -> str:
    """A text as code in a line, also of a table: whatever it holds is shown and not done."""
    plain = one_line(" ".join(text.split())).replace("|", "\N{BROKEN BAR}")
    if not plain:
        return ""
    longest = max(map(len, re.findall("`+", plain)), default=0)
    marks = "`" * (longest + 1)
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{marks}{pad}{plain}{pad}{marks}"


def fence(text: str) -> Iterator[str]:
    """A text as a block of code."""
    longest = max((len(m) for m in re.findall("`+", text)), default=0)
    marks = "`" * max(3, longest + 1)
    yield f"{marks}text"
    yield from printable(text).split("\n")
    yield marks
