"""How callers prove who they are."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from trunkline.ir.schema import Origin


class KeyLocation(enum.StrEnum):
    """Where a key travels."""

    HEADER = "header"
    QUERY = "query"
    COOKIE = "cookie"


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
    location: KeyLocation
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
class OpenIdScheme:
    """OpenID Connect; on the wire a bearer token. `url` is the address of the provider's
    metadata."""

    name: str
    url: str | None
    origin: Origin
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MutualTlsScheme:
    """A client certificate, shown while connecting: left to the HTTP client."""

    name: str
    origin: Origin
    description: str | None = None


SecurityScheme: TypeAlias = HttpScheme | KeyScheme | OAuthScheme | OpenIdScheme | MutualTlsScheme
SecurityRequirement: TypeAlias = Mapping[str, tuple[str, ...]]
"""Scheme name → scopes; all are needed together. Empty: no credentials needed."""
