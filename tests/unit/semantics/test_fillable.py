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


SAME = "{type: object, required: [a], properties: {a: {type: string}}}"
NARROW = "{type: object, required: [a], properties: {a: {enum: [x]}}}"
LONGER = "{type: object, required: [a, b], properties: {a: {type: string}, b: {type: integer}}}"
CLOSED = "{type: object, additionalProperties: false, properties: {a: {type: string}}}"
OTHER = "{type: object, properties: {c: {type: integer}}}"
WRITTEN = "{type: object, properties: {a: {type: string, writeOnly: true}}}"


@pytest.mark.parametrize(
    ("union", "filled"),
    [
        (f"oneOf: [{SAME}, {SAME}]", False),
        (f"oneOf: [{SAME}, {NARROW}, {SAME}]", False),
        (f"oneOf: [{SAME}, {LONGER}, {SAME}, {NARROW}]", False),
        ("oneOf: [{type: string}, {type: string, title: A}]", False),
        ("oneOf: [{type: array, items: {enum: [a]}}, {type: array, items: {type: string}}, "
         "{type: array, items: {type: string}}]", False),
        ("oneOf: [{anyOf: [{type: integer}, {type: string}]}, {type: string}, "
         "{type: [string, integer]}]", False),
        # What is contained in another leaves that other one's values of its own.
        (f"oneOf: [{SAME}, {NARROW}]", True),
        (f"oneOf: [{SAME}, {LONGER}]", True),
        ("oneOf: [{type: integer}, {type: number}]", True),
        ("oneOf: [{enum: [a, b]}, {enum: [b, c]}]", True),
        # What one does not describe may be there as something else.
        (f"oneOf: [{SAME}, {OTHER}]", True),
        (f"oneOf: [{CLOSED}, {SAME}, {SAME}]", True),
        (f"oneOf: [{WRITTEN}, {{type: object}}, {{type: object}}]", False),
        (f"anyOf: [{SAME}, {SAME}]", True),
        (f"oneOf: [{SAME}, {SAME}, {{type: 'null'}}]", True),
        ("oneOf: [{type: string, minLength: 2}, {type: string, minLength: 3}]", True),
    ],
)  # fmt: skip
def test_alternatives_that_cannot_be_met_alone(tmp_path: Path, union: str, filled: bool) -> None:
    file = tmp_path / "t.yaml"
    paths = """paths:
  /a: {get: {responses: {'200': {description: d, content: {application/json: {schema:
    {$ref: '#/components/schemas/Asked'}}}}}}}
"""
    file.write_text(HEAD.replace("paths: {}\n", paths) + f"{{{union}}}\n")
    api = load_api(file, strict=False).api
    fillable = Fillable(api)
    assert fillable(api.schemas["Asked"]) is filled
    told = [p.message for p in fillable.problems() if "oneOf" in p.message]
    assert told == ([] if filled else [told[0]])


def test_read_only_members_do_not_mix_what_is_only_sent(tmp_path: Path) -> None:
    """In a request they may be left out, and then the alternatives differ."""
    file = tmp_path / "t.yaml"
    owned = "{type: object, required: [a], properties: {a: {type: string, readOnly: true}}}"
    paths = """paths:
  /a: {post: {requestBody: {content: {application/json: {schema:
    {$ref: '#/components/schemas/Asked'}}}}, responses: {'204': {description: d}}}}
"""
    file.write_text(HEAD.replace("paths: {}\n", paths) + f"{{oneOf: [{owned}, {owned}]}}\n")
    assert not [p for p in Fillable(load_api(file).api).problems() if "oneOf" in p.message]
