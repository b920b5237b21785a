"""Who is asking: credentials of every scheme, compiled to look-ups."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Protocol
from urllib.parse import unquote_plus

from trunkline.emulator.http.messages import (
    Account,
    HttpError,
    HttpRequest,
    RawHeaders,
    ValidationError,
)
from trunkline.ir import (
    Api,
    HttpScheme,
    KeyLocation,
    KeyScheme,
    MutualTlsScheme,
    OAuthScheme,
    Operation,
    SecurityScheme,
)

Finder = Callable[[HttpRequest], Account | None]
Authenticator = Callable[[HttpRequest], Account]


def presented(scheme: SecurityScheme, request: HttpRequest) -> str | None:
    """The secret that a request shows for a scheme in a header; None where it shows none."""
    if isinstance(scheme, KeyScheme):
        text = (request.header(scheme.key.lower().encode("latin-1", "replace")) or b"").decode(
            "latin-1"
        )
        if not text.startswith(scheme.prefix):
            return None
        return text[len(scheme.prefix) :] or None
    if isinstance(scheme, HttpScheme):
        text = (request.header(b"authorization") or b"").decode("latin-1")
        kind, _, secret = text.partition(" ")
        return secret.strip() or None if kind.lower() == scheme.scheme.lower() else None
    return None


class IssuedTokens(Protocol):
    """Credentials that calls handed out."""

    def account(self, scheme: str, request: HttpRequest) -> Account | None:
        """Whose credential a request shows for the scheme of this name."""

    def acting(self, request: HttpRequest, account: Account) -> Account | None:
        """The account that the caller acts for, None where it may not."""


class Security:
    """Compiles the security requirements of operations."""

    def __init__(self, api: Api, accounts: Sequence[Account]) -> None:
        self._schemes = api.security_schemes
        self._accounts = tuple(accounts)
        self._by_token = {account.token: account for account in accounts}
        self._bearer = {f"Bearer {a.token}".encode(): a for a in accounts}
        self.tokens: IssuedTokens | None = None
        """Credentials that calls handed out, where a behaviour says that they do."""

    def authenticator(self, operation: Operation) -> Authenticator:
        """As `_authenticator`; where credentials are handed out, those too, and callers may act
        for others."""
        fixed = self._authenticator(operation)
        tokens = self.tokens
        if tokens is None or not operation.security:
            return fixed
        schemes = dict.fromkeys(name for requirement in operation.security for name in requirement)

        def find(request: HttpRequest) -> Account:
            account = next(
                (a for name in schemes if (a := tokens.account(name, request)) is not None), None
            )
            if account is None:
                account = fixed(request)
            acting = tokens.acting(request, account)
            if acting is None:
                raise self._refusal(operation)
            return acting

        return find

    def _authenticator(self, operation: Operation) -> Authenticator:
        """A function from request to account; raises `Refusal` with 401 (403 where only that is
        documented). Alternatives are tried in the order written; within one, all schemes must
        agree on the account."""
        alternatives = [
            [self._finder(self._schemes[name]) for name in requirement if name in self._schemes]
            for requirement in operation.security
        ]
        if not alternatives or [] in alternatives:
            # Nobody is turned away; credentials still choose the account.
            public = [self._finder(scheme) for scheme in self._schemes.values()]
            return lambda request: self._first(request, public) or self._accounts[0]
        if len(alternatives) == 1 and len(alternatives[0]) == 1:
            find = alternatives[0][0]

            def single(request: HttpRequest) -> Account:
                account = find(request)
                if account is None:
                    raise self._refusal(operation)
                return account

            return single

        def several(request: HttpRequest) -> Account:
            for finders in alternatives:
                found = {find(request) for find in finders}
                if len(found) == 1 and (account := found.pop()) is not None:
                    return account
            raise self._refusal(operation)

        return several

    @staticmethod
    def _first(request: HttpRequest, finders: Sequence[Finder]) -> Account | None:
        return next((a for find in finders if (a := find(request)) is not None), None)

    def _refusal(self, operation: Operation) -> HttpError:
        headers: RawHeaders = []
        for name in dict.fromkeys(key for req in operation.security for key in req):
            scheme = self._schemes.get(name)
            if isinstance(scheme, HttpScheme):
                challenge = 'Basic realm="api"' if scheme.scheme == "basic" else "Bearer"
                headers.append((b"www-authenticate", challenge.encode()))
                break
        if not headers:
            headers.append((b"www-authenticate", b"Bearer"))
        problem = ValidationError("Credentials are missing or not valid", "security")
        return HttpError((401, 403), problem, headers=headers)

    def _finder(self, scheme: SecurityScheme) -> Finder:
        match scheme:
            case HttpScheme(scheme="basic"):
                return self._basic
            case HttpScheme() | OAuthScheme():
                return self._authorization
            case KeyScheme():
                return self._key(scheme)
            case MutualTlsScheme():
                return lambda _: self._accounts[0]
            case _:
                return self._authorization

    def _authorization(self, request: HttpRequest) -> Account | None:
        value = request.header(b"authorization")
        if value is None:
            return None
        known = self._bearer.get(value)
        if known is not None:
            return known
        kind, _, token = value.partition(b" ")
        if kind.lower() != b"bearer":
            return None
        return self._by_token.get(token.strip().decode("latin-1"))

    def _basic(self, request: HttpRequest) -> Account | None:
        value = request.header(b"authorization") or b""
        kind, _, encoded = value.partition(b" ")
        if kind.lower() != b"basic":
            return None
        try:
            pair = base64.b64decode(encoded.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None
        user, _, password = pair.partition(":")
        by_password = self._by_token.get(password)
        if by_password is not None:
            return by_password
        return self._by_token.get(user) if not password else None

    def _key(self, scheme: KeyScheme) -> Finder:
        name = scheme.key
        if scheme.location is KeyLocation.HEADER:
            header = name.lower().encode("latin-1", "replace")
            table = {f"{scheme.prefix}{a.token}".encode(): a for a in self._accounts}
            return lambda request: table.get(request.header(header) or b"")
        if scheme.location is KeyLocation.QUERY:

            def from_query(request: HttpRequest) -> Account | None:
                for part in request.query.split(b"&"):
                    key, _, value = part.partition(b"=")
                    if unquote_plus(key.decode("latin-1")) == name:
                        text = unquote_plus(value.decode("latin-1"))
                        return self._by_token.get(text.removeprefix(scheme.prefix))
                return None

            return from_query

        def from_cookie(request: HttpRequest) -> Account | None:
            raw = (request.header(b"cookie") or b"").decode("latin-1")
            for part in raw.split(";"):
                key, _, value = part.strip().partition("=")
                if key == name:
                    return self._by_token.get(value.removeprefix(scheme.prefix))
            return None

        return from_cookie
