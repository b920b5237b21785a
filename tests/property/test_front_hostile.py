"""No description, however broken, gets anything but an API, findings, or the one exception."""

# ruff: noqa: E501  # descriptions read best with one thing on a line

from __future__ import annotations

import copy
import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trunkline.diagnostics import Code, Diagnostics, TrunklineError
from trunkline.ir import Api, definitions
from trunkline.lower import lower
from trunkline.openapi import load
from trunkline.source import Document, parse

BASE = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1", "contact": {"name": "n"}, "license": {"name": "MIT"}},
    "servers": [{"url": "https://{r}", "variables": {"r": {"default": "x", "enum": ["x"]}}}],
    "security": [{"key": []}],
    "tags": [{"name": "a"}],
    "x-trunkline-sources": {"d": {"title": "t", "lines": 9, "sha256": "0"}},
    "x-trunkline-pagination": {"style": "page", "page": "page", "size": "size", "items": "data"},
    "paths": {
        "/things": {
            "parameters": [{"$ref": "#/components/parameters/P"}],
            "get": {
                "operationId": "list",
                "x-trunkline-source": "d:1-2",
                "x-trunkline-resource": {"name": "things", "action": "list"},
                "parameters": [
                    {"name": "page", "in": "query", "schema": {"type": "integer"}},
                    {"name": "sort", "in": "query", "schema": {"enum": ["id", "-id"]}},
                    {"name": "filter[id]", "in": "query", "content": {"a/b": {"schema": {}}}},
                ],
                "responses": {
                    "200": {
                        "description": "",
                        "headers": {"Link": {"schema": {"type": "string"}}},
                        "links": {"n": {"operationId": "list", "parameters": {"a": "1"}}},
                        "content": {
                            "application/json": {
                                "schema": {
                                    "properties": {
                                        "data": {"items": {"$ref": "#/components/schemas/A"}},
                                        "meta": {"properties": {"total": {"type": "integer"}}},
                                    }
                                },
                                "examples": {"e": {"value": 1}},
                            }
                        },
                    }
                },
            },
            "post": {
                "requestBody": {"content": {"multipart/form-data": {"schema": {"allOf": [{"$ref": "#/components/schemas/B"}, {"required": ["x"]}]}, "encoding": {"x": {"style": "form"}}}}},
                "callbacks": {"c": {"{$url}": {"post": {"responses": {"200": {"description": ""}}}}}},
                "responses": {"default": {"$ref": "#/components/responses/R"}},
            },
        },
        "/rpc": {
            "post": {
                "x-trunkline-rpc": {"errors": {"1": "e"}, "methods": {"a.b": {"params": [{"name": "x", "schema": {}}], "result": {}}}},
                "responses": {"200": {"description": ""}},
            }
        },
    },
    "webhooks": {"w": {"post": {"x-trunkline-signature": {"header": "X"}, "responses": {"200": {"description": ""}}}}},
    "components": {
        "parameters": {"P": {"name": "p", "in": "header", "schema": {"type": ["string", "null"]}}},
        "responses": {"R": {"description": "", "content": {"text/plain": {}}}},
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "k"},
            "o": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "https://a", "scopes": {"a": "b"}}}},
        },
        "schemas": {
            "A": {"type": "object", "properties": {"id": {"type": "string", "enum": ["a", None]}}, "required": ["id"], "additionalProperties": {"type": "number", "minimum": 1}},
            "B": {
                "oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "object", "properties": {"k": {"const": "k"}}}],
                "discriminator": {"propertyName": "k", "mapping": {"k": "A"}},
                "not": {"$ref": "#/components/schemas/C"},
            },
            "C": {"type": "array", "prefixItems": [{"pattern": "^a"}], "items": {"anyOf": [{"const": 1}, {"const": 2}]}, "contains": {"maximum": 2}},
        },
    },
}  # fmt: skip


def _places(value: object, path: tuple = ()) -> list[tuple]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, member in value.items():
            found += _places(member, (*path, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            found += _places(member, (*path, index))
    return found


PLACES = _places(BASE)
TEXT = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["'''", '"""', "\\", "{{7*7}}", "{% raw %}", "__class__", "\u202e", "class", "a" * 10_000, "\n", "#/",
         "#/components/schemas/B", "#/components/schemas/C/items", "#/paths/~1things", "../x", "object", "3XX"]
    ),
)  # fmt: skip
REFERENCE = st.builds(lambda t: {"$ref": t}, TEXT)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.floats(allow_nan=False, allow_infinity=False), TEXT, REFERENCE),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(TEXT, inner, max_size=2)),
    max_leaves=4,
)  # fmt: skip


def _changed(changes: list[tuple[tuple, object]]) -> dict:
    document = copy.deepcopy(BASE)
    for path, value in changes:
        holder = document
        for token in path[:-1]:
            try:
                holder = holder[token]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(holder, dict) or (
                isinstance(holder, list) and isinstance(path[-1], int) and path[-1] < len(holder)
            ):
                holder[path[-1]] = value
    return document


def _read(text: str, name: str) -> tuple[Api, Diagnostics]:
    found = Diagnostics()
    document = Document(parse(name, text.encode()), Path("/nowhere"), found, None)
    return lower(load(document, found, validate=False), found), found


def _attempt(action, otherwise):
    """What `action` gives, or `otherwise` with what the one exception that may come says."""
    try:
        return action()
    except TrunklineError as error:
        return (*otherwise[:-1], error.diagnostics)


def test_the_base_is_sound():
    api, found = _read(json.dumps(BASE), "a.json")
    assert found.errors == []
    assert len(api.operations) == 3


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PLACES), VALUES), min_size=1, max_size=3))
def test_any_change_of_a_description_ends_well(changes):
    api, found = _attempt(lambda: _read(json.dumps(_changed(changes)), "a.json"), (None, []))
    assert all(d.position is not None for d in found)
    assert not {Code.FILE_MISSING, Code.SYNTAX} & {d.code for d in found}
    if api is not None:
        json.dumps(definitions(api))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=60), st.binary(max_size=60)))
def test_any_text_parses_or_fails_at_a_position(content):
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    for name in ("a.yaml", "a.json"):
        file, found = _attempt(lambda name=name: (parse(name, data), []), (None, []))
        assert (file is None) == bool(found)
        for diagnostic in found:
            assert diagnostic.position.line >= 1
            assert diagnostic.position.column >= 1
