"""A description as large and tangled as those of the biggest public APIs, made by a script.

    python benchmarks/tangled.py FILE

1,200 operations and 3,700 object schemas, inline ones included: resources that expand into each
other through unions, tagged unions, `allOf` over shared bases, recursion, nested filters, four
conventions of paging, actions, forms, parents. The same file each time. All of it is invented.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

Node = dict[str, Any]

FIRST = (
    "account", "billing", "channel", "device", "event", "fleet", "gateway", "host", "item",
    "journey",
)  # fmt: skip
SECOND = ("plan", "order", "policy", "report", "schedule", "template")
PARTS = ("line", "note", "member")
ACTIONS = ("cancel", "approve", "archive", "duplicate")
WORDS = (
    "name", "label", "reference", "note", "owner", "region", "limit", "total", "rate", "since",
    "until", "enabled", "priority", "locale", "colour", "source", "target", "score", "weight",
    "expires_at",
)  # fmt: skip
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def reference(name: str) -> Node:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def title(name: str) -> str:
    """`account_plan` as the name of a schema."""
    return "".join(word.capitalize() for word in name.split("_"))


class Maker:
    """Draws one description from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.names = [f"{first}_{second}" for first in FIRST for second in SECOND]
        time = {"type": "string", "format": "date-time", "readOnly": True}
        part = {"type": "array", "items": reference("Filter")}
        self.schemas: Node = {
            "Error": {
                "type": "object",
                "required": ["code", "message"],
                "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            },
            "Stamped": {
                "type": "object",
                "required": ["created_at"],
                "properties": {
                    "created_at": time,
                    "updated_at": {**time, "type": ["string", "null"]},
                },
            },
            "Filter": {
                "type": "object",
                "properties": {"op": {"type": "string"}, "parts": part},
            },
        }  # fmt: skip
        self.paths: Node = {}

    def scalar(self, word: str) -> Node:
        """One value; enumerations are the property's own."""
        kinds: list[Node] = [
            {"type": "string", "maxLength": 200},
            {"type": "integer", "minimum": 0},
            {"type": "number"},
            {"type": "boolean"},
            {"type": "string", "format": "date-time"},
            {"type": ["string", "null"]},
            {"type": "array", "items": {"type": "string"}},
            {"type": "object", "additionalProperties": {"type": "string"}},
            {"type": "string", "enum": [f"{word}_{n}" for n in range(self.random.randint(2, 6))]},
        ]
        return {**self.random.choice(kinds), "description": f"The {word.replace('_', ' ')} of it."}

    def fields(self, count: int, depth: int = 0) -> Node:
        """Properties, some of them objects that are described where they stand."""
        found: Node = {}
        for word in self.random.sample(WORDS, count):
            found[word] = self.scalar(word)
            if depth < 3 and self.random.random() < 0.28:
                found[f"{word}_details"] = {
                    "type": "object",
                    "description": f"What belongs to {word}.",
                    "properties": self.fields(self.random.randint(2, 4), depth + 1),
                }
        return found

    def expandable(self) -> Node:
        """The id of an object, or the object: every resource leads to every other."""
        other = title(self.random.choice(self.names))
        return {"anyOf": [{"type": "string"}, reference(other), reference(f"Deleted{other}")]}

    def resource(self, name: str) -> None:
        """The schemas of one resource."""
        own = title(name)
        properties = {"id": {"type": "string", "readOnly": True}, **self.fields(8)}
        for number in range(3):
            properties[f"related_{number}"] = self.expandable()
        properties["terms"] = {
            "oneOf": [reference(f"{own}{kind}") for kind in ("Fixed", "Metered")],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {
                    "fixed": f"#/components/schemas/{own}Fixed",
                    "metered": f"#/components/schemas/{own}Metered",
                },
            },
        }
        self.schemas[own] = {
            "allOf": [
                reference("Stamped"),
                {"type": "object", "required": ["id"], "properties": properties},
            ]
        }
        for kind in ("Fixed", "Metered"):
            self.schemas[f"{own}{kind}"] = {
                "type": "object",
                "required": ["kind"],
                "properties": {
                    "kind": {"type": "string", "enum": [kind.lower()]},
                    **self.fields(4),
                },
            }
        self.schemas[f"Deleted{own}"] = {
            "type": "object",
            "required": ["id", "deleted"],
            "properties": {
                "id": {"type": "string"},
                "deleted": {"type": "boolean", "enum": [True]},
            },
        }
        for part in PARTS:
            self.schemas[f"{own}{part.capitalize()}"] = {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string", "readOnly": True},
                    **self.fields(5),
                    "parent": self.expandable(),
                },
            }

    def answers(self, status: str, schema: Node | None) -> Node:
        """Responses: one success and the error that all share."""
        done: Node = {"description": "Done."}
        if schema is not None:
            done["content"] = {JSON: {"schema": schema}}
        error = {"description": "Refused.", "content": {JSON: {"schema": reference("Error")}}}
        return {status: done, "4XX": error}

    def body(self, kind: str) -> Node:
        """A request body, written where it is used; every fourth resource takes forms."""
        schema = {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string"}, **self.fields(6)},
        }
        media_type = FORM if kind == "form" else JSON
        return {"required": True, "content": {media_type: {"schema": schema}}}

    def listing(self, own: Node, style: int) -> tuple[list[Node], Node]:
        """Parameters and schema of a list, in one of four conventions."""
        items = {"type": "array", "items": own}
        number = {"type": "integer", "minimum": 1}
        limit = {"name": "limit", "in": "query", "schema": {**number, "maximum": 100}}
        text = {"type": ["string", "null"]}
        if style == 0:
            more = {"has_more": {"type": "boolean"}, "data": items}
            after = {"name": "starting_after", "in": "query", "schema": {"type": "string"}}
            return [limit, after], {
                "type": "object",
                "required": ["data", "has_more"],
                "properties": more,
            }
        if style == 1:
            page = {"name": "page", "in": "query", "schema": number}
            meta = {
                "type": "object",
                "properties": {"page": number, "total_pages": {"type": "integer"}},
            }
            return [page, limit], {"type": "object", "properties": {"data": items, "meta": meta}}
        if style == 2:
            offset = {"name": "offset", "in": "query", "schema": {"type": "integer", "minimum": 0}}
            return [offset, limit], items
        cursor = {"name": "cursor", "in": "query", "schema": {"type": "string"}}
        found = {"results": items, "next_cursor": text}
        return [cursor, limit], {"type": "object", "properties": found}

    def operations(self, number: int, name: str) -> None:
        """Twenty operations or so below one path."""
        own, path = reference(title(name)), f"/v1/{name.replace('_', '/')}s"
        kind = "form" if number % 4 == 0 else "json"
        parameters, shape = self.listing(own, number % 4)
        deep = {
            "name": "filter", "in": "query", "style": "deepObject", "explode": True,
            "schema": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "since": {"type": "string"}},
            },
        }  # fmt: skip
        self.put(path, "get", parameters=[*parameters, deep], responses=self.answers("200", shape))
        self.put(path, "post", requestBody=self.body(kind), responses=self.answers("201", own))
        search = {"required": True, "content": {JSON: {"schema": reference("Filter")}}}
        self.put(f"{path}/search", "post", requestBody=search, responses=self.answers("200", shape))
        one = f"{path}/{{id}}"
        gone = {"anyOf": [own, reference(f"Deleted{title(name)}")]}
        self.put(one, "get", responses=self.answers("200", gone))
        self.put(one, "patch", requestBody=self.body(kind), responses=self.answers("200", own))
        self.put(one, "delete", responses=self.answers("200", reference(f"Deleted{title(name)}")))
        for action in ACTIONS[: 2 + number % 3]:
            self.put(f"{one}/{action}", "post", responses=self.answers("200", own))
        for part in PARTS:
            below = reference(f"{title(name)}{part.capitalize()}")
            shape = self.listing(below, (number + 1) % 4)[1]
            self.put(f"{one}/{part}s", "get", responses=self.answers("200", shape))
            self.put(
                f"{one}/{part}s", "post",
                requestBody=self.body("json"), responses=self.answers("201", below),
            )  # fmt: skip
            self.put(f"{one}/{part}s/{{{part}}}", "get", responses=self.answers("200", below))
            if part != PARTS[0]:
                self.put(f"{one}/{part}s/{{{part}}}", "delete", responses=self.answers("204", None))

    def put(self, path: str, method: str, **operation: Any) -> None:
        """Add one operation, its path parameters included."""
        given = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        needed = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in given
        ]
        operation["parameters"] = [*needed, *operation.get("parameters", [])]
        area = path.split("/")[2].capitalize()
        words = [word for word in path.split("/")[1:] if word and not word.startswith("{")]
        named = "".join(word.capitalize() for word in words)
        by = "By" + "And".join(name.capitalize() for name in given) if given else ""
        item = self.paths.setdefault(path, {})
        item[method] = {
            "operationId": f"{method}{named}{by}",
            "tags": [area],
            "summary": f"{method.capitalize()} {' '.join(words[1:])}.",
            **operation,
        }

    def description(self) -> Node:
        """The whole."""
        for number, name in enumerate(self.names):
            self.resource(name)
            self.operations(number, name)
        return {
            "openapi": "3.1.0",
            "info": {"title": "Tangled", "version": "1", "description": "An invented API."},
            "servers": [{"url": "https://api.tangled.example"}],
            "security": [{"key": []}],
            "paths": self.paths,
            "components": {
                "schemas": self.schemas,
                "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            },
        }


def write(file: Path) -> None:
    """Write the description to `file`, as JSON."""
    file.write_text(json.dumps(Maker(1).description(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
