"""A whole description of hostile text becomes a package that parses, and nothing else."""

import ast
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from trunkline.diagnostics import Diagnostics, TrunklineError
from trunkline.generation import generate_package
from trunkline.names import default_package
from trunkline.output.manifest import is_inside
from trunkline.pipeline.load import load_api

ALLOWED_CALLS = frozenset(
    {
        "Annotated", "ApiKey", "Field", "HttpBasic", "HttpBearer", "OAuth2", "Operation", "Paging",
        "PartEncoding", "Service", "Style", "Tagged", "TypeAliasType", "TypedDict", "Signature",
        "Webhook", "RpcMethod", "model_rebuild",
    }
)  # fmt: skip
"""What generated modules of data may call when they are imported."""

TEXT = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
        st.sampled_from(['"""', "'", '"', "\\", "\n", "{{", "{%", "#", "\u202e", "class", "self"]),
        st.sampled_from(["__import__('os')", "\n    import os", "list", "None", "a" * 300]),
    ),
    min_size=1,
    max_size=5,
).map("".join)


def description(texts: list[str]) -> dict[str, object]:
    """A description with hostile text wherever any text may stand."""
    a, b, c, d = texts
    schema = {
        "type": "object",
        "title": a,
        "description": b,
        "required": [c],
        "properties": {
            a: {"type": "string", "description": c, "default": d, "pattern": "x"},
            b: {"enum": [a, b, c], "description": d},
            c: {"const": d},
            f"{d} ": {"type": "array", "items": {"$ref": "#/components/schemas/T"}},
        },
    }
    operation = {
        "operationId": a,
        "summary": b,
        "description": c,
        "tags": [d],
        "parameters": [
            {"name": n, "in": "query", "description": a, "schema": {"type": "string", "enum": [b]}}
            for n in dict.fromkeys(texts)
        ],
        "requestBody": {
            "content": {
                "application/json": {"schema": schema},
                "application/x-www-form-urlencoded": {"schema": schema},
                f"text/{a}": {"schema": {"type": "string"}},
            }
        },
        "security": [{a: [b]}, {c: []}],
        "callbacks": {
            a: {
                b: {
                    "post": {
                        "summary": c,
                        "requestBody": {"content": {"application/json": {"schema": schema}}},
                        "responses": {"204": {"description": d}},
                    }
                }
            }
        },
        "responses": {
            "200": {
                "description": a,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/T"}}},
            }
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": a, "version": b, "description": c},
        "tags": [{"name": d, "description": a}],
        "paths": {"/things": {"post": operation}},
        "components": {
            "schemas": {
                "T": schema,
                "Head": {
                    "type": "object",
                    "properties": {
                        a: {"type": "string"},
                        "head": {"$ref": "#/components/schemas/Head"},
                    },
                    "discriminator": {"propertyName": a, "mapping": {b: "Heir", c: "Heir"}},
                },
                "Heir": {"allOf": [{"$ref": "#/components/schemas/Head"}, schema]},
            },
            "securitySchemes": {
                a: {"type": "apiKey", "in": "query", "name": b},
                c: {"type": "http", "scheme": d},
            },
        },
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


MOSTLY_READ = [check for check in HealthCheck if check is not HealthCheck.filter_too_much]
"""A description that is refused proves nothing; most must not be."""


@settings(max_examples=12, deadline=None, suppress_health_check=MOSTLY_READ)
@given(st.lists(TEXT, min_size=4, max_size=4, unique=True))
def test_hostile_descriptions_stay_data(folder: Path, texts: list[str]) -> None:
    path = folder / "openapi.yaml"
    path.write_text(yaml.safe_dump(description(texts), allow_unicode=True), "utf-8")
    found = Diagnostics()
    try:
        api = load_api(path).api
    except TrunklineError:
        reject()  # refused with a message, which is an answer too
    files = generate_package(api, default_package(texts[0]), found)
    assert not list(found), "the formatter reads everything that is printed"
    for place, text in files.items():
        assert is_inside(place)
        assert all(part.isascii() for part in place.parts)
        if place.suffix != ".py" or "_runtime" in place.parts or "tests" in place.parts:
            continue
        is_example = "examples" in place.parts
        tree = ast.parse(text)
        for statement in tree.body:
            if isinstance(statement, ast.ClassDef | ast.FunctionDef):
                continue
            for node in ast.walk(statement):
                if isinstance(node, ast.Call):
                    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                    allowed = ALLOWED_CALLS | ({"exit", "main"} if is_example else set())
                    assert name in allowed, f"{place}: {ast.unparse(node)[:100]}"
