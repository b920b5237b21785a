"""What travels: parameters, headers, bodies and answers."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from trunkline.ir.schema import Json, Origin, Schema


class ParameterLocation(enum.StrEnum):
    """Where a parameter travels; `QUERYSTRING` is 3.2's whole query string as one value."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    QUERYSTRING = "querystring"


class ParameterStyle(enum.StrEnum):
    """How a value that is a list or an object is written as text."""

    SIMPLE = "simple"
    FORM = "form"
    LABEL = "label"
    MATRIX = "matrix"
    SPACE_DELIMITED = "spaceDelimited"
    PIPE_DELIMITED = "pipeDelimited"
    DEEP_OBJECT = "deepObject"
    COOKIE = "cookie"
    """3.2's: as `form`, but the value stands in the `Cookie` header as it is, and what is not one
    value is a cookie for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of an operation, path-level ones included.

    `style` and `explode` are always filled in (defaults per location). With `media_type` set the
    value is serialised as that media type and `style` does not apply.
    """

    name: str
    location: ParameterLocation
    schema: Schema
    required: bool
    style: ParameterStyle
    explode: bool
    origin: Origin
    allow_reserved: bool = False
    allow_empty: bool = False
    media_type: str | None = None
    description: str | None = None
    deprecated: bool = False
    examples: tuple[Json, ...] = ()
    extensions: Mapping[str, Json] = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A documented response header; `name` as written, compared without case."""

    name: str
    schema: Schema
    required: bool
    origin: Origin
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How one property of a form or multipart body is serialised."""

    content_type: str | None = None
    headers: tuple[Header, ...] = ()
    style: ParameterStyle | None = None
    explode: bool | None = None
    allow_reserved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One media type of a body. `item_schema` describes one event of a stream (3.2)."""

    media_type: str
    schema: Schema | None
    origin: Origin
    encoding: Mapping[str, Encoding] = field(default_factory=dict[str, Encoding])
    examples: Mapping[str, Json] = field(default_factory=dict[str, Json])
    item_schema: Schema | None = None


MAX_ARGUMENTS: Final = 60
"""A body of more properties is given whole by callers, not by an argument for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    """What an operation accepts; `contents` in the order written."""

    contents: tuple[Content, ...]
    required: bool
    origin: Origin
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A documented link: an operation that can follow, with runtime expressions for its inputs."""

    name: str
    operation: str
    parameters: Mapping[str, Json]
    body: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer; `status` is `200`, `4XX` or `default`."""

    status: str
    contents: tuple[Content, ...]
    origin: Origin
    description: str | None = None
    headers: tuple[Header, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def is_success(self) -> bool:
        """Whether the status is in the 200s."""
        return self.status.startswith("2")
