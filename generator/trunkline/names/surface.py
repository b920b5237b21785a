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
from trunkline.semantics.media import MediaKind, essence, is_json, kind
from trunkline.semantics.schemas import descend, items, members, resolve

_STREAMS: Final = (MediaKind.EVENT_STREAM, MediaKind.JSON_LINES, MediaKind.JSON_SEQUENCE)


class ResultKind(enum.Enum):
    """What a method returns."""

    NONE = "none"
    JSON = "json"
    PAGE = "page"
    SSE = "sse"
    """The data of each event."""
    EVENTS = "sse-event"
    """Each event with its name, id and data (3.2's `itemSchema`)."""
    LINES = "jsonl"
    SEQUENCE = "json-seq"
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
    others: tuple[ResultKind, ...] = ()
    """What a body of another media type is given as, beside the value: `TEXT`, `BYTES`."""

    @property
    def is_stream(self) -> bool:
        """Whether items come as they are made."""
        return self.kind in (
            ResultKind.SSE,
            ResultKind.EVENTS,
            ResultKind.LINES,
            ResultKind.SEQUENCE,
        )


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
    """The body that is decoded, of each success: JSON before text before bytes, streams only where
    there is nothing else."""
    chosen: dict[str, Content | None] = {}
    for response in responses:
        ranked = sorted(response.contents, key=_result_rank)
        chosen[response.status] = ranked[0] if ranked else None
    return chosen


def _result_rank(content: Content) -> int:
    match kind(content.media_type):
        case MediaKind.JSON:
            return 3 if essence(content.media_type) == "*/*" else 0
        case MediaKind.TEXT | MediaKind.CSV | MediaKind.XML:
            return 1
        case MediaKind.EVENT_STREAM | MediaKind.JSON_LINES | MediaKind.JSON_SEQUENCE:
            return 5
        case MediaKind.FORM | MediaKind.MULTIPART | MediaKind.BINARY:
            return 4


def result_surface(api: Api, operation: Operation) -> ResultSurface:
    """What a method returns, of all success statuses together."""
    responses = _success(operation)
    contents = _contents(responses)
    bodies = [c for c in contents.values() if c is not None]
    if not bodies:
        return ResultSurface(kind=ResultKind.NONE, responses=dict.fromkeys(contents), accept=None)
    first = min(bodies, key=_result_rank)
    if is_stream(first.media_type):
        return _stream_result(api, contents, first)
    beside = _beside(responses, first)
    accept = ", ".join(dict.fromkeys(c.media_type for c in (first, *beside)))
    if is_json(first.media_type):
        result = _json_result(api, operation, contents, accept)
        if result.kind is ResultKind.PAGE:
            return replace(result, accept=first.media_type)
    else:
        plain = _plain_kind(api, first)
        result = ResultSurface(kind=plain, responses=dict.fromkeys(contents), accept=accept)
    kinds = {_plain_kind(api, c) for c in beside if not is_json(c.media_type)} - {result.kind}
    return replace(result, others=tuple(sorted(kinds, key=lambda k: k.value)))


def _beside(responses: list[Response], first: Content) -> list[Content]:
    """The other bodies of successes that say something else than `first` in another media type:
    one of the same schema is the same value, written otherwise."""
    return [
        content
        for response in responses
        for content in response.contents
        if content is not first
        and not is_stream(content.media_type)
        and not (
            is_json(first.media_type)
            and (is_json(content.media_type) or _is_same(content.schema, first.schema))
        )
    ]


def _is_same(one: Schema | None, other: Schema | None) -> bool:
    return one is not None and other is not None and (one is other or one.shape == other.shape)


def _plain_kind(api: Api, content: Content) -> ResultKind:
    is_text = kind(content.media_type) in (MediaKind.TEXT, MediaKind.CSV, MediaKind.XML)
    return ResultKind.TEXT if is_text and not _binary(api, content) else ResultKind.BYTES


def is_stream(media_type: str) -> bool:
    """Whether a body of the media type is a stream of events, JSON lines or JSON texts."""
    return kind(media_type) in _STREAMS


def _stream_result(
    api: Api, contents: Mapping[str, Content | None], first: Content
) -> ResultSurface:
    match kind(first.media_type):
        case MediaKind.EVENT_STREAM if _is_event(api, first.item_schema):
            how = ResultKind.EVENTS
        case MediaKind.EVENT_STREAM:
            how = ResultKind.SSE
        case MediaKind.JSON_SEQUENCE:
            how = ResultKind.SEQUENCE
        case _:
            how = ResultKind.LINES
    return ResultSurface(
        kind=how,
        responses={
            s: (c.item_schema or _schema(c)) if c is not None else None for s, c in contents.items()
        },
        accept=first.media_type,
    )


def _is_event(api: Api, schema: Schema | None) -> bool:
    """Whether an item's schema describes an event and not its data: 3.2 gives it the fields of
    server-sent events."""
    found = set(members(api.schemas, schema)) if schema is not None else set()
    return bool(found & {"data", "event"}) and found <= {"data", "event", "id", "retry", "comment"}


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
    if plain.result.is_stream:
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
    return replace(plain, body=body, result=_stream_result(api, kept, first), fixed=fixed)


def rpc_schemas(method: RpcMethod) -> Iterator[Schema]:
    """Every schema the signature of an RPC method names."""
    for parameter in method.parameters:
        yield parameter.schema
    if method.result is not None:
        yield method.result
