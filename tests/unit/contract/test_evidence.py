"""Whose exchange it was, and whose value."""

from pathlib import Path

import pytest

from trunkline.contract.drift.evidence import Evidence
from trunkline.contract.model import EvidenceStep, Finding, RunReport
from trunkline.pipeline import load_api

DESCRIPTION = """\
openapi: 3.1.0
info: {title: Zoo, version: '1'}
paths:
  /animals:
    get: {operationId: listAnimals, responses: {'200': {description: All}}}
    post:
      operationId: addAnimal
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {kind: {enum: [cat, dog]}}}
      responses: {'201': {description: Added}}
  /animals/{id}:
    get: {operationId: getAnimal, responses: {'200': {description: It}}}
  /animals/newest:
    get: {operationId: newestAnimal, responses: {'200': {description: It}}}
  /houses/{id}/animals:
    get: {operationId: animalsOfHouse, responses: {'200': {description: All}}}
"""


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    path: Path = tmp_path_factory.mktemp("zoo") / "zoo.yaml"
    path.write_text(DESCRIPTION)
    return load_api(path).api


def step(method, url, status=200, body=None, answer=""):
    return EvidenceStep("", status, answer, method=method, url=url, body=body)


def evidence(api, *steps):
    report = RunReport("zoo", "Zoo", "http://zoo.test/v1", 0, "smoke")
    report.findings.add(Finding("response-schema", "addAnimal", "201 kind", "…", steps))
    return Evidence(api, report)


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("GET", "/v1/animals", "listAnimals"),
        ("GET", "/v1/houses/3/animals", "animalsOfHouse"),
        ("GET", "/v1/animals/3", "getAnimal"),
        ("GET", "/v1/animals/newest", "newestAnimal"),
        ("POST", "/v1/animals", "addAnimal"),
        ("DELETE", "/v1/animals", None),
        ("GET", "/v1/elsewhere/animals", None),
    ],
)
def test_an_exchange_is_of_one_operation(api, method, path, operation):
    seen = step(method, f"http://zoo.test{path}?page=1")
    found = [o.id for o in api.operations if evidence(api).is_of(seen, o)]
    assert found == ([operation] if operation else [])


def test_failures_and_leaks_speak_for_nothing(api):
    add = next(o for o in api.operations if o.id == "addAnimal")
    trace = 'Traceback (most recent call last):\n  File "x.py", line 1'
    url = "http://zoo.test/v1/animals"
    fine, failed, leak = step("POST", url, 201), step("POST", url, 500), step("POST", url, 404)
    leak = EvidenceStep("", 404, trace, method="POST", url=url)
    finding = Finding("response-schema", "addAnimal", "", "…", (failed, leak, fine))
    assert list(evidence(api).steps(finding, add)) == [fine]


def test_what_the_suite_made_up(api):
    url = "http://zoo.test/v1/animals"
    seen = evidence(api, step("POST", url, 201, '{"kind": "cat-x", "colour": "red"}'))
    assert seen.made_up("colour")
    assert seen.made_up("m17")
    assert seen.made_up("zzz_unknown")
    assert not seen.made_up("kind")
    assert seen.was_sent(("items", "*", "kind"), "cat-x")
    assert not seen.was_sent(("kind",), "cow")
    assert not evidence(api, step("POST", url, 201, '{"kind": "cat"}')).was_sent(("kind",), "cat")
    assert seen.forged(("colour",), "red")
