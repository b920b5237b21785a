"""The report as lines for a terminal; whoever calls prints them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from trunkline.contract.engine import RULES
from trunkline.contract.model import Cause, Finding, RunReport, UnitResult, UnitVerdict
from trunkline.contract.reports.ranking import ranked

_PLACES = 12
"""Operations or members named where one cause has many findings."""
_ANSWER = 300
"""Characters of a response shown in a terminal; the other formats hold all of it."""


def summary(report: RunReport) -> list[str]:
    """What was found, one block a violation, and what it all came to."""
    lines: list[str] = []
    if report.setup and any(step.call for v in report.violations for step in v.steps):
        lines += ["The calls below are of the generated client:", *report.setup, ""]
    for number, cause in enumerate(ranked(report), 1):
        lines += block(number, cause.example)
        if more := elsewhere(cause):
            lines.append(f"   {more}")
        lines.append("")
    blocked = [o for o in report.results if o.verdict is UnitVerdict.NOT_TRIED]
    lines += gaps(report)
    lines += [f"hint: {title(v)}: {v.message}" for v in report.hints]
    if blocked:
        lines.append(not_tried(blocked))
    for violation in report.findings.all:
        if (acceptance := report.accepted.get(violation.key)) is not None:
            lines.append(f"accepted until {acceptance.expires}: {title(violation)}")
            lines.append(f"  {acceptance.reason}")
    lines += [f"note: {note}" for note in report.notes]
    if report.left_out:
        lines.append(left_out(report))
    if report.left:
        shown = ", ".join(report.left[:3]) + (", …" if len(report.left) > 3 else "")
        lines.append(f"{len(report.left)} objects could not be deleted: {shown}")
    lines.append(verdict(report))
    return lines


def gaps(report: RunReport) -> Iterator[str]:
    """One line for each status that is not documented where it was seen."""
    by_message: dict[str, list[str]] = {}
    for gap in report.gaps:
        by_message.setdefault(gap.message.partition(" (")[0], []).append(gap.operation)
    for message, operations in by_message.items():
        named = list(dict.fromkeys(operations))
        shown = ", ".join(named[:_PLACES]) + (", …" if len(named) > _PLACES else "")
        yield f"gap of the description: {message}: {shown}"


def not_tried(results: list[UnitResult]) -> str:
    """One line: how many checks could not be tried, and why, the commonest reason first."""
    reasons = Counter(result.reason for result in results).most_common(4)
    told = "; ".join(f"{reason} ({count})" for reason, count in reasons)
    rest = len(results) - sum(count for _, count in reasons)
    more = f"; other reasons ({rest})" if rest else ""
    return f"{len(results)} checks could not be tried: {told}{more}"


def left_out(report: RunReport) -> str:
    """One line: what was not called because it acts on what the run did not make."""
    names = list(report.left_out)
    shown = ", ".join(names[:_PLACES]) + (", …" if len(names) > _PLACES else "")
    return (
        f"{len(names)} operations act on what this run did not make, and were left alone there: "
        f"{shown}; --include-unsafe NAME calls one"
    )


def likely(causes: int) -> str:
    """How many causes there seem to be."""
    return f"most likely {causes} cause{'s' if causes > 1 else ''}"


def verdict(report: RunReport) -> str:
    """The last line: one sentence with the figures."""
    figures = (
        f"{report.cases} cases ({report.fuzzed} of Schemathesis), {report.requests} requests, "
        f"{report.seconds:.1f} s, seed {report.seed}"
    )
    if report.interrupted:
        state = "interrupted"
    elif report.unreachable:
        state = f"the server answers no more ({report.unreachable})"
    elif report.mismatch:
        state = f"given up, {report.mismatch}"
    elif report.spent:
        state = "budget spent before done"
    else:
        state = "done"
    count = len(report.violations)
    found = "no violations" if not count else f"{count} violation{'s' if count > 1 else ''}"
    if 0 < len(report.causes) < count:
        found += f", {likely(len(report.causes))}"
    accepted = f" ({len(report.accepted)} accepted)" if report.accepted else ""
    return f"{report.api}: {found}{accepted}; {state}: {figures}"


def title(violation: Finding) -> str:
    """The rule, the operation and what of it."""
    subject = f" · {violation.subject}" if violation.subject else ""
    return f"{violation.rule} · {violation.operation}{subject}"


def block(number: int, violation: Finding) -> Iterator[str]:
    """One violation: the rule, what was seen, who says otherwise, and how to see it again."""
    rule = RULES[violation.rule]
    yield f"{number}. {title(violation)}"
    yield f"   {rule.title}"
    for line in violation.message.splitlines():
        yield f"   > {line}"
    for source in violation.sources[:3]:
        yield f"   says {source}"
    for step in violation.steps:
        yield f"   $ {step.curl}"
        if step.call:
            yield f"   >>> {step.call}"
        answer = " ".join(step.answer.split())
        shown = answer if len(answer) <= _ANSWER else f"{answer[:_ANSWER]}…"
        yield f"     {step.status or 'no answer'} {shown}".rstrip()
    if violation.times > 1:
        yield f"   seen {violation.times} times"


def elsewhere(cause: Cause) -> str:
    """Where else the same was found: one cause, most likely. Empty where nowhere else."""
    others = len(cause.findings) - 1
    if not others:
        return ""
    seen = cause.example
    places = [o for o in cause.operations if o != seen.operation]
    places = places or [s for s in cause.subjects if s != seen.subject]
    named = ", ".join(places[:_PLACES]) + (", …" if len(places) > _PLACES else "")
    return f"and {others} more like it: {named or 'in the same operation'}"


def shortened(text: str, most: int = 4000) -> str:
    """`text`, cut where it is longer than people read."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"
