"""The report of Web Fuzzing Commons: findings by its fault categories, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from trunkline.contract.engine import Fault, faults_of, own_code
from trunkline.contract.model import Finding, RunReport
from trunkline.version import __version__

SCHEMA_VERSION = "0.2.0"


def wfc(report: RunReport, created: str) -> str:
    """The document. `created` is a moment as RFC 3339 writes it.

    A test case is a unit of a run, and what Schemathesis found in an operation. There are no files
    of tests: `trunkline replay --pytest` writes them where they are wanted.
    """
    endpoints = {operation: _endpoint(report, operation) for operation in report.coverage}
    cases: dict[str, str] = {r.unit: f"{r.check} on {r.target}" for r in report.results}
    faults = []
    kinds: set[tuple[int, str | None]] = set()
    for case, finding in _found(report):
        endpoint = endpoints.setdefault(finding.operation, _endpoint(report, finding.operation))
        cases.setdefault(case, f"Schemathesis on {endpoint}")
        categories = [_category(fault, finding) for fault in _faults(finding)]
        kinds |= {(fault.code, finding.rule) for fault in _faults(finding)}
        faults.append({"operationId": endpoint, "testCaseId": case, "faultCategories": categories})
    calls = sum(len(f.before) + len(f.steps) for _, f in _found(report))
    document = {
        "schemaVersion": SCHEMA_VERSION,
        "toolName": "Trunkline",
        "toolVersion": __version__,
        "creationTime": created,
        "faults": {"totalNumber": len(kinds), "foundFaults": faults},
        "problemDetails": {
            "rest": {
                "outputHttpCalls": calls,
                "evaluatedHttpCalls": report.requests,
                "endpointIds": sorted(set(endpoints.values())),
                "coveredHttpStatus": list(_covered(report, endpoints, cases)),
            }
        },
        "totalTests": len(cases),
        "testFilePaths": [],
        "testCases": [{"id": case, "name": name} for case, name in cases.items()],
        "executionTimeInSeconds": round(report.seconds),
        "warnings": [
            {"message": note, "category": "run", "displayPriority": 2} for note in report.notes
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _found(report: RunReport) -> Iterator[tuple[str, Finding]]:
    """Violations and gaps, each with the case that found it first."""
    units = {f.key: r.unit for r in reversed(report.results) for f in r.findings}
    for finding in (*report.violations, *report.gaps):
        yield units.get(finding.key, f"{finding.operation}/schemathesis"), finding


def _faults(finding: Finding) -> tuple[Fault, ...]:
    return faults_of(finding) or (own_code(finding.rule),)


def _category(fault: Fault, finding: Finding) -> dict[str, object]:
    subject = f" {finding.subject}" if finding.subject else ""
    return {"id": fault.id, "code": fault.code, "context": f"{finding.rule}{subject}"}


def _endpoint(report: RunReport, operation: str) -> str:
    """An operation as the format names it: `GET:/things/{id}`; a JSON-RPC method by its name."""
    label = report.labels.get(operation, operation)
    method, space, path = label.partition(" ")
    return f"{method}:{path}" if space and path.startswith("/") else label


def _covered(
    report: RunReport, endpoints: dict[str, str], cases: dict[str, str]
) -> Iterator[dict[str, object]]:
    case = "run"
    for operation, seen in report.coverage.items():
        statuses = sorted({int(s) for s in seen.statuses if s.isdecimal()})
        if statuses:
            cases.setdefault(case, "All requests of the run")
            yield {
                "endpointId": endpoints[operation],
                "testCaseId": case,
                "httpStatus": statuses,
            }
