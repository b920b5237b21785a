"""Allure results: a file for each check on each target, attachments beside them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence

from trunkline.contract.engine import RULES, faults_of
from trunkline.contract.model import EvidenceStep, Finding, RunReport, UnitResult, UnitVerdict
from trunkline.contract.reports.text import block, label

_SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_STATUS = {
    UnitVerdict.PASSED: "passed",
    UnitVerdict.FAILED: "failed",
    UnitVerdict.NOT_APPLICABLE: "skipped",
    UnitVerdict.NOT_TRIED: "skipped",
    UnitVerdict.NOT_REACHED: "skipped",
}
Files = dict[str, str]


def allure(report: RunReport, ended: float) -> Files:
    """The files by their names. `ended` is when the run ended, in seconds since 1970.

    What Schemathesis found is a failed result for each operation and rule. Ids are made of the
    names, so that a history can be kept from run to run.
    """
    files: Files = {}
    at = ended - report.seconds
    known = {f.key for r in report.results for f in r.findings}
    for result in report.results:
        files |= _written(report, result, result.violations, at)
        at += result.seconds
    loose: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.violations:
        if finding.key not in known:
            loose.setdefault((finding.operation, finding.rule), []).append(finding)
    for (operation, rule), findings in loose.items():
        unit = UnitResult(f"{operation}/schemathesis/{rule}", rule, operation, UnitVerdict.FAILED)
        files |= _written(report, unit, findings, at)
    return files


def _written(
    report: RunReport, result: UnitResult, findings: Sequence[Finding], start: float
) -> Files:
    name = f"{report.api}/{result.unit}"
    own = _id(name)
    files: Files = {}
    rule = RULES[result.check]
    open_ones = [f for f in findings if f.key not in report.accepted]
    verdict = result.verdict
    status = "passed" if verdict is UnitVerdict.FAILED and not open_ones else _STATUS[verdict]
    details: dict[str, object] = {"known": bool(findings) and not open_ones, "flaky": False}
    if open_ones:
        details["message"] = open_ones[0].message
        details["trace"] = "\n".join(line for f in open_ones for line in block(1, f))
    elif result.reason:
        details["message"] = result.reason
    steps = []
    for finding in findings:
        steps.append(_step(finding, files, own, int(start * 1000)))
    document = {
        "uuid": own,
        "historyId": _id(f"history {name}"),
        "testCaseId": _id(f"case {name}"),
        "fullName": name,
        "name": f"{result.check} · {label(report, result.target)}",
        "description": f"{rule.title}. {rule.why}",
        "status": status,
        "statusDetails": details,
        "stage": "finished",
        "steps": steps,
        "start": int(start * 1000),
        "stop": int((start + result.seconds) * 1000),
        "labels": _labels(report, result, findings),
        "parameters": [{"name": "seed", "value": str(report.seed)}],
    }
    files[f"{own}-result.json"] = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    return files


def _id(name: str) -> str:
    """A UUID that is the same for the same name in every run."""
    return str(uuid.uuid5(_SPACE, name.encode("utf-8", "backslashreplace").decode()))


def _labels(
    report: RunReport, result: UnitResult, findings: Sequence[Finding]
) -> list[Mapping[str, str]]:
    labels = [
        ("framework", "trunkline"),
        ("language", "openapi"),
        ("parentSuite", report.title),
        ("suite", label(report, result.target)),
        ("subSuite", str(RULES[result.check].family)),
        ("feature", str(RULES[result.check].family)),
    ]
    labels += [("tag", f"WFC-{fault.code}") for f in findings for fault in faults_of(f)]
    return [{"name": name, "value": value} for name, value in dict.fromkeys(labels)]


def _step(finding: Finding, files: Files, own: str, at: int) -> dict[str, object]:
    attached = []
    for number, (title, text) in enumerate(_exchanges(finding), 1):
        source = f"{_id(f'{own} {finding.id} {number}')}-attachment.txt"
        files[source] = text
        attached.append({"name": title, "source": source, "type": "text/plain"})
    return {
        "name": finding.message,
        "status": "failed",
        "stage": "finished",
        "start": at,
        "stop": at,
        "attachments": attached,
    }


def _exchanges(finding: Finding) -> Iterator[tuple[str, str]]:
    steps: tuple[EvidenceStep, ...] = (*finding.before, *finding.steps)
    for step in steps:
        yield f"{step.method} {step.status}", f"{step.curl}\n\n{step.status}\n{step.answer}\n"
