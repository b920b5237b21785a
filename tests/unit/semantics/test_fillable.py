"""Schemas that no value fits are told, with what excludes every value."""

from __future__ import annotations

from pathlib import Path

import pytest

from trunkline.pipeline import load_api
from trunkline.semantics.fillable import Fillable

HEAD = """openapi: 3.1.0
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    Leaf: {type: object, required: [next], properties: {next: {$ref: '#/components/schemas/Leaf'}}}
    Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}}}
    Tree: {type: array, items: {$ref: '#/components/schemas/Tree'}}
    Either: {oneOf: [{$ref: '#/components/schemas/Leaf'}, {type: string}]}
    Asked: """


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ("{type: integer, minimum: 5, maximum: 2}", "minimum 5 is above maximum 2"),
        ("{type: number, exclusiveMinimum: 1, maximum: 1}", "no number between 1 and 1"),
        ("{type: integer, minimum: 1.2, maximum: 1.8}", "no whole number between 1.2 and 1.8"),
        ("{type: integer, exclusiveMinimum: 1, exclusiveMaximum: 2}", "no whole number"),
        ("{type: string, minLength: 3, maxLength: 2}", "minLength 3 is above maxLength 2"),
        ("{type: array, items: {}, minItems: 2, maxItems: 1}", "minItems 2 is above maxItems 1"),
        (
            "{type: object, required: [a, b], maxProperties: 1, properties: {a: {}, b: {}}}",
            "2 properties are required, maxProperties is 1",
        ),
        ("{type: object, required: [a], properties: {a: false}}", "'a' must be there"),
        ("{type: integer, minimum: 2, maximum: 2}", None),
        ("{type: integer, exclusiveMinimum: 1, exclusiveMaximum: 3}", None),
        ("{type: [integer, 'null'], minimum: 5, maximum: 2}", None),
        ("{type: object, properties: {a: false}}", None),
        ("{type: array, items: false}", None),
    ],
)
def test_contradiction(tmp_path: Path, schema: str, message: str | None) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(HEAD + schema + "\n")
    api = load_api(file, strict=False).api
    fillable = Fillable(api)
    assert fillable.endless == ({"Leaf"} if message is None else {"Leaf", "Asked"})
    assert [fillable(api.schemas[n]) for n in ("Node", "Tree", "Either")] == [True] * 3
    found = [(str(p.position), p.message) for p in fillable.problems()]
    place, text = found.pop(0)
    assert place.endswith("t.yaml:6:57")
    assert text == "'next' must be there, and needs itself without end"
    if message is None:
        assert not found
    else:
        assert [message in text for _, text in found] == [True]
        assert found[0][0].startswith(f"{file}:10:")
