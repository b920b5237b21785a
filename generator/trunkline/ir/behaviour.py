"""What a server of an API does that a description cannot say: scripts over kept objects, events,
conversations. Declared beside the description; every consumer reads it from `Api.behaviour`.

A value in a script is JSON. Text that starts with `$` is a path into what is bound (`$params.to`,
`$sms.hash`; `$$` writes a dollar sign), and a mapping whose one key starts with `$` calls the
function of that name (`FUNCTIONS`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from trunkline.ir.schema import Json

FUNCTIONS = frozenset(
    {
        "$add",
        "$all",
        "$any",
        "$case",
        "$count",
        "$duration",
        "$equals",
        "$first",
        "$if",
        "$in",
        "$gsm_encoding",
        "$gsm_parts",
        "$jwt",
        "$list",
        "$map",
        "$merge",
        "$money",
        "$not",
        "$number",
        "$only",
        "$page",
        "$prefix",
        "$random",
        "$range",
        "$sample",
        "$text",
        "$time",
        "$times",
        "$value",
    }
)
BOUND = frozenset({"params", "now", "account", "result", "body", "credential"})
"""Names that every script can use; `result` only after the server's own action, `body` only for
operations, `credential` (the secret that the caller showed) only for calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error: `code` of JSON-RPC, or `status` of HTTP, and a value that says more."""

    code: int | None = None
    status: int | None = None
    data: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """Bind the object of `resource` with this `id`, or the first that meets `where`; else fail,
    or bind null where there is no failure."""

    resource: str
    name: str
    id: Json = None
    where: Mapping[str, Json] = field(default_factory=dict[str, Json])
    missing: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Let:
    """Bind values."""

    values: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Fail unless the value is true."""

    value: Json
    failure: Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """One of two scripts."""

    value: Json
    do: Script
    otherwise: Script = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """Keep a new object and bind it."""

    resource: str
    values: Json
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Change members of a bound object."""

    name: str
    values: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Forget a bound object."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """Run a script for every element of a list."""

    value: Json
    name: str
    do: Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Run a script after so many seconds of the server's clock."""

    seconds: Json
    do: Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Emit:
    """Send an event to everybody who subscribed to it, and to `to` where that is an address."""

    event: str
    data: Json
    to: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Converse:
    """Begin a conversation with the user's server."""

    dialogue: str
    values: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """End the conversations that have this value at the member `by` of what they were begun
    with."""

    value: Json
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What is answered; ends nothing."""

    value: Json


Step: TypeAlias = (
    Find
    | Let
    | Need
    | When
    | Create
    | Update
    | Delete
    | Each
    | Later
    | Emit
    | Converse
    | HangUp
    | Return
)
Script: TypeAlias = tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationBehaviour:
    """One operation or method: `do` instead of the server's own action, `then` after it."""

    do: Script = ()
    then: Script = ()
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Objects: what they look like, which member is the id, which ones every account starts
    with. Members that start with `_` are kept and never shown."""

    schema: str | None = None
    id: str | None = None
    seeds: tuple[Mapping[str, Json], ...] = ()
    id_format: Mapping[str, Json] | None = None
    """Alphabet and length of generated ids."""
    masked: Mapping[str, str] = field(default_factory=dict[str, str])
    """Members that responses show as this text, but for the one to the request that set them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """Where events go: objects of `resource` and the paths of their members."""

    resource: str
    type: tuple[str, ...]
    endpoint: tuple[str, ...]
    id: tuple[str, ...]
    algorithm: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    active: Mapping[str, Json] = field(default_factory=dict[str, Json])
    subscribe: str | None = None
    """The method or operation that makes one; its parameters are called like the members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """How events are written and sent. In `body` and `headers` are bound: `event`, `id`, `try`,
    `hook`, `data`, `now`. A delivery that is not accepted is repeated after `delays` seconds;
    `counter` and `identity` are the members of the body that `try` and `id` stand in."""

    subscriptions: Subscriptions
    body: Mapping[str, Json]
    headers: Mapping[str, Json] = field(default_factory=dict[str, Json])
    delays: tuple[float, ...] = ()
    timeout: float = 10.0
    counter: str | None = None
    identity: str | None = None
    triggers: Mapping[str, tuple[Mapping[str, Json], ...]] = field(
        default_factory=dict[str, "tuple[Mapping[str, Json], ...]"]
    )
    """Event → calls that cause it, each `{call, params}`; for those who test a server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A webhook that is answered with commands: where it is posted, how it begins and ends."""

    url: Json
    login: Json = None
    password: Json = None
    timeout: float = 5.0
    limit: int = 100
    """Commands carried out before the server hangs up by itself."""
    request: Mapping[str, Json] = field(default_factory=dict[str, Json])
    ended: Mapping[str, Json] = field(default_factory=dict[str, Json])
    """Members that the last request has instead."""
    answered: Mapping[str, Json] = field(default_factory=dict[str, Json])
    """Members that every request after the first has; for those who test a receiver."""
    kept: tuple[str, ...] = ()
    """Members of a command that the next request repeats."""
    hangup: tuple[str, ...] = ()
    """Commands after which it is over."""
    begins: Script = ()
    commands: Mapping[str, Script] = field(default_factory=dict[str, "Script"])
    """What carrying out a command does beside what it returns; `Return` is its result."""
    ends: Script = ()
    triggers: tuple[Mapping[str, Json], ...] = ()
    """Calls that begin one, each `{call, params}`; `$url`, `$login` and `$password` are filled
    in by those who test a server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """Objects that are credentials for a security scheme: the member that holds the secret, and
    the one until when it is valid."""

    scheme: str
    resource: str
    member: str
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """A key scheme that names on whose behalf a caller acts: `KIND VALUE`. Each kind is a member
    of an object of the caller's, or a fact about the account itself."""

    scheme: str
    resource: str
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalEvent:
    """Something that happens without a call: a message comes in, a phone rings. `params` are
    what it can be told, with their defaults."""

    params: Mapping[str, Json]
    do: Script
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """How the methods of an API page: the parameters `filters` (equal members) and `options`,
    which holds `offset`, `size` and `order`; the members of a result that hold its `items`, its
    offset, their `total` and whether there is `more`. Without a size there are `default_size`."""

    filters: str = "filters"
    options: str = "options"
    offset: str = "offset"
    size: str = "limit"
    order: str = "order"
    items: str = "items"
    total: str = "total"
    more: str = "has_more"
    default_size: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodConventions:
    """What the JSON-RPC methods of an API have in common: the members that identify objects, the
    likeliest first, and the error codes for an object that is not there, by a part of the
    resource's name (`""`: any)."""

    identifiers: tuple[str, ...] = ("id",)
    missing: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Everything that is declared beside a description."""

    resources: Mapping[str, Kept] = field(default_factory=dict[str, Kept])
    operations: Mapping[str, OperationBehaviour] = field(
        default_factory=dict[str, OperationBehaviour]
    )
    """By the id of the operation, or the name of the method."""
    events: Events | None = None
    conversations: Mapping[str, Conversation] = field(default_factory=dict[str, Conversation])
    credentials: tuple[Credential, ...] = ()
    delegation: Delegation | None = None
    external_events: Mapping[str, ExternalEvent] = field(default_factory=dict[str, ExternalEvent])
    search: SearchResults = SearchResults()
    methods: MethodConventions = field(default_factory=MethodConventions)
