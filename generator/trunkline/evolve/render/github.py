"""Workflow commands that GitHub Actions turns into annotations."""

from __future__ import annotations

from trunkline.evolve.change import Verdict
from trunkline.evolve.render.report import Report
from trunkline.evolve.render.words import plain
from trunkline.untrusted import workflow_command

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
            properties = {"title": f"{change.verdict}: {change.rule.id}"}
            if change.new is not None:
                properties |= {
                    "file": change.new.file,
                    "line": str(change.new.line),
                    "col": str(change.new.column),
                }
            where = plain(str(change.places[0]))
            body = f"{plain(change.message)} ({where}). {change.rule.why} {change.rule.remedy}"
            lines.append(workflow_command(LEVELS[verdict], properties, body))
    return "".join(f"{line}\n" for line in lines)
