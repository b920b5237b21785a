"""The report as lines for a terminal; whoever calls prints them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from trunkline.contract.engine import RULES
from trunkline.contract.model import Cause, Finding, RunReport, UnitResult, UnitVerdict
from trunkline.contract.reports.ranking import ranked
from trunkline.untrusted import one_line

_SHOWN = 3
"""Causes that are shown with their requests and responses; more have one line each."""
_LINE = 160
"""Characters of such a line."""
_PLACES = 12
"""Operations or members named where one cause has many findings."""
_NAMED = 4
"""Operations named where one line tells of many."""
_ANSWER = 300
"""Characters of a response shown in a terminal; the other formats hold all of it."""


def summary(report: RunReport, *, verbose: bool = False) -> list[str]:
    """What was found, and what it all came to.

    A few causes stand there with every request and response; many with one line each, so that a
    first run fits on one screen. `verbose`: with everything, however many.
    """
    lines: list[str] = []
    causes = ranked(report)
    if report.mismatch:
        lines += given_up(report)
        if causes and not verbose:
            # What was seen on the way is most likely about another server than the one meant.
            said = (
                "1 violation"
                if len(report.violations) == 1
                else f"{len(report.violations)} violations"
            )
            lines.append(f"{said} seen before that: --verbose, once the above is put right")
            causes = []
    whole = verbose or len(causes) <= _SHOWN
    if (
        whole
        and causes
        and report.setup
        and any(step.call for v in report.violations for step in v.steps)
    ):
        lines += ["The calls below are of the generated client:", *report.setup, ""]
    for number, cause in enumerate(causes, 1):
        if not whole:
            lines.append(headline(report, number, cause))
            continue
        lines += block(number, cause.example)
        if more := elsewhere(cause, report.labels):
            lines.append(f"   {more}")
        lines.append("")
    if not whole:
        lines += ["", "Requests and responses: --verbose, or --html FILE", ""]
    lines += notes(report, verbose=verbose)
    lines.append(verdict(report))
    # Names of a description may hold line ends: a line of their own would be a command to a CI
    # system that reads along.
    return [one_line(line) for line in lines]


def given_up(report: RunReport) -> list[str]:
    """Why nothing can be said of the server, before anything else; and what to look at."""
    refused = "refuses the credentials" in report.mismatch
    hint = (
        "check --token, or --credential NAME=SECRET for one security scheme"
        if refused
        else "check --base-url: it ends with the path that the operations stand under"
    )
    return [f"error: given up: {report.mismatch}", f"  hint: {hint}"]


def notes(report: RunReport, *, verbose: bool) -> Iterator[str]:
    """What is not a violation, one line for each kind of it."""
    yield from gaps(report)
    yield from hints(report, verbose=verbose)
    blocked = [o for o in report.results if o.verdict is UnitVerdict.NOT_TRIED]
    if blocked:
        yield not_tried(blocked)
    unreached = report.count(UnitVerdict.NOT_REACHED)
    if unreached and report.usual_budget and not report.mismatch:
        yield (
            f"{unreached} of {len(report.results)} checks were not reached within the minute that "
            "a smoke run has: --max-seconds gives it more, --profile full all it takes"
        )
    for violation in report.findings.all:
        if (acceptance := report.accepted.get(violation.key)) is not None:
            yield f"accepted until {acceptance.expires}: {title(violation)}"
            yield f"  {acceptance.reason}"
    yield from (f"note: {note}" for note in report.notes)
    if report.left_out:
        yield left_out(report)
    if report.left:
        shown = ", ".join(report.left[:3]) + (", …" if len(report.left) > 3 else "")
        yield f"{counted(len(report.left), 'object')} could not be deleted: {shown}"


def headline(report: RunReport, number: int, cause: Cause) -> str:
    """One cause on one line: the rule, where, what was seen, how many more like it."""
    seen = cause.example
    message = " ".join(seen.message.split())
    more = len(cause.findings) - 1
    told = f" (+{more} more like it)" if more else ""
    text = f"{number}. {seen.rule} · {label(report, seen.operation)} · {message}"
    room = _LINE - len(told)
    return (text if len(text) <= room else f"{text[: room - 1]}…") + told


def label(report: RunReport, operation: str) -> str:
    """An operation as people know it: method and path; its id where that is not known."""
    return report.labels.get(operation, operation)


def gaps(report: RunReport) -> Iterator[str]:
    """One line: the statuses that are not documented, and where; and what else is left unsaid."""
    statuses: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for gap in report.gaps:
        message = gap.message.partition(" (")[0]
        match = re.fullmatch(r"status (\d{3}) is not documented", message)
        into = statuses if match else others
        into.setdefault(match[1] if match else message, []).append(label(report, gap.operation))
    if statuses:
        yield "gaps of the description: not documented are " + "; ".join(
            f"{status} of {_counted(places)}" for status, places in sorted(statuses.items())
        )
    for message, places in others.items():
        yield f"gap of the description: {message}: {_counted(places)}"


def hints(report: RunReport, *, verbose: bool) -> Iterator[str]:
    """One line: what the description cannot decide; with `verbose` one for each."""
    found = report.hints
    if verbose or len(found) <= _SHOWN:
        yield from (f"hint: {title(v)}: {v.message}" for v in found)
        return
    rules = Counter(hint.rule for hint in found)
    told = ", ".join(f"{rule} ({count})" for rule, count in rules.most_common())
    yield f"{len(found)} hints, shown with --verbose: {told}"


def _counted(places: list[str]) -> str:
    """Operations by name where they are few, else how many."""
    named = list(dict.fromkeys(places))
    return ", ".join(named) if len(named) <= 2 else f"{len(named)} operations"


def not_tried(results: list[UnitResult]) -> str:
    """One line: how many checks could not be tried, and why, the commonest reason first."""
    reasons = Counter(result.reason for result in results).most_common(4)
    told = "; ".join(f"{reason} ({count})" for reason, count in reasons)
    rest = len(results) - sum(count for _, count in reasons)
    more = f"; other reasons ({rest})" if rest else ""
    return f"{counted(len(results), 'check')} could not be tried: {told}{more}"


def left_out(report: RunReport) -> str:
    """One line: what was not called because it acts on what the run did not make."""
    names = [label(report, name) for name in report.left_out]
    shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    act = "operation acts" if len(names) == 1 else "operations act"
    were = "was" if len(names) == 1 else "were"
    return (
        f"{len(names)} {act} on what this run did not make, and {were} left alone there: "
        f"{shown}; --include-unsafe NAME calls one"
    )


def counted(number: int, noun: str) -> str:
    """`1 case`, `2 cases`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def likely(causes: int) -> str:
    """How many causes there seem to be."""
    return f"most likely {causes} cause{'s' if causes > 1 else ''}"


def verdict(report: RunReport) -> str:
    """The last line: one sentence with the figures."""
    figures = (
        f"{counted(report.cases, 'case')} ({report.fuzzed} of Schemathesis), "
        f"{counted(report.requests, 'request')}, "
        f"{report.seconds:.1f} s, seed {report.seed}"
    )
    if report.interrupted:
        state = "interrupted"
    elif report.unreachable:
        state = f"the server answers no more ({report.unreachable})"
    elif report.mismatch:
        state = "given up, as said above"
    elif report.spent:
        state = "its minute is over" if report.usual_budget else "budget spent before done"
    else:
        state = "done"
    count = len(report.violations)
    found = counted(count, "violation") if count else "no violations"
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
    yield f"{number}. {title(violation)} [{violation.id}]"
    yield f"   {rule.title}"
    for line in violation.message.splitlines():
        yield f"   > {line}"
    for source in violation.sources[:3]:
        yield f"   says {source}"
    yield f"   to do: {rule.remediation}"
    for step in (*violation.before, *violation.steps):
        yield f"   $ {step.curl}"
        if step.call:
            yield f"   >>> {step.call}"
        answer = " ".join(step.answer.split())
        shown = answer if len(answer) <= _ANSWER else f"{answer[:_ANSWER]}…"
        yield f"     {step.status or 'no answer'} {shown}".rstrip()
    if violation.times > 1:
        yield f"   seen {violation.times} times"


def elsewhere(cause: Cause, labels: Mapping[str, str] | None = None) -> str:
    """Where else the same was found: one cause, most likely. Empty where nowhere else."""
    others = len(cause.findings) - 1
    if not others:
        return ""
    seen = cause.example
    names = labels or {}
    places = [names.get(o, o) for o in cause.operations if o != seen.operation]
    places = places or [s for s in cause.subjects if s != seen.subject]
    named = ", ".join(places[:_PLACES]) + (", …" if len(places) > _PLACES else "")
    return f"and {others} more like it: {named or 'in the same operation'}"


def shortened(text: str, most: int = 4000) -> str:
    """`text`, cut where it is longer than people read."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"
