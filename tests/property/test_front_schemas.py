"""Lowering a schema and printing it back changes nothing about which values are valid."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trunkline.diagnostics import Diagnostics
from trunkline.ir import Api, definitions
from trunkline.lower import lower
from trunkline.openapi import load
from trunkline.source import Document, parse

NAMES = st.sampled_from(["a", "b", "kind"])
WORDS = st.sampled_from(["", "a", "b", "ab", "abc", "x", "y"])
NUMBERS = st.one_of(st.integers(-3, 6), st.sampled_from([0.5, 1.0, 2.5]))
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, WORDS)

VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(NAMES, inner, max_size=3),
    ),
    max_leaves=6,
)


def _optional(**keywords: st.SearchStrategy) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries({}, optional=keywords)


def _typed(name: str, keywords: st.SearchStrategy[dict]) -> st.SearchStrategy[dict]:
    types = st.one_of(st.just(name), st.just([name, "null"]))
    return st.builds(lambda t, k: {"type": t, **k}, types, keywords)


def _schemas(inner: st.SearchStrategy) -> st.SearchStrategy:
    string = _typed(
        "string",
        _optional(
            minLength=st.integers(0, 2),
            maxLength=st.integers(1, 3),
            pattern=st.sampled_from(["a", "^x", "b$"]),
            enum=st.lists(st.one_of(WORDS, st.none()), min_size=1, max_size=3),
        ),
    )
    number = st.one_of(
        *(
            _typed(
                name,
                _optional(
                    minimum=st.integers(-2, 2),
                    maximum=st.integers(1, 5),
                    exclusiveMinimum=st.integers(-2, 1),
                    exclusiveMaximum=st.integers(2, 5),
                    multipleOf=st.sampled_from([1, 2, 0.5]),
                ),
            )
            for name in ("integer", "number")
        )
    )
    array = _typed(
        "array",
        _optional(
            items=inner,
            prefixItems=st.lists(inner, min_size=1, max_size=2),
            minItems=st.integers(0, 2),
            maxItems=st.integers(1, 3),
            uniqueItems=st.booleans(),
            contains=inner,
        ),
    )
    mapping = _typed(
        "object",
        _optional(
            properties=st.dictionaries(NAMES, inner, min_size=1, max_size=3),
            required=st.lists(NAMES, max_size=2, unique=True),
            additionalProperties=inner,
            patternProperties=st.dictionaries(st.sampled_from(["^a", "k"]), inner, max_size=1),
            minProperties=st.integers(0, 2),
            maxProperties=st.integers(1, 3),
            propertyNames=st.just({"type": "string", "maxLength": 1}),
            dependentRequired=st.just({"a": ["b"]}),
        ),
    )
    several = st.builds(
        lambda t, k: {"type": t, **k},
        st.lists(
            st.sampled_from(["string", "integer", "boolean", "null", "array"]),
            min_size=2,
            max_size=3,
            unique=True,
        ),
        _optional(minLength=st.integers(0, 2), minimum=st.integers(0, 2), maxItems=st.just(1)),
    )
    parts = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        string,
        number,
        array,
        mapping,
        several,
        st.builds(lambda m: {"anyOf": m}, parts),
        st.builds(lambda m: {"oneOf": m}, parts),
        st.builds(lambda m: {"allOf": m}, parts),
        st.builds(lambda m, k: {"anyOf": m, **k}, parts, mapping),
        st.builds(lambda m, k: {"allOf": m, **k}, parts, mapping),
        st.builds(lambda m: {"not": m}, inner),
        st.builds(lambda a, b: {"if": a, "then": b}, inner, inner),
    )


REFERENCES = st.sampled_from([{"$ref": f"#/components/schemas/{n}"} for n in ("A", "B")])
LEAVES = st.one_of(
    st.just({}),
    st.booleans(),
    st.builds(lambda v: {"const": v}, SCALARS),
    st.builds(lambda v: {"enum": v}, st.lists(SCALARS, min_size=1, max_size=3)),
    st.sampled_from([{"type": t} for t in ("boolean", "null", "string", "integer", "object")]),
    REFERENCES,
)
SCHEMAS = st.recursive(LEAVES, _schemas, max_leaves=8)


def _lowered(schemas: dict) -> Api:
    written = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    found = Diagnostics()
    file = parse("api.json", json.dumps(written).encode())
    return lower(load(Document(file, Path(), found, None), found, validate=False), found)


def _closes_in_all_of(schema: object, inside: bool = False) -> bool:
    """Whether `additionalProperties` stands beside or inside a merged whole: there it is read
    as meant for the whole, as the reference says, and not as JSON Schema has it."""
    if isinstance(schema, list):
        return any(_closes_in_all_of(s, inside) for s in schema)
    if not isinstance(schema, dict):
        return False
    merged = inside or "allOf" in schema or "anyOf" in schema
    if merged and "additionalProperties" in schema:
        return True
    return any(_closes_in_all_of(v, merged and k in ("allOf", "anyOf")) for k, v in schema.items())


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.tuples(SCHEMAS, SCHEMAS, SCHEMAS), st.lists(VALUES, min_size=8, max_size=12))
def test_same_values_are_valid_before_and_after(schemas, values):
    named = dict(zip(("S", "A", "B"), schemas, strict=True))
    if _one_of_null(named) or _null_refused_by_condition(named):
        return
    if _closes_in_all_of(named) or any(
        isinstance(s, dict) and "additionalProperties" in s for s in schemas
    ):
        return
    api = _lowered(named)
    if _bites_own_tail(named):
        return
    before = jsonschema_rs.validator_for(
        {"components": {"schemas": named}, "$ref": "#/components/schemas/S"}
    )
    after = jsonschema_rs.validator_for({"$defs": definitions(api), "$ref": "#/$defs/S"})
    for value in values:
        assert after.is_valid(value) == before.is_valid(value), (value, named, definitions(api))


def _one_of_null(schemas: dict) -> bool:
    """Null that fits several alternatives of a `oneOf` is read as allowed."""
    text = json.dumps(schemas)
    return "oneOf" in text and "null" in text


def _null_refused_by_condition(schemas: dict) -> bool:
    """Whether `not` and `if` among alternatives refuse the null that stands beside them is not
    worked out: it counts as allowed."""
    text = json.dumps(schemas)
    return "anyOf" in text and '"null"' in text and ('"not"' in text or '"if"' in text)


def _bites_own_tail(schemas: dict) -> bool:
    """Whether a schema is part of itself: no validator gives that a meaning."""

    def same_value(schema: object) -> list[str]:
        found: list[str] = []
        if isinstance(schema, dict):
            if "$ref" in schema:
                found.append(schema["$ref"].rpartition("/")[2])
            for keyword in ("allOf", "anyOf", "oneOf"):
                for member in schema.get(keyword, []):
                    found += same_value(member)
            for keyword in ("not", "if", "then"):
                found += same_value(schema.get(keyword))
        return found

    def reaches(name: str, goal: str, seen: frozenset[str]) -> bool:
        return any(
            n == goal or (n not in seen and reaches(n, goal, seen | {n}))
            for n in same_value(schemas[name])
        )

    return any(reaches(name, name, frozenset()) for name in schemas)
