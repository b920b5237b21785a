"""How callers prove who they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from trunkline.ir.content import ParameterLocation
from trunkline.ir.schema import Origin


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
