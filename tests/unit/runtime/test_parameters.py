from __future__ import annotations

import datetime
import decimal
import enum
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.runtime.errors import ParameterError
from trunkline.runtime.models import Model
from trunkline.runtime.operation import Style
from trunkline.runtime.parameters import (
    encode_cookies,
    encode_form,
    encode_path,
    encode_query,
    header_text,
    text,
)
from trunkline.runtime.unset import UNSET

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}

# The table of style values in the OpenAPI specification, 3.1.1 ("Style Examples").
PATHS = [
    ("matrix", False, "", ";color"),
    ("matrix", False, "blue", ";color=blue"),
    ("matrix", False, ARRAY, ";color=blue,black,brown"),
    ("matrix", False, OBJECT, ";color=R,100,G,200,B,150"),
    ("matrix", True, "", ";color"),
    ("matrix", True, "blue", ";color=blue"),
    ("matrix", True, ARRAY, ";color=blue;color=black;color=brown"),
    ("matrix", True, OBJECT, ";R=100;G=200;B=150"),
    ("label", False, "blue", ".blue"),
    ("label", False, ARRAY, ".blue,black,brown"),
    ("label", False, OBJECT, ".R,100,G,200,B,150"),
    ("label", True, "blue", ".blue"),
    ("label", True, ARRAY, ".blue.black.brown"),
    ("label", True, OBJECT, ".R=100.G=200.B=150"),
    ("simple", False, "blue", "blue"),
    ("simple", False, ARRAY, "blue,black,brown"),
    ("simple", False, OBJECT, "R,100,G,200,B,150"),
    ("simple", True, ARRAY, "blue,black,brown"),
    ("simple", True, OBJECT, "R=100,G=200,B=150"),
]
QUERIES = [
    ("form", False, "", "color="),
    ("form", False, "blue", "color=blue"),
    ("form", False, ARRAY, "color=blue,black,brown"),
    ("form", False, OBJECT, "color=R,100,G,200,B,150"),
    ("form", True, "", "color="),
    ("form", True, "blue", "color=blue"),
    ("form", True, ARRAY, "color=blue&color=black&color=brown"),
    ("form", True, OBJECT, "R=100&G=200&B=150"),
    ("spaceDelimited", False, ARRAY, "color=blue%20black%20brown"),
    ("spaceDelimited", False, OBJECT, "color=R%20100%20G%20200%20B%20150"),
    ("pipeDelimited", False, ARRAY, "color=blue%7Cblack%7Cbrown"),
    ("pipeDelimited", False, OBJECT, "color=R%7C100%7CG%7C200%7CB%7C150"),
    ("deepObject", True, OBJECT, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
]


@pytest.mark.parametrize(("style", "explode", "value", "expected"), PATHS)
def test_path_styles_follow_the_table_of_the_specification(style, explode, value, expected):
    assert encode_path("color", value, Style(style, explode)) == expected


@pytest.mark.parametrize(("style", "explode", "value", "expected"), QUERIES)
def test_query_styles_follow_the_table_of_the_specification(style, explode, value, expected):
    assert encode_query({"color": value}, {"color": Style(style, explode)}) == expected


def test_a_delimiter_inside_a_value_is_told_from_one_between_values():
    styles = {"c": Style("form", explode=False)}
    assert encode_query({"c": ["a,b", "c&d"]}, styles) == "c=a%2Cb,c%26d"


def test_deep_objects_keep_their_prefix_at_every_depth():
    value = {"created": {"gte": 1, "lt": {"x": 2}}, "tags": ["a", "b"], "of": [{"k": 1}, {"k": 2}]}
    pairs = parse_qsl(encode_query({"filter": value}, {"filter": Style("deepObject", True)}))
    assert pairs == [
        ("filter[created][gte]", "1"),
        ("filter[created][lt][x]", "2"),
        ("filter[tags]", "a"),
        ("filter[tags]", "b"),
        ("filter[of][0][k]", "1"),
        ("filter[of][1][k]", "2"),
    ]


def test_undefined_values_are_left_out_everywhere():
    query = {"a": UNSET, "b": None, "c": [1, None, UNSET, 2], "d": {"x": None, "y": 3}, "e": []}
    assert encode_query(query, {"d": Style("deepObject", True)}) == "c=1&c=2&d%5By%5D=3"


class Colour(enum.Enum):
    RED = "dark red"


class Filter(Model):
    name: str | None = None
    size: int = 5


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (1.0, "1"),
        (2.5, "2.5"),
        (decimal.Decimal("1.50"), "1.50"),
        (decimal.Decimal("1E+3"), "1000"),
        (datetime.date(2024, 2, 29), "2024-02-29"),
        (datetime.datetime(2024, 2, 29, 1, 2, 3, tzinfo=datetime.UTC), "2024-02-29T01:02:03Z"),
        (Colour.RED, "dark red"),
        (None, ""),
    ],
)
def test_single_values_are_printed_as_the_wire_has_them(value, expected):
    assert text(value) == expected


def test_models_are_objects_that_send_what_was_set():
    assert (
        encode_query({"f": Filter(name="x")}, {"f": Style("deepObject", True)}) == "f%5Bname%5D=x"
    )


def test_reserved_characters_stay_only_where_that_is_allowed_and_harmless():
    styles = {"q": Style("form", True, allow_reserved=True)}
    assert encode_query({"q": "a/b:c&d=e#f"}, styles) == "q=a/b:c%26d%3De%23f"
    assert encode_query({"q": "a/b:c"}, None) == "q=a%2Fb%3Ac"
    assert encode_path("p", "a:b/c?d", Style("simple", allow_reserved=True)) == "a:b%2Fc%3Fd"


def test_parameters_with_a_media_type_are_printed_as_json():
    styles = {"f": Style("form", media_type="application/json")}
    assert encode_query({"f": {"a": [1, True]}}, styles) == "f=%7B%22a%22%3A%5B1%2Ctrue%5D%7D"


@pytest.mark.parametrize("value", ["", ".", "..", None, UNSET, [], [""]])
def test_path_values_that_would_change_the_address_are_refused(value):
    with pytest.raises(ParameterError, match="'id'"):
        encode_path("id", value, None)


@given(st.text(min_size=1).filter(lambda s: s not in {".", ".."}))
def test_a_path_value_is_always_one_segment_and_comes_back(value):
    try:
        segment = encode_path("id", value, None)
    except UnicodeEncodeError:
        return  # lone surrogates have no UTF-8 form at all
    url = httpx2.URL(f"https://host/things/{segment}/end")
    raw = url.raw_path.decode("ascii")
    assert raw.startswith("/things/")
    assert raw.count("/") == 3
    assert "?" not in raw
    assert unquote(raw.split("/")[2]) == value
    assert url.host == "host"


@given(
    st.dictionaries(st.text("ab[]&=+ é%", min_size=1), st.lists(st.text("x,| &=é+%", min_size=1))),
)
def test_exploded_forms_survive_a_parser(query):
    expected = [(name, item) for name, items in query.items() for item in items]
    encoded = encode_query(query, None)
    assert parse_qsl(urlsplit(f"http://h/?{encoded}").query, keep_blank_values=True) == expected


@given(st.lists(st.text("x,|; é%", min_size=1), min_size=1))
def test_values_with_a_delimiter_survive_splitting_before_decoding(items):
    encoded = encode_query({"q": items}, {"q": Style("form", explode=False)})
    assert [unquote(part) for part in encoded.removeprefix("q=").split(",")] == items


@given(st.dictionaries(st.text("ab &=é+", min_size=1), st.text("x &=é+\n", min_size=1)))
def test_form_bodies_survive_a_parser(members):
    assert dict(parse_qsl(encode_form(members, None), keep_blank_values=True)) == members


def test_header_values():
    assert header_text(["a", "b"], None) == "a,b"
    assert header_text({"a": 1, "b": True}, None) == "a,1,b,true"
    assert header_text({"a": 1}, Style("simple", explode=True)) == "a=1"
    for bad in ("a\r\nX-Other: 1", "a\nb", "a\x00"):
        with pytest.raises(ParameterError, match="line breaks"):
            header_text(bad, None)


def test_cookies_cannot_start_another_cookie():
    assert (
        encode_cookies({"a": "1; b=2", "c": UNSET, "d": [1, 2]}, None) == "a=1%3B%20b=2; d=1; d=2"
    )
    styles = {"d": Style("form", explode=False)}
    assert encode_cookies({"d": [1, 2]}, styles) == "d=1,2"
