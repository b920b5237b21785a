"""Small random descriptions, and a grammar of edits over them."""

import copy
import dataclasses
import random
from collections.abc import Callable, Iterator
from typing import Any

import yaml

Json = Any
JSON = "application/json"
WORDS = ("name", "size", "state", "price", "labels", "since", "note", "owner", "limits", "ready")


@dataclasses.dataclass(frozen=True)
class Edit:
    """A description before and after, and what was done."""

    what: str
    old: Json
    new: Json


# --- Descriptions --------------------------------------------------------------------------------


def value_schema(rng: random.Random, depth: int = 0) -> Json:
    """A schema of one property."""
    kinds = ["string", "bounded", "integer", "number", "boolean", "enum", "time", "id"]
    kinds += ["array", "object", "map", "choice"] if depth == 0 else []
    match rng.choice(kinds):
        case "string":
            found: Json = {"type": "string"}
        case "bounded":
            found = {"type": "string", "minLength": 1, "maxLength": 6}
        case "integer":
            found = {"type": "integer", "minimum": 0, "maximum": 9}
        case "number":
            found = {"type": "number"}
        case "boolean":
            found = {"type": "boolean"}
        case "enum":
            found = {"type": "string", "enum": ["up", "down", "away"]}
        case "time":
            found = {"type": "string", "format": "date-time"}
        case "id":
            found = {"type": "string", "format": "uuid"}
        case "array":
            found = {"type": "array", "items": value_schema(rng, 1), "maxItems": 4}
        case "map":
            found = {"type": "object", "additionalProperties": value_schema(rng, 1)}
        case "choice":
            found = {"anyOf": [{"type": "integer"}, {"type": "boolean"}]}
        case _:
            found = object_schema(rng, 2, 1)
    if rng.random() < 0.25 and isinstance(found.get("type"), str) and "enum" not in found:
        found["type"] = [found["type"], "null"]
    return found


def object_schema(rng: random.Random, size: int, depth: int = 0) -> Json:
    """An object of `size` properties, some of them required."""
    names = rng.sample(WORDS, size)
    required = [name for name in names if rng.random() < 0.5]
    found: Json = {
        "type": "object",
        "properties": {name: value_schema(rng, depth) for name in names},
    }
    return {**found, "required": required} if required else found


def description(rng: random.Random) -> Json:
    """One resource with the usual operations, and a second one that is only read."""
    body = object_schema(rng, rng.randint(2, 4))
    stored = copy.deepcopy(body)
    stored["properties"] = {
        "id": {"type": "string", "format": "uuid", "readOnly": True},
        **stored["properties"],
    }
    stored["required"] = ["id", *stored.get("required", [])]
    changes = {**copy.deepcopy(body), "required": []}
    del changes["required"]
    widget = {"$ref": "#/components/schemas/Widget"}

    def answer(schema: Json) -> Json:
        return {"description": "Done", "content": {JSON: {"schema": schema}}}

    def operation(name: str, status: str, schema: Json, **more: Json) -> Json:
        responses = {status: {"description": "Done"} if schema is None else answer(schema)}
        return {"operationId": name, "responses": responses, **more}

    key = {"name": "widget_id", "in": "path", "required": True, "schema": {"type": "string"}}
    filters = [
        {"name": name, "in": "query", "required": name == "tenant", "schema": schema}
        for name, schema in (
            ("tenant", {"type": "string"}),
            ("limit", {"type": "integer", "minimum": 1, "maximum": 50}),
            ("order", {"type": "string", "enum": ["asc", "desc"]}),
            ("marks", {"type": "array", "items": {"type": "string"}}),
        )
        if rng.random() < 0.7
    ]
    trace = {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}
    listed = {
        "type": "object",
        "properties": {"data": {"type": "array", "items": widget}},
        "required": ["data"],
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Widgets", "version": "1.0.0"},
        "servers": [{"url": "https://api.example.com"}],
        "security": [{"key": []}],
        "paths": {
            "/widgets": {
                "get": operation("listWidgets", "200", listed, parameters=filters),
                "post": operation(
                    "createWidget",
                    "201",
                    widget,
                    parameters=[trace] if rng.random() < 0.5 else [],
                    requestBody={"required": True, "content": {JSON: {"schema": body}}},
                ),
            },
            "/widgets/{widget_id}": {
                "parameters": [key],
                "get": operation("retrieveWidget", "200", widget),
                "patch": operation(
                    "updateWidget",
                    "200",
                    widget,
                    requestBody={"required": True, "content": {JSON: {"schema": changes}}},
                ),
                "delete": operation("deleteWidget", "204", None),
            },
        },
        "components": {
            "schemas": {"Widget": stored},
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        },
    }


# --- Edits ---------------------------------------------------------------------------------------


def schemas_of(value: Json, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Json]]:
    """Every schema that holds a value, with its place; a component once."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from schemas_of(one, (*path, number))
    if not isinstance(value, dict):
        return
    holds = path[-1:] == ("schema",) or path[-1:] == ("items",)
    inside = path[-2:-1] in (("properties",), ("schemas",), ("anyOf",))
    if (holds or inside) and "$ref" not in value:
        yield path, value
    for name, one in value.items():
        yield from schemas_of(one, (*path, name))


def operations_of(document: Json) -> list[tuple[str, str, Json]]:
    """Path, method and operation."""
    return [
        (path, method, item[method])
        for path, item in document["paths"].items()
        for method in ("get", "post", "patch", "delete")
        if method in item
    ]


def at(document: Json, path: tuple[Any, ...]) -> Json:
    """What stands at a place."""
    for step in path:
        document = document[step]
    return document


Action = Callable[[random.Random, Json], str | None]


def edit_bounds(rng: random.Random, schema: Json) -> str | None:
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    keys = {
        "string": ("minLength", "maxLength"),
        "integer": ("minimum", "maximum", "multipleOf"),
        "number": ("minimum", "maximum"),
        "array": ("minItems", "maxItems", "uniqueItems"),
        "object": ("minProperties", "maxProperties"),
    }.get(kind)
    if keys is None or "enum" in schema or "format" in schema:
        return None
    key = rng.choice(keys)
    if key in schema and rng.random() < 0.4:
        del schema[key]
        return f"remove {key}"
    least = key.startswith("min")
    was = schema.get(key, 0 if least else 5)
    schema[key] = {"uniqueItems": True, "multipleOf": rng.choice([1, 2])}.get(
        key, max(0, was + rng.choice([-2, -1, 1, 2]))
    )
    return f"{key} becomes {schema[key]}"


def edit_null(rng: random.Random, schema: Json) -> str | None:
    kind = schema.get("type")
    if isinstance(kind, list):
        schema["type"] = kind[0]
        return "forbid null"
    if not isinstance(kind, str) or "enum" in schema:
        return None
    schema["type"] = [kind, "null"]
    return "allow null"


def edit_type(rng: random.Random, schema: Json) -> str | None:
    kind = rng.choice(["string", "integer", "number", "boolean"])
    if schema.get("type") == kind:
        return None
    for key in list(schema):
        if key not in {"description", "readOnly"}:
            del schema[key]
    schema["type"] = kind
    return f"type becomes {kind}"


def edit_format(rng: random.Random, schema: Json) -> str | None:
    if schema.get("type") != "string" or "enum" in schema:
        return None
    if "format" in schema:
        del schema["format"]
        return "remove the format"
    schema["format"] = rng.choice(["uuid", "date-time", "date", "password"])
    return f"format becomes {schema['format']}"


def edit_pattern(rng: random.Random, schema: Json) -> str | None:
    if schema.get("type") != "string" or "enum" in schema or "format" in schema:
        return None
    schema["pattern"] = "^[a-f]+$"
    return "add a pattern"


def edit_enum(rng: random.Random, schema: Json) -> str | None:
    if "enum" not in schema:
        if schema.get("type") != "string" or "format" in schema:
            return None
        schema["enum"] = ["ab", "cd"]
        return "introduce an enum"
    done = rng.choice(["add", "remove", "lift", "rename", "order"])
    values = schema["enum"]
    match done:
        case "add":
            values.append("idle")
        case "remove":
            values.pop(rng.randrange(len(values)))
        case "lift":
            del schema["enum"]
        case "rename":
            values[0] = values[0].upper()
        case _:
            values.reverse()
    return f"enum: {done}"


def edit_default(rng: random.Random, schema: Json) -> str | None:
    kind = schema.get("type")
    value = {"string": "ab", "integer": 3, "boolean": True}.get(
        kind if isinstance(kind, str) else ""
    )
    if value is None or "format" in schema or "enum" in schema:
        return None
    schema["default"] = value
    return "add a default"


def edit_flags(rng: random.Random, schema: Json) -> str | None:
    key = rng.choice(["readOnly", "writeOnly", "deprecated"])
    if schema.get(key):
        del schema[key]
        return f"no longer {key}"
    schema[key] = True
    return f"becomes {key}"


def edit_text(rng: random.Random, schema: Json) -> str | None:
    schema["description"] = "Said otherwise."
    return "describe it"


def edit_wrap(rng: random.Random, schema: Json) -> str | None:
    inner = copy.deepcopy(schema)
    schema.clear()
    how = rng.choice(["anyOf string", "allOf", "array", "anyOf null"])
    schema.update(
        {
            "anyOf string": {"anyOf": [inner, {"type": "string"}]},
            "allOf": {"allOf": [inner]},
            "array": {"type": "array", "items": inner},
            "anyOf null": {"anyOf": [inner, {"type": "null"}]},
        }[how]
    )
    return f"wrap in {how}"


def edit_union(rng: random.Random, schema: Json) -> str | None:
    if "anyOf" not in schema:
        return None
    if rng.random() < 0.5:
        schema["anyOf"].pop()
        return "remove a member of the union"
    schema["anyOf"].append({"type": "array", "items": {"type": "string"}})
    return "add a member to the union"


def edit_properties(rng: random.Random, schema: Json) -> str | None:
    if "properties" not in schema:
        return None
    properties, required = schema["properties"], schema.get("required", [])
    done = rng.choice(["add", "add required", "remove", "rename", "require", "release", "order"])
    name = rng.choice(list(properties))
    match done:
        case "add" | "add required":
            properties["fresh"] = value_schema(rng, 1)
            required = [*required, "fresh"] if done == "add required" else required
        case "remove":
            del properties[name]
            required = [one for one in required if one != name]
        case "rename":
            properties[f"{name}_code"] = properties.pop(name)
            required = [f"{one}_code" if one == name else one for one in required]
        case "require":
            required = sorted({*required, name})
        case "release":
            required = [one for one in required if one != name]
        case _:
            schema["properties"] = dict(reversed(properties.items()))
    if required:
        schema["required"] = required
    else:
        schema.pop("required", None)
    return f"property {name}: {done}"


def edit_openness(rng: random.Random, schema: Json) -> str | None:
    if "properties" not in schema:
        return None
    if "additionalProperties" in schema:
        del schema["additionalProperties"]
        return "open the object"
    schema["additionalProperties"] = False
    return "close the object"


SCHEMA_EDITS = (
    edit_bounds, edit_bounds, edit_null, edit_null, edit_type, edit_format, edit_pattern,
    edit_enum, edit_enum, edit_default, edit_flags, edit_text, edit_wrap, edit_union,
    edit_properties, edit_properties, edit_properties, edit_openness,
)  # fmt: skip


def edit_schema(rng: random.Random, document: Json) -> str | None:
    path, schema = rng.choice(list(schemas_of(document)))
    said = rng.choice(SCHEMA_EDITS)(rng, schema)
    return said and f"{'/'.join(map(str, path))}: {said}"


def edit_parameters(rng: random.Random, document: Json) -> str | None:
    path, method, operation = rng.choice(operations_of(document))
    listed = operation.setdefault("parameters", [])
    done = rng.choice(["add", "add required", "remove", "rename", "require", "release", "style",
                       "header"])  # fmt: skip
    where = f"{method} {path}: parameter: {done}"
    if done in {"add", "add required", "header"}:
        place = "header" if done == "header" else "query"
        listed.append(
            {
                "name": "X-Fresh" if place == "header" else "fresh",
                "in": place,
                "required": done == "add required",
                "schema": value_schema(rng, 1),
            }
        )
        return where
    if not listed:
        return None
    one = rng.choice(listed)
    match done:
        case "remove":
            listed.remove(one)
        case "rename":
            one["name"] = f"{one['name']}_code"
        case "require" | "release":
            one["required"] = done == "require"
        case _:
            one["explode"] = not one.get("explode", one["in"] == "query")
    return f"{where} ({one['name']})"


def edit_operation(rng: random.Random, document: Json) -> str | None:
    path, method, operation = rng.choice(operations_of(document))
    done = rng.choice(["remove", "id", "status", "error", "body", "media type", "security", "tags",
                       "deprecate", "path", "resource", "method", "open", "server",
                       "new"])  # fmt: skip
    item, responses = document["paths"][path], operation["responses"]
    match done:
        case "remove":
            del item[method]
        case "id":
            operation["operationId"] += "Again"
        case "status":
            status = next(iter(responses))
            responses["202" if status != "202" else "200"] = responses.pop(status)
        case "error":
            responses["418"] = {"description": "A teapot"}
        case "body":
            if "requestBody" not in operation:
                return None
            operation["requestBody"]["required"] = not operation["requestBody"]["required"]
        case "media type":
            holder = rng.choice([operation.get("requestBody", {}), *responses.values()])
            if JSON not in holder.get("content", {}):
                return None
            holder["content"]["application/vnd.widgets+json"] = holder["content"][JSON]
            if rng.random() < 0.5:
                del holder["content"][JSON]
                done = "media type replaced"
        case "security":
            document["components"]["securitySchemes"]["basic"] = {"type": "http", "scheme": "basic"}
            operation["security"] = [{"basic": []}]
        case "open":
            operation["security"] = []
        case "tags":
            operation["tags"] = ["machines"]
        case "deprecate":
            operation["deprecated"] = True
        case "path":
            document["paths"][path.replace("widgets", "gadgets")] = document["paths"].pop(path)
        case "resource":
            moved = (
                [operation] if rng.random() < 0.3 else [o for _, _, o in operations_of(document)]
            )
            for one in moved:
                one["x-trunkline-resource"] = {"name": "machines"}
        case "method":
            operation["x-trunkline-method"] = "again"
        case "server":
            document["servers"][0]["url"] += "/v2"
        case _:
            document["paths"]["/health"] = {
                "get": {"operationId": "health", "responses": {"204": {"description": "Well"}}}
            }
    return f"{method} {path}: {done}"


def edit_components(rng: random.Random, document: Json) -> str | None:
    """Moves and renames that mean nothing on the wire."""
    schemas = document["components"]["schemas"]
    if "Widget" not in schemas or "WidgetInput" in schemas:
        return None
    if rng.random() < 0.5:
        schemas["Gadget"] = schemas.pop("Widget")
        text = yaml.safe_dump(document["paths"]).replace("schemas/Widget", "schemas/Gadget")
        document["paths"] = yaml.safe_load(text)
        return "rename the component Widget"
    for _, _, operation in operations_of(document):
        body = operation.get("requestBody", {}).get("content", {}).get(JSON)
        if body is not None and "$ref" not in body["schema"]:
            schemas["WidgetInput"] = body["schema"]
            body["schema"] = {"$ref": "#/components/schemas/WidgetInput"}
            return "name the body of a request"
    return None


def random_edit(rng: random.Random, old: Json) -> Edit:
    """One to two edits of a description."""
    while True:
        new, said = copy.deepcopy(old), []
        for _ in range(rng.choice([1, 1, 1, 2])):
            action: Action = rng.choice(
                [edit_schema] * 6 + [edit_parameters] * 2 + [edit_operation] * 3 + [edit_components]
            )
            said.append(action(rng, new))
        if all(said) and new != old:
            return Edit("; ".join(map(str, said)), old, new)
