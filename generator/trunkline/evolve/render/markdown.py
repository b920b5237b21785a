"""For pull requests and release notes."""

from __future__ import annotations

from collections import Counter

from trunkline.evolve.change import Change, Verdict
from trunkline.evolve.render.report import Report
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


def _counted(changes: list[Change]) -> list[str]:
    """How often each rule was met, most often first."""
    rules = Counter(change.rule.id for change in changes)
    return [f"- {plural(count, 'time')} {code(rule)}" for rule, count in rules.most_common()]


def _markdown(report: Report, *, counted: bool) -> str:
    lines = [f"## {escape(report.old)} → {escape(report.new)}", ""]
    if not report.changes and not report.waived:
        return "\n".join([*lines, "Nothing changed.", ""])
    lines += [f"**{escape(report.summary)}**", ""]
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
            lines += _counted(list(changes))
        else:
            lines += [line for change in changes for line in _change(change)]
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


def _change(change: Change) -> list[str]:
    lines = [f"- {escape(change.message)} ({code(change.rule.id)})"]
    places = ", ".join(code(str(place)) for place in change.places[:MOST])
    more = len(change.places) - MOST
    lines.append(f"  - at {places}{f' and {more} more' if more > 0 else ''}")
    if change.verdict is not Verdict.COMPATIBLE:
        lines.append(f"  - HTTP {change.http}, Python {change.python}: {change.rule.why}")
        lines.append(f"  - {change.rule.remedy}")
    return lines
