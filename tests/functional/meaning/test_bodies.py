"""Every schema form in a body, and every media type: the client sends it, the emulator keeps it,
shows it, and the client decodes the same value; the suite compares every property it has."""

from __future__ import annotations

from typing import Any

import pytest

from trunkline.emulator import running
from trunkline.semantics.responses import payload_schema, request_schema
from trunkline.semantics.schemas import leaves

STRING, INTEGER, NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}
COMPONENTS: dict[str, Any] = {
    "Card": {
        "type": "object",
        "required": ["kind", "last4"],
        "properties": {"kind": {"const": "card"}, "last4": STRING},
    },
    "Bank": {
        "type": "object",
        "required": ["kind", "iban"],
        "properties": {"kind": {"const": "bank"}, "iban": STRING},
    },
    "Cat": {
        "type": "object",
        "required": ["type", "lives"],
        "properties": {"type": STRING, "lives": INTEGER},
    },
    "Dog": {
        "type": "object",
        "required": ["type", "breed"],
        "properties": {"type": STRING, "breed": STRING},
    },
    "Base": {"type": "object", "required": ["name"], "properties": {"name": STRING}},
    "Tree": {
        "type": "object",
        "properties": {
            "label": STRING,
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
        },
    },
}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


CARD = {"kind": "card", "last4": "4242"}
BANK = {"kind": "bank", "iban": "DE1"}
FORMS: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "oneOf": ({"oneOf": [ref("Card"), ref("Bank")]}, [CARD, BANK]),
    "anyOf": ({"anyOf": [ref("Card"), ref("Bank")]}, [CARD, BANK]),
    "explicit discriminator": (
        {
            "oneOf": [ref("Cat"), ref("Dog")],
            "discriminator": {
                "propertyName": "type",
                "mapping": {"c": "#/components/schemas/Cat", "d": "#/components/schemas/Dog"},
            },
        },
        [{"type": "c", "lives": 9}, {"type": "d", "breed": "pug"}],
    ),
    "implicit discriminator": (
        {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "type"}},
        [{"type": "Cat", "lives": 9}, {"type": "Dog", "breed": "pug"}],
    ),
    "union beside properties": (
        {
            "type": "object",
            "required": ["name"],
            "properties": {"name": STRING},
            "oneOf": [ref("Card"), ref("Bank")],
        },
        [{"name": "a", **CARD}, {"name": "b", **BANK}],
    ),
    "union in allOf": (
        {"allOf": [ref("Base"), {"oneOf": [ref("Card"), ref("Bank")]}]},
        [{"name": "a", **CARD}, {"name": "b", **BANK}],
    ),
    "allOf": (
        {"allOf": [ref("Base"), {"type": "object", "properties": {"age": INTEGER}}]},
        [{"name": "a", "age": 3}],
    ),
    "scalar or object": ({"oneOf": [STRING, ref("Card")]}, ["plain", CARD]),
    "list of unions": (
        {"type": "array", "items": {"oneOf": [ref("Card"), ref("Bank")]}},
        [[CARD, BANK, CARD]],
    ),
    "nullable union": ({"anyOf": [ref("Card"), {"type": "null"}]}, [CARD, None]),
    "null by type": ({"type": ["string", "null"]}, ["a", None]),
    "null by enum": ({"enum": ["a", None]}, ["a", None]),
    "null by oneOf": ({"oneOf": [INTEGER, {"type": "null"}]}, [1, None]),
    "recursion": (ref("Tree"), [{"label": "a", "children": [{"label": "b", "children": []}]}]),
    "map": ({"type": "object", "additionalProperties": INTEGER}, [{"a b": 1, "c": 2}]),
    "map of objects": (
        {"type": "object", "additionalProperties": ref("Base")},
        [{"x": {"name": "a"}}],
    ),
    "enum": ({"enum": ["a", "b c"]}, ["b c"]),
    "enum of integers": ({"type": "integer", "enum": [1, 2]}, [2]),
    "tuple": (
        {"type": "array", "prefixItems": [STRING, INTEGER], "minItems": 2, "maxItems": 2},
        [["a", 1]],
    ),
    "big integer": (INTEGER, [2**53 + 1, -(2**62)]),
    "integer in number": (NUMBER, [5, 1.5]),
    "text": (STRING, ["", 'å\U0001f600\n\t"\\', "x" * 5000]),
    "date-time": ({"type": "string", "format": "date-time"}, ["2024-05-01T10:00:00Z"]),
    "date": ({"type": "string", "format": "date"}, ["2024-05-01"]),
    "uuid": ({"type": "string", "format": "uuid"}, ["0b1d1c52-6f0e-4f6a-8f0f-4d8a9a4a1c11"]),
    "anything": ({}, [{"a": [1, None, {"b": True}]}, [1, "a"], "text", 3]),
    "open object": ({"type": "object"}, [{"a": 1, "b": {"c": []}}]),
}
MEDIA: dict[str, tuple[str, str]] = {
    "plain": ("application/json", "application/json"),
    "charset": ("application/json; charset=utf-8", "application/json"),
    "any": ("*/*", "*/*"),
    "application range": ("application/*", "application/json"),
    "text/json": ("text/json", "text/json"),
    "vendor": ("application/vnd.acme.v2+json", "application/vnd.acme.v2+json"),
    "form": ("application/x-www-form-urlencoded", "application/json"),
    "multipart": ("multipart/form-data", "application/json"),
}
FORM_NAMES, MEDIA_NAMES = list(FORMS), list(MEDIA)
PLAIN = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "id": {**STRING, "readOnly": True},
        "name": STRING,
        "size": INTEGER,
        "tags": {"type": "array", "items": STRING},
        "ok": {"type": "boolean"},
    },
}


def resource(path: str, sent: tuple[str, Any], shown: tuple[str, Any]) -> dict[str, Any]:
    body = {"description": "ok", "content": {shown[0]: {"schema": shown[1]}}}
    item = {"name": "id", "in": "path", "required": True, "schema": STRING}
    return {
        path: {
            "post": {
                "requestBody": {"required": True, "content": {sent[0]: {"schema": sent[1]}}},
                "responses": {"201": body},
            },
        },
        f"{path}/{{id}}": {"get": {"parameters": [item], "responses": {"200": body}}},
    }


def described() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for index, (schema, _) in enumerate(FORMS.values()):
        whole = {
            "type": "object",
            "required": ["id"],
            "properties": {"id": {**STRING, "readOnly": True}, "value": schema},
        }
        paths |= resource(f"/f{index}", ("application/json", whole), ("application/json", whole))
    for index, (sent, shown) in enumerate(MEDIA.values()):
        paths |= resource(f"/m{index}", (sent, PLAIN), (shown, PLAIN))
    return {
        "openapi": "3.1.0",
        "info": {"title": "Bodies", "version": "1"},
        "servers": [{"url": "http://127.0.0.1"}],
        "paths": paths,
        "components": {"schemas": COMPONENTS},
    }


@pytest.fixture(scope="module")
def bodies(package):
    return package("manybodies", described())


@pytest.fixture(scope="module")
def server(bodies):
    with running(bodies.api) as started:
        yield started


def plain(value: Any) -> Any:
    """A decoded value as the JSON it stands for."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return value


ROWS = [(index, value) for index, name in enumerate(FORM_NAMES) for value in FORMS[name][1]]


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{FORM_NAMES[r[0]]} {str(r[1])[:30]!r}")
def test_what_is_sent_is_kept_shown_and_decoded(bodies, server, row: tuple[int, Any]) -> None:
    index, value = row
    with bodies.client(server.url) as client:
        things = getattr(client, f"f{index}")
        made = things.create(value=value)
        found = things.retrieve(made.id)
    for shown in (made, found):
        got = plain(shown)["value"]
        assert got == value
        assert type(got) is type(value)
    assert not isinstance(made.value, dict) or FORM_NAMES[index] in {
        "map", "map of objects", "anything", "open object",
    }  # fmt: skip


@pytest.mark.parametrize("index", range(len(MEDIA)), ids=lambda i: MEDIA_NAMES[i])
def test_every_media_type(bodies, server, index: int) -> None:
    sent = {"name": "a b&c", "size": 3, "tags": ["x", "y z"], "ok": False}
    with bodies.client(server.url) as client:
        things = getattr(client, f"m{index}")
        made = things.create(**sent)
        assert plain(made) == {"id": made.id, **sent}
        assert plain(things.retrieve(made.id)) == {"id": made.id, **sent}


@pytest.mark.parametrize("index", range(len(FORMS)), ids=lambda i: FORM_NAMES[i])
def test_the_suite_knows_every_property_that_is_sent(bodies, index: int) -> None:
    """The properties that values of the form have are those that the suite compares."""
    operations = {(o.method, o.path): o for o in bodies.api.operations}
    create = operations["post", f"/f{index}"]
    shown = payload_schema(bodies.api.schemas, create)
    sent = request_schema(create)
    assert shown is not None
    assert sent is not None
    known = {leaf.path[1:] for leaf in leaves(bodies.api.schemas, shown) if leaf.path[0] == "value"}
    assert known == {
        leaf.path[1:] for leaf in leaves(bodies.api.schemas, sent) if leaf.path[0] == "value"
    }
    for value in FORMS[FORM_NAMES[index]][1]:
        if isinstance(value, dict) and known != {()}:
            assert {(name,) for name in value} <= {path[:1] for path in known}
