"""What of an operation a caller sees: its arguments, its body, its result. No Python yet."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from trunkline.ir import (
    Anything,
    Api,
    Boolean,
    Content,
    Meta,
    Operation,
    Response,
    RpcMethod,
    Schema,
)
from trunkline.names.bodies import BodyMode, BodySurface, body_surfaces, is_file
from trunkline.semantics.media import essence, is_json
from trunkline.semantics.schemas import descend, items, resolve

JSON_LINES: Final = frozenset(
    {"application/jsonl", "application/x-ndjson", "application/ndjson", "application/json-seq"}
)


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
            s: (c.item_schema or _schema(c)) if c is not None else None for s, c in contents.items()
        },
        accept=first.media_type,
    )


def _schema(content: Content) -> Schema:
    """The schema of a body; of one that is not described, anything."""
    return content.schema or Schema(shape=Anything(), meta=Meta(origin=content.origin))


def _binary(api: Api, content: Content) -> bool:
    return content.schema is not None and is_file(api, content.schema)


def _json_result(
    api: Api, operation: Operation, contents: Mapping[str, Content | None], accept: str
) -> ResultSurface:
    schemas = {
        status: _schema(c) if c is not None and is_json(c.media_type) else None
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
    payload = operation.payload if operation.opened else ()
    if payload:
        inner = {
            status: descend(api.schemas, schema, payload) if schema is not None else None
            for status, schema in schemas.items()
        }
        if all(inner[s] is not None for s, schema in schemas.items() if schema is not None):
            return ResultSurface(
                kind=ResultKind.JSON, responses=inner, accept=accept, payload=payload
            )
    return ResultSurface(kind=ResultKind.JSON, responses=schemas, accept=accept)


def _items(api: Api, schema: Schema | None, path: tuple[str, ...]) -> Schema | None:
    found = descend(api.schemas, schema, path) if schema is not None else None
    if found is None:
        return None
    return items(api.schemas, found)


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
    bodies = body_surfaces(api, operation)
    return Surface(
        operation=operation,
        body=bodies[0] if bodies else None,
        result=result_surface(api, operation),
        errors=error_schemas(operation),
    )


def further_surfaces(api: Api, operation: Operation) -> dict[str, Surface]:
    """The further methods of an operation, by what their names end in.

    One for each body that cannot be given by the same arguments, and one where it answers as a
    stream too.
    """
    plain = surface(api, operation)
    found = {body.suffix: replace(plain, body=body) for body in body_surfaces(api, operation)[1:]}
    stream = _stream_surface(api, plain)
    return {"stream": stream, **found} if stream is not None else found


def _stream_surface(api: Api, plain: Surface) -> Surface | None:
    """Where the body has a boolean `stream`, this method sets it."""
    if plain.result.kind in {ResultKind.SSE, ResultKind.LINES}:
        return None
    contents = {
        response.status: next((c for c in response.contents if is_stream(c.media_type)), None)
        for response in _success(plain.operation)
    }
    first = next((c for c in contents.values() if c is not None), None)
    if first is None:
        return None
    kept = {status: content for status, content in contents.items() if content is not None}
    body, fixed = plain.body, {}
    if body is not None:
        switch = next((p for p in body.properties if p.name == "stream"), None)
        if switch is not None and isinstance(resolve(api.schemas, switch.schema).shape, Boolean):
            rest = tuple(p for p in body.properties if p is not switch)
            body, fixed = replace(body, properties=rest), {"stream": True}
    return replace(plain, body=body, result=_stream_result(kept, first), fixed=fixed)


def rpc_schemas(method: RpcMethod) -> Iterator[Schema]:
    """Every schema the signature of an RPC method names."""
    for parameter in method.parameters:
        yield parameter.schema
    if method.result is not None:
        yield method.result
