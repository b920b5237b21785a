# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""The service as data: its addresses, its security schemes, and what the package is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias


class HttpBearer(NamedTuple):
    """A token in the `Authorization` header; `argument` and `env` say where it comes from."""

    argument: str
    env: str | None = None


class HttpBasic(NamedTuple):
    """A user name and a password in the `Authorization` header."""

    arguments: tuple[str, str]
    env: tuple[str | None, str | None] = (None, None)


class ApiKey(NamedTuple):
    """A key in a header, a query parameter or a cookie called `name`, with `prefix` before it."""

    name: str
    location: Literal["header", "query", "cookie"]
    argument: str
    env: str | None = None
    prefix: str = ""


class OAuth2(NamedTuple):
    """A client id and secret, exchanged at `token_url` for a token that is kept and renewed.

    `scopes` are asked for where the operation names none. A relative `token_url` is relative to
    the base URL. `ready` and `ready_env` are where a token comes from that the caller has already:
    it is sent as it is, and never renewed.
    """

    token_url: str
    arguments: tuple[str, str]
    env: tuple[str | None, str | None] = (None, None)
    scopes: tuple[str, ...] = ()
    ready: str = "access_token"
    ready_env: str | None = None


SecurityScheme: TypeAlias = HttpBearer | HttpBasic | ApiKey | OAuth2

Credential: TypeAlias = "str | tuple[str | None, str | None] | None"
"""A token or key, or a pair of name and secret; None: look in the environment."""


class Service(NamedTuple):
    """What holds for every operation.

    `base_url` may have `{variables}`; `variables` gives their defaults. `package` names the
    logger, and with `version` the `User-Agent`. `request_id_headers` are tried in turn.
    """

    package: str
    version: str
    base_url: str
    variables: Mapping[str, str] = {}
    base_url_env: str | None = None
    schemes: Mapping[str, SecurityScheme] = {}
    request_id_headers: tuple[str, ...] = ("x-request-id", "request-id")
