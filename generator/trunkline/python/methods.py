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


class _Arguments:
    """The arguments of one method as they are gathered: what must be given before what need not,
    and where each is sent."""

    def __init__(self, printer: MethodPrinter, name: MethodName) -> None:
        self._printer = printer
        self.name = name
        self.positional: list[ArgumentView] = []
        self.required: list[ArgumentView] = []
        self.optional: list[ArgumentView] = []
        self.notes: list[tuple[str, str]] = []
        self.entries: dict[str, list[EntryView]] = {}
        self._sends: list[SendView] = []

    def add(
        self, location: str, wire: str, schema: Schema, send: str, *, must: bool, text: str
    ) -> None:
        """One parameter, or one property of the body, called `wire` in its location."""
        argument = self.name.arguments[location, wire]
        annotation = self._printer.types.argument(schema)
        if location == "path":
            self.positional.append(ArgumentView(name=argument, text=f"{argument}: {annotation}"))
        elif must:
            default = self._printer.only_value(schema, annotation)
            self.printed(argument, f"{argument}: {annotation}{default}", must=True)
        else:
            self.optional.append(self._printer.unset(argument, annotation))
        self.entries.setdefault(send, []).append(EntryView(key=literal(wire), value=argument))
        self.notes.append((argument, text))

    def whole(
        self, send: str, wire: tuple[str, str], schema: Schema, *, must: bool, text: str
    ) -> None:
        """An argument that is all of what is sent in its place."""
        argument = self.name.arguments[wire]
        annotation = self._printer.types.argument(schema)
        if must:
            self.printed(argument, f"{argument}: {annotation}", must=True)
        else:
            self.optional.append(self._printer.unset(argument, annotation))
        self.send(send, argument, text)

    def printed(self, argument: str, text: str, *, must: bool) -> None:
        """An argument whose text is finished."""
        view = ArgumentView(name=argument, text=text)
        (self.required if must else self.optional).append(view)

    def send(self, send: str, argument: str, text: str) -> None:
        """Where an argument that is a whole is sent, and what it is."""
        self._sends.append(SendView(name=send, entries=(), value=argument, is_mapping=False))
        self.notes.append((argument, text))

    def all_sends(self) -> tuple[SendView, ...]:
        """Where everything is sent."""
        mappings = [
            SendView(name=send, entries=tuple(self.entries[send]), value="", is_mapping=True)
            for send in ("path", "query", "headers", "cookies", "body")
            if send in self.entries
        ]
        return (*self._sends, *mappings)


class MethodPrinter:
    """Prints the methods of one module, whose constants `operations` prints."""

    def __init__(
        self, api: Api, imports: Imports, types: TypePrinter, operations: OperationPrinter
    ) -> None:
        self._api = api
        self._imports = imports
        self.types = types
        self._operations = operations

    def signature(self, surface: Surface, name: MethodName) -> Signature:
        """The method of an operation."""
        operation = surface.operation
        arguments = _Arguments(self, name)
        ordered = sorted(
            operation.parameters,
            key=lambda p: (
                operation.path.find(f"{{{p.name}}}") if p.location is ParameterLocation.PATH else 0
            ),
        )
        for parameter in ordered:
            if parameter.location is ParameterLocation.PATH:
                arguments.add(
                    "path",
                    parameter.name,
                    parameter.schema,
                    "path",
                    must=True,
                    text=self._parameter_text(parameter),
                )
        if surface.body is not None:
            self._body_arguments(arguments, surface, surface.body)
        for parameter in ordered:
            send = SENDS[parameter.location]
            text = self._parameter_text(parameter)
            if send == "querystring":
                wire = parameter.location.value, parameter.name
                arguments.whole(send, wire, parameter.schema, must=parameter.required, text=text)
            elif send != "path":
                arguments.add(
                    parameter.location.value,
                    parameter.name,
                    parameter.schema,
                    send,
                    must=parameter.required,
                    text=text,
                )
        if surface.body is not None and surface.body.is_chosen:
            argument = name.arguments["media", ""]
            printed, must = self._media_type(argument, surface.body)
            arguments.printed(argument, printed, must=must)
            arguments.send("media_type", argument, "The media type of the body.")
        is_page = surface.result.kind is ResultKind.PAGE
        return Signature(
            name=name,
            arguments=tuple(arguments.positional),
            keywords=(*arguments.required, *arguments.optional),
            sends=arguments.all_sends(),
            result=self._operations.result(surface),
            call="stream" if surface.result.is_stream else "list" if is_page else "call",
            doc=docstring(_method_text(operation, arguments.notes), 8),
        )

    def _body_arguments(self, arguments: _Arguments, surface: Surface, body: BodySurface) -> None:
        if body.mode is BodyMode.FIELDS:
            for prop in body.properties:
                text = joined(meaning(self._api, prop.schema), details(self._api, prop.schema))
                must = prop.required and body.required
                arguments.add("body", prop.name, prop.schema, "body", must=must, text=text)
            arguments.entries.setdefault("body", []).extend(
                EntryView(key=literal(key), value=literal(value))
                for key, value in surface.fixed.items()
            )
            return
        argument = arguments.name.arguments["body", ""]
        annotation = self._whole(body)
        if body.required:
            view = ArgumentView(name=argument, text=f"{argument}: {annotation}")
            arguments.required.insert(0, view)
        else:
            arguments.optional.insert(0, self.unset(argument, annotation))
        operation = surface.operation
        described = operation.body.description if operation.body is not None else None
        arguments.send("body", argument, sentence(described or "The body."))

    def only_value(self, schema: Schema, annotation: str) -> str:
        """The default of an argument that has to be given and can only be one value, else ""."""
        shape = resolve(self._api.schemas, schema).shape
        if not isinstance(shape, Enumeration) or len(shape.values) != 1:
            return ""
        value = literal(shape.values[0])
        return f" = {value}" if annotation == f"Literal[{value}]" else ""

    def unset(self, argument: str, annotation: str) -> ArgumentView:
        """An argument that need not be given."""
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
            return f"Sequence[{self.types.argument(content.item_schema)}]"
        if content.schema is None or not _carries(self._api, content):
            return self._raw()
        return self.types.argument(content.schema)

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
