"""Who is asking: the credentials of every scheme, compiled to look-ups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from trunkline.emulator.decoding.query import QueryTextError, parse_query
from trunkline.emulator.http.messages import (
    Account,
    HttpError,
    HttpRequest,
    RawHeaders,
    ValidationError,
)
from trunkline.ir import Api, HttpScheme, MutualTlsScheme, Operation, SecurityScheme
from trunkline.semantics.credentials import Shown, apply_credential, challenge, presented

Finder = Callable[[HttpRequest], Account | None]
Authenticator = Callable[[HttpRequest], Account]


class IssuedTokens(Protocol):
    """Credentials that calls handed out."""

    def account(self, scheme: str, request: HttpRequest) -> Account | None:
        """Whose credential a request shows for the scheme of this name."""

    def acting(self, request: HttpRequest, account: Account) -> Account | None:
        """The account that the caller acts for, None where it may not."""


def secret_in(request: HttpRequest, scheme: SecurityScheme) -> str | None:
    """The secret that a request shows for a scheme, None where it shows none."""

    def header(name: str) -> str | None:
        raw = request.header(name.encode("latin-1", "replace"))
        return None if raw is None else raw.decode("latin-1")

    def query(name: str) -> str | None:
        try:
            return next((v for k, v in parse_query(request.query) if k == name), None)
        except QueryTextError:
            return None

    def cookie(name: str) -> str | None:
        return next((v for k, v in cookies(request) if k == name), None)

    return presented(scheme, Shown(header, query, cookie)) or None


def cookies(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of the cookies sent."""
    found: list[tuple[str, str]] = []
    for name, raw in request.headers:
        if name == b"cookie":
            for part in raw.decode("latin-1").split(";"):
                key, mark, value = part.strip().partition("=")
                if mark:
                    found.append((key, value))
    return found


class Security:
    """Compiles the security requirements of operations."""

    def __init__(self, api: Api, accounts: Sequence[Account]) -> None:
        self._schemes = api.security_schemes
        self._accounts = tuple(accounts)
        self._by_token = {account.token: account for account in accounts}
        self._finders: dict[str, Finder] = {}
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
                raise self._unauthorized(operation)
            return acting

        return find

    def _authenticator(self, operation: Operation) -> Authenticator:
        """A function from request to account; raises `HttpError` with 401 (403 where only that is
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
                    raise self._unauthorized(operation)
                return account

            return single

        def several(request: HttpRequest) -> Account:
            for finders in alternatives:
                found = {find(request) for find in finders}
                if len(found) == 1 and (account := found.pop()) is not None:
                    return account
            raise self._unauthorized(operation)

        return several

    @staticmethod
    def _first(request: HttpRequest, finders: Sequence[Finder]) -> Account | None:
        return next((a for find in finders if (a := find(request)) is not None), None)

    def _unauthorized(self, operation: Operation) -> HttpError:
        names = dict.fromkeys(key for requirement in operation.security for key in requirement)
        found = (challenge(self._schemes[name]) for name in names if name in self._schemes)
        text = next((one for one in found if one is not None), "Bearer")
        headers: RawHeaders = [(b"www-authenticate", text.encode("latin-1", "replace"))]
        problem = ValidationError("Credentials are missing or not valid", "security")
        return HttpError((401, 403), problem, headers=headers)

    def _finder(self, scheme: SecurityScheme) -> Finder:
        known = self._finders.get(scheme.name)
        if known is None:
            known = self._finders[scheme.name] = self._made(scheme)
        return known

    def _made(self, scheme: SecurityScheme) -> Finder:
        if isinstance(scheme, MutualTlsScheme):
            # Whoever has connected has shown its certificate.
            return lambda _: self._accounts[0]
        usual = {
            (name.lower().encode("latin-1", "replace"), value.encode("latin-1", "replace")): account
            for account in self._accounts
            for name, value in apply_credential(scheme, account.token).headers.items()
        }
        names = tuple({name for name, _ in usual})
        basic = isinstance(scheme, HttpScheme) and scheme.scheme == "basic"

        def find(request: HttpRequest) -> Account | None:
            # The usual spelling is found without taking it apart.
            for name in names:
                account = usual.get((name, request.header(name) or b""))
                if account is not None:
                    return account
            secret = secret_in(request, scheme)
            if secret is None:
                return None
            return self._by_login(secret) if basic else self._by_token.get(secret)

        return find

    def _by_login(self, secret: str) -> Account | None:
        """The account of `user:password`: its token is the password, or the user without one."""
        user, _, password = secret.partition(":")
        by_password = self._by_token.get(password)
        if by_password is not None:
            return by_password
        return self._by_token.get(user) if not password else None
