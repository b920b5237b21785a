"""For pull requests and release notes."""

from __future__ import annotations

from collections.abc import Collection

from trunkline.evolve.change import Change, Verdict
from trunkline.evolve.render.report import TOP, Report, by_rule, counted
from trunkline.evolve.render.words import code, escape, plural

TITLES = {
    Verdict.BREAKING: "Breaking",
    Verdict.DANGEROUS: "Dangerous",
    Verdict.COMPATIBLE: "Compatible",
}
MOST = 5


LIMIT = 60_000
"""Characters that fit a comment on a pull request (65,536 at most, where some are added)."""


def markdown(report: Report) -> str:
    """A heading, the sum, and a section for each verdict; compatible ones are folded away, and
    counted by rule where all of it would not fit a comment."""
    text = _markdown(report, counted=False)
    if len(text) <= LIMIT:
        return text
    text = _markdown(report, counted=True)
    if len(text) <= LIMIT:
        return text
    cut = text[: text.rindex("\n- ", 0, LIMIT)]
    left = report.summary
    return f"{cut}\n\nThis is not all ({escape(left)}): `trunkline diff` prints the rest.\n"


def _counted(changes: Collection[Change]) -> list[str]:
    return [f"- {plural(count, 'time')} {code(rule)}" for rule, count in by_rule(changes)]


def _affected(report: Report) -> list[str]:
    lines = ["| most affected | changes |", "| --- | --- |"]
    for place, counts in report.affected[:TOP]:
        cell = code(report.shown(place)).replace("|", "\\|")
        lines.append(f"| {cell} | {counted(counts)} |")
    return [*lines, ""]


def _markdown(report: Report, *, counted: bool) -> str:
    lines = [f"## {escape(report.old)} → {escape(report.new)}", ""]
    if not report.changes and not report.waived:
        return "\n".join([*lines, "Nothing changed.", ""])
    lines += [f"**{escape(report.summary)}**", ""]
    if report.is_long and report.affected:
        lines += _affected(report)
    for verdict in reversed(Verdict):
        changes = report.of(verdict)
        if not changes:
            continue
        folded = verdict is Verdict.COMPATIBLE
        if folded:
            title = f"{plural(len(changes), 'compatible change')}"
            lines += [f"<details><summary>{title}</summary>", ""]
        else:
            lines += [f"### {TITLES[verdict]}", ""]
        if folded and counted:
            lines += _counted(changes)
        else:
            lines += [
                line for change in report.entries(verdict) for line in _change(report, change)
            ]
        lines += ["", "</details>", ""] if folded else [""]
    if report.waived:
        lines += ["### Accepted", ""]
        for waived in report.waived:
            lines.append(
                f"- {escape(waived.change.message)} ({code(waived.change.rule.id)}): "
                f"{escape(waived.waiver.reason)}"
            )
        lines.append("")
    return "\n".join(lines)


def _change(report: Report, change: Change) -> list[str]:
    lines = [f"- {escape(change.message)} ({code(change.rule.id)})"]
    places = ", ".join(code(report.shown(place)) for place in change.places[:MOST])
    more = len(change.places) - MOST
    lines.append(f"  - at {places}{f' and {more} more' if more > 0 else ''}")
    if change.verdict is not Verdict.COMPATIBLE:
        lines.append(f"  - {change.why}")
        lines.append(f"  - {change.rule.remedy}")
    return lines
