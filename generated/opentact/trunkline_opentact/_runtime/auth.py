# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""Credentials: where they come from, and what they add to a request.

A credential is added to requests to the service's own address only: redirects to another host
lose it. No representation of anything here shows one.
"""

from __future__ import annotations

import base64
import contextlib
import os
import threading
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, urlencode, urljoin

from .errors import AuthenticationError, ConfigurationError, MissingCredentialsError
from .guards import is_object
from .service import ApiKey, Credential, HttpBasic, HttpBearer, OAuth2, SecurityScheme

if TYPE_CHECKING:
    import httpx2

    from .service import Service

_EARLY: Final = 30.0
"""Seconds before its end at which a token is no longer used."""

_NOT_GIVEN: Final[tuple[Credential, ...]] = (None, (None, None))

SECRET_HEADERS: Final = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"}
)


class Applied(NamedTuple):
    """What the credentials of one alternative add to a request."""

    headers: tuple[tuple[str, str], ...] = ()
    query: str = ""
    cookies: str = ""
    token: TokenSource | None = None
    scopes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "<Applied>"


class TokenSource:
    """The tokens of one OAuth2 client, by scopes; shared by copies of a client."""

    def __init__(self, client_id: str, client_secret: str, scheme: OAuth2) -> None:
        self._id = client_id
        self._secret = client_secret
        self.scheme = scheme
        self._tokens: dict[tuple[str, ...], tuple[str, float]] = {}
        self.lock = threading.Lock()

    def __repr__(self) -> str:
        return "<TokenSource>"

    def current(self, scopes: tuple[str, ...]) -> str | None:
        """The token for the scopes, None when there is none that is good for a while."""
        found = self._tokens.get(scopes)
        return found[0] if found is not None and time.monotonic() < found[1] else None

    def forget(self, scopes: tuple[str, ...]) -> None:
        """Drop a token that the server refused."""
        self._tokens.pop(scopes, None)

    def url(self, base_url: str) -> str:
        """Where tokens are asked for; a relative address is relative to the base URL."""
        target = self.scheme.token_url
        return target if "://" in target else urljoin(base_url + "/", target)

    def form(self, scopes: tuple[str, ...]) -> tuple[dict[str, str], bytes]:
        """Headers and body of the request for a token (RFC 6749, 4.4 and 2.3.1)."""
        pair = f"{quote(self._id, safe='')}:{quote(self._secret, safe='')}".encode()
        fields = {"grant_type": "client_credentials"}
        wanted = scopes or self.scheme.scopes
        if wanted:
            fields["scope"] = " ".join(wanted)
        headers = {
            "Authorization": "Basic " + base64.b64encode(pair).decode("ascii"),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        return headers, urlencode(fields).encode()

    def accept(self, scopes: tuple[str, ...], response: httpx2.Response) -> str:
        """Keep the token in an answer; raises `AuthenticationError` when there is none."""
        answer: Any = None
        with contextlib.suppress(ValueError):
            answer = response.json()
        token = answer.get("access_token") if is_object(answer) else None
        if not response.is_success or not isinstance(token, str):
            said = answer.get("error") if is_object(answer) else None
            reason = said if isinstance(said, str) else f"status {response.status_code}"
            raise AuthenticationError(
                f"no token from {self.scheme.token_url}: {reason}", response=response, body=answer
            )
        lifetime = answer.get("expires_in") if is_object(answer) else None
        seconds = float(lifetime) if isinstance(lifetime, int | float | str) else 3600.0
        self._tokens[scopes] = (token, time.monotonic() + max(seconds - _EARLY, seconds / 2))
        return token


class Credentials:
    """The credentials of a client, by security scheme."""

    def __init__(
        self,
        service: Service,
        given: Mapping[str, Credential],
        inherited: Credentials | None = None,
    ) -> None:
        """Take credentials from `given`, else from `inherited`, else from the environment."""
        self._service = service
        self._schemes: dict[str, Applied] = dict(inherited._schemes) if inherited else {}
        self._given: dict[str, int] = dict(inherited._given) if inherited else {}
        """Schemes filled by argument, and by which copy of a client."""
        copy = 1 + max(self._given.values(), default=0)
        for name, scheme in service.schemes.items():
            applied = _apply(scheme, given.get(name), environment=inherited is None)
            if applied is not None:
                self._schemes[name] = applied
                if given.get(name) not in _NOT_GIVEN:
                    self._given[name] = copy
        self._chosen: dict[int, tuple[object, Applied]] = {}
        self.secret_headers = SECRET_HEADERS | {
            scheme.name.lower()
            for scheme in service.schemes.values()
            if isinstance(scheme, ApiKey) and scheme.location == "header"
        }
        self.secret_query = frozenset(
            scheme.name
            for scheme in service.schemes.values()
            if isinstance(scheme, ApiKey) and scheme.location == "query"
        )

    def __repr__(self) -> str:
        return f"<Credentials for {', '.join(self._schemes) or 'nothing'}>"

    def choose(
        self,
        security: tuple[Mapping[str, tuple[str, ...]], ...],
        sent: Iterable[str] = (),
        *,
        foreign: bool = False,
    ) -> Applied:
        """The alternative that uses most of the credentials there are.

        Those given by argument count before those of the environment, and those given last before
        those a client had; of equal alternatives the first is used.

        `sent` are names of headers that the caller sets: they stand for the scheme that would set
        them. With `foreign` credentials may come from elsewhere (an HTTP client of the user's).
        Raises `MissingCredentialsError`.
        """
        found = self._chosen.get(id(security))
        if found is not None and found[0] is security:
            return found[1]
        possible = [a for a in security if all(name in self._schemes for name in a)]
        if possible:
            applied = self._join(max(possible, key=self._fit))
            self._chosen[id(security)] = (security, applied)
            return applied
        if not security or foreign or self._covered(security, sent):
            return Applied()
        raise MissingCredentialsError(self._advice(security))

    def _fit(self, alternative: Mapping[str, tuple[str, ...]]) -> tuple[int, int, int]:
        given = [self._given[name] for name in alternative if name in self._given]
        return len(given), max(given, default=0), len(alternative)

    def _join(self, alternative: Mapping[str, tuple[str, ...]]) -> Applied:
        parts = [(self._schemes[name], scopes) for name, scopes in alternative.items()]
        if len(parts) == 1 and parts[0][0].token is None:
            return parts[0][0]
        source = next(((p.token, s) for p, s in parts if p.token is not None), (None, ()))
        return Applied(
            headers=tuple(header for part, _ in parts for header in part.headers),
            query="&".join(part.query for part, _ in parts if part.query),
            cookies="; ".join(part.cookies for part, _ in parts if part.cookies),
            token=source[0],
            scopes=source[1],
        )

    def _covered(
        self, security: tuple[Mapping[str, tuple[str, ...]], ...], sent: Iterable[str]
    ) -> bool:
        names = {name.lower() for name in sent}
        for alternative in security:
            for scheme in alternative:
                declared = self._service.schemes.get(scheme)
                header = declared.name if isinstance(declared, ApiKey) else "authorization"
                if declared is None or header.lower() in names:
                    return True
        return False

    def _advice(self, security: tuple[Mapping[str, tuple[str, ...]], ...]) -> str:
        ways: list[str] = []
        for alternative in security:
            parts: list[str] = []
            for name in alternative:
                scheme = self._service.schemes.get(name)
                if scheme is None or name in self._schemes:
                    continue
                names, variables = _sources(scheme)
                way = "pass " + " and ".join(f"{argument}=…" for argument in names)
                if all(variables):
                    way += " or set " + " and ".join(v for v in variables if v)
                if isinstance(scheme, OAuth2):
                    way += f" or pass {scheme.ready}=…"
                    way += f" or set {scheme.ready_env}" if scheme.ready_env is not None else ""
                parts.append(way)
            if parts:
                ways.append(", and ".join(parts))
        return "credentials are missing: " + "; or ".join(dict.fromkeys(ways))


def _sources(scheme: SecurityScheme) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    if isinstance(scheme, HttpBearer | ApiKey):
        return (scheme.argument,), (scheme.env,)
    return scheme.arguments, scheme.env


def _apply(scheme: SecurityScheme, given: Credential, *, environment: bool) -> Applied | None:
    """What a scheme adds with the credential given, or the environment's; None without one."""
    if isinstance(scheme, OAuth2):
        if given in _NOT_GIVEN and environment and scheme.ready_env is not None:
            given = os.environ.get(scheme.ready_env) or given
        if isinstance(given, str):
            scheme = HttpBearer(scheme.ready)
    secrets = _secrets(scheme, given, environment=environment)
    if secrets is None:
        return None
    if isinstance(scheme, HttpBearer):
        return Applied(headers=(("Authorization", f"Bearer {secrets[0]}"),))
    if isinstance(scheme, HttpBasic):
        pair = base64.b64encode(f"{secrets[0]}:{secrets[1]}".encode()).decode("ascii")
        return Applied(headers=(("Authorization", f"Basic {pair}"),))
    if isinstance(scheme, OAuth2):
        return Applied(token=TokenSource(secrets[0], secrets[1], scheme))
    value = scheme.prefix + secrets[0]
    if scheme.location == "header":
        return Applied(headers=((scheme.name, value),))
    if scheme.location == "query":
        return Applied(query=f"{quote(scheme.name, safe='')}={quote(value, safe='')}")
    return Applied(cookies=f"{scheme.name}={quote(value, safe='')}")


def _secrets(scheme: SecurityScheme, given: Credential, *, environment: bool) -> list[str] | None:
    """The parts of a credential, all of them; None where there is none, or only half of one in the
    environment. Raises `ConfigurationError` for what a header cannot carry."""
    arguments, variables = _sources(scheme)
    values = list(given) if isinstance(given, tuple) else [given]
    values += [None] * (len(arguments) - len(values))
    asked = any(value is not None for value in values)
    basic = isinstance(scheme, HttpBasic)
    if environment:
        values = [
            _from_environment(variable, empty=basic) if value is None else value
            for value, variable in zip(values, variables, strict=True)
        ]
    if basic and values[0] is not None and values[1] is None:
        values[1] = ""  # a user name alone: many services take a key that way
    secrets = [value for value in values if value is not None]
    if len(secrets) < len(values):
        if not asked or not secrets:
            return None
        missing = arguments[values.index(None)]
        raise ConfigurationError(f"{' and '.join(arguments)} go together: {missing} is missing")
    if basic and not asked and not any(secrets):
        return None
    _check_secrets(arguments, secrets, basic=basic)
    return secrets


def _from_environment(variable: str | None, *, empty: bool) -> str | None:
    found = os.environ.get(variable) if variable is not None else None
    return found if empty else found or None


def _check_secrets(arguments: tuple[str, ...], secrets: list[str], *, basic: bool) -> None:
    if basic and not any(secrets):
        raise ConfigurationError(f"{' and '.join(arguments)} are both empty")
    for argument, secret in zip(arguments, secrets, strict=True):
        if (not secret and not basic) or any(ord(c) < 32 or ord(c) == 127 for c in secret):
            raise ConfigurationError(f"{argument} is empty or has line breaks in it")
    if basic and ":" in secrets[0]:
        raise ConfigurationError(f"{arguments[0]} has a colon in it, which ends a user name")
