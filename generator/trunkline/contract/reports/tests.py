"""Findings as a pytest module: each is a test that fails while the server shows it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from trunkline.contract.engine import RULES
from trunkline.contract.model import Finding, Findings, RunReport
from trunkline.contract.reports.jsonlines import json_lines
from trunkline.untrusted import one_line

_HEAD = '''"""Findings of `trunkline test`: each fails while the server does what it did.

Credentials and the address of another server come from the environment.
"""

import os

import trunkline


def is_there(finding):
    """Whether the server still does it, and what that is concluded from."""
    (replayed,) = trunkline.replay(
        REPORT,
        [finding],
        base_url=os.environ.get("TRUNKLINE_BASE_URL"),
        token=os.environ.get("TRUNKLINE_TOKEN"),
        other_token=os.environ.get("TRUNKLINE_OTHER_TOKEN"),
    )
    print(replayed.how)
    return replayed.fails
'''


def as_tests(report: RunReport, findings: Sequence[Finding]) -> str:
    """The module, with what of the report it needs."""
    return "\n".join(_lines(report, findings))


def _lines(report: RunReport, findings: Sequence[Finding]) -> Iterator[str]:
    yield _HEAD
    for finding in findings:
        name = re.sub("[^a-z0-9]+", "_", f"{finding.rule} {finding.operation}".lower()).strip("_")
        yield ""
        yield f"def test_{name}_{finding.id}():"
        yield f"    # {one_line(RULES[finding.rule].title)}: {one_line(finding.message)}"
        for step in (*finding.before, *finding.steps):
            yield f"    # {one_line(step.method)} {one_line(step.url)} -> {step.status}"
        yield f'    assert not is_there("{finding.id}")'
        yield ""
    yield ""
    yield "REPORT = ["
    kept = Findings()
    kept.extend(findings)
    keys = {finding.key for finding in findings}
    part = dataclasses.replace(
        report,
        findings=kept,
        results=[r for r in report.results if keys & {f.key for f in r.findings}],
        coverage={},
        notes=[],
        left=[],
        left_out={},
        accepted={},
    )
    for line in json_lines(part):
        yield f"    {line!a},"
    yield "]"
    yield ""
