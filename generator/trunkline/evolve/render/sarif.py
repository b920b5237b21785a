"""For code-scanning views: SARIF 2.1.0 (OASIS), one result for each change."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Final

from trunkline.diagnostics.annotations import sarif_location
from trunkline.evolve.change import Change, Rule, Verdict
from trunkline.evolve.render.report import Report
from trunkline.evolve.render.words import plain

_LEVELS: Final = {
    Verdict.BREAKING: "error",
    Verdict.DANGEROUS: "warning",
    Verdict.COMPATIBLE: "note",
}
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(report: Report) -> str:
    """A log with one run; accepted changes are suppressed results, with the reason."""
    rules: dict[str, Rule] = {}
    results = []
    for change in (*report.changes, *(w.change for w in report.waived)):
        rules.setdefault(change.rule.id, change.rule)
        results.append(_result(report, change, list(rules).index(change.rule.id)))
    for result, waived in zip(results[len(report.changes) :], report.waived, strict=True):
        justification = plain(waived.waiver.reason)
        result["suppressions"] = [{"kind": "external", "justification": justification}]
    driver = {
        "name": "trunkline",
        "version": version("trunkline"),
        "rules": [_rule(rule) for rule in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.message},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": _LEVELS[rule.verdict]},
    }


def _result(report: Report, change: Change, index: int) -> dict[str, object]:
    where = "; ".join(plain(report.shown(place)) for place in change.places[:3])
    result: dict[str, object] = {
        "ruleId": change.rule.id,
        "ruleIndex": index,
        "level": _LEVELS[change.verdict],
        "message": {"text": f"{plain(change.message)} ({where}). {change.why}"},
        "partialFingerprints": {"change/v1": change.id},
    }
    if change.new is not None:
        result["locations"] = [sarif_location(change.new)]
    return result
