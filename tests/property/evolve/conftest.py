"""What tests of random edits share: the grammar beside this file, and values for its schemas."""

import importlib.util
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from trunkline import ir
from trunkline.pipeline.load import load_api

Json = Any


def lowered(document: Json, folder: Path) -> ir.Api | None:
    """The representation; None where the edit made something that is no description."""
    path = folder / "openapi.yaml"
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    loaded = load_api(path, strict=False)
    return None if loaded.diagnostics.errors else loaded.api


def values(document: Json, schema: Json) -> list[Json]:
    """Values at the edges of what fits a schema of the grammar."""
    if "$ref" in schema:
        return values(document, document["components"]["schemas"][schema["$ref"].split("/")[-1]])
    if "allOf" in schema:
        return values(document, schema["allOf"][0])
    if "anyOf" in schema:
        return [value for member in schema["anyOf"] for value in values(document, member)]
    if "enum" in schema:
        return list(schema["enum"])
    kinds = schema.get("type", "string")
    nulls: list[Json] = [None] if isinstance(kinds, list) else []
    match kinds[0] if isinstance(kinds, list) else kinds:
        case "null":
            return [None]
        case "boolean":
            found: list[Json] = [True, False]
        case "integer":
            found = [schema.get("minimum", -3), schema.get("maximum", 7), 4]
        case "number":
            found = [schema.get("minimum", 0.5), schema.get("maximum", 7.25)]
        case "array":
            inner = values(document, schema["items"])
            some = [inner[n % len(inner)] for n in range(schema.get("maxItems", 3))]
            found = [some, some[: max(1, schema.get("minItems", 0))]]
            found += [[]] if not schema.get("minItems") else []
        case "object" if "properties" in schema:
            found = objects(document, schema)
        case "object":
            inner = values(document, schema.get("additionalProperties") or {"type": "string"})
            found = [{"k": value} for value in inner] + [{}]
        case _:
            match schema.get("format"):
                case "uuid":
                    found = ["9f0c5d9e-32a6-4e3a-9d86-4dbb3dfe7ec1"]
                case "date-time":
                    found = ["2020-01-02T03:04:05Z"]
                case _:
                    least, most = schema.get("minLength", 0), schema.get("maxLength", 9)
                    found = ["x" * max(least, 1), "é" * most] + ([""] if least == 0 else [])
    return [*found, *nulls]


def objects(document: Json, schema: Json) -> list[Json]:
    """An object with everything, one with the least, and one for every value of every member."""
    each = {
        name: values(document, inner)
        for name, inner in schema["properties"].items()
        if not inner.get("readOnly")
    }
    full = {name: found[0] for name, found in each.items()}
    least = {name: full[name] for name in schema.get("required", []) if name in full}
    return [
        full,
        least,
        *({**least, name: value} for name, found in each.items() for value in found),
    ]


@pytest.fixture(scope="session")
def grammar() -> Any:
    """The functions of both files, for tests to call."""
    name = "trunkline_tests_evolve_grammar"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("grammar.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return SimpleNamespace(**vars(module), values=values, objects=objects, lowered=lowered)
