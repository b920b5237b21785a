"""A call of a client's method with given values, as source text: for pages and consoles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from trunkline.ir import (
    Api,
    Array,
    Intersection,
    Json,
    Object,
    Operation,
    ParameterLocation,
    RpcMethod,
    Schema,
    String,
)
from trunkline.names import BodyMode, MethodName, NamePlan, ResultKind, resource_path
from trunkline.semantics.schemas import resolve
from trunkline.text import literal

WIDTH: Final = 88
"""Characters of a line; what would be longer stands on several."""
_FORMATS: Final = {
    "date-time": "datetime.fromisoformat",
    "date": "date.fromisoformat",
    "uuid": "UUID",
    "decimal": "Decimal",
}
_IMPORTS: Final = {
    "datetime.fromisoformat(": "from datetime import datetime",
    "date.fromisoformat(": "from datetime import date",
    "UUID(": "from uuid import UUID",
    "Decimal(": "from decimal import Decimal",
}


def imports(call: str) -> list[str]:
    """What a printed call needs from the standard library, a line each."""
    return [
        line for name, line in _IMPORTS.items() if re.search(rf"(?<!\w){re.escape(name)}", call)
    ]


def attribute_path(plan: NamePlan, path: tuple[str, ...]) -> str:
    """How a resource is reached from the client."""
    names = [plan.resources[path[: n + 1]].attribute for n in range(len(path))]
    return ".".join(names)


class CallPrinter:
    """Prints calls of the methods of one package; `client` is what the client is called."""

    def __init__(self, api: Api, plan: NamePlan, client: str = "client") -> None:
        self._api = api
        self._plan = plan
        self._client = client

    def operation(
        self,
        operation: Operation,
        parameters: Mapping[tuple[ParameterLocation, str], Json],
        body: Json = None,
    ) -> str:
        """A call that sends `parameters`, by location and name, and `body`; "" where the client
        has no method for the operation."""
        name = self._plan.methods.get(operation.id)
        if name is None:
            return ""
        surface = self._plan.surfaces[operation.id]
        given = {
            (p.location.value, p.name): self._value(p.schema, parameters[p.location, p.name])
            for p in operation.parameters
            if (p.location, p.name) in parameters
        }
        positional = [
            given.pop(("path", p.name))
            for p in sorted(operation.parameters, key=lambda p: operation.path.find(p.name))
            if ("path", p.name) in given
        ]
        keywords: list[str] = []
        if surface.body is not None and body is not None:
            if surface.body.mode is BodyMode.WHOLE:
                text = self._value(surface.body.content.schema, body)
                keywords.append(f"{name.arguments['body', '']}={text}")
            elif isinstance(body, dict):
                keywords += [
                    f"{name.arguments['body', p.name]}={self._value(p.schema, body[p.name])}"
                    for p in surface.body.properties
                    if p.name in body
                ]
        keywords += [f"{name.arguments[place]}={text}" for place, text in given.items()]
        call = self._call(resource_path(operation.resource), name, [*positional, *keywords])
        if surface.result.kind is ResultKind.PAGE or surface.result.is_stream:
            return f"for item in {call}:\n    print(item)"
        return call

    def method(self, method: RpcMethod, parameters: list[Json]) -> str:
        """A call of a JSON-RPC method with its first parameters."""
        name = self._plan.rpc.get(method.name)
        if name is None:
            return ""
        texts = [
            self._value(p.schema, value)
            for p, value in zip(method.parameters, parameters, strict=False)
        ]
        return self._call(resource_path(method.resource), name, texts)

    def _call(self, path: tuple[str, ...], name: MethodName, arguments: list[str]) -> str:
        at = attribute_path(self._plan, path)
        return _filled(f"{self._client}.{at}.{name.name}(", arguments, ")")

    def _value(self, schema: Schema | None, value: Json) -> str:
        """`value` as what the client takes for `schema`; what no schema describes as it is."""
        target = resolve(self._api.schemas, schema) if schema is not None else None
        shape = target.shape if target is not None else None
        if isinstance(value, str):
            made = _FORMATS.get(shape.format or "") if isinstance(shape, String) else None
            return f"{made}({_source(value)})" if made else _source(value)
        if isinstance(value, list):
            items = shape.items if isinstance(shape, Array) else None
            return _filled("[", [self._value(items, v) for v in value], "]")
        if isinstance(value, dict):
            known = self._properties(target) if target is not None else {}
            texts = [f"{_source(k)}: {self._value(known.get(k), v)}" for k, v in value.items()]
            return _filled("{", texts, "}")
        return literal(value)

    def _properties(self, schema: Schema) -> dict[str, Schema]:
        shape = resolve(self._api.schemas, schema).shape
        if isinstance(shape, Object):
            return {p.name: p.schema for p in shape.properties}
        found: dict[str, Schema] = {}
        if isinstance(shape, Intersection):
            for member in shape.members:
                found.update(self._properties(member))
        return found


def _source(value: str) -> str:
    """A string's literal, in double quotes where that needs no more escapes."""
    text = literal(value)
    if text[0] == "'" and '"' not in text:
        return f'"{text[1:-1]}"'
    return text


def _filled(start: str, parts: list[str], end: str) -> str:
    """The parts on one line if there is room for them, else one a line."""
    line = f"{start}{', '.join(parts)}{end}"
    if len(line) <= WIDTH and "\n" not in line:
        return line
    inner = "".join(f"    {part},\n".replace("\n", "\n    ")[:-4] for part in parts)
    return f"{start}\n{inner}{end}"
