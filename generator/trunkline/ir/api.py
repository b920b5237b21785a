"""The API as a whole: its operations, JSON-RPC methods, webhooks, servers, and who wrote it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from trunkline.ir.behaviour import Behaviour
from trunkline.ir.operation import Action, Operation, Resource, Server, Webhook
from trunkline.ir.schema import Json, Origin, Schema
from trunkline.ir.security import SecurityScheme


class RpcEvidence(enum.StrEnum):
    """How well an RPC method is established; `LISTED` ones are known by name and stay untyped."""

    DOCUMENTED = "documented"
    CLIENT = "client"
    LISTED = "listed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RpcParameter:
    """A positional parameter of an RPC method; optional ones only at the end."""

    name: str
    schema: Schema
    required: bool
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RpcMethod:
    """One JSON-RPC method; `result` is None where it is not known."""

    name: str
    resource: tuple[str, ...]
    action: Action
    parameters: tuple[RpcParameter, ...]
    result: Schema | None
    evidence: RpcEvidence
    origin: Origin
    summary: str | None = None
    description: str | None = None
    deprecated: bool = False
    extensions: Mapping[str, Json] = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rpc:
    """A JSON-RPC 2.0 endpoint: the operation that carries it, its media type and its methods."""

    operation: str
    media_type: str
    methods: tuple[RpcMethod, ...]
    errors: Mapping[int, str] = field(default_factory=dict[int, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A group of operations, as the description names it."""

    name: str
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask about the API."""

    name: str | None = None
    url: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class License:
    """The licence of the description."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """A document that `Provenance.source` can name: what it is, how long, and its SHA-256."""

    id: str
    title: str
    lines: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """Everything a description says, in the order it says it."""

    title: str
    version: str
    openapi: str
    """The version of OpenAPI the description is written in."""
    origin: Origin
    description: str | None = None
    servers: tuple[Server, ...] = ()
    schemas: Mapping[str, Schema] = field(default_factory=dict[str, Schema])
    """Component schemas, and inline ones hoisted under a name of `lower`'s choosing."""
    components: frozenset[str] = frozenset()
    """Those of `schemas` that the description itself gives a name, in whichever of its files."""
    operations: tuple[Operation, ...] = ()
    resources: tuple[Resource, ...] = ()
    security_schemes: Mapping[str, SecurityScheme] = field(
        default_factory=dict[str, "SecurityScheme"]
    )
    webhooks: tuple[Webhook, ...] = ()
    rpc: Rpc | None = None
    tags: tuple[Tag, ...] = ()
    contact: Contact | None = None
    license: License | None = None
    sources: Mapping[str, SourceDocument] = field(default_factory=dict[str, SourceDocument])
    extensions: Mapping[str, Json] = field(default_factory=dict[str, Json])
    """`x-…` keys of the root that no other member holds."""
    behaviour: Behaviour | None = None
    """What is declared beside the description."""

    def operation(self, id: str) -> Operation:  # noqa: A002  # the field's own word
        """The operation called `id`; KeyError when there is none."""
        for operation in self.operations:
            if operation.id == id:
                return operation
        raise KeyError(id)
