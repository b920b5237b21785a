"""Views of operations: the constant with its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trunkline.ir import (
    Api,
    Encoding,
    MutualTlsScheme,
    Operation,
    PageLocation,
    Pagination,
    PaginationStyle,
    Parameter,
    ParameterLocation,
    ParameterStyle,
    Schema,
    Server,
)
from trunkline.names import (
    BodyMode,
    MethodName,
    NamePlan,
    ResultKind,
    ResultSurface,
    Surface,
)
from trunkline.python.imports import Imports
from trunkline.python.types import TypePrinter, join
from trunkline.python.views import (
    OperationView,
    SettingView,
)
from trunkline.semantics.paging import argument
from trunkline.text import literal

RUNTIME: Final = ".._runtime"

SENDS: Final = {
    ParameterLocation.PATH: "path",
    ParameterLocation.QUERY: "query",
    ParameterLocation.HEADER: "headers",
    ParameterLocation.COOKIE: "cookies",
    ParameterLocation.QUERYSTRING: "querystring",
}
"""Location of a parameter → argument of the client's methods."""
_STYLES: Final = {
    "path": ("simple", False),
    "query": ("form", True),
    "headers": ("simple", False),
    "cookies": ("form", True),
}
_FIXED: Final = {ResultKind.BYTES: "bytes", ResultKind.TEXT: "str", ResultKind.NONE: "None"}
"""What a method returns whatever the schema says."""
_STYLE_SETTINGS: Final = {
    "path": "path_styles",
    "query": "query_styles",
    "headers": "header_styles",
    "cookies": "cookie_styles",
}


class OperationPrinter:
    """Prints the operations of one module."""

    def __init__(
        self,
        api: Api,
        plan: NamePlan,
        imports: Imports,
        types: TypePrinter,
        runtime: str = RUNTIME,
    ) -> None:
        self._runtime = runtime
        self._api = api
        self._plan = plan
        self._imports = imports
        self._types = types
        self._shared: dict[tuple[str, str], dict[str, str]] = {}

    @property
    def constants(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """Shared constants: (stem, type) → value → name."""
        return self._shared

    def operation(self, surface: Surface, name: MethodName) -> OperationView:
        """The constant of an operation."""
        operation = surface.operation
        self._imports.add(self._runtime, "Operation")
        settings = {
            "id": literal(operation.id),
            "method": literal(operation.method.upper()),
            "path": literal(operation.path),
            "responses": self._responses(surface),
            **self._error_settings(surface),
            **self._result_settings(operation, surface.result),
            **self._request_settings(surface),
            **self._security_settings(operation),
        }
        if operation.idempotency is not None:
            settings["idempotency_header"] = literal(operation.idempotency.header)
        if operation.servers and operation.servers[:1] != self._api.servers[:1]:
            address = expanded(operation.servers[0])
            if "://" in address:
                settings["server"] = literal(address)
        return OperationView(
            constant=name.constant,
            factory="Operation",
            values=(),
            type=f"Operation[{self.result(surface)}]",
            settings=tuple(SettingView(name=key, value=value) for key, value in settings.items()),
        )

    def _error_settings(self, surface: Surface) -> dict[str, str]:
        if not surface.errors:
            return {}
        self._imports.add("typing", "Any")
        self._imports.add("collections.abc", "Mapping")
        entries = [(literal(s), self._types.result(e)) for s, e in surface.errors.items()]
        value = f"{{{', '.join(f'{k}: {v}' for k, v in entries)}}}"
        return {"errors": self._constant("_ERRORS", "Mapping[str, Any]", value)}

    def _result_settings(self, operation: Operation, result: ResultSurface) -> dict[str, str]:
        settings: dict[str, str] = {}
        if result.payload and result.kind in (ResultKind.JSON, ResultKind.PAGE):
            settings["payload"] = literal(result.payload)
        if result.kind is ResultKind.PAGE and operation.pagination is not None:
            settings["paging"] = self._paging(operation, operation.pagination)
        if result.accept is not None and result.accept != "application/json":
            settings["accept"] = literal(result.accept)
        if result.others:
            kinds = [_FIXED[kind] for kind in result.others]
            settings["others"] = f"({', '.join(kinds)},)"
        if result.is_stream:
            settings["stream"] = literal(result.kind.value)
            if result.kind in (ResultKind.SSE, ResultKind.EVENTS):
                # What services that end a stream by an event send; no JSON text is equal to it.
                settings["stream_end"] = literal("[DONE]")
        return settings

    def _request_settings(self, surface: Surface) -> dict[str, str]:
        settings: dict[str, str] = {}
        if surface.body is not None:
            settings["body"] = literal(surface.body.media_types[0])
            if not surface.body.required and surface.body.mode is BodyMode.FIELDS:
                settings["body_optional"] = "True"
            encoding = self._encoding(surface.body.content.encoding)
            if encoding:
                settings["encoding"] = encoding
        for parameter in surface.operation.parameters:
            if parameter.location is ParameterLocation.QUERYSTRING and parameter.media_type:
                settings["querystring"] = literal(parameter.media_type)
        for send, setting in _STYLE_SETTINGS.items():
            styles = self._styles(surface.operation, send)
            if styles:
                settings[setting] = styles
        return settings

    def _security_settings(self, operation: Operation) -> dict[str, str]:
        if not operation.security:
            return {}
        self._imports.add("collections.abc", "Mapping")
        value = literal(tuple(self._requirement(r) for r in operation.security))
        kind = "tuple[Mapping[str, tuple[str, ...]], ...]"
        return {"security": self._constant("_SECURITY", kind, value)}

    def _requirement(
        self, requirement: Mapping[str, tuple[str, ...]]
    ) -> dict[str, tuple[str, ...]]:
        """An alternative without client certificates: the user's HTTP client shows those."""
        certificates = {
            name
            for name, scheme in self._api.security_schemes.items()
            if isinstance(scheme, MutualTlsScheme)
        }
        return {n: tuple(scopes) for n, scopes in requirement.items() if n not in certificates}

    def _constant(self, stem: str, kind: str, value: str) -> str:
        values = self._shared.setdefault((stem, kind), {})
        if value not in values:
            values[value] = stem if not values else f"{stem}_{len(values) + 1}"
        return values[value]

    def result(self, surface: Surface) -> str:
        """The type that a method returns, of one item for pages and streams."""
        result = surface.result
        others = [_FIXED[kind] for kind in result.others]
        if result.kind in _FIXED:
            return join([_FIXED[result.kind], *others])
        found = [self._value(s) for s in result.responses.values()]
        if result.kind is not ResultKind.JSON:
            found = [f for f in found if f != "None"]
        if not found or "Any" in found:
            self._imports.add("typing", "Any")
        return join([*found, *others])

    def _value(self, schema: Schema | None) -> str:
        return self._types.result(schema) if schema is not None else "None"

    def _responses(self, surface: Surface) -> str:
        kind = surface.result.kind
        entries = [
            f"{literal(status)}: {_FIXED[kind] if kind in _FIXED else self._value(schema)}"
            for status, schema in surface.result.responses.items()
        ]
        return f"{{{', '.join(entries)}}}"

    def _paging(self, operation: Operation, pagination: Pagination) -> str:
        self._imports.add(self._runtime, "Paging")
        parts = [f"style={literal(pagination.style.value)}"]
        if pagination.location is not PageLocation.QUERY:
            parts.append(f"location={literal(pagination.location.value)}")
        for member in ("page", "size"):
            name = getattr(pagination, member)
            if name is not None:
                place = argument(operation, pagination, name)
                parts.append(f"{member}={literal((place.name, *place.path))}")
        counted = pagination.style in (PaginationStyle.PAGE, PaginationStyle.OFFSET)
        if counted and pagination.first != 1:
            parts.append(f"first={pagination.first}")
        for member in (
            "next",
            "number",
            "page_size",
            "total_pages",
            "total_items",
            "has_more",
            "item_token",
        ):
            value = getattr(pagination, member)
            if value is not None:
                parts.append(f"{member}={literal(value)}")
        if pagination.next_header is not None:
            parts.append(f"next_header={literal(pagination.next_header)}")
        return f"Paging({', '.join(parts)})"

    def _styles(self, operation: Operation, send: str) -> str:
        entries = [
            f"{literal(p.name)}: {self._style(p)}"
            for p in operation.parameters
            if SENDS.get(p.location) == send and not _is_default(p, send)
        ]
        return f"{{{', '.join(entries)}}}" if entries else ""

    def _style(self, parameter: Parameter) -> str:
        self._imports.add(self._runtime, "Style")
        parts = [literal(parameter.style.value)]
        if parameter.explode:
            parts.append("explode=True")
        if parameter.allow_reserved:
            parts.append("allow_reserved=True")
        if parameter.media_type is not None:
            parts.append(f"media_type={literal(parameter.media_type)}")
        return f"Style({', '.join(parts)})"

    def _encoding(self, encoding: Mapping[str, Encoding]) -> str:
        entries: list[str] = []
        for name, part in encoding.items():
            parts: list[str] = []
            if part.content_type is not None:
                parts.append(f"content_type={literal(part.content_type)}")
            if part.style is not None:
                self._imports.add(self._runtime, "Style")
                explode = (
                    part.explode if part.explode is not None else part.style is ParameterStyle.FORM
                )
                parts.append(f"style=Style({literal(part.style.value)}, explode={explode})")
            if parts:
                self._imports.add(self._runtime, "PartEncoding")
                entries.append(f"{literal(name)}: PartEncoding({', '.join(parts)})")
        return f"{{{', '.join(entries)}}}" if entries else ""


def _is_default(parameter: Parameter, send: str) -> bool:
    return (
        (parameter.style, parameter.explode) == _STYLES[send]
        and not parameter.allow_reserved
        and parameter.media_type is None
    )


def expanded(server: Server) -> str:
    """A server's address with the defaults of its variables."""
    url = server.url
    for variable in server.variables:
        url = url.replace(f"{{{variable.name}}}", variable.default)
    return url
