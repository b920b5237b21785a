"""Patterns that ECMA-262 takes and the engine does not, and what each of them matches."""

import jsonschema_rs
import pytest

from trunkline.semantics.ecma import engine_pattern


@pytest.mark.parametrize(
    ("pattern", "fits", "misfits"),
    [
        (r"^[a-z]+$", ["abc"], ["ABC", "a\n"]),
        (r"^[a-zA-Z\d-_\s]+$", ["a-b_c 1"], ["a.b"]),
        (r"^[\w-.]+$", ["a-b.c"], ["a b"]),
        (r"^[-a]+$", ["a-a"], ["b"]),
        (r"^[a-]+$", ["a-a"], ["b"]),
        (r"^[^]$", ["x", "\n"], ["", "xy"]),
        (r"^a[]b$", [], ["ab", "a[]b"]),
        (r"^[[a]+$", ["[a"], ["]"]),
        (r"^[a&&b]+$", ["a&b"], ["c"]),
        (r"^x{,3}$", ["x{,3}"], ["xx"]),
        (r"^{a}$", ["{a}"], ["a"]),
        (r"^a{2}b{1,}c{1,2}$", ["aabcc"], ["abc"]),
        (r"^\/x\-y\_$", ["/x-y_"], ["x-y_"]),
        (r"^(?<year>\d{4})-\d\d$", ["2024-01"], ["24-01"]),
    ],
)
def test_the_engine_reads_what_is_meant(pattern: str, fits: list[str], misfits: list[str]) -> None:
    found = engine_pattern(pattern)
    assert found is not None
    validator = jsonschema_rs.Draft202012Validator({"pattern": found})
    assert [t for t in fits if not validator.is_valid(t)] == []
    assert [t for t in misfits if validator.is_valid(t)] == []


@pytest.mark.parametrize("pattern", ["(", "a{2,1}", r"^a\Z", "[z-a]", "a{1000000}", "*"])
def test_what_has_no_equivalent_is_none(pattern: str) -> None:
    assert engine_pattern(pattern) is None


def test_what_the_engine_takes_stays_as_it_is() -> None:
    assert engine_pattern(r"^\p{L}+(?=x)$") == r"^\p{L}+(?=x)$"
