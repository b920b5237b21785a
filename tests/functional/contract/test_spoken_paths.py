"""The suite and paths that say what is done: it makes, reads, changes, lists and deletes objects
through them, and finds on a wrong server what it would find on any."""

from __future__ import annotations

from typing import Any

import pytest

from trunkline import contract
from trunkline.emulator import running
from trunkline.pipeline import load_api

DESCRIPTION = """
openapi: 3.1.0
info: {title: Kites, version: '1'}
servers: [{url: 'http://127.0.0.1'}]
paths:
  /kites/create: {post: {requestBody: {required: true, content: {application/json: {schema:
    {$ref: '#/components/schemas/Kite'}}}}, responses: {'200': {description: d, content:
    {application/json: {schema: {$ref: '#/components/schemas/Kite'}}}},
    '400': {description: refused}}}}
  /kites/list: {get: {responses: {'200': {description: d, content: {application/json: {schema:
    {type: array, items: {$ref: '#/components/schemas/Kite'}}}}}}}}
  /kites/get/{id}: {get: {parameters: [{name: id, in: path, required: true,
    schema: {type: string}}], responses: {'200': {description: d, content: {application/json:
    {schema: {$ref: '#/components/schemas/Kite'}}}}, '404': {description: none}}}}
  /kites/{id}/update: {post: {parameters: [{name: id, in: path, required: true,
    schema: {type: string}}], requestBody: {required: true, content: {application/json: {schema:
    {$ref: '#/components/schemas/Kite'}}}}, responses: {'200': {description: d, content:
    {application/json: {schema: {$ref: '#/components/schemas/Kite'}}}},
    '400': {description: refused}, '404': {description: none}}}}
  /kites/{id}/delete: {post: {parameters: [{name: id, in: path, required: true,
    schema: {type: string}}], responses: {'204': {description: d}, '404': {description: none}}}}
components:
  schemas:
    Kite: {type: object, required: [colour], properties: {id: {type: string, readOnly: true},
      colour: {type: string, maxLength: 40}}}
"""
DEFECTS = {
    "update-not-kept": "update-visible",
    "delete-ignored": "delete-gone",
    "create-not-kept": "create-read",
}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Any:
    file = tmp_path_factory.mktemp("kites") / "kites.yaml"
    file.write_text(DESCRIPTION)
    return load_api(file).api


def run(api: Any, url: str) -> contract.RunReport:
    checks = ("listed-once", "delete-missing", "update-missing", *DEFECTS.values())
    return contract.run(
        contract.RunConfig(
            api=api, name="kites", description={}, base_url=url, only=checks, phases=False
        )
    )


def test_a_right_server(api: Any) -> None:
    with running(api) as server:
        report = run(api, server.url)
    assert [f"{v.rule} {v.message}" for v in report.violations] == []
    passed = {result.unit for result in report.results if result.verdict == "passed"}
    tried = {"create-read", "delete-gone", "delete-missing", "listed-once", "update-missing"}
    assert {f"kites/{check}" for check in tried} <= passed


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_wrong_server(api: Any, defect: str) -> None:
    with running(api, defects=[defect]) as server:
        report = run(api, server.url)
    assert DEFECTS[defect] in {violation.rule for violation in report.violations}
