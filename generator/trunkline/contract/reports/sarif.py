"""SARIF 2.1.0 (OASIS), for the code-scanning views of CI systems: one result for each cause."""

from __future__ import annotations

import json
from collections.abc import Iterator

from trunkline.contract.engine import FAULTS, RULES, faults_of
from trunkline.contract.model import Cause, RunReport
from trunkline.contract.reports.ranking import ranked
from trunkline.contract.reports.text import elsewhere, label
from trunkline.diagnostics.annotations import sarif_location
from trunkline.position import Position
from trunkline.untrusted import printable
from trunkline.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RISKY = "security"


def sarif(report: RunReport) -> str:
    """A log with one run; what a baseline accepts are suppressed results, with the reason.

    A result stands at the line of the description that says otherwise.
    """
    causes = ranked(report)
    known = [f for f in report.findings.all if f.key in report.accepted]
    rules = list(dict.fromkeys([*(c.rule for c in causes), *(f.rule for f in known)]))
    results = [_result(report, cause, rules) for cause in causes]
    for finding in known:
        accepted = report.accepted[finding.key]
        result = _result(report, Cause(finding.rule, (finding,)), rules)
        reason = f"{accepted.reason} (until {accepted.expires})"
        result["suppressions"] = [{"kind": "external", "justification": printable(reason)}]
        results.append(result)
    driver = {
        "name": "trunkline",
        "version": __version__,
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": report.complete, "exitCode": int(report.exit_code)}
        ],
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(name: str) -> dict[str, object]:
    rule = RULES[name]
    codes = [f"WFC-{fault.code}" for fault in FAULTS.values() if name in fault.rules]
    tags = [str(rule.family), *codes]
    return {
        "id": name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.remediation},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": tags},
    }


def _result(report: RunReport, cause: Cause, rules: list[str]) -> dict[str, object]:
    seen = cause.example
    where = label(report, seen.operation)
    more = elsewhere(cause, report.labels)
    text = f"{where}: {seen.message}" + (f" ({more})" if more else "")
    result: dict[str, object] = {
        "ruleId": cause.rule,
        "ruleIndex": rules.index(cause.rule),
        "level": "error",
        "message": {"text": printable(text)},
        "partialFingerprints": {"finding/v1": seen.id},
        "properties": {"faults": [fault.id for fault in faults_of(seen)]},
    }
    places = list(_places(cause))
    if places:
        result["locations"] = places[:1]
        result["relatedLocations"] = [
            {**place, "id": number} for number, place in enumerate(places[1:4], 1)
        ]
    return result


def _places(cause: Cause) -> Iterator[dict[str, object]]:
    """Where the description says otherwise, the example's first."""
    findings = (cause.example, *cause.findings)
    positions = dict.fromkeys(source.position for f in findings for source in f.sources)
    for position in positions:
        file, line, column = position.rsplit(":", 2)
        yield sarif_location(Position(file, int(line), int(column)))
