"""Parameters written by the client's runtime and by semantics, and read back: the same value."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline import ir
from trunkline.ir import Json, ParameterLocation, ParameterStyle
from trunkline.position import Position
from trunkline.runtime.operation import Style
from trunkline.runtime.parameters import (
    encode_cookies,
    encode_path,
    encode_query,
    header_text,
)
from trunkline.semantics.jsonvalue import equal
from trunkline.semantics.parameters import (
    ParameterTextError,
    Texts,
    Written,
    as_json,
    decoder,
    encode,
    wire_name,
)
from trunkline.semantics.validators import Validators

ORIGIN = ir.Origin(position=Position("api.yaml", 1, 1), pointer="")
META = ir.Meta(origin=ORIGIN)


def schema(shape: ir.Shape) -> ir.Schema:
    return ir.Schema(shape=shape, meta=META)


TEXT = schema(ir.String())
SCHEMAS: dict[str, ir.Schema] = {
    "string": TEXT,
    "integer": schema(ir.Integer()),
    "number": schema(ir.Number()),
    "boolean": schema(ir.Boolean()),
    "strings": schema(ir.Array(items=TEXT)),
    "integers": schema(ir.Array(items=schema(ir.Integer()))),
    "object": schema(
        ir.Object(
            properties=(
                ir.Property(name="name", schema=TEXT, required=True),
                ir.Property(name="age", schema=schema(ir.Integer()), required=True),
                ir.Property(name="ok", schema=schema(ir.Boolean())),
            )
        )
    ),
    "map": schema(ir.Object(additional=schema(ir.Integer()))),
    "nested": schema(
        ir.Object(
            properties=(
                ir.Property(
                    name="range",
                    schema=schema(
                        ir.Object(
                            properties=(
                                ir.Property(name="from", schema=schema(ir.Integer())),
                                ir.Property(name="tags", schema=schema(ir.Array(items=TEXT))),
                            )
                        )
                    ),
                    required=True,
                ),
            )
        )
    ),
    "objects": schema(
        ir.Object(
            properties=(
                ir.Property(
                    name="lines",
                    schema=schema(
                        ir.Array(
                            items=schema(
                                ir.Object(
                                    properties=(
                                        ir.Property(name="sku", schema=TEXT, required=True),
                                        ir.Property(name="n", schema=schema(ir.Integer())),
                                    )
                                )
                            )
                        )
                    ),
                    required=True,
                ),
            )
        )
    ),
}
API = ir.Api(title="t", version="1", openapi="3.2.0", origin=ORIGIN, schemas={})
VALIDATORS = Validators(API)
TEXTS = Texts({}, lambda s, v: VALIDATORS.fits(s, v, "request"))

# Characters that no style uses to tell parts apart: a comma inside an item is the caller's loss in
# every style that joins by commas, as OpenAPI says itself.
SAFE = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=',.;=|&"\\%+'),
    min_size=1,
    max_size=8,
)
ASCII = st.text("abcXYZ019_-", min_size=1, max_size=8)
ANY_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12
)
INTEGER = st.integers(-(10**12), 10**12)
NUMBER = st.floats(allow_nan=False, allow_infinity=False, width=32)


def values(kind: str, text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    plain: dict[str, st.SearchStrategy[Any]] = {
        "string": text,
        "integer": INTEGER,
        "number": NUMBER.map(lambda n: n + 0.0),
        "boolean": st.booleans(),
        "strings": st.lists(text, min_size=1, max_size=4),
        "integers": st.lists(INTEGER, min_size=1, max_size=4),
        "object": st.fixed_dictionaries(
            {"name": text, "age": INTEGER}, optional={"ok": st.booleans()}
        ),
        "map": st.dictionaries(ASCII, INTEGER, min_size=1, max_size=3),
        "nested": st.fixed_dictionaries(
            {
                "range": st.fixed_dictionaries(
                    {"from": INTEGER}, optional={"tags": st.lists(text, min_size=1, max_size=3)}
                )
            }
        ),
        "objects": st.fixed_dictionaries(
            {
                "lines": st.lists(
                    st.fixed_dictionaries({"sku": text}, optional={"n": INTEGER}),
                    min_size=1,
                    max_size=3,
                )
            }
        ),
    }
    return plain[kind]


def parameter(
    kind: str,
    location: ParameterLocation,
    style: ParameterStyle,
    explode: bool,
    media_type: str | None = None,
) -> ir.Parameter:
    return ir.Parameter(
        name="Value" if location is ParameterLocation.HEADER else "value",
        location=location,
        schema=SCHEMAS[kind],
        required=True,
        style=style,
        explode=explode,
        origin=ORIGIN,
        media_type=media_type,
    )


PLAIN = ("string", "integer", "number", "boolean")
LISTS = ("strings", "integers")
FLAT = ("object",)
ROWS: list[tuple[str, ParameterLocation, ParameterStyle, bool]] = []
for _style in (ParameterStyle.SIMPLE, ParameterStyle.LABEL, ParameterStyle.MATRIX):
    for _explode in (False, True):
        ROWS += [
            (kind, ParameterLocation.PATH, _style, _explode)
            for kind in (*PLAIN, *LISTS, *FLAT, "map")
        ]
for _explode in (False, True):
    ROWS += [
        (kind, ParameterLocation.HEADER, ParameterStyle.SIMPLE, _explode)
        for kind in (*PLAIN, *LISTS, *FLAT, "map")
    ]
    ROWS += [
        (kind, ParameterLocation.QUERY, ParameterStyle.FORM, _explode)
        for kind in (*PLAIN, *LISTS, *FLAT)
    ]
    ROWS += [
        (kind, ParameterLocation.COOKIE, style, _explode)
        for style in (ParameterStyle.FORM, ParameterStyle.COOKIE)
        for kind in (*PLAIN, *LISTS, *FLAT)
    ]
ROWS += [
    (kind, ParameterLocation.QUERY, style, False)
    for style in (ParameterStyle.SPACE_DELIMITED, ParameterStyle.PIPE_DELIMITED)
    for kind in (*LISTS, *FLAT)
]
ROWS += [
    (kind, ParameterLocation.QUERY, ParameterStyle.DEEP_OBJECT, True)
    for kind in ("object", "map", "nested", "objects")
]


def commas_too(location: ParameterLocation, style: ParameterStyle) -> bool:
    """Whether delimiters inside a value are told from those between values."""
    return location is ParameterLocation.COOKIE and style is ParameterStyle.FORM


def text_for(location: ParameterLocation, style: ParameterStyle) -> st.SearchStrategy[str]:
    if location is ParameterLocation.HEADER or style is ParameterStyle.COOKIE:
        return ASCII
    if style is ParameterStyle.DEEP_OBJECT:
        return ANY_TEXT
    if commas_too(location, style):
        return ANY_TEXT
    return SAFE


def as_read(p: ir.Parameter, written: Written) -> list[tuple[str, str]]:
    """What semantics writes, as it is read again: cookies of style `form` are percent-encoded."""
    if not commas_too(p.location, p.style):
        return written.flat()
    return [(n, written.delimiter.join(quote(v, safe="") for v in vs)) for n, vs in written.pairs]


def as_sent(p: ir.Parameter, value: Json) -> list[tuple[str, str]]:
    """What the client's runtime writes, split and decoded as a server does."""
    style = Style(p.style.value, explode=p.explode, media_type=p.media_type)
    match p.location:
        case ParameterLocation.PATH:
            return [(p.name, unquote(encode_path(p.name, value, style)))]
        case ParameterLocation.QUERY:
            text = encode_query({p.name: value}, {p.name: style})
            return parse_qsl(text, keep_blank_values=True)
        case ParameterLocation.HEADER:
            return [(p.name.lower(), header_text(value, style))]
        case _:
            text = encode_cookies({p.name: value}, {p.name: style})
            pairs = [part.partition("=") for part in text.split("; ")]
            return [(name, v) for name, _, v in pairs]


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda r: f"{r[1]}-{r[2]}-{'explode' if r[3] else 'joined'}-{r[0]}"
)
def test_what_the_client_writes_is_read_back(
    row: tuple[str, ParameterLocation, ParameterStyle, bool],
) -> None:
    kind, location, style, explode = row
    p = parameter(kind, location, style, explode)
    read = decoder(TEXTS, p)

    @given(values(kind, text_for(location, style)))
    def check(value: Json) -> None:
        given_, found = read.take(as_sent(p, value))
        assert given_
        assert equal(found, value), (as_sent(p, value), found)

    check()


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda r: f"{r[1]}-{r[2]}-{'explode' if r[3] else 'joined'}-{r[0]}"
)
def test_what_semantics_writes_is_read_back(
    row: tuple[str, ParameterLocation, ParameterStyle, bool],
) -> None:
    kind, location, style, explode = row
    p = parameter(kind, location, style, explode)
    read = decoder(TEXTS, p)

    @given(values(kind, text_for(location, style)))
    def check(value: Json) -> None:
        delimiter = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style.value, ",")
        written = encode(p, value)
        assert written.delimiter == delimiter
        pairs = [
            (n.lower() if location is ParameterLocation.HEADER else n, v)
            for n, v in as_read(p, written)
        ]
        given_, found = read.take(pairs)
        assert given_
        assert equal(found, value), (written, found)

    check()


# The table of OpenAPI 3.2, "Style Examples", for color = ["blue", "black", "brown"] and
# {"R": 100, "G": 200, "B": 150}.
ARRAY: Json = ["blue", "black", "brown"]
OBJECT: Json = {"R": 100, "G": 200, "B": 150}
PATH, QUERY, HEADER = ParameterLocation.PATH, ParameterLocation.QUERY, ParameterLocation.HEADER
EXAMPLES: list[tuple[ParameterLocation, str, bool, Json, list[tuple[str, str]]]] = [
    (PATH, "matrix", False, "blue", [("value", ";value=blue")]),
    (PATH, "matrix", False, "", [("value", ";value")]),
    (PATH, "matrix", False, ARRAY, [("value", ";value=blue,black,brown")]),
    (PATH, "matrix", True, ARRAY, [("value", ";value=blue;value=black;value=brown")]),
    (PATH, "matrix", False, OBJECT, [("value", ";value=R,100,G,200,B,150")]),
    (PATH, "matrix", True, OBJECT, [("value", ";R=100;G=200;B=150")]),
    (PATH, "label", False, "blue", [("value", ".blue")]),
    (PATH, "label", False, ARRAY, [("value", ".blue,black,brown")]),
    (PATH, "label", True, ARRAY, [("value", ".blue.black.brown")]),
    (PATH, "label", False, OBJECT, [("value", ".R,100,G,200,B,150")]),
    (PATH, "label", True, OBJECT, [("value", ".R=100.G=200.B=150")]),
    (PATH, "simple", False, ARRAY, [("value", "blue,black,brown")]),
    (PATH, "simple", False, OBJECT, [("value", "R,100,G,200,B,150")]),
    (PATH, "simple", True, OBJECT, [("value", "R=100,G=200,B=150")]),
    (QUERY, "form", False, ARRAY, [("value", "blue,black,brown")]),
    (QUERY, "form", True, ARRAY, [("value", "blue"), ("value", "black"), ("value", "brown")]),
    (QUERY, "form", False, OBJECT, [("value", "R,100,G,200,B,150")]),
    (QUERY, "form", True, OBJECT, [("R", "100"), ("G", "200"), ("B", "150")]),
    (QUERY, "spaceDelimited", False, ARRAY, [("value", "blue black brown")]),
    (QUERY, "pipeDelimited", False, OBJECT, [("value", "R|100|G|200|B|150")]),
    (QUERY, "deepObject", True, OBJECT, [("value[R]", "100"), ("value[G]", "200"), ("value[B]", "150")]),
]  # fmt: skip


@pytest.mark.parametrize("row", EXAMPLES, ids=str)
def test_the_standards_own_examples(
    row: tuple[ParameterLocation, str, bool, Json, list[tuple[str, str]]],
) -> None:
    location, style, explode, value, expected = row
    kind = {str: "string", list: "strings", dict: "map"}[type(value)]
    p = parameter(kind, location, ParameterStyle(style), explode)
    assert encode(p, value).flat() == expected
    if value != "":
        assert as_sent(p, value) == expected


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (ParameterStyle.LABEL, "blue"),
        (ParameterStyle.MATRIX, "blue"),
        (ParameterStyle.MATRIX, ";other=blue"),
        (ParameterStyle.MATRIX, "value=blue"),
    ],
)
def test_text_of_another_style_is_refused(style: ParameterStyle, text: str) -> None:
    read = decoder(TEXTS, parameter("string", PATH, style, explode=False))
    with pytest.raises(ParameterTextError):
        read.take([("value", text)])


@given(
    st.recursive(
        st.none() | st.booleans() | INTEGER | ANY_TEXT,
        lambda c: st.lists(c, max_size=3) | st.dictionaries(ANY_TEXT, c, max_size=3),
    )
)
def test_json_in_a_parameter(value: Json) -> None:
    p = parameter("string", QUERY, ParameterStyle.FORM, explode=True, media_type="application/json")
    read = decoder(TEXTS, p)
    assert equal(read.take(as_sent(p, value))[1], value) or value is None
    assert equal(read.take(encode(p, value).flat())[1], value)


@pytest.mark.parametrize(
    ("text", "allowed", "expected"),
    [
        ("5", {"integer"}, [5]),
        ("05", {"integer"}, ["05"]),
        ("+5", {"integer"}, ["+5"]),
        (" 5", {"integer"}, [" 5"]),
        ("5.0", {"integer"}, ["5.0"]),
        ("5.5", {"number", "integer"}, [5.5]),
        ("1e400", {"number"}, ["1e400"]),
        ("true", {"boolean"}, [True]),
        ("True", {"boolean"}, ["True"]),
        ("null", {"null", "string"}, [None, "null"]),
        ("7", {"integer", "string"}, [7, "7"]),
    ],
)
def test_text_is_read_strictly(text: str, allowed: set[str], expected: list[Json]) -> None:
    found = as_json(text, frozenset(allowed))
    assert found == expected
    assert [type(f) for f in found] == [type(e) for e in expected]


def test_lists_in_brackets_by_number_are_lists() -> None:
    p = parameter("objects", QUERY, ParameterStyle.DEEP_OBJECT, explode=True)
    read = decoder(TEXTS, p)
    pairs = [
        ("value[lines][1][sku]", "b"),
        ("value[lines][0][sku]", "a"),
        ("value[lines][0][n]", "3"),
    ]
    assert read.take(pairs) == (True, {"lines": [{"sku": "a", "n": 3}, {"sku": "b"}]})


def test_names_of_headers_have_no_case() -> None:
    p = parameter("string", HEADER, ParameterStyle.SIMPLE, explode=False)
    assert wire_name(p) == "value"
    assert decoder(TEXTS, p).take([("value", "x")]) == (True, "x")


def test_brackets_end_somewhere() -> None:
    p = parameter("map", QUERY, ParameterStyle.DEEP_OBJECT, explode=True)
    deep = "value" + "[a]" * 5_000
    given_, found = decoder(TEXTS, p).take([(deep, "1")])
    assert given_
    assert json.dumps(found).count("{") <= 20


def test_an_object_of_uneven_parts_is_refused() -> None:
    p = parameter("object", QUERY, ParameterStyle.FORM, explode=False)
    with pytest.raises(ParameterTextError):
        decoder(TEXTS, p).take([("value", "name,a,age")])
