"""Views of methods: arguments with their types, what they are sent as, and the docstring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trunkline.ir import (
    Api,
    Content,
    Enumeration,
    Operation,
    Parameter,
    ParameterLocation,
    Schema,
    String,
)
from trunkline.names import (
    BodyMode,
    BodySurface,
    MethodName,
    ResultKind,
    Surface,
)
from trunkline.names.describe import details, meaning, paragraphs, source
from trunkline.python.imports import Imports
from trunkline.python.operations import RUNTIME, SENDS, OperationPrinter
from trunkline.python.types import TypePrinter, literals
from trunkline.python.views import ArgumentView, EntryView, MethodView, SendView
from trunkline.semantics.media import MediaKind, is_form, is_json, is_range, kind
from trunkline.semantics.schemas import resolve
from trunkline.text import docstring, literal, sentence

_SEQUENCES: Final = (MediaKind.JSON_LINES, MediaKind.JSON_SEQUENCE)


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


class MethodPrinter:
    """Prints the methods of one module, whose constants `operations` prints."""

    def __init__(
        self, api: Api, imports: Imports, types: TypePrinter, operations: OperationPrinter
    ) -> None:
        self._api = api
        self._imports = imports
        self._types = types
        self._operations = operations

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
                default = self._only_value(schema, annotation)
                text_of = f"{argument}: {annotation}{default}"
                required.append(ArgumentView(name=argument, text=text_of))
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
                must = prop.required and body.required
                add("body", prop.name, prop.schema, "body", must=must, text=text)
            entries.setdefault("body", []).extend(
                EntryView(key=literal(key), value=literal(value))
                for key, value in surface.fixed.items()
            )
        elif body is not None:
            argument = name.arguments["body", ""]
            annotation = self._whole(body)
            if body.required:
                required.insert(0, ArgumentView(name=argument, text=f"{argument}: {annotation}"))
            else:
                optional.insert(0, self._unset(argument, annotation))
            sends.append(SendView(name="body", entries=(), value=argument, is_mapping=False))
            described = operation.body.description if operation.body is not None else None
            notes.append((argument, sentence(described or "The body.")))
        for parameter in ordered:
            send = SENDS[parameter.location]
            if send == "querystring":
                argument = name.arguments[parameter.location.value, parameter.name]
                annotation = self._types.argument(parameter.schema)
                if parameter.required:
                    required.append(ArgumentView(name=argument, text=f"{argument}: {annotation}"))
                else:
                    optional.append(self._unset(argument, annotation))
                sends.append(SendView(name=send, entries=(), value=argument, is_mapping=False))
                notes.append((argument, self._parameter_text(parameter)))
            elif send != "path":
                add(parameter.location.value, parameter.name, parameter.schema, send,
                    must=parameter.required, text=self._parameter_text(parameter))  # fmt: skip
        if body is not None and body.is_chosen:
            argument = name.arguments["media", ""]
            text, must = self._media_type(argument, body)
            (required if must else optional).append(ArgumentView(name=argument, text=text))
            sends.append(SendView(name="media_type", entries=(), value=argument, is_mapping=False))
            notes.append((argument, "The media type of the body."))
        for send in ("path", "query", "headers", "cookies", "body"):
            if send in entries:
                sends.append(
                    SendView(name=send, entries=tuple(entries[send]), value="", is_mapping=True)
                )
        calls = {
            ResultKind.PAGE: "list",
        }
        streams = surface.result.is_stream
        return Signature(
            name=name,
            arguments=tuple(positional),
            keywords=(*required, *optional),
            sends=tuple(sends),
            result=self._operations.result(surface),
            call="stream" if streams else calls.get(surface.result.kind, "call"),
            doc=docstring(_method_text(operation, notes), 8),
        )

    def _only_value(self, schema: Schema, annotation: str) -> str:
        """The default of an argument that has to be given and can only be one value, else ""."""
        shape = resolve(self._api.schemas, schema).shape
        if not isinstance(shape, Enumeration) or len(shape.values) != 1:
            return ""
        value = literal(shape.values[0])
        return f" = {value}" if annotation == f"Literal[{value}]" else ""

    def _unset(self, argument: str, annotation: str) -> ArgumentView:
        self._imports.add(RUNTIME, "UNSET", "Unset")
        return ArgumentView(name=argument, text=f"{argument}: {annotation} | Unset = UNSET")

    def _media_type(self, argument: str, body: BodySurface) -> tuple[str, bool]:
        """The argument that says what the body is sent as, and whether it must be given."""
        first, listed = body.media_types[0], None
        if not any(is_range(media_type) for media_type in body.media_types):
            listed = literals(body.media_types)
        annotation = listed or "str"
        if listed is not None:
            self._imports.add("typing", "Literal")
        if is_range(first):
            return f"{argument}: {annotation}", True
        return f"{argument}: {annotation} = {literal(first)}", False

    def _whole(self, body: BodySurface) -> str:
        """The type of a body that is given whole: what its media type can carry."""
        content = body.content
        if kind(content.media_type) in _SEQUENCES and content.item_schema is not None:
            self._imports.add("collections.abc", "Sequence")
            return f"Sequence[{self._types.argument(content.item_schema)}]"
        if content.schema is None or not _carries(self._api, content):
            return self._raw()
        return self._types.argument(content.schema)

    def _raw(self) -> str:
        self._imports.add(RUNTIME, "File")
        return "File | str"

    def _parameter_text(self, parameter: Parameter) -> str:
        text = parameter.description or meaning(self._api, parameter.schema)
        cited = source(parameter.origin)
        extra = details(self._api, parameter.schema)
        if cited and "Source:" not in extra:
            extra = f"{extra} Source: {cited}.".strip()
        return joined(text, extra)


def _carries(api: Api, content: Content) -> bool:
    """Whether values of the schema can be printed as the media type: any as JSON, members as a
    form, text as whatever it is."""
    is_sequence = kind(content.media_type) in _SEQUENCES
    if is_json(content.media_type) or is_sequence or is_form(content.media_type):
        return True
    assert content.schema is not None
    shape = resolve(api.schemas, content.schema).shape
    return isinstance(shape, String | Enumeration)


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
