"""Credentials that a server hands out: by a login request, or an OAuth2 token endpoint."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlencode, urljoin

from trunkline import ir
from trunkline.contract.model import AuthUser, Exchange, LoginRequest, Request, TokenPlace
from trunkline.contract.session.client import NoResponseError
from trunkline.semantics.credentials import CredentialParts, combine

_EARLY = 30.0
"""Seconds before a token ends in which it is not used any more."""


class LoginError(Exception):
    """A login did not give what it should; the message says what came instead."""


@dataclass(slots=True)
class _Held:
    """What a user holds now."""

    parts: CredentialParts
    until: float | None
    secrets: tuple[str, ...]


@dataclass(slots=True)
class Logins:
    """Logs users in when their credentials are first needed, and again when they are refused."""

    base_url: str
    send: Callable[[Request], Exchange]
    _held: dict[str, _Held] = field(default_factory=dict[str, _Held])

    def parts(self, user: AuthUser) -> CredentialParts:
        """What a user sends with a request. `LoginError` where the login fails."""
        held = self._held.get(user.name)
        if held is None or (held.until is not None and held.until < time.monotonic()):
            held = self._held[user.name] = self._log_in(user)
        return held.parts

    def forget(self, user: AuthUser) -> None:
        """The server refuses what a user holds: it logs in again for the next request."""
        if user.login is not None:
            self._held.pop(user.name, None)

    @property
    def secrets(self) -> list[str]:
        """What was handed out so far: no report may show it."""
        return [secret for held in self._held.values() for secret in held.secrets]

    def _log_in(self, user: AuthUser) -> _Held:
        fixed = CredentialParts(dict(user.headers))
        login = user.login
        if login is None:
            return _Held(fixed, None, tuple(user.headers.values()))
        if login.discovery is not None:
            login = replace(login, url=self._discovered(login.discovery), discovery=None)
        headers = {"Accept": "application/json, */*;q=0.5", **login.headers}
        if login.body is not None:
            headers["Content-Type"] = login.content_type
        request = Request(
            method=login.method,
            url=self._address(login.url),
            headers=headers,
            body=login.body,
        )
        try:
            exchange = self.send(request)
        except NoResponseError as error:
            raise LoginError(f"the login of {user.name} got no answer: {error.reason}") from error
        if not exchange.ok and not (login.cookies and exchange.status in {302, 303}):
            raise LoginError(f"the login of {user.name} was answered with {exchange.status}")
        parts, secrets = [fixed], list(user.headers.values())
        if login.cookies:
            found = cookies(exchange.headers.get("set-cookie", ""))
            if not found:
                raise LoginError(f"the login of {user.name} gave no cookie")
            parts.append(CredentialParts(cookies=found))
            secrets += found.values()
        until = None
        if login.token is not None:
            token = login.token.value(exchange)
            if token is None:
                raise LoginError(f"the login of {user.name} gave no token at {login.token.place}")
            parts.append(login.token.parts(token))
            secrets.append(token)
            body = exchange.json
            lasts = body.get("expires_in") if isinstance(body, dict) else None
            if isinstance(lasts, int | float) and not isinstance(lasts, bool):
                until = time.monotonic() + max(lasts / 2, lasts - _EARLY)
        return _Held(combine(parts), until, tuple(secrets))

    def _address(self, url: str) -> str:
        if "://" in url:
            return url
        return self.base_url.rstrip("/") + (url if url.startswith("/") else f"/{url}")

    def _discovered(self, address: str) -> str:
        """The token endpoint that an OpenID Connect provider's metadata names."""
        url = address if "://" in address else urljoin(self.base_url, address)
        try:
            body = self.send(Request(method="GET", url=url)).json
        except NoResponseError as error:
            raise LoginError(f"no answer from {url}: {error.reason}") from error
        found = body.get("token_endpoint") if isinstance(body, dict) else None
        if not isinstance(found, str):
            raise LoginError(f"{url} names no token_endpoint")
        return found


def cookies(header: str) -> dict[str, str]:
    """The cookies that a `Set-Cookie` header sets, several joined by commas as well."""
    found: dict[str, str] = {}
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return {}
    for name, morsel in jar.items():
        found[name] = morsel.value
    return found


def token_user(name: str, scheme: ir.OAuthScheme | ir.OpenIdScheme, secret: str) -> AuthUser | None:
    """A user that fetches OAuth2 tokens: `client_id:client_secret`, or for the password flow
    `user:password`. None where the scheme has no flow for it, or `secret` is a token itself."""
    account, separator, password = secret.partition(":")
    if not separator:
        return None
    flows = {flow.kind: flow for flow in scheme.flows} if isinstance(scheme, ir.OAuthScheme) else {}
    by_password = flows.get("password")
    flow = flows.get("clientCredentials") or by_password
    url = flow.token_url if flow is not None else None
    discovery = scheme.url if isinstance(scheme, ir.OpenIdScheme) else None
    if url is None and discovery is None:
        return None
    form: dict[str, str] = {"grant_type": "client_credentials"}
    headers: Mapping[str, str] = {}
    if flow is not None and flow is by_password:
        form = {"grant_type": "password", "username": account, "password": password}
    else:
        pair = base64.b64encode(f"{account}:{password}".encode()).decode("ascii")
        headers = {"Authorization": f"Basic {pair}"}
    if flow is not None and flow.scopes:
        form["scope"] = " ".join(flow.scopes)
    login = LoginRequest(
        url=url or "",
        method="POST",
        headers=headers,
        content_type="application/x-www-form-urlencoded",
        body=urlencode(form).encode(),
        token=TokenPlace("body", "/access_token", "header", "Authorization", "Bearer {token}"),
        discovery=discovery,
    )
    return AuthUser(name=name, login=login)
