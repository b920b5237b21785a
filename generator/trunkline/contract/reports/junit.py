"""JUnit XML, as CI systems read it: one test case for each check on each target."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from trunkline.contract.engine import RULES
from trunkline.contract.model import Finding, RunReport, UnitVerdict
from trunkline.contract.reports.text import shortened

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: RunReport) -> str:
    """The document, with its XML declaration."""
    known = {v.key for o in report.results for v in o.violations}
    loose = [v for v in report.violations if v.key not in known]
    suite = ET.Element(
        "testsuite",
        name=f"trunkline.{report.api}",
        tests=str(len(report.results) + len(loose)),
        errors="1" if report.unreachable else "0",
        time=f"{report.seconds:.3f}",
    )
    properties = ET.SubElement(suite, "properties")
    for name, value in (
        ("base_url", report.base_url),
        ("seed", str(report.seed)),
        ("profile", report.profile),
        ("requests", str(report.requests)),
    ):
        ET.SubElement(properties, "property", name=name, value=value)
    for result in report.results:
        case = ET.SubElement(
            suite,
            "testcase",
            classname=_clean(f"{report.api}.{result.target}"),
            name=result.check,
            time=f"{result.seconds:.3f}",
        )
        for violation in result.violations:
            if (acceptance := report.accepted.get(violation.key)) is None:
                _failure(case, violation)
            elif all(v.key in report.accepted for v in result.violations):
                text = f"accepted until {acceptance.expires}: {acceptance.reason}"
                ET.SubElement(case, "skipped", message=_clean(text))
                break
        if result.verdict not in {UnitVerdict.PASSED, UnitVerdict.FAILED}:
            ET.SubElement(case, "skipped", message=_clean(result.reason or "not tried"))
    for violation in loose:
        case = ET.SubElement(
            suite,
            "testcase",
            classname=_clean(f"{report.api}.{violation.operation}"),
            name=_clean(f"schemathesis {violation.rule} {violation.subject}".strip()),
        )
        _failure(case, violation)
    for name, tag in (("failures", "failure"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in suite)))
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _failure(case: ET.Element, violation: Finding) -> None:
    node = ET.SubElement(case, "failure", type=violation.rule, message=_clean(violation.message))
    rule = RULES[violation.rule]
    lines = [f"{rule.title}. {rule.why}", *(f"says {source}" for source in violation.sources)]
    lines.append(f"to do: {rule.remediation}")
    for step in (*violation.before, *violation.steps):
        lines.append(f"$ {step.curl}")
        if step.call:
            lines.append(f">>> {step.call}")
        lines.append(f"  {step.status or 'no answer'} {shortened(step.answer)}")
    node.text = _clean("\n".join(lines))


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
