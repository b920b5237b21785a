"""For people at a terminal."""

from __future__ import annotations

from trunkline.evolve.change import Change, Verdict
from trunkline.evolve.render.report import Report
from trunkline.evolve.render.words import plain, plural

MOST = 3
COLOURS = {
    Verdict.BREAKING: "\x1b[31m",
    Verdict.DANGEROUS: "\x1b[33m",
    Verdict.COMPATIBLE: "\x1b[32m",
}
PLAIN = "\x1b[0m"


def terminal(report: Report, *, colour: bool = False, details: bool = True) -> str:
    """Worst first; each with its rule, its places, both positions, why, and what to do."""
    lines: list[str] = []
    for verdict in reversed(Verdict):
        for change in report.of(verdict):
            lines += _change(change, colour, details and verdict is not Verdict.COMPATIBLE)
    for waived in report.waived:
        change = waived.change
        lines.append(f"accepted   {plain(change.message)} [{change.rule.id}]")
        lines.append(f"           because {plain(waived.waiver.reason)} ({waived.waiver.position})")
    lines.append(report.summary if report.changes or report.waived else "Nothing changed.")
    return "\n".join(lines) + "\n"


def _change(change: Change, colour: bool, details: bool) -> list[str]:
    word = f"{change.verdict:<10}"
    head = f"{COLOURS[change.verdict]}{word}{PLAIN}" if colour else word
    lines = [f"{head} {plain(change.message)} [{change.rule.id}]"]
    lines += [f"           at {plain(str(place))}" for place in change.places[:MOST]]
    if len(change.places) > MOST:
        lines.append(f"           and at {plural(len(change.places) - MOST, 'other place')}")
    places = [f"{side} {at}" for side, at in (("old", change.old), ("new", change.new)) if at]
    if places:
        lines.append(f"           {', '.join(places)}")
    if details:
        lines.append(f"           HTTP {change.http}, Python {change.python}: {change.rule.why}")
        lines.append(f"           {change.rule.remedy}")
    return lines
