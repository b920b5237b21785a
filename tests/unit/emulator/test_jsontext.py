"""JSON that is exact, or refused."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.emulator.http.jsontext import (
    MAX_DEPTH,
    MAX_VALUES,
    JsonTextError,
    TooManyValuesError,
    dump,
    parse,
)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(alphabet=st.characters(exclude_categories=["Cs"]))
)
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=20
)


@given(VALUES)
def test_what_is_written_is_read(value: object) -> None:
    assert parse(dump(value)) == value  # type: ignore[arg-type]
    assert parse(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    "text",
    [
        b"", b"{", b"nul", b"NaN", b"Infinity", b"[1,]", b"{'a':1}", b'{"a":1}{', b"\xff", b"01",
        b'"\\ud800"', b"[1e999]", b"\xef\xbb\xbf{}", b"[-1e999]",
        b'{"a":1,"a":2}', b'{"x":[{"a":1,"b":2,"a":1}]}', b'{"a":":","a":1}',
        b'{"\\u0061":1,"a":2}', b"9" * 5000,
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), b'{"a":' * 5000, b"[" * 1_000_000,
    ],
)  # fmt: skip
def test_refused(text: bytes) -> None:
    with pytest.raises(JsonTextError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'{"a":":","b":"::"}', {"a": ":", "b": "::"}),
        (b"[18446744073709551616]", [2**64]),
        (b"[-9223372036854775809]", [-(2**63) - 1]),
        (b'["[[[[", "{"]', ["[[[[", "{"]),
        (b'["' + b"[" * 500 + b'"]', ["[" * 500]),
        (b'["\\"' + b"[" * 500 + b'\\\\"]', ['"' + "[" * 500 + "\\"]),
        (b" 1 ", 1),
    ],
)
def test_accepted(text: bytes, value: object) -> None:
    assert parse(text) == value


def test_depth_that_is_still_allowed() -> None:
    value = parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    assert dump(value) == b"[" * MAX_DEPTH + b"]" * MAX_DEPTH


def test_large_numbers_are_written_exactly() -> None:
    assert dump({"n": 2**100, "f": 0.1, "s": "é"}) == (
        b'{"n":1267650600228229401496703205376,"f":0.1,"s":"\xc3\xa9"}'
    )
    assert math.isclose(parse(b"1e300"), 1e300)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value",
    [[0] * (MAX_VALUES + 1), {str(n): 0 for n in range(MAX_VALUES + 1)}, [[0] * 1000] * 101],
)
def test_more_values_than_can_be_looked_at_in_time(value: object) -> None:
    with pytest.raises(TooManyValuesError, match="more than"):
        parse(json.dumps(value).encode())


def test_a_long_text_is_one_value() -> None:
    text = "a,b[{:" * 2_000_000
    assert parse(json.dumps([text]).encode()) == [text]
