"""Workflow commands that GitHub Actions turns into annotations."""

from __future__ import annotations

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
            properties = {"title": f"{change.verdict}: {change.rule.id}"}
            if change.new is not None:
                properties |= {
                    "file": change.new.file,
                    "line": str(change.new.line),
                    "col": str(change.new.column),
                }
            text = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
            where = plain(str(change.places[0]))
            body = f"{plain(change.message)} ({where}). {change.rule.why} {change.rule.remedy}"
            lines.append(f"::{LEVELS[verdict]} {text}::{_data(body)}")
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    """Escaped as the runner asks; `##[` would start a command of the older form anywhere."""
    text = text.replace("##[", "## [")
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
