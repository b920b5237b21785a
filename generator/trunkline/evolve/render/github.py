"""Workflow commands that GitHub Actions turns into annotations."""

from __future__ import annotations

from trunkline.diagnostics.annotations import annotation
from trunkline.evolve.change import Verdict
from trunkline.evolve.render.report import Report
from trunkline.evolve.render.words import plain

LEVELS = {
    Verdict.BREAKING: "error",
    Verdict.DANGEROUS: "warning",
    Verdict.COMPATIBLE: "notice",
}


def github(report: Report) -> str:
    """One line for each change that is more than text, worst first."""
    lines = []
    for verdict in reversed(Verdict):
        for change in report.of(verdict):
            if change.rule.documentation:
                continue
            title = f"{change.verdict}: {change.rule.id}"
            where = plain(str(change.places[0]))
            body = f"{plain(change.message)} ({where}). {change.rule.why} {change.rule.remedy}"
            lines.append(annotation(LEVELS[verdict], title, change.new, body))
    return "".join(f"{line}\n" for line in lines)
