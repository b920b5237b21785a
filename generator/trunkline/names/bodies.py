"""Request bodies as a caller gives them: by argument for each property, or whole."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from trunkline.ir import (
    MAX_ARGUMENTS,
    Api,
    Array,
    Content,
    Object,
    Operation,
    Property,
    Schema,
    String,
)
from trunkline.names.classes import sent_properties
from trunkline.names.words import snake
from trunkline.semantics.media import MediaKind, concrete, essence, is_range, kind
from trunkline.semantics.schemas import resolve

_SUFFIXES: Final[Mapping[str, str]] = {
    "application/json-patch+json": "json_patch",
    "application/merge-patch+json": "merge_patch",
    "application/octet-stream": "bytes",
    "application/x-www-form-urlencoded": "form",
    "multipart/form-data": "multipart",
    "text/plain": "text",
}


class BodyMode(enum.Enum):
    """How a method takes its body."""

    FIELDS = "fields"
    """Each property is an argument."""
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySurface:
    """A body of an operation; `properties` are those to send, when `mode` is `FIELDS`.

    `media_types` are those that the same arguments can be sent as, the one used by default first;
    a range (`image/*`) among them leaves the choice to the caller. `suffix` is what the name of a
    second method ends in.
    """

    mode: BodyMode
    content: Content
    required: bool
    media_types: tuple[str, ...]
    suffix: str
    properties: tuple[Property, ...] = ()

    @property
    def is_chosen(self) -> bool:
        """Whether the caller says as which media type the body is sent."""
        return len(self.media_types) > 1 or any(map(is_range, self.media_types))


def is_file(api: Api, schema: Schema) -> bool:
    """Whether a value is a file, or a list of files."""
    shape = resolve(api.schemas, schema).shape
    if isinstance(shape, Array):
        shape = resolve(api.schemas, shape.items).shape
    return isinstance(shape, String) and shape.binary


def _rank(content: Content) -> int:
    match kind(content.media_type):
        case MediaKind.JSON:
            return 0 if essence(content.media_type) == "application/json" else 1
        case MediaKind.MULTIPART:
            return 2
        case MediaKind.FORM:
            return 3
        case _:
            return 4


def _has_file(api: Api, content: Content) -> bool:
    if content.schema is None:
        return False
    shape = resolve(api.schemas, content.schema).shape
    return isinstance(shape, Object) and any(is_file(api, prop.schema) for prop in shape.properties)


def body_surfaces(api: Api, operation: Operation) -> tuple[BodySurface, ...]:
    """The bodies an operation takes, the one of its plain method first.

    JSON comes before forms, a form with files before JSON. Media types of the same schema share
    one body.
    """
    if operation.body is None:
        return ()
    ranked = sorted(
        operation.body.contents,
        key=lambda c: -1 if _rank(c) == 2 and _has_file(api, c) else _rank(c),
    )
    found: list[BodySurface] = []
    for content in ranked:
        body = _surface(api, content, required=operation.body.required)
        for index, other in enumerate(found):
            if _same(api, other, body):
                chosen = other.content if other.content.encoding else body.content
                kept = replace(other.content, encoding=chosen.encoding)
                media_types = (*other.media_types, *body.media_types)
                found[index] = replace(other, content=kept, media_types=media_types)
                break
        else:
            found.append(body)
    return tuple(found)


def _same(api: Api, one: BodySurface, other: BodySurface) -> bool:
    """Whether two bodies are given by the same arguments."""
    mine, theirs = one.content.encoding, other.content.encoding
    if mine and theirs and mine != theirs:
        return False
    if (_rank(one.content) == 4) != (_rank(other.content) == 4):
        return False
    a, b = one.content.schema, other.content.schema
    if a is None or b is None:
        return _is_bytes(api, a) and _is_bytes(api, b)
    return a is b or a.shape == b.shape


def _is_bytes(api: Api, schema: Schema | None) -> bool:
    return schema is None or is_file(api, schema)


def _surface(api: Api, content: Content, *, required: bool) -> BodySurface:
    bare = essence(content.media_type)
    suffix = _SUFFIXES.get(bare) or snake(bare.partition("/")[2].replace("*", " "), empty="body")
    whole = BodySurface(
        mode=BodyMode.WHOLE,
        content=content,
        required=required,
        media_types=(concrete(content.media_type),),
        suffix=suffix,
    )
    if content.schema is None or _rank(content) == 4:
        return whole
    target = resolve(api.schemas, content.schema)
    shape = target.shape
    if (
        isinstance(shape, Object)
        and not target.nullable
        and not content.schema.nullable
        and not shape.pattern_properties
    ):
        properties = sent_properties(api, shape)
        if 0 < len(properties) <= MAX_ARGUMENTS:
            return replace(whole, mode=BodyMode.FIELDS, properties=properties)
    return whole
