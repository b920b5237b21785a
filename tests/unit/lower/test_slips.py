"""Slips of real descriptions: each is read as it is meant, or costs only the part it stands in, and
is told at its place. None of them refuses the rest."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from trunkline import ir
from trunkline.diagnostics import Code, Diagnostics
from trunkline.lower import lower
from trunkline.openapi import load
from trunkline.semantics.schemas import nullable, types
from trunkline.semantics.validators import Validators
from trunkline.source import Document, parse

BASE = """
openapi: {version}
info: {{title: Shop, version: "1"}}
paths:
  /healthy:
    get: {{operationId: healthy, responses: {{"200": {{description: Fine.}}}}}}
  /things/{{id}}:
    get:
      operationId: thing
      parameters:
        - {parameter}
      security: {security}
      responses: {responses}
components:
  securitySchemes: {{key: {{type: apiKey, in: header, name: X-Key}}}}
  schemas:
    Other: {{type: string}}
    Thing: {schema}
"""
OK = '{"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}'
PARAMETER = "{name: id, in: path, required: true, schema: {type: string}}"


def read(version: str = "3.1.0", **parts: str) -> tuple[ir.Api, Diagnostics]:
    given = {
        "parameter": PARAMETER,
        "security": "[]",
        "responses": OK,
        "schema": "{type: object, properties: {name: {type: string}}}",
        **parts,
    }
    text = textwrap.dedent(BASE).format(version=version, **given)
    found = Diagnostics()
    document = Document(parse("api.yaml", text.encode()), Path(), found, None)
    return lower(load(document, found, validate=False), found), found


def prop(schema: str) -> str:
    return f"{{type: object, properties: {{name: {schema}, other: {{type: string}}}}}}"


def test_a_reference_to_nothing_costs_only_the_property() -> None:
    api, found = read(schema=prop("{$ref: '#/components/schemas/Othr'}"))
    thing = api.schemas["Thing"].shape
    assert isinstance(thing, ir.Object)
    named = {p.name: p.schema for p in thing.properties}
    assert isinstance(named["name"].shape, ir.Anything)
    assert isinstance(named["other"].shape, ir.String)
    (told,) = [d for d in found if d.code is Code.REF_UNRESOLVED]
    assert told.hint is not None
    assert "Other" in told.hint


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_nullable_means_null_in_every_version(version: str) -> None:
    api, found = read(version, schema=prop("{type: string, nullable: true}"))
    thing = api.schemas["Thing"].shape
    assert isinstance(thing, ir.Object)
    name = thing.properties[0].schema
    assert nullable(api.schemas, name)
    assert types(api.schemas, name) == {"string", "null"}
    told = [d for d in found if "nullable" in d.message]
    assert len(told) == (0 if version == "3.0.3" else 1)


def test_a_pattern_that_is_understood_is_enforced() -> None:
    api, _ = read(schema=prop(r"{type: string, pattern: '^[\w-.]+$'}"))
    validators = Validators(api)
    assert validators.fits(api.schemas["Thing"], {"name": "a-b.c"}, "request")
    assert not validators.fits(api.schemas["Thing"], {"name": "a b"}, "request")


def test_a_pattern_that_is_not_understood_is_not_enforced() -> None:
    api, _ = read(schema=prop("{type: string, pattern: '('}"))
    assert Validators(api).fits(api.schemas["Thing"], {"name": "anything"}, "request")


def test_an_operation_that_says_nothing_is_left_out_by_name() -> None:
    text = textwrap.dedent(BASE).format(
        version="3.1.0", parameter=PARAMETER, security="[]", responses=OK, schema="{}"
    )
    text = text.replace("  /things", "  /hollow:\n    get: {x-nothing: 1}\n  /things")
    found = Diagnostics()
    document = Document(parse("api.yaml", text.encode()), Path(), found, None)
    api = lower(load(document, found, validate=False), found)
    assert [o.id for o in api.operations] == ["healthy", "thing"]
    (told,) = [d for d in found if d.code is Code.SKIPPED]
    assert "GET /hollow" in told.message


def test_an_operation_behind_a_reference_is_that_operation(tmp_path: Path) -> None:
    from trunkline.pipeline.load import load_api

    (tmp_path / "list.yaml").write_text(
        "operationId: listDogs\nresponses: {'200': {description: ok, content: {application/json:"
        " {schema: {type: array, items: {type: string}}}}}}\n"
    )
    (tmp_path / "openapi.yaml").write_text(
        "openapi: 3.0.0\ninfo: {title: Kennel, version: '1'}\npaths:\n"
        "  /dogs: {get: {$ref: list.yaml}}\n"
    )
    api = load_api(tmp_path / "openapi.yaml").api
    assert [o.id for o in api.operations] == ["listDogs"]
    assert api.operations[0].responses[0].contents
