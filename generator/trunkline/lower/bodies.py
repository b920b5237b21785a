"""Parameters, headers, request bodies and responses, shared ones lowered once."""

from __future__ import annotations

import re
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.context import Context, canonical, examples_of, extensions_of
from trunkline.lower.schemas import Schemas
from trunkline.lower.words import joined, pascal
from trunkline.semantics.media import essence
from trunkline.source import Node

_STATUS: Final = re.compile(r"[1-5](\d\d|[Xx][Xx])\Z|default\Z")
_FORM: Final = ir.ParameterStyle.FORM
_SIMPLE: Final = ir.ParameterStyle.SIMPLE
_STYLES: Final = {
    ir.ParameterLocation.QUERY: (
        _FORM,
        ir.ParameterStyle.SPACE_DELIMITED,
        ir.ParameterStyle.PIPE_DELIMITED,
        ir.ParameterStyle.DEEP_OBJECT,
    ),
    ir.ParameterLocation.COOKIE: (_FORM, ir.ParameterStyle.COOKIE),
    ir.ParameterLocation.PATH: (_SIMPLE, ir.ParameterStyle.LABEL, ir.ParameterStyle.MATRIX),
    ir.ParameterLocation.HEADER: (_SIMPLE,),
    ir.ParameterLocation.QUERYSTRING: (_FORM,),
}
"""The styles that a location allows, its default first."""
_EXPLODED: Final = frozenset({_FORM, ir.ParameterStyle.COOKIE})
"""Styles that repeat the name for each item unless the description says otherwise."""
_IGNORED_HEADERS: Final = ("accept", "content-type", "authorization")
_SUFFIXES: Final = {
    "application/json": "Json",
    "application/x-www-form-urlencoded": "Form",
    "multipart/form-data": "Multipart",
    "application/xml": "Xml",
    "text/plain": "Text",
    "text/event-stream": "Event",
    "application/jsonl": "Line",
    "application/x-ndjson": "Line",
}


class Bodies:
    """What travels: parameters and bodies both ways."""

    def __init__(self, context: Context, schemas: Schemas) -> None:
        self._context = context
        self._schemas = schemas
        self._parameters: dict[object, ir.Parameter | None] = {}
        self._requests: dict[object, ir.RequestBody] = {}
        self._responses: dict[object, tuple[ir.Response, ...]] = {}
        self._headers: dict[object, ir.Header] = {}

    @property
    def schemas(self) -> Schemas:
        """What reads the schemas of bodies."""
        return self._schemas

    def _resolved(self, node: Node, name: str, suffix: str = "") -> tuple[Node | None, str, bool]:
        """The node behind a reference, what its schemas are called, and whether it is shared."""
        if "$ref" not in node:
            return node, name, False
        target = self._context.document.resolve(node)
        if target is None:
            return None, name, False
        shared = pascal(target.key)
        if suffix and not shared.endswith((suffix, "Error")):
            shared += suffix
        return target, shared, True

    def parameter(self, node: Node, name: str) -> ir.Parameter | None:
        """A parameter; `name` is the operation's, for schemas that need a class."""
        node_, shared_name, shared = self._resolved(node, name)
        if node_ is None:
            return None
        if node_.place not in self._parameters:
            own = shared_name if shared else joined(name, node_.text("name") or "")
            self._parameters[node_.place] = self._parameter(node_, own)
        return self._parameters[node_.place]

    def _parameter(self, node: Node, name: str) -> ir.Parameter | None:
        key, location = node.text("name"), node.text("in")
        if key is None or location not in {place.value for place in _STYLES}:
            self._context.skip(
                f"Parameter {key or '?'!r} skipped: it needs a name and a known place ('in')", node
            )
            return None
        if location == "header" and key.lower() in _IGNORED_HEADERS:
            return None
        where = ir.ParameterLocation(location)
        style = self._style(node, where)
        explode = node.get("explode")
        exploded = explode.value is True if explode is not None else style in _EXPLODED
        media_type, schema_node = None, node.get("schema")
        content = node.get("content")
        if schema_node is None and content is not None:
            media_type, media = next(content.items(), (None, node))
            schema_node = media.get("schema")
        value = node.value
        assert isinstance(value, dict)
        return ir.Parameter(
            name=key,
            location=where,
            schema=self._schema(schema_node, node, name),
            required=node.flag("required") or where is ir.ParameterLocation.PATH,
            style=style,
            explode=exploded,
            origin=self._context.origin(node),
            allow_reserved=node.flag("allowReserved"),
            allow_empty=node.flag("allowEmptyValue"),
            media_type=media_type,
            description=node.text("description"),
            deprecated=node.flag("deprecated"),
            examples=tuple(self._examples(node).values()),
            extensions=extensions_of(value),
        )

    def _style(self, node: Node, where: ir.ParameterLocation) -> ir.ParameterStyle:
        allowed = _STYLES[where]
        text = node.text("style")
        if text is None:
            return allowed[0]
        style = next((style for style in allowed if style.value == text), None)
        if style is None:
            self._context.warn(
                Code.NONCONFORMING,
                f"Style {text!r} is not for {where} parameters: read as {allowed[0]}",
                node,
                f"Write one of {', '.join(allowed)}.",
            )
            return allowed[0]
        return style

    def _schema(self, node: Node | None, place: Node, name: str) -> ir.Schema:
        if node is None:
            return ir.Schema(shape=ir.Anything(), meta=ir.Meta(origin=self._context.origin(place)))
        return self._schemas.schema(node, name)

    def _examples(self, node: Node) -> dict[str, ir.Json]:
        found: dict[str, ir.Json] = {}
        named = node.get("examples")
        for key, entry in named.items() if named is not None else ():
            resolved = self._context.document.resolve(entry)
            if resolved is not None and isinstance(resolved.value, dict):
                for member in ("value", "dataValue"):
                    if member in resolved.value:
                        found[key] = resolved.value[member]
        if not found and isinstance(node.value, dict) and "example" in node.value:
            found["example"] = examples_of({"example": node.value["example"]})[0]
        return found

    def headers(self, node: Node | None, name: str) -> tuple[ir.Header, ...]:
        """The `headers` of a response or an encoding."""
        found: list[ir.Header] = []
        for key, entry in node.items() if node is not None else ():
            if key.lower() == "content-type":
                continue
            resolved, shared_name, shared = self._resolved(entry, name, "Header")
            if resolved is None:
                continue
            own = shared_name if shared else joined(name, key)
            cache_key = (key, resolved.place)
            if cache_key not in self._headers:
                schema = resolved.get("schema")
                content = resolved.get("content")
                for _, media in content.items() if schema is None and content is not None else ():
                    schema = media.get("schema")
                self._headers[cache_key] = ir.Header(
                    name=key,
                    schema=self._schema(schema, resolved, own),
                    required=resolved.flag("required"),
                    origin=self._context.origin(resolved),
                    description=resolved.text("description"),
                )
            found.append(self._headers[cache_key])
        return tuple(found)

    def request(self, node: Node, name: str) -> ir.RequestBody | None:
        """A request body; `name` is the operation's."""
        resolved, shared_name, shared = self._resolved(node, f"{name}Request", "Request")
        if resolved is None:
            return None
        if resolved.place in self._requests:
            return self._requests[resolved.place]
        body = ir.RequestBody(
            contents=self._contents(resolved, shared_name),
            required=resolved.flag("required"),
            origin=self._context.origin(resolved),
            description=resolved.text("description"),
        )
        if shared:
            self._requests[resolved.place] = body
        return body

    def responses(self, node: Node | None, name: str) -> tuple[ir.Response, ...]:
        """All responses of an operation called `name`."""
        found: list[ir.Response] = []
        succeeded = False
        for status, entry in node.items() if node is not None else ():
            if status[:2] == "x-":
                continue
            if not _STATUS.match(status):
                self._context.skip(
                    f"Response {status!r} skipped: it is neither a status code nor default", entry
                )
                continue
            own = f"{name}Response"
            if status.startswith("2") and not succeeded:
                succeeded = True
            else:
                own += pascal(status)
            resolved, shared_name, shared = self._resolved(entry, own, "Response")
            if resolved is None:
                continue
            key = (status, resolved.place) if shared else None
            if key not in self._responses:
                answer = self._response(status, resolved, shared_name)
                if key is None:
                    found.append(answer)
                    continue
                self._responses[key] = (answer,)
            found.extend(self._responses[key])
        return tuple(found)

    def _response(self, status: str, node: Node, name: str) -> ir.Response:
        links: list[ir.Link] = []
        listed = node.get("links")
        for key, entry in listed.items() if listed is not None else ():
            link = self._context.document.resolve(entry)
            if link is None:
                continue
            parameters = link.get("parameters")
            value = link.value
            links.append(
                ir.Link(
                    name=key,
                    operation=link.text("operationId") or link.text("operationRef") or "",
                    parameters={k: n.value for k, n in parameters.items()} if parameters else {},
                    body=value.get("requestBody") if isinstance(value, dict) else None,
                )
            )
        return ir.Response(
            status=status.upper() if len(status) == 3 else status,
            contents=self._contents(node, name),
            origin=self._context.origin(node),
            description=node.text("description") or None,
            headers=self.headers(node.get("headers"), name),
            links=tuple(links),
        )

    def _contents(self, node: Node, name: str) -> tuple[ir.Content, ...]:
        listed = node.get("content")
        content = self._context.document.resolve(listed) if listed is not None else None
        found: list[ir.Content] = []
        lowered: dict[str, ir.Schema] = {}
        for media_type, entry in content.items() if content is not None else ():
            media = self._context.document.resolve(entry)
            if media is None or "/" not in media_type:
                continue
            suffix = "" if not found else _suffix(media_type)
            schema_node = media.get("schema")
            schema: ir.Schema | None = None
            if schema_node is not None:
                same = canonical(schema_node.value)
                schema = lowered.get(same)
                if schema is None:
                    schema = lowered[same] = self._schemas.schema(schema_node, name + suffix)
            item_node = media.get("itemSchema")
            found.append(
                ir.Content(
                    media_type=media_type,
                    schema=schema,
                    origin=self._context.origin(media),
                    encoding=self._encodings(media.get("encoding"), name),
                    examples=self._examples(media),
                    item_schema=self._schemas.schema(item_node, f"{name}{suffix}Item")
                    if item_node is not None
                    else None,
                )
            )
        return tuple(found)

    def _part_style(self, entry: Node) -> ir.ParameterStyle | None:
        text = entry.text("style")
        if text is None:
            return None
        return self._style(entry, ir.ParameterLocation.QUERY)

    def _encodings(self, node: Node | None, name: str) -> dict[str, ir.Encoding]:
        found: dict[str, ir.Encoding] = {}
        for key, entry in node.items() if node is not None else ():
            explode = entry.get("explode")
            found[key] = ir.Encoding(
                content_type=entry.text("contentType"),
                headers=self.headers(entry.get("headers"), joined(name, key)),
                style=self._part_style(entry),
                explode=None if explode is None else explode.value is True,
                allow_reserved=entry.flag("allowReserved"),
            )
        return found


def _suffix(media_type: str) -> str:
    bare = essence(media_type)
    return _SUFFIXES.get(bare) or pascal(bare.partition("/")[2])
