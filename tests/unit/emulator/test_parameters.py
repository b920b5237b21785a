"""Parameters: styles, strict coercion, faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from trunkline import ir
from trunkline.emulator.decoding.parameters import ParameterReader
from trunkline.emulator.decoding.query import QueryTextError, parse_query
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.position import Position

ORIGIN = ir.Origin(position=Position("x", 1, 1), pointer="")


def schema(shape: ir.Shape, **more: Any) -> ir.Schema:
    return ir.Schema(shape=shape, meta=ir.Meta(origin=ORIGIN), **more)


INTEGER = schema(ir.Integer(minimum=1, maximum=250))
NUMBER = schema(ir.Number())
BOOLEAN = schema(ir.Boolean())
TEXT = schema(ir.String())
NUMBERS = schema(ir.Array(items=schema(ir.Integer()), max_items=3))
POINT = schema(
    ir.Object(
        properties=(
            ir.Property(name="x", schema=schema(ir.Integer()), required=True),
            ir.Property(name="tags", schema=schema(ir.Array(items=TEXT))),
            ir.Property(
                name="in",
                schema=schema(ir.Object(properties=(ir.Property(name="y", schema=BOOLEAN),))),
            ),
        ),
        additional=None,
        open=False,
    )
)


def read(
    api: ir.Api, query: bytes, value: ir.Schema, location: str = "query", **more: Any
) -> tuple[dict[str, Any], list[Any]]:
    spec = {"explode": True, "required": False, **more}
    spec["style"] = ir.ParameterStyle(spec.get("style", "form"))
    parameter = ir.Parameter(
        name="p", location=ir.ParameterLocation(location), schema=value, origin=ORIGIN, **spec
    )
    reader = ParameterReader(Schemas(api), [parameter], parameter.location)
    return reader.read(parse_query(query))


@pytest.mark.parametrize(
    ("query", "value", "style", "expected"),
    [
        (b"p=5", INTEGER, {}, 5),
        (b"p=250", INTEGER, {}, 250),
        (b"p=-0.5e2", NUMBER, {}, -50.0),
        (b"p=7", NUMBER, {}, 7),
        (b"p=true", BOOLEAN, {}, True),
        (b"p=5", TEXT, {}, "5"),
        (b"p=a+b%2Bc", TEXT, {}, "a b+c"),
        (b"p=", TEXT, {}, ""),
        (b"p=null", schema(ir.Integer(), nullable=True), {}, None),
        (b"p=2", schema(ir.Enumeration(values=(1, 2))), {}, 2),
        (b"p=2", schema(ir.Union(members=(BOOLEAN, TEXT))), {}, "2"),
        (b"p=1&p=2", NUMBERS, {}, [1, 2]),
        (b"p=1,2", NUMBERS, {"explode": False}, [1, 2]),
        (b"p=1%202", NUMBERS, {"style": "spaceDelimited", "explode": False}, [1, 2]),
        (b"p=1|2", NUMBERS, {"style": "pipeDelimited", "explode": False}, [1, 2]),
        (b"p[x]=1&p[tags]=a&p[tags]=b", POINT, {"style": "deepObject"},
         {"x": 1, "tags": ["a", "b"]}),
        (b"p%5Bx%5D=1&p%5Bin%5D%5By%5D=true", POINT, {"style": "deepObject"},
         {"x": 1, "in": {"y": True}}),
        (b"x=1&other=2", POINT, {}, {"x": 1}),
        (b"p=x,1", POINT, {"explode": False}, {"x": 1}),
        (b"p=%7B%22x%22:1%7D", POINT, {"media_type": "application/json"}, {"x": 1}),
    ],
)  # fmt: skip
def test_values(
    api: ir.Api, query: bytes, value: ir.Schema, style: dict[str, Any], expected: Any
) -> None:
    values, faults = read(api, query, value, **style)
    assert not faults
    assert values == {"p": expected}
    assert type(values["p"]) is type(expected)


@pytest.mark.parametrize(
    ("query", "value", "style"),
    [
        (b"p=0", INTEGER, {}),
        (b"p=251", INTEGER, {}),
        (b"p=05", INTEGER, {}),
        (b"p=+5", INTEGER, {}),
        (b"p=%2B5", INTEGER, {}),
        (b"p=5.0", INTEGER, {}),
        (b"p=5%20", INTEGER, {}),
        (b"p=", INTEGER, {}),
        (b"p=%D9%A5", INTEGER, {}),
        (b"p=" + b"9" * 5000, INTEGER, {}),
        (b"p=1e999", NUMBER, {}),
        (b"p=NaN", NUMBER, {}),
        (b"p=1_0", NUMBER, {}),
        (b"p=True", BOOLEAN, {}),
        (b"p=1", BOOLEAN, {}),
        (b"p=3", schema(ir.Enumeration(values=(1, 2))), {}),
        (b"p=5&p=5", INTEGER, {}),
        (b"p=a&p=b", TEXT, {}),
        (b"p=1&p=x", NUMBERS, {}),
        (b"p=1&p=2&p=3&p=4", NUMBERS, {}),
        (b"p[x]=a", POINT, {"style": "deepObject"}),
        (b"p[x]=1&p[z]=1", POINT, {"style": "deepObject"}),
        (b"p[tags]=a", POINT, {"style": "deepObject"}),
        (b"p=%7B", POINT, {"media_type": "application/json"}),
        (b"q=1", INTEGER, {"required": True}),
    ],
)
def test_faults(api: ir.Api, query: bytes, value: ir.Schema, style: dict[str, Any]) -> None:
    values, faults = read(api, query, value, **style)
    assert not values
    assert [(f.parameter, f.location) for f in faults] == [("p", "query")]


@pytest.mark.parametrize(
    ("text", "value", "style", "expected"),
    [
        ("1,2", NUMBERS, {"style": "simple", "explode": False}, [1, 2]),
        (".1.2", NUMBERS, {"style": "label", "explode": True}, [1, 2]),
        (".1,2", NUMBERS, {"style": "label", "explode": False}, [1, 2]),
        (";p=1;p=2", NUMBERS, {"style": "matrix", "explode": True}, [1, 2]),
        (";p=1,2", NUMBERS, {"style": "matrix", "explode": False}, [1, 2]),
        (";p=5", INTEGER, {"style": "matrix", "explode": False}, 5),
        (".5", INTEGER, {"style": "label", "explode": False}, 5),
        ("x=1", POINT, {"style": "simple", "explode": True}, {"x": 1}),
        ("x,1", POINT, {"style": "simple", "explode": False}, {"x": 1}),
    ],
)
def test_path_styles(
    api: ir.Api, text: str, value: ir.Schema, style: dict[str, Any], expected: Any
) -> None:
    parameter = ir.Parameter(
        name="p", location=ir.ParameterLocation.PATH, schema=value, origin=ORIGIN, required=True,
        **style,
    )  # fmt: skip
    reader = ParameterReader(Schemas(api), [parameter], parameter.location)
    assert reader.read([("p", text)]) == ({"p": expected}, [])


@pytest.mark.parametrize("query", [b"p=%", b"p=%2", b"p=%zz", b"%ff=1", b"p=%C3", b"p=\xff"])
def test_malformed_query(query: bytes) -> None:
    with pytest.raises(QueryTextError):
        parse_query(query)


@pytest.fixture
def header_reader(api: ir.Api) -> Callable[[str], Any]:
    parameter = ir.Parameter(
        name="X-Limit", location=ir.ParameterLocation.HEADER, schema=INTEGER, origin=ORIGIN,
        required=True, style="simple", explode=False,
    )  # fmt: skip
    reader = ParameterReader(Schemas(api), [parameter], parameter.location)
    return lambda text: reader.read([("x-limit", text)])


def test_header_names_have_no_case(header_reader: Callable[[str], Any]) -> None:
    assert header_reader("5") == ({"X-Limit": 5}, [])
    assert header_reader("x")[1]
