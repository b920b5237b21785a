"""Views of operations: the constant with its settings, and the methods that use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trunkline.ir import (
    Api,
    Encoding,
    Operation,
    Pagination,
    Parameter,
    ParameterLocation,
    Schema,
    Server,
)
from trunkline.names import (
    BodyMode,
    MethodName,
    NamePlan,
    ResultKind,
    Surface,
)
from trunkline.names.describe import details, meaning, paragraphs, source
from trunkline.python.imports import Imports
from trunkline.python.types import TypePrinter, join
from trunkline.python.views import (
    ArgumentView,
    EntryView,
    MethodView,
    OperationView,
    SendView,
    SettingView,
)
from trunkline.text import docstring, literal, sentence

RUNTIME: Final = ".._runtime"

_SENDS: Final = {
    ParameterLocation.PATH: "path",
    ParameterLocation.QUERY: "query",
    ParameterLocation.HEADER: "headers",
    ParameterLocation.COOKIE: "cookies",
}
_STYLES: Final = {
    "path": ("simple", False),
    "query": ("form", True),
    "headers": ("simple", False),
    "cookies": ("form", True),
}
_STYLE_SETTINGS: Final = {
    "path": "path_styles",
    "query": "query_styles",
    "headers": "header_styles",
    "cookies": "cookie_styles",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A method before it is split into its synchronous and asynchronous form."""

    name: MethodName
    arguments: tuple[ArgumentView, ...]
    keywords: tuple[ArgumentView, ...]
    sends: tuple[SendView, ...]
    result: str
    call: str
    doc: str
    values: tuple[str, ...] = ()

    def view(self, *, asynchronous: bool, imports: Imports) -> MethodView:
        """One of the two forms."""
        result = self.result
        awaits = False
        if self.call == "list":
            wrapper = "AsyncPager" if asynchronous else "Page"
            result = f"{wrapper}[{result}]"
            imports.add(RUNTIME, wrapper)
        elif self.call == "stream":
            wrapper = "AsyncStream" if asynchronous else "Stream"
            result = f"{wrapper}[{result}]"
            imports.add(RUNTIME, wrapper)
            awaits = asynchronous
        else:
            awaits = asynchronous
        return MethodView(
            name=self.name.name,
            prefix="async " if awaits else "",
            awaiting="await " if awaits else "",
            arguments=self.arguments,
            keywords=self.keywords,
            result=result,
            doc=self.doc,
            call=self.call,
            operation=self.name.constant,
            values=self.values,
            sends=self.sends,
        )


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

    # --- the constant

    def operation(self, surface: Surface, name: MethodName) -> OperationView:
        """The constant of an operation."""
        operation = surface.operation
        result = surface.result
        self._imports.add(self._runtime, "Operation")
        settings = [
            SettingView(name="id", value=literal(operation.id)),
            SettingView(name="method", value=literal(operation.method.upper())),
            SettingView(name="path", value=literal(operation.path)),
            SettingView(name="responses", value=self._responses(surface)),
        ]

        def add(setting: str, value: str) -> None:
            settings.append(SettingView(name=setting, value=value))

        if surface.errors:
            self._imports.add("typing", "Any")
            self._imports.add("collections.abc", "Mapping")
            entries = [(literal(s), self._types.result(e)) for s, e in surface.errors.items()]
            value = f"{{{', '.join(f'{k}: {v}' for k, v in entries)}}}"
            add("errors", self._constant("_ERRORS", "Mapping[str, Any]", value))
        if result.payload and result.kind is ResultKind.JSON:
            add("payload", literal(result.payload))
        if result.kind is ResultKind.PAGE and operation.pagination is not None:
            if result.payload:
                add("payload", literal(result.payload))
            add("paging", self._paging(operation.pagination))
        if result.accept is not None and result.accept != "application/json":
            add("accept", literal(result.accept))
        if result.kind in {ResultKind.SSE, ResultKind.LINES}:
            add("stream", literal(result.kind.value))
            if result.kind is ResultKind.SSE:
                # What services that end a stream by an event send; no JSON text is equal to it.
                add("stream_end", literal("[DONE]"))
        if surface.body is not None:
            add("body", literal(surface.body.content.media_type))
            encoding = self._encoding(surface.body.content.encoding)
            if encoding:
                add("encoding", encoding)
        for send, setting in _STYLE_SETTINGS.items():
            styles = self._styles(operation, send)
            if styles:
                add(setting, styles)
        if operation.security:
            self._imports.add("collections.abc", "Mapping")
            value = literal(tuple(_requirement(r) for r in operation.security))
            kind = "tuple[Mapping[str, tuple[str, ...]], ...]"
            add("security", self._constant("_SECURITY", kind, value))
        if operation.idempotency is not None:
            add("idempotency_header", literal(operation.idempotency.header))
        if operation.servers and operation.servers[:1] != self._api.servers[:1]:
            address = expanded(operation.servers[0])
            if "://" in address:
                add("server", literal(address))
        return OperationView(
            constant=name.constant,
            factory="Operation",
            values=(),
            type=f"Operation[{self._result(surface)}]",
            settings=tuple(settings),
        )

    def _constant(self, stem: str, kind: str, value: str) -> str:
        values = self._shared.setdefault((stem, kind), {})
        if value not in values:
            values[value] = stem if not values else f"{stem}_{len(values) + 1}"
        return values[value]

    def _result(self, surface: Surface) -> str:
        kind = surface.result.kind
        if kind is ResultKind.NONE:
            return "None"
        if kind is ResultKind.BYTES:
            return "bytes"
        if kind is ResultKind.TEXT:
            return "str"
        found = [self._value(s) for s in surface.result.responses.values()]
        if kind is not ResultKind.JSON:
            found = [f for f in found if f != "None"]
        if not found or "Any" in found:
            self._imports.add("typing", "Any")
        return join(found)

    def _value(self, schema: Schema | None) -> str:
        return self._types.result(schema) if schema is not None else "None"

    def _responses(self, surface: Surface) -> str:
        kind = surface.result.kind
        fixed = {ResultKind.BYTES: "bytes", ResultKind.TEXT: "str", ResultKind.NONE: "None"}
        entries = [
            f"{literal(status)}: {fixed[kind] if kind in fixed else self._value(schema)}"
            for status, schema in surface.result.responses.items()
        ]
        return f"{{{', '.join(entries)}}}"

    def _paging(self, pagination: Pagination) -> str:
        self._imports.add(self._runtime, "Paging")
        parts = [f"style={literal(pagination.style.value)}"]
        if pagination.first != 1:
            parts.append(f"first={pagination.first}")
        for member in (
            "page", "size", "next", "number", "page_size", "total_pages", "total_items", "has_more",
        ):  # fmt: skip
            value = getattr(pagination, member)
            if value is not None:
                parts.append(f"{member}={literal(value)}")
        return f"Paging({', '.join(parts)})"

    def _styles(self, operation: Operation, send: str) -> str:
        entries = [
            f"{literal(p.name)}: {self._style(p)}"
            for p in operation.parameters
            if _SENDS.get(p.location) == send and not _is_default(p, send)
        ]
        return f"{{{', '.join(entries)}}}" if entries else ""

    def _style(self, parameter: Parameter) -> str:
        self._imports.add(self._runtime, "Style")
        style = parameter.style if parameter.style in _KNOWN_STYLES else "form"
        parts = [literal(style)]
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
            if part.style in _KNOWN_STYLES:
                self._imports.add(self._runtime, "Style")
                explode = part.explode if part.explode is not None else part.style == "form"
                parts.append(f"style=Style({literal(part.style)}, explode={explode})")
            if parts:
                self._imports.add(self._runtime, "PartEncoding")
                entries.append(f"{literal(name)}: PartEncoding({', '.join(parts)})")
        return f"{{{', '.join(entries)}}}" if entries else ""

    # --- the method

    def signature(self, surface: Surface, name: MethodName) -> Signature:
        """The method of an operation."""
        operation = surface.operation
        positional: list[ArgumentView] = []
        required: list[ArgumentView] = []
        optional: list[ArgumentView] = []
        notes: list[tuple[str, str]] = []
        entries: dict[str, list[EntryView]] = {}

        def add(
            location: str, wire: str, schema: Schema, send: str, *, must: bool, text: str
        ) -> None:
            argument = name.arguments[location, wire]
            annotation = self._types.argument(schema)
            if location == "path":
                positional.append(ArgumentView(name=argument, text=f"{argument}: {annotation}"))
            elif must:
                required.append(ArgumentView(name=argument, text=f"{argument}: {annotation}"))
            else:
                optional.append(self._unset(argument, annotation))
            entries.setdefault(send, []).append(EntryView(key=literal(wire), value=argument))
            notes.append((argument, text))

        ordered = sorted(
            operation.parameters, key=lambda p: operation.path.find(f"{{{p.name}}}")
            if p.location is ParameterLocation.PATH else 0
        )  # fmt: skip
        for parameter in ordered:
            if parameter.location is ParameterLocation.PATH:
                add("path", parameter.name, parameter.schema, "path", must=True,
                    text=self._parameter_text(parameter))  # fmt: skip
        sends: list[SendView] = []
        body = surface.body
        if body is not None and body.mode is BodyMode.FIELDS:
            for prop in body.properties:
                text = joined(meaning(self._api, prop.schema), details(self._api, prop.schema))
                add("body", prop.name, prop.schema, "body", must=prop.required, text=text)
            entries.setdefault("body", []).extend(
                EntryView(key=literal(key), value=literal(value))
                for key, value in surface.fixed.items()
            )
        elif body is not None:
            argument = name.arguments["body", ""]
            schema = body.content.schema
            annotation = self._types.argument(schema) if schema is not None else self._raw()
            if body.required:
                required.insert(0, ArgumentView(name=argument, text=f"{argument}: {annotation}"))
            else:
                optional.insert(0, self._unset(argument, annotation))
            sends.append(SendView(name="body", entries=(), value=argument, is_mapping=False))
            described = operation.body.description if operation.body is not None else None
            notes.append((argument, sentence(described or "The body.")))
        for parameter in ordered:
            send = _SENDS.get(parameter.location)
            if send is not None and send != "path":
                add(parameter.location.value, parameter.name, parameter.schema, send,
                    must=parameter.required, text=self._parameter_text(parameter))  # fmt: skip
        for send in ("path", "query", "headers", "cookies", "body"):
            if send in entries:
                sends.append(
                    SendView(name=send, entries=tuple(entries[send]), value="", is_mapping=True)
                )
        calls = {
            ResultKind.PAGE: "list",
            ResultKind.SSE: "stream",
            ResultKind.LINES: "stream",
        }
        return Signature(
            name=name,
            arguments=tuple(positional),
            keywords=(*required, *optional),
            sends=tuple(sends),
            result=self._result(surface),
            call=calls.get(surface.result.kind, "call"),
            doc=docstring(_method_text(operation, notes), 8),
        )

    def _unset(self, argument: str, annotation: str) -> ArgumentView:
        self._imports.add(self._runtime, "UNSET", "Unset")
        return ArgumentView(name=argument, text=f"{argument}: {annotation} | Unset = UNSET")

    def _raw(self) -> str:
        self._imports.add(self._runtime, "File")
        return "File | str"

    def _parameter_text(self, parameter: Parameter) -> str:
        text = parameter.description or meaning(self._api, parameter.schema)
        cited = source(parameter.origin)
        extra = details(self._api, parameter.schema)
        if cited and "Source:" not in extra:
            extra = f"{extra} Source: {cited}.".strip()
        return joined(text, extra)


_KNOWN_STYLES: Final = frozenset(
    {"form", "simple", "label", "matrix", "deepObject", "pipeDelimited", "spaceDelimited"}
)


def joined(text: str, extra: str) -> str:
    """Meaning and details on one line."""
    line = sentence(text)
    if line and extra and line[-1] not in ".!?:":
        line += "."
    return " ".join(part for part in (line, extra) if part)


def _method_text(operation: Operation, notes: list[tuple[str, str]]) -> str:
    parts = paragraphs(
        operation.summary, operation.description, f"{operation.method.upper()} {operation.path}"
    )
    if operation.deprecated:
        parts.append("Deprecated.")
    cited = source(operation.origin)
    if cited:
        parts.append(f"Source: {cited}.")
    listed = [f"    {name}: {text}" for name, text in notes if text]
    if listed:
        parts.append("\n".join(["Args:", *listed]))
    return "\n\n".join(parts)


def _is_default(parameter: Parameter, send: str) -> bool:
    return (
        (parameter.style, parameter.explode) == _STYLES[send]
        and not parameter.allow_reserved
        and parameter.media_type is None
    )


def _requirement(requirement: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(scopes) for name, scopes in requirement.items()}


def expanded(server: Server) -> str:
    """A server's address with the defaults of its variables."""
    url = server.url
    for variable in server.variables:
        url = url.replace(f"{{{variable.name}}}", variable.default)
    return url
