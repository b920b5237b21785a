"""For people at a terminal."""

from __future__ import annotations

import textwrap

from trunkline.evolve.change import Change, Verdict
from trunkline.evolve.render.report import TOP, Report, by_rule, counted
from trunkline.evolve.render.words import plain, plural

MOST = 3
COLOURS = {
    Verdict.BREAKING: "\x1b[31m",
    Verdict.DANGEROUS: "\x1b[33m",
    Verdict.COMPATIBLE: "\x1b[32m",
}
PLAIN = "\x1b[0m"
INDENT = " " * 11


def terminal(
    report: Report,
    *,
    colour: bool = False,
    details: bool = True,
    most: int = 0,
    fold: bool = True,
) -> str:
    """The sum, then the changes, worst first; each with its rule, its places, both positions, why,
    and what to do.

    A long report says first which operations are affected most, and counts compatible changes by
    their rule unless `fold` is false. `most` is how many others are printed; 0 for all.
    """
    if not report.changes and not report.waived and report.whole is None:
        return "Nothing changed.\n"
    lines = [report.summary]
    if report.is_long:
        lines += _affected(report)
    left = most or len(report.changes)
    for verdict in reversed(Verdict):
        if verdict is Verdict.COMPATIBLE and report.is_long and fold:
            lines += _folded(report.of(verdict))
            continue
        changes = report.entries(verdict)
        for change in changes[:left]:
            lines += _change(report, change, colour, details and verdict is not Verdict.COMPATIBLE)
        if len(changes) > left:
            lines.append(f"and {len(changes) - left} more that are {verdict}: --max 0 prints all")
        left = max(0, left - len(changes))
    for waived in report.waived:
        change = waived.change
        lines.append(f"accepted   {plain(change.message)} [{change.rule.id}]")
        lines.append(f"{INDENT}because {plain(waived.waiver.reason)} ({waived.waiver.position})")
    if report.is_long:
        lines += ["", report.summary]
    return "\n".join(lines) + "\n"


def _affected(report: Report) -> list[str]:
    affected = report.affected
    if not affected:
        return [""]
    lines = ["", f"Most affected, of {len(affected)} operations and other parts:"]
    for place, counts in affected[:TOP]:
        lines.append(f"  {plain(report.shown(place))}: {counted(counts)}")
    return [*lines, ""]


def _folded(changes: tuple[Change, ...]) -> list[str]:
    if not changes:
        return []
    rules = [f"{count} × {rule}" for rule, count in by_rule(changes)]
    lines = [f"compatible {plural(len(changes), 'change')}; --only compatible prints them"]
    lines += textwrap.wrap(
        ", ".join(rules),
        88,
        break_on_hyphens=False,
        initial_indent=INDENT,
        subsequent_indent=INDENT,
    )
    return lines


def _change(report: Report, change: Change, colour: bool, details: bool) -> list[str]:
    word = f"{change.verdict:<10}"
    head = f"{COLOURS[change.verdict]}{word}{PLAIN}" if colour else word
    lines = [f"{head} {plain(change.message)} [{change.rule.id}]"]
    lines += [f"{INDENT}at {plain(report.shown(place))}" for place in change.places[:MOST]]
    if len(change.places) > MOST:
        lines.append(f"{INDENT}and at {plural(len(change.places) - MOST, 'other place')}")
    places = [f"{side} {at}" for side, at in (("old", change.old), ("new", change.new)) if at]
    if places:
        lines.append(f"{INDENT}{', '.join(places)}")
    if details:
        lines += [f"{INDENT}{change.why}", f"{INDENT}{change.rule.remedy}"]
    return lines
