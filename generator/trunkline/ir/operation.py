"""Operations and what they are made of: parameters, media types, responses, security, webhooks."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from trunkline.ir.schema import Json, Origin, Schema


class Action(enum.StrEnum):
    """What an operation does to the resource it belongs to."""

    LIST = "list"
    CREATE = "create"
    RETRIEVE = "retrieve"
    UPDATE = "update"
    """Changes the members given and leaves the others (PATCH, or POST on the item)."""
    REPLACE = "replace"
    """Sets the whole object (PUT)."""
    DELETE = "delete"
    OTHER = "other"


class ParameterLocation(enum.StrEnum):
    """Where a parameter travels; `QUERYSTRING` is 3.2's whole query string as one value."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    QUERYSTRING = "querystring"


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
    style: str
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
    style: str | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpScheme:
    """An `Authorization` header: `scheme` in lower case, `basic`, `bearer` or another."""

    name: str
    scheme: str
    origin: Origin
    bearer_format: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyScheme:
    """A key in a header, a query parameter or a cookie called `key`."""

    name: str
    key: str
    location: ParameterLocation
    origin: Origin
    prefix: str = ""
    """Put before the key on the wire, as `x-trunkline-prefix` says (`Api-Key ` for example)."""
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthFlow:
    """One OAuth2 flow: `clientCredentials`, `password`, `implicit` or `authorizationCode`."""

    kind: str
    token_url: str | None
    scopes: Mapping[str, str]
    authorization_url: str | None = None
    refresh_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthScheme:
    """OAuth2; on the wire a bearer token."""

    name: str
    flows: tuple[OAuthFlow, ...]
    origin: Origin
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsupportedScheme:
    """`openIdConnect`, a bearer token got elsewhere, or `mutualTLS`, left to the HTTP client."""

    name: str
    kind: str
    origin: Origin
    description: str | None = None


SecurityScheme: TypeAlias = HttpScheme | KeyScheme | OAuthScheme | UnsupportedScheme

SecurityRequirement: TypeAlias = Mapping[str, tuple[str, ...]]
"""Scheme name → scopes; all are needed together. Empty: no credentials needed."""


class PaginationStyle(enum.StrEnum):
    """How a list is cut into pages."""

    PAGE = "page"
    OFFSET = "offset"
    CURSOR = "cursor"
    LINK = "link"
    """The next page's address is in a `Link` header or in the body at `next`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """How to ask for a page and where the answer tells about the next one.

    Parameter members are names of query parameters. Member paths lead from the response body to a
    value, `()` being the body itself.
    """

    style: PaginationStyle
    items: tuple[str, ...]
    page: str | None = None
    """Page number (`PAGE`), first item (`OFFSET`) or token (`CURSOR`)."""
    size: str | None = None
    first: int = 1
    """The number of the first page (`PAGE`) or the first offset (`OFFSET`)."""
    next: tuple[str, ...] | None = None
    """Token or address of the next page; absent or null at the end."""
    number: tuple[str, ...] | None = None
    page_size: tuple[str, ...] | None = None
    total_pages: tuple[str, ...] | None = None
    total_items: tuple[str, ...] | None = None
    has_more: tuple[str, ...] | None = None
    item_token: tuple[str, ...] | None = None
    """The member of the last item that is the next token, where the answer has no `next`
    (`CURSOR`)."""


class FilterOperator(enum.StrEnum):
    """What a filter parameter asks of the property it names."""

    EQUALS = "equals"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    GREATER = "gt"
    GREATER_OR_EQUAL = "gte"
    LESS = "lt"
    LESS_OR_EQUAL = "lte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A query parameter of a list that restricts it by the property at `member`."""

    parameter: str
    member: tuple[str, ...]
    operator: FilterOperator
    ignore_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """The query parameter that orders a list.

    `keys`: value of the parameter → (path to the property, descending). `default` is the value
    used when none is sent.
    """

    parameter: str
    keys: Mapping[str, tuple[tuple[str, ...], bool]]
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Idempotency:
    """The header whose value makes repeating a request safe."""

    header: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerVariable:
    """A variable of a server's address."""

    name: str
    default: str
    values: tuple[str, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """An address of the service, with `{variables}`."""

    url: str
    description: str | None = None
    variables: tuple[ServerVariable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path.

    `id` is unique: the `operationId`, or `method path` where there is none (`named` is then
    false). `resource` is the path of names under which the operation is reached, outermost first,
    as the description's words (no Python names); `payload` leads from a success body to the object
    or list the operation is about (`("data",)`, or `()` when the body is it).
    """

    id: str
    named: bool
    method: str
    """In lower case."""
    path: str
    resource: tuple[str, ...]
    action: Action
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: tuple[Response, ...]
    security: tuple[SecurityRequirement, ...]
    """Alternatives; empty: no credentials are ever asked for."""
    origin: Origin
    tags: tuple[str, ...] = ()
    summary: str | None = None
    description: str | None = None
    deprecated: bool = False
    servers: tuple[Server, ...] = ()
    payload: tuple[str, ...] = ()
    pagination: Pagination | None = None
    filters: tuple[Filter, ...] = ()
    sort: Sort | None = None
    idempotency: Idempotency | None = None
    callbacks: tuple[Webhook, ...] = ()
    extensions: Mapping[str, Json] = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """How a webhook proves who sent it: base64 or hex of an HMAC over the raw body, in a header."""

    header: str
    algorithm: str = "sha256"
    encoding: str = "base64"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """What makes a webhook a dialogue: the answer is a command, the next request its outcome.

    `arguments` is the member of a command that holds what it is told, None where it is flat. The
    others are members of the request: which `command` it is about, the `id` that the command was
    given, what it returned (`result`) and why it failed (`error`). `results` has the schemas of
    results by command, where more is known than the request's own schema says.
    """

    command: str
    result: str
    id: str | None = None
    error: str | None = None
    arguments: str | None = None
    results: Mapping[str, Schema] = field(default_factory=dict[str, Schema])


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A request that the service makes to its user's server (a webhook or a callback).

    `expression` is the runtime expression of a callback's address, None for a webhook.
    """

    name: str
    operation: Operation
    expression: str | None = None
    signature: Signature | None = None
    commands: Commands | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A collection and its items: what the emulator stores and what the laws are about.

    `operations` maps each action to the id of the operation that does it (`OTHER` never appears).
    `schema` names the item's schema in `Api.schemas`. `parent_parameters` are the path parameters
    that stand before the item's own.
    """

    name: tuple[str, ...]
    collection_path: str | None
    item_path: str | None
    operations: Mapping[Action, str]
    schema: str | None
    id_parameter: str | None
    id_member: tuple[str, ...] | None
    parent_parameters: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    """Members whose value no two objects of an account share (`x-trunkline-unique`)."""
