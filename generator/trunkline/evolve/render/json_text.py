"""For programs."""

from __future__ import annotations

import json

from trunkline.evolve.change import Change, Verdict
from trunkline.evolve.render.report import Report
from trunkline.position import Position


def json_text(report: Report) -> str:
    """One object: `old`, `new`, `bump`, `counts`, `changes`, `waived`."""
    document = {
        "old": report.old,
        "new": report.new,
        "bump": report.bump.value,
        "counts": {verdict.value: len(report.of(verdict)) for verdict in Verdict},
        "changes": [_change(report, change) for change in report.changes],
        "waived": [
            {**_change(report, waived.change), "reason": waived.waiver.reason}
            for waived in report.waived
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _change(report: Report, change: Change) -> dict[str, object]:
    rule = change.rule
    return {
        "id": change.id,
        "rule": rule.id,
        "area": rule.area.value,
        "direction": rule.direction.value,
        "verdict": change.verdict.value,
        "http": change.http.value,
        "python": change.python.value,
        "documentation": rule.documentation,
        "message": change.message,
        "same_package": change.same_package,
        "places": [
            {
                "subject": place.subject,
                "path": list(place.path),
                "method": report.methods.get(place.subject),
            }
            for place in change.places
        ],
        "old": _position(change.old),
        "new": _position(change.new),
        "why": rule.why,
        "remedy": rule.remedy,
    }


def _position(position: Position | None) -> dict[str, object] | None:
    if position is None:
        return None
    return {"file": position.file, "line": position.line, "column": position.column}
