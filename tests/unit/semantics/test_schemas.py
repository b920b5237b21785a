"""Properties under unions and `allOf`, null in all spellings, types, leaves."""

from collections.abc import Callable

import pytest

from trunkline import ir
from trunkline.ir import Api
from trunkline.semantics import schemas as s

SCHEMAS = """
paths: {}
components:
  schemas:
    Card: {type: object, required: [kind, last4], properties: {kind: {const: card}, last4: {type: string}}}
    Bank: {type: object, required: [kind], properties: {kind: {const: bank}, iban: {type: string}, last4: {type: integer}}}
    Source: {oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Bank'}]}
    Nullable: {anyOf: [{$ref: '#/components/schemas/Card'}, {type: 'null'}]}
    Base: {type: object, required: [id], properties: {id: {type: string}, name: {}}}
    Named: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [name], properties: {name: {type: string}}}]}
    Mixed:
      type: object
      required: [id]
      properties: {id: {type: string}}
      oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Bank'}]
    Combined: {allOf: [{$ref: '#/components/schemas/Base'}, {$ref: '#/components/schemas/Source'}]}
    Either: {oneOf: [{type: string}, {$ref: '#/components/schemas/Card'}]}
    Tree: {type: object, properties: {left: {$ref: '#/components/schemas/Tree'}, size: {type: integer}}}
    Alias: {$ref: '#/components/schemas/Card'}
    Closed: {type: object, additionalProperties: false, properties: {a: {type: string}}}
    Map: {type: object, additionalProperties: {type: integer}}
"""


@pytest.fixture
def found(api: Callable[..., Api]) -> Api:
    return api(SCHEMAS)


def names(api: Api, name: str) -> dict[str, tuple[bool, bool]]:
    """Property → (required, always)."""
    return {n: (m.required, m.always) for n, m in s.members(api.schemas, api.schemas[name]).items()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Card", {"kind": (True, True), "last4": (True, True)}),
        ("Alias", {"kind": (True, True), "last4": (True, True)}),
        ("Source", {"kind": (True, True), "last4": (False, True), "iban": (False, False)}),
        ("Nullable", {"kind": (True, True), "last4": (True, True)}),
        ("Named", {"id": (True, True), "name": (True, True)}),
        (
            "Mixed",
            {
                "id": (True, True),
                "kind": (True, True),
                "last4": (False, True),
                "iban": (False, False),
            },
        ),
        (
            "Combined",
            {
                "id": (True, True),
                "name": (False, True),
                "kind": (True, True),
                "last4": (False, True),
                "iban": (False, False),
            },
        ),
        ("Either", {"kind": (True, True), "last4": (True, True)}),
        ("Map", {}),
    ],
)
def test_properties(found: Api, name: str, expected: dict[str, tuple[bool, bool]]) -> None:
    assert names(found, name) == expected


def test_a_property_that_alternatives_describe_differently_is_either(found: Api) -> None:
    last4 = s.members(found.schemas, found.schemas["Source"])["last4"]
    assert s.types(found.schemas, last4.schema) == {"string", "integer"}


def test_a_part_that_says_nothing_of_a_property_leaves_it_to_the_other(found: Api) -> None:
    name = s.members(found.schemas, found.schemas["Named"])["name"]
    assert s.types(found.schemas, name.schema) == {"string"}


def test_a_schema_that_contains_itself_ends(found: Api) -> None:
    paths = [leaf.path for leaf in s.leaves(found.schemas, found.schemas["Tree"], depth=3)]
    assert ("size",) in paths
    assert max(map(len, paths)) == 3


def test_types_that_contain_each_other_do_not_explode(api: Callable[..., Api]) -> None:
    kinds = [f"K{i}" for i in range(40)]
    each = "\n".join(
        f"    {kind}: {{type: object, properties: {{"
        + ", ".join(
            f"to_{other}: {{anyOf: [{{type: string}}, {{$ref: '#/components/schemas/{other}'}}]}}"
            for other in kinds
        )
        + "}}"
        for kind in kinds
    )
    found = api(f"paths: {{}}\ncomponents:\n  schemas:\n{each}\n")
    first = found.schemas["K0"]
    assert 40 <= len(s.leaves(found.schemas, first)) <= 4_000
    assert 40 <= len(s.walk(found.schemas, first)) <= 4_000


def test_a_leaf_is_required_only_with_all_that_it_stands_in(api: Callable[..., Api]) -> None:
    found = api(
        """
        paths: {}
        components:
          schemas:
            A:
              type: object
              required: [b]
              properties:
                b: {type: object, required: [x], properties: {x: {type: string}, y: {type: string}}}
                c: {type: object, required: [x], properties: {x: {type: string}}}
        """
    )
    leaves = {leaf.name: leaf.required for leaf in s.leaves(found.schemas, found.schemas["A"])}
    assert leaves == {"b.x": True, "b.y": False, "c.x": False}


NULLS = {
    "nullable: true": ("3.0.3", "{type: string, nullable: true}"),
    "a list of types": ("3.1.0", "{type: [string, 'null']}"),
    "anyOf with null": ("3.1.0", "{anyOf: [{type: string}, {type: 'null'}]}"),
    "oneOf with null": ("3.1.0", "{oneOf: [{type: string}, {type: 'null'}]}"),
    "an enum with null": ("3.1.0", "{enum: [a, null]}"),
    "a reference beside null": (
        "3.1.0",
        "{anyOf: [{$ref: '#/components/schemas/Other'}, {type: 'null'}]}",
    ),
    "a reference to what may be null": ("3.1.0", "{$ref: '#/components/schemas/Null'}"),
    "allOf of one that may be null": ("3.1.0", "{allOf: [{$ref: '#/components/schemas/Null'}]}"),
    "const null": ("3.1.0", "{const: null}"),
    "anything": ("3.1.0", "{}"),
}


@pytest.mark.parametrize("spelling", NULLS)
def test_null_in_all_spellings(api: Callable[..., Api], spelling: str) -> None:
    version, text = NULLS[spelling]
    null = "{type: string, nullable: true}" if version == "3.0.3" else "{type: [string, 'null']}"
    found = api(
        "paths: {}\ncomponents:\n  schemas:\n"
        f"    Other: {{type: string}}\n    Null: {null}\n    Value: {text}\n",
        version,
    )
    assert s.nullable(found.schemas, found.schemas["Value"])
    assert "null" in s.types(found.schemas, found.schemas["Value"])


def test_not_null(found: Api) -> None:
    assert not s.nullable(found.schemas, found.schemas["Source"])
    assert s.nullable(found.schemas, found.schemas["Nullable"])


def test_closed_and_additional(found: Api) -> None:
    assert s.is_closed(found.schemas, found.schemas["Closed"])
    assert not s.is_closed(found.schemas, found.schemas["Map"])
    below = s.descend(found.schemas, found.schemas["Map"], ("any",))
    assert below is not None
    assert isinstance(below.shape, ir.Integer)
    assert s.descend(found.schemas, found.schemas["Closed"], ("b",)) is None


def test_facets_collect_what_is_said_beside_references(api: Callable[..., Api]) -> None:
    found = api(
        """
        paths: {}
        components:
          schemas:
            Id: {type: string, readOnly: true, default: x, description: An id.}
            Item: {type: object, properties: {id: {$ref: '#/components/schemas/Id', default: y}}}
        """
    )
    member = s.members(found.schemas, found.schemas["Item"])["id"]
    facets = s.facets(found.schemas, member.schema)
    assert facets.read_only
    assert facets.default == "y"
    assert facets.description == "An id."
