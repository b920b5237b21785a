"""Validators of schemas that much is reached from: split, and saying the same."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import Any

import pytest

from trunkline import ir
from trunkline.pipeline import load_api
from trunkline.semantics.validators import Validators

COUNT = 60


def chain(folder: Path) -> ir.Api:
    """`COUNT` object types, each with the next one in it, or its id; the last refers to the
    first, and to itself by nothing but references."""
    schemas = "".join(
        f"    T{i}: {{type: object, required: [name], properties: {{name: {{type: string, "
        f"minLength: 2}}, next: {{anyOf: [{{type: integer}}, "
        f"{{$ref: '#/components/schemas/T{(i + 1) % COUNT}'}}]}}, "
        f"shut: {{$ref: '#/components/schemas/Shut'}}}}}}\n"
        for i in range(COUNT)
    )
    file = folder / "api.yaml"
    file.write_text(
        "openapi: 3.1.0\ninfo: {title: C, version: '1'}\npaths: {/t: {get: {responses: "
        "{'200': {description: d, content: {application/json: {schema: "
        "{$ref: '#/components/schemas/T0'}}}}}}}}\ncomponents:\n  schemas:\n" + schemas
        + "    Shut: {type: object, additionalProperties: false, properties: {a: {enum: [1]}}}\n"
    )  # fmt: skip
    return load_api(file, strict=False).api


def nested(depth: int, innermost: Any) -> Any:
    value = innermost
    for _ in range(depth):
        value = {"name": "ab", "next": value}
    return value


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ({"name": "ab"}, True),
        ({"name": "a"}, False),
        (nested(5, 7), True),
        (nested(5, "x"), False),
        (nested(80, {"name": "ab"}), True),
        (nested(80, {"name": "a"}), False),
        ({"name": "ab", "shut": {"a": 1}}, True),
        ({"name": "ab", "shut": {"b": 1}}, False),
        (nested(70, {"name": "ab", "shut": {"a": 2}}), False),
    ],
)
def test_the_same_is_said_either_way(tmp_path: Path, value: Any, fits: bool) -> None:
    api = chain(tmp_path)
    validators = Validators(api)
    assert validators.fits(api.schemas["T0"], value, "response") is fits
    assert validators.get(api.schemas["T0"], "response").is_valid(value) is fits
    assert bool(validators.errors(api.schemas["T0"], value, "response")) is not fits


def test_a_schema_is_held_once(tmp_path: Path) -> None:
    """A validator of each of many schemas that reach each other costs little memory."""
    api = chain(tmp_path)
    validators = Validators(api)
    validators.fits(api.schemas["T0"], nested(COUNT + 2, 1), "response")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(20):
        for schema in api.schemas.values():
            copy = ir.Schema(shape=schema.shape, meta=schema.meta)
            assert validators.fits(copy, {"name": "ab"}, "response") in (True, False)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 100, f"{grown:.0f} MB"


def test_of_a_large_value_the_first_error_is_told(tmp_path: Path) -> None:
    """Each of a million items that do not fit would have an error of its own, made at once."""
    file = tmp_path / "api.yaml"
    file.write_text(
        "openapi: 3.1.0\ninfo: {title: C, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
        "    Texts: {type: array, items: {type: string}}\n"
    )
    api = load_api(file, strict=False).api
    validators = Validators(api)
    schema = api.schemas["Texts"]
    assert len(validators.errors(schema, [1] * 50, "request")) == 20
    (error,) = validators.errors(schema, ["a"] * 30_000 + [1] * 30_000, "request")
    assert error.path == (30_000,)
    assert not validators.errors(schema, ["a"] * 60_000, "request")
