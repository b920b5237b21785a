"""What `trunkline validate` is asked for: which findings, how bad, and in what form."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from trunkline.cli.main import run

ODD = """\
openapi: 3.1.0
info: {title: Odd, version: "1"}
paths:
  /a:
    get:
      operationId: "a%, b"
      responses: {"200": {description: Fine}}
components:
  schemas:
    Unused: {type: object, properties: {"a::b": {type: string, enum: [x, x]}}}
"""


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd.yaml").write_text(ODD)
    return "odd.yaml"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["validate", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def codes(capsys: pytest.CaptureFixture[str], *arguments: str) -> set[str]:
    _, printed, _ = said(capsys, *arguments, "--format", "json")
    (report,) = json.loads(printed)
    return {one["rule"] for one in report["diagnostics"]}


def test_codes_are_selected_by_their_beginning(odd: str, capsys) -> None:
    every = codes(capsys, odd)
    assert {"V002", "V003", "V013"} <= every
    assert codes(capsys, odd, "--select", "V003") == {"V003"}
    assert codes(capsys, odd, "--select", "v003", "--select", "V013") == {"V003", "V013"}
    assert codes(capsys, odd, "--select", "V003, V013") == {"V003", "V013"}
    assert codes(capsys, odd, "--select", "V00") == {c for c in every if c.startswith("V00")}
    assert codes(capsys, odd, "--ignore", "V00") == {c for c in every if not c.startswith("V00")}
    assert codes(capsys, odd, "--select", "V", "--ignore", "V013") == every - {"V013"}


def test_the_exit_code_is_about_what_was_selected(odd: str, capsys) -> None:
    assert said(capsys, odd)[0] == 1
    assert said(capsys, odd, "--select", "V002")[0] == 0
    assert said(capsys, odd, "--select", "V002", "--fail-on", "warnings")[0] == 1
    assert said(capsys, odd, "--select", "V001", "--fail-on", "warnings")[0] == 0


def test_a_code_that_is_none_is_told(odd: str, capsys) -> None:
    code, _, told = said(capsys, odd, "--select", "V099")
    assert code == 2
    assert "No finding has the code 'V099'" in told
    assert "hint: did you mean" in told


def test_sarif(odd: str, capsys) -> None:
    _, printed, told = said(capsys, odd, "--format", "sarif")
    assert told == ""
    (run_,) = json.loads(printed)["runs"]
    (found,) = [one for one in run_["results"] if one["ruleId"] == "V013"]
    assert run_["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == "V013"
    assert found["level"] == "error"
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "odd.yaml"
    assert place["region"]["startLine"] == 10


def test_junit(odd: str, capsys) -> None:
    _, printed, _ = said(capsys, odd, "--format", "junit")
    (suite,) = ET.fromstring(printed)
    failed = [case for case in suite if case.find("failure") is not None]
    assert suite.get("failures") == str(len(failed))
    assert suite.get("tests") == str(len(suite))
    assert all(case.get("file") == "odd.yaml" for case in suite)
    assert 0 < len(failed) < len(suite)
    _, printed, _ = said(capsys, odd, "--format", "junit", "--fail-on", "warnings")
    (suite,) = ET.fromstring(printed)
    assert suite.get("failures") == suite.get("tests")


def test_annotations_of_github(odd: str, capsys) -> None:
    _, printed, _ = said(capsys, odd, "--format", "github")
    lines = printed.splitlines()
    assert all(line.startswith(("::error title=", "::warning title=")) for line in lines)
    assert [line for line in lines if line.startswith("::error")] == lines[: len(lines) - sum(
        line.startswith("::warning") for line in lines
    )]  # fmt: skip
    first = next(line for line in lines if "V013" in line)
    assert ",file=odd.yaml,line=10,col=" in first
    assert len(lines) == len({*lines})


def test_nothing_found_is_a_report_too(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd.yaml").write_text(ODD)
    for form in ("json", "sarif", "junit", "github"):
        code, printed, _ = said(capsys, "odd.yaml", "--select", "V001", "--format", form)
        assert code == 0
        if form == "junit":
            assert ET.fromstring(printed)[0].get("tests") == "1"
        elif form != "github":
            json.loads(printed)


def test_waived_findings_are_told_with_their_reason(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd.yaml").write_text(ODD)
    (tmp_path / "waivers.yaml").write_text(
        "waivers:\n  - rule: V003\n    at: '#/components/schemas/Unused'\n    in: [odd.yaml]\n"
        "    reason: It is kept for the next version.\n"
    )
    _, printed, _ = said(capsys, "odd.yaml", "--select", "V003", "--format", "sarif")
    results = json.loads(printed)["runs"][0]["results"]
    reasons = [one["suppressions"][0]["justification"] for one in results if "suppressions" in one]
    assert reasons == ["It is kept for the next version."]
