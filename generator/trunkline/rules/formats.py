"""Reports of `trunkline validate` for other programs: SARIF, JUnit XML, annotations, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Final
from xml.etree import ElementTree as ET

from trunkline.diagnostics import CATALOGUE, Code, Diagnostic, Severity
from trunkline.diagnostics.annotations import annotation, sarif_location
from trunkline.rules.validate import ValidationReport
from trunkline.untrusted import one_line

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(reports: Sequence[ValidationReport]) -> str:
    """One array, a report each."""
    return json.dumps([report.to_json() for report in reports], indent=2) + "\n"


def as_sarif(reports: Sequence[ValidationReport]) -> str:
    """SARIF 2.1.0 (OASIS), one run; waived findings are suppressed results, with the reason."""
    codes: dict[Code, int] = {}
    results: list[dict[str, object]] = []
    for report in reports:
        results += [_result(one, codes) for one in report.diagnostics]
        for one, waiver in report.waived:
            reason = one_line(waiver.reason)
            suppression = {"kind": "external", "justification": reason}
            results.append({**_result(one, codes), "suppressions": [suppression]})
    driver = {
        "name": "trunkline",
        "version": version("trunkline"),
        "rules": [_rule(code) for code in codes],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(code: Code) -> dict[str, object]:
    rule = CATALOGUE[code]
    return {
        "id": code.value,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(found: Diagnostic, codes: dict[Code, int]) -> dict[str, object]:
    hint = f". {found.hint}" if found.hint else ""
    result: dict[str, object] = {
        "ruleId": found.code.value,
        "ruleIndex": codes.setdefault(found.code, len(codes)),
        "level": str(found.severity),
        "message": {"text": one_line(f"{found.message}{hint}")},
    }
    if found.position is not None:
        result["locations"] = [sarif_location(found.position)]
    return result


def as_github(reports: Sequence[ValidationReport]) -> str:
    """One annotation for each finding, errors first."""

    def lines() -> Iterator[str]:
        for severity in (Severity.ERROR, Severity.WARNING):
            for found in (one for report in reports for one in report.diagnostics):
                if found.severity is not severity:
                    continue
                title = f"{found.code}: {CATALOGUE[found.code].title}"
                hint = f". {found.hint}" if found.hint else ""
                body = one_line(f"{found.message}{hint}")
                yield annotation(str(severity), title, found.position, body)

    return "".join(f"{line}\n" for line in lines())


def as_junit(reports: Sequence[ValidationReport], *, warnings_fail: bool = False) -> str:
    """JUnit XML: a suite for each description, a case for each finding; one that does not fail the
    run passes with what it says, waived ones are skipped."""
    root = ET.Element("testsuites")
    for report in reports:
        failed = [one for one in report.diagnostics if report.fails(one, warnings=warnings_fail)]
        count = len(report.diagnostics) + len(report.waived)
        suite = ET.SubElement(
            root,
            "testsuite",
            name=one_line(report.name),
            tests=str(max(1, count)),
            failures=str(len(failed)),
            errors="0",
            skipped=str(len(report.waived)),
        )
        for found in report.diagnostics:
            case = _case(suite, found)
            if found in failed:
                failure = ET.SubElement(case, "failure", type=str(found.severity))
                failure.set("message", one_line(found.message))
                failure.text = CATALOGUE[found.code].remedy
            else:
                ET.SubElement(case, "system-out").text = CATALOGUE[found.code].remedy
        for found, waiver in report.waived:
            ET.SubElement(_case(suite, found), "skipped", message=one_line(waiver.reason))
        if not count:
            ET.SubElement(suite, "testcase", classname="trunkline.validate", name="no findings")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ET.Element, found: Diagnostic) -> ET.Element:
    name = one_line(f"{found.code}: {found.message} at {found.position}")
    case = ET.SubElement(suite, "testcase", classname="trunkline.validate", name=name)
    if found.position is not None:
        case.set("file", one_line(found.position.file))
        case.set("line", str(found.position.line))
    return case
