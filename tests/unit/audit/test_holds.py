"""Each kind of fact holds where the description says it, and not where it says something else."""

import pytest

from trunkline.audit.fact_checks import holds, same
from trunkline.audit.model import Kind
from trunkline.audit.place import find
from trunkline.diagnostics import Diagnostics
from trunkline.ir import ABSENT
from trunkline.source import read

DESCRIPTION = """\
openapi: 3.1.0
paths:
  /a/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}, example: "7"}
      responses:
        "200": {$ref: '#/components/responses/Fine'}
servers: [{url: https://example.com}]
components:
  responses:
    Fine: {description: "Successful response: all of it."}
  securitySchemes:
    token: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    Colour: {type: string, enum: [red, " blue"], description: Says how it looks.}
    Maybe: {anyOf: [{$ref: '#/components/schemas/Colour'}, {type: "null"}]}
    Thing:
      type: object
      required: [colour]
      properties:
        colour: {$ref: '#/components/schemas/Colour', default: red, examples: [red]}
        colours: {type: array, items: {$ref: '#/components/schemas/Colour'}}
        maybe: {$ref: '#/components/schemas/Maybe'}
        size: {type: [integer, "null"], minimum: 1, format: int32, deprecated: true}
        fixed: {const: 3}
        old: {type: string, nullable: true, format: Colour}
"""
THING = "/components/schemas/Thing/properties"
GET = "/paths/~1a~1{id}/get"


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("holds") / "openapi.yaml"
    path.write_text(DESCRIPTION)
    return read(path, Diagnostics())


@pytest.mark.parametrize(
    ("kind", "pointer", "right", "wrong"),
    [
        (Kind.OPERATION, GET, "get", "post"),
        (Kind.PATH, GET, "/a/{id}", "/a"),
        (Kind.PARAMETER, f"{GET}/parameters/0", "id", "uuid"),
        (Kind.REQUIRED, f"{GET}/parameters/0", True, False),
        (Kind.EXAMPLE, f"{GET}/parameters/0", "7", 7),
        (Kind.RESPONSE, f"{GET}/responses/200", "successful response", "Created"),
        (Kind.SERVER, "/servers/0", "https://example.com", "https://example.org"),
        (Kind.SECURITY, "/components/securitySchemes/token", "bearer", "basic"),
        (Kind.SECURITY, "/components/securitySchemes/key", "X-Key", "X-Token"),
        (Kind.SCHEMA, f"{THING}/colour", "Colour", "Color"),
        (Kind.FIELD, f"{THING}/colour", "colour", "color"),
        (Kind.TYPE, f"{THING}/colour", "string", "integer"),
        (Kind.TYPE, f"{THING}/size", ["null", "integer"], "integer"),
        (Kind.TYPE, f"{THING}/fixed", "integer", "number"),
        (Kind.TYPE, f"{THING}/maybe", ["string", "null"], "string"),
        (Kind.TYPE, f"{THING}/old", ["string", "null"], "string"),
        (Kind.FORMAT, f"{THING}/size", "int32", "int64"),
        (Kind.FORMAT, f"{THING}/colour", "Colour", "Size"),
        (Kind.REFERENCE, f"{THING}/colour", "Colour", "Maybe"),
        (Kind.REFERENCE, f"{THING}/colours", "Colour", "Maybe"),
        (Kind.REFERENCE, "/components/schemas/Maybe", "Colour", "Thing"),
        (Kind.ENUM, f"{THING}/colour", " blue", "blue"),
        (Kind.ENUM, f"{THING}/maybe", "red", "green"),
        (Kind.ENUM, f"{THING}/fixed", 3, "3"),
        (Kind.DEFAULT, f"{THING}/colour", "red", None),
        (Kind.LIMIT, f"{THING}/size", {"minimum": 1}, {"minimum": True}),
        (Kind.LIMIT, f"{THING}/size", {"minimum": 1.0}, {"minimum": 1, "maximum": 9}),
        (Kind.NULLABLE, f"{THING}/size", True, False),
        (Kind.NULLABLE, f"{THING}/colour", False, True),
        (Kind.REQUIRED, f"{THING}/colour", True, False),
        (Kind.REQUIRED, f"{THING}/size", False, True),
        (Kind.DEPRECATED, f"{THING}/size", True, False),
        (Kind.READ_ONLY, f"{THING}/size", False, True),
        (Kind.EXAMPLE, f"{THING}/colour", "red", " blue"),
        (Kind.TEXT, f"{THING}/colour", ["HOW", "looks"], ["how", "tastes"]),
    ],
)
def test_a_fact_holds_or_not(document, kind, pointer, right, wrong):
    place = find(document, pointer)
    assert place is not None
    assert holds(kind, document, place, right) is None
    assert holds(kind, document, place, wrong), "must say what is there instead"


def test_nothing_stands_beyond_a_reference_to_nothing(document):
    assert find(document, f"{THING}/colour/enum/0") is not None, "through the reference"
    assert find(document, f"{THING}/nothing") is None
    assert find(document, "/paths/~1b") is None


def test_a_default_that_is_not_there_is_not_null(document):
    place = find(document, f"{THING}/size")
    assert holds(Kind.DEFAULT, document, place, None) == "there is no default"


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (1, True, False),
        (0, False, False),
        (10, 10.0, True),
        ([1, {"a": None}], [1, {"a": None}], True),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([1, 2], [2, 1], False),
        (None, ABSENT, False),
    ],
)
def test_values_are_compared_as_json(one, other, equal):
    assert same(one, other) is equal
