"""Schemas printed as JSON Schema 2020-12."""

# ruff: noqa: E501  # descriptions read best with one thing on a line

from __future__ import annotations

import pytest

from trunkline import ir
from trunkline.ir.jsonschema import definitions, document, json_schema
from trunkline.position import Position

ORIGIN = ir.Origin(position=Position("a.yaml", 1, 1), pointer="")


def _schema(
    shape: ir.Shape, *, nullable: bool = False, unmodelled: dict | None = None, **meta: object
) -> ir.Schema:
    return ir.Schema(shape=shape, nullable=nullable, unmodelled=unmodelled or {}, meta=ir.Meta(origin=ORIGIN, **meta))  # fmt: skip


TEXT = _schema(ir.String())


@pytest.mark.parametrize(
    ("schema", "printed"),
    [
        (_schema(ir.Anything()), {}),
        (_schema(ir.Nothing()), {"not": {}}),
        (_schema(ir.Null()), {"type": "null"}),
        (_schema(ir.Boolean(), nullable=True), {"type": ["boolean", "null"]}),
        (
            _schema(ir.Integer(minimum=0, exclusive_maximum=9, multiple_of=3, format="int32")),
            {"type": "integer", "minimum": 0, "exclusiveMaximum": 9, "multipleOf": 3, "format": "int32"},
        ),
        (
            _schema(ir.String(min_length=0, pattern="a", content_encoding="base64")),
            {"type": "string", "minLength": 0, "pattern": "a", "contentEncoding": "base64"},
        ),
        (_schema(ir.Enumeration(values=(1, "a")), nullable=True), {"enum": [1, "a", None]}),
        (
            _schema(ir.Enumeration(values=("a",), base=ir.String(max_length=3)), nullable=True),
            {"type": ["string", "null"], "maxLength": 3, "enum": ["a", None]},
        ),
        (_schema(ir.Reference("a/b~c")), {"$ref": "#/$defs/a~1b~0c"}),
        (
            _schema(ir.Reference("A"), nullable=True),
            {"anyOf": [{"$ref": "#/$defs/A"}, {"type": "null"}]},
        ),
        (
            _schema(ir.Array(items=TEXT, min_items=0, unique_items=True)),
            {"type": "array", "items": {"type": "string"}, "minItems": 0, "uniqueItems": True},
        ),
        (
            _schema(ir.Tuple(prefix=(TEXT,))),
            {"type": "array", "prefixItems": [{"type": "string"}], "items": False},
        ),
        (
            _schema(ir.Union(members=(TEXT, _schema(ir.Null())), exclusive=True)),
            {"oneOf": [{"type": "string"}, {"type": "null"}]},
        ),
        (_schema(ir.Intersection(members=(TEXT,))), {"allOf": [{"type": "string"}]}),
        (
            _schema(ir.Object(open=False, additional=TEXT, max_properties=0)),
            {"type": "object", "additionalProperties": {"type": "string"}, "maxProperties": 0},
        ),
        (_schema(ir.Object(open=False)), {"type": "object", "additionalProperties": False}),
        (
            _schema(ir.String(pattern="a"), unmodelled={"pattern": "b", "not": {"$ref": "#/$defs/N"}}),
            {"type": "string", "pattern": "a", "allOf": [{"pattern": "b"}], "not": {"$ref": "#/$defs/N"}},
        ),
    ],
)  # fmt: skip
def test_shapes(schema, printed):
    assert json_schema(schema) == printed


def _object() -> ir.Schema:
    return _schema(
        ir.Object(
            properties=(
                ir.Property(name="id", required=True, schema=_schema(ir.String(), read_only=True)),
                ir.Property(name="pw", required=True, schema=_schema(ir.String(), write_only=True)),
                ir.Property(name="n", required=True, schema=TEXT),
            )
        )
    )


def test_direction_decides_what_is_required():
    assert json_schema(_object())["required"] == ["id", "pw", "n"]
    assert json_schema(_object(), direction="request")["required"] == ["pw", "n"]
    response = json_schema(_object(), direction="response")
    assert response["required"] == ["id", "n"]
    assert response["properties"]["pw"] == {"not": {}}


def test_annotations_and_prefix():
    schema = _schema(
        ir.Reference("A"), unmodelled={"not": {"$ref": "#/$defs/B"}}, title="T", default=None, read_only=True
    )  # fmt: skip
    printed = json_schema(schema, ref_prefix="#/components/schemas/", annotations=True)
    assert printed == {
        "title": "T",
        "default": None,
        "readOnly": True,
        "$ref": "#/components/schemas/A",
        "not": {"$ref": "#/components/schemas/B"},
    }


def test_document_holds_what_can_be_reached_and_no_more():
    api = ir.Api(
        title="t",
        version="1",
        openapi="3.1.0",
        origin=ORIGIN,
        schemas={
            "Unused": TEXT,
            "B": _schema(ir.Array(items=_schema(ir.Reference("A")))),
            "A": _schema(ir.Object(), unmodelled={"not": {"$ref": "#/$defs/C"}}),
            "C": _schema(ir.Array(items=_schema(ir.Reference("C")))),
        },
    )
    printed = document(api, _schema(ir.Reference("B"), nullable=True))
    assert list(printed["$defs"]) == ["B", "A", "C"]
    assert "$defs" not in document(api, TEXT)
    assert list(definitions(api, ["C"])) == ["C"]
    assert list(definitions(api)) == ["Unused", "B", "A", "C"]
    with pytest.raises(KeyError):
        definitions(api, ["D"])


def test_discriminator_is_printed_with_references():
    union = ir.Union(
        members=(_schema(ir.Reference("Cat")),),
        discriminator=ir.Discriminator(property="kind", mapping={"cat": "Cat"}),
    )
    assert json_schema(_schema(union))["discriminator"] == {
        "propertyName": "kind",
        "mapping": {"cat": "#/$defs/Cat"},
    }


@pytest.mark.parametrize(
    ("shape", "low", "high"),
    [
        (ir.Integer(format="int32"), -(2**31), 2**31 - 1),
        (ir.Integer(format="int64", minimum=0), 0, 2**63 - 1),
        (ir.Integer(format="int32", maximum=2**40), -(2**31), 2**31 - 1),
        (ir.Integer(), None, None),
    ],
)
def test_numbers_that_are_sent_are_as_wide_as_their_format(
    shape: ir.Integer, low: int | None, high: int | None
) -> None:
    sent = json_schema(_schema(shape), direction="request")
    assert (sent.get("minimum"), sent.get("maximum")) == (low, high)
    shown = json_schema(_schema(shape), direction="response")
    assert (shown.get("minimum"), shown.get("maximum")) == (shape.minimum, shape.maximum)
