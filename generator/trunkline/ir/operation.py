"""Operations, the webhooks that come back, and the resources they belong to."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from trunkline.ir.content import Parameter, RequestBody, Response
from trunkline.ir.lists import Filter, Pagination, Search, Sort
from trunkline.ir.schema import Json, Origin, Schema
from trunkline.ir.security import SecurityRequirement


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


class ObjectKeyLocation(enum.StrEnum):
    """Where a request names an object, if not in its path."""

    QUERY = "query"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectKey:
    """What names an object in a request: a query parameter, or a property of the body."""

    location: ObjectKeyLocation
    name: str


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
    mapped: bool = False
    """Whether what is at `payload` is a list as a map: objects by their ids (`LIST`)."""
    opened: bool = False
    """Whether callers are given what is at `payload` alone: the description says so, or what
    stands beside it says nothing."""
    pagination: Pagination | None = None
    filters: tuple[Filter, ...] = ()
    searches: tuple[Search, ...] = ()
    sort: Sort | None = None
    idempotency: Idempotency | None = None
    callbacks: tuple[Webhook, ...] = ()
    extensions: Mapping[str, Json] = field(default_factory=dict[str, Json])
    plain_path: str | None = None
    """Its path without the word that says what is done: `/notes/{id}` for `/notes/get/{id}`; None
    where the path says things alone."""
    key: ObjectKey | None = None
    """Where a request names the object, where its path does not."""


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
    """A collection and its items: what the emulator stores and what the checks are about.

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
    plain_item_path: str | None = None
    """`item_path` without the word that says what is done; None where it has none."""

    @property
    def items_below(self) -> str | None:
        """What the paths begin with of all that is about one item."""
        return self.plain_item_path or self.item_path
