"""What of an operation a caller sees: its arguments, its body, its result. No Python yet."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from trunkline.ir import (
    Api,
    Array,
    Boolean,
    Content,
    Object,
    Operation,
    Property,
    Reference,
    Response,
    RpcMethod,
    Schema,
    String,
)
from trunkline.names.walk import member, resolve

MAX_ARGUMENTS: Final = 60
"""A body of more properties is taken whole."""

JSON_LINES: Final = frozenset(
    {"application/jsonl", "application/x-ndjson", "application/ndjson", "application/json-seq"}
)


class BodyMode(enum.Enum):
    """How a method takes its body."""

    FIELDS = "fields"
    """Each property is an argument."""
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySurface:
    """The body of an operation; `properties` are those to send, when `mode` is `FIELDS`."""

    mode: BodyMode
    content: Content
    required: bool
    properties: tuple[Property, ...] = ()


class ResultKind(enum.Enum):
    """What a method returns."""

    NONE = "none"
    JSON = "json"
    PAGE = "page"
    SSE = "sse"
    LINES = "jsonl"
    BYTES = "bytes"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSurface:
    """What a method returns.

    `responses` maps each success status to the schema of the value at `payload` (of one item for
    pages and streams), None where there is none. `accept` is the media type asked for.
    """

    kind: ResultKind
    responses: Mapping[str, Schema | None]
    accept: str | None
    payload: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """An operation as a caller sees it; `errors` maps a status to the body's schema."""

    operation: Operation
    body: BodySurface | None
    result: ResultSurface
    errors: Mapping[str, Schema]
    fixed: Mapping[str, bool] = field(default_factory=dict[str, bool])
    """Members of the body that the method sends itself."""

    def schemas(self) -> Iterator[Schema]:
        """Every schema the method's signature or its operation names."""
        for parameter in self.operation.parameters:
            yield parameter.schema
        if self.body is not None:
            if self.body.mode is BodyMode.FIELDS:
                yield from (p.schema for p in self.body.properties)
            elif self.body.content.schema is not None:
                yield self.body.content.schema
        yield from (s for s in self.result.responses.values() if s is not None)
        yield from self.errors.values()


def essence(media_type: str) -> str:
    """A media type without parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether a body of the media type is one JSON value."""
    kind = essence(media_type)
    return kind in {"application/json", "text/json", "*/*", "application/*"} or kind.endswith(
        "+json"
    )


def _rank(content: Content) -> int:
    kind = essence(content.media_type)
    if is_json(content.media_type):
        return 0 if kind == "application/json" else 1
    if kind.startswith("multipart/"):
        return 2
    if kind == "application/x-www-form-urlencoded":
        return 3
    return 4


def _has_file(api: Api, content: Content) -> bool:
    if content.schema is None:
        return False
    shape = resolve(api, content.schema).shape
    return isinstance(shape, Object) and any(is_file(api, prop.schema) for prop in shape.properties)


def is_file(api: Api, schema: Schema) -> bool:
    """Whether a value is a file, or a list of files."""
    shape = resolve(api, schema).shape
    if isinstance(shape, Array):
        shape = resolve(api, shape.items).shape
    return isinstance(shape, String) and shape.binary


def body_surface(api: Api, operation: Operation) -> BodySurface | None:
    """The content a method sends: JSON before forms, a form with files before JSON."""
    if operation.body is None or not operation.body.contents:
        return None
    ranked = sorted(
        operation.body.contents,
        key=lambda c: -1 if _rank(c) == 2 and _has_file(api, c) else _rank(c),
    )
    content = ranked[0]
    required = operation.body.required
    if content.schema is None or _rank(content) == 4:
        return BodySurface(mode=BodyMode.WHOLE, content=content, required=required)
    target = resolve(api, content.schema)
    shape = target.shape
    if (
        isinstance(shape, Object)
        and not target.nullable
        and not content.schema.nullable
        and not shape.pattern_properties
    ):
        properties = tuple(p for p in shape.properties if not resolve_read_only(api, p.schema))
        if 0 < len(properties) <= MAX_ARGUMENTS:
            return BodySurface(
                mode=BodyMode.FIELDS, content=content, required=required, properties=properties
            )
    return BodySurface(mode=BodyMode.WHOLE, content=content, required=required)


def resolve_read_only(api: Api, schema: Schema) -> bool:
    """Whether a property only ever comes from the service."""
    return schema.meta.read_only or (
        isinstance(schema.shape, Reference) and resolve(api, schema).meta.read_only
    )


def _success(operation: Operation) -> list[Response]:
    found = [r for r in operation.responses if r.is_success]
    if found:
        return found
    return [r for r in operation.responses if r.status == "default" or r.status.startswith("3")][:1]


def _contents(responses: list[Response]) -> dict[str, Content | None]:
    chosen: dict[str, Content | None] = {}
    for response in responses:
        ranked = sorted(response.contents, key=_result_rank)
        chosen[response.status] = ranked[0] if ranked else None
    return chosen


def _result_rank(content: Content) -> int:
    kind = essence(content.media_type)
    if is_json(kind):
        return 0 if kind != "*/*" else 3
    if kind in JSON_LINES or kind == "text/event-stream":
        return 1
    if kind.startswith("text/"):
        return 2
    return 4


def result_surface(api: Api, operation: Operation) -> ResultSurface:
    """What a method returns, of all success statuses together."""
    contents = _contents(_success(operation))
    bodies = [c for c in contents.values() if c is not None]
    if not bodies:
        return ResultSurface(kind=ResultKind.NONE, responses=dict.fromkeys(contents), accept=None)
    first = bodies[0]
    kind = essence(first.media_type)
    if is_stream(kind):
        return _stream_result(contents, first)
    if is_json(kind):
        return _json_result(api, operation, contents, first.media_type)
    text = kind.startswith("text/") or kind.endswith("xml")
    plain = ResultKind.TEXT if text and not _binary(api, first) else ResultKind.BYTES
    return ResultSurface(kind=plain, responses=dict.fromkeys(contents), accept=first.media_type)


def is_stream(media_type: str) -> bool:
    """Whether a body of the media type is a stream of events or JSON lines."""
    kind = essence(media_type)
    return kind == "text/event-stream" or kind in JSON_LINES


def _stream_result(contents: Mapping[str, Content | None], first: Content) -> ResultSurface:
    events = essence(first.media_type) == "text/event-stream"
    return ResultSurface(
        kind=ResultKind.SSE if events else ResultKind.LINES,
        responses={
            s: (c.item_schema or c.schema) if c is not None else None for s, c in contents.items()
        },
        accept=first.media_type,
    )


def _binary(api: Api, content: Content) -> bool:
    return content.schema is not None and is_file(api, content.schema)


def _json_result(
    api: Api, operation: Operation, contents: Mapping[str, Content | None], accept: str
) -> ResultSurface:
    schemas = {
        status: c.schema if c is not None and is_json(c.media_type) else None
        for status, c in contents.items()
    }
    if operation.pagination is not None:
        items = {
            status: _items(api, schema, operation.pagination.items)
            for status, schema in schemas.items()
        }
        if any(item is not None for item in items.values()):
            return ResultSurface(
                kind=ResultKind.PAGE,
                responses=items,
                accept=accept,
                payload=operation.pagination.items,
            )
    payload = operation.payload
    if payload:
        inner = {
            status: member(api, schema, payload) if schema is not None else None
            for status, schema in schemas.items()
        }
        if all(inner[s] is not None for s, schema in schemas.items() if schema is not None):
            return ResultSurface(
                kind=ResultKind.JSON, responses=inner, accept=accept, payload=payload
            )
    return ResultSurface(kind=ResultKind.JSON, responses=schemas, accept=accept)


def _items(api: Api, schema: Schema | None, path: tuple[str, ...]) -> Schema | None:
    found = member(api, schema, path) if schema is not None else None
    if found is None:
        return None
    shape = resolve(api, found).shape
    return shape.items if isinstance(shape, Array) else None


def error_schemas(operation: Operation) -> dict[str, Schema]:
    """The JSON bodies of documented failures."""
    succeeded = {r.status for r in _success(operation)}
    errors: dict[str, Schema] = {}
    for response in operation.responses:
        if response.status in succeeded:
            continue
        for content in response.contents:
            if is_json(content.media_type) and content.schema is not None:
                errors[response.status] = content.schema
                break
    return errors


def surface(api: Api, operation: Operation) -> Surface:
    """An operation as a caller sees it."""
    return Surface(
        operation=operation,
        body=body_surface(api, operation),
        result=result_surface(api, operation),
        errors=error_schemas(operation),
    )


def stream_surface(api: Api, operation: Operation) -> Surface | None:
    """The second method of an operation that answers as a stream too, None for others.

    Where the body has a boolean `stream`, this method sets it.
    """
    plain = surface(api, operation)
    if plain.result.kind in {ResultKind.SSE, ResultKind.LINES}:
        return None
    contents = {
        response.status: next((c for c in response.contents if is_stream(c.media_type)), None)
        for response in _success(operation)
    }
    first = next((c for c in contents.values() if c is not None), None)
    if first is None:
        return None
    kept = {status: content for status, content in contents.items() if content is not None}
    body, fixed = plain.body, {}
    if body is not None:
        switch = next((p for p in body.properties if p.name == "stream"), None)
        if switch is not None and isinstance(resolve(api, switch.schema).shape, Boolean):
            rest = tuple(p for p in body.properties if p is not switch)
            body, fixed = replace(body, properties=rest), {"stream": True}
    return replace(plain, body=body, result=_stream_result(kept, first), fixed=fixed)


def rpc_schemas(method: RpcMethod) -> Iterator[Schema]:
    """Every schema the signature of an RPC method names."""
    for parameter in method.parameters:
        yield parameter.schema
    if method.result is not None:
        yield method.result
