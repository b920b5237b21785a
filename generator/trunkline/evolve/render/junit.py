"""For test reports: every change is a test case, failed when it is bad enough."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from trunkline.evolve.change import Change, Verdict
from trunkline.evolve.render.report import Report
from trunkline.evolve.render.words import plain


def junit(report: Report, *, fail_on: Verdict | None = Verdict.BREAKING) -> str:
    """JUnit XML; accepted changes are skipped cases, with the reason. None: nothing fails."""
    failed = [c for c in report.changes if fail_on and c.verdict.rank >= fail_on.rank]
    suite = ET.Element(
        "testsuite",
        name=plain(f"{report.old} to {report.new}"),
        tests=str(max(1, len(report.changes) + len(report.waived))),
        failures=str(len(failed)),
        errors="0",
        skipped=str(len(report.waived)),
    )
    for change in report.changes:
        case = _case(suite, change)
        detail = "\n".join(
            (
                *(plain(str(place)) for place in change.places),
                change.why,
                change.rule.remedy,
            )
        )
        if change in failed:
            message = plain(change.message)
            failure = ET.SubElement(case, "failure", type=change.verdict.value, message=message)
            failure.text = detail
        else:
            ET.SubElement(case, "system-out").text = detail
    for waived in report.waived:
        case = _case(suite, waived.change)
        ET.SubElement(case, "skipped", message=plain(waived.waiver.reason))
    if not report.changes and not report.waived:
        ET.SubElement(suite, "testcase", classname="trunkline.diff", name="nothing changed")
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ET.Element, change: Change) -> ET.Element:
    place = plain(str(change.places[0]))
    name = f"{change.rule.id}: {plain(change.message)} at {place}"
    case = ET.SubElement(
        suite, "testcase", classname=f"trunkline.diff.{change.rule.area}", name=name
    )
    at = change.new or change.old
    if at is not None:
        case.set("file", plain(at.file))
        case.set("line", str(at.line))
    return case
