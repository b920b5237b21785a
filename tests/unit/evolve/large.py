"""Descriptions of more than a hundred operations, and later versions of them, made by a script.

Three services of different makes: a telephone exchange that pages by number, a shop that pages by
cursor and wraps what it answers, and a library of hundreds of shared schemas.
"""

import copy
import random

JSON = "application/json"
NOUNS = (
    *("call", "number", "trunk", "recording", "message", "contact", "queue", "agent", "extension"),
    *(
        "device",
        "invoice",
        "payment",
        "report",
        "profile",
        "webhook",
        "session",
        "gateway",
        "route",
    ),
    *("prompt", "voicemail", "tenant", "team", "shift", "holiday", "campaign", "script", "survey"),
    *("address", "order", "rate"),
)
KINDS = (
    {"type": "string", "maxLength": 80},
    {"type": "integer", "minimum": 0, "maximum": 1000},
    {"type": "number"},
    {"type": "boolean"},
    {"type": "string", "enum": ["new", "open", "done"]},
    {"type": "string", "format": "date-time"},
    {"type": "array", "items": {"type": "string"}},
    {"type": ["string", "null"]},
)
WORDS = ("name", "note", "size", "owner", "state", "label", "limit", "region", "since", "active")


def _ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def _body(schema):
    return {"content": {JSON: {"schema": schema}}}


def _answer(status, schema=None, refused=("404",)):
    found = {status: {"description": "Done", **(_body(schema) if schema else {})}}
    return found | {code: {"description": "Refused", **_body(_ref("Error"))} for code in refused}


def described(title, seed, *, wrapped, cursor):
    """A description with thirty resources of five operations each."""
    rng = random.Random(seed)
    schemas = {
        "Error": {"type": "object", "properties": {"message": {"type": "string"}}},
        "Stamp": {"type": "object", "properties": {"at": {"type": "string"}, "by": {}}},
    }
    paths = {}
    for noun in NOUNS:
        name = noun.capitalize()
        properties = {word: copy.deepcopy(rng.choice(KINDS)) for word in rng.sample(WORDS, 6)}
        first = next(iter(properties))
        schemas[f"{name}Input"] = {
            "type": "object",
            "required": [first],
            "properties": properties,
        }
        schemas[name] = {
            "type": "object",
            "required": ["id", first],
            "properties": {
                "id": {"type": "string", "readOnly": True},
                **copy.deepcopy(properties),
                "stamp": _ref("Stamp"),
            },
        }
        one = _ref(name)
        if wrapped:
            one = {"type": "object", "required": ["data"], "properties": {"data": one}}
        token = "cursor" if cursor else "page"
        listed = {
            "type": "object",
            "required": ["items"],
            "properties": {
                "items": {"type": "array", "items": _ref(name)},
                ("next_cursor" if cursor else "total_pages"): {
                    "type": "string" if cursor else "integer"
                },
            },
        }
        query = [
            {"name": token, "in": "query", "schema": {"type": "string" if cursor else "integer"}},
            {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}},
            {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["name", "at"]}},
        ]
        key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        body = {"required": True, **_body(_ref(f"{name}Input"))}
        paths[f"/{noun}s"] = {
            "get": {
                "operationId": f"list{name}s",
                "parameters": query,
                "responses": _answer("200", listed, ("401",)),
            },
            "post": {
                "operationId": f"create{name}",
                "requestBody": body,
                "responses": _answer("201", one, ("401", "422")),
            },
        }
        paths[f"/{noun}s/{{id}}"] = {
            "parameters": [key],
            "get": {"operationId": f"get{name}", "responses": _answer("200", one)},
            "put": {
                "operationId": f"replace{name}",
                "requestBody": body,
                "responses": _answer("200", one),
            },
            "delete": {"operationId": f"delete{name}", "responses": _answer("204")},
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1.0.0"},
        "servers": [{"url": "https://api.example.com/v1"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def later(document, seed):
    """The next version: removed, renamed, narrowed, widened and added to, in many places."""
    rng = random.Random(seed)
    new = copy.deepcopy(document)
    schemas, paths = new["components"]["schemas"], new["paths"]
    for noun in rng.sample(NOUNS, 2):
        del paths[f"/{noun}s/{{id}}"]["delete"]
    for noun in rng.sample(NOUNS, 10):
        name = noun.capitalize()
        for side in (name, f"{name}Input"):
            found = schemas[side]["properties"]
            found["colour"] = {"type": "string"}
            changed = found[next(key for key in found if key != "id")]
            if "maxLength" in changed:
                changed["maxLength"] = rng.choice((40, 160))
            elif "enum" in changed:
                changed["enum"] = [*changed["enum"], "gone"]
            elif "maximum" in changed:
                changed["maximum"] = rng.choice((10, 10_000))
    for noun in rng.sample(NOUNS, 3):
        name = noun.capitalize()
        for side in (name, f"{name}Input"):
            found = schemas[side]["properties"]
            last = next(key for key in reversed(found) if key not in ("colour", "stamp"))
            found[f"{last}_text"] = found.pop(last)
    for item in paths.values():
        if "post" in item:
            limit = item["get"]["parameters"][1]["schema"]
            limit["maximum"] = 50
            item["get"]["parameters"].append(
                {"name": "fields", "in": "query", "schema": {"type": "string"}}
            )
    del schemas["Stamp"]["properties"]["by"]
    new["info"]["version"] = "2.0.0"
    return new
