"""How a credential travels, and how it is read back: one meaning for every security scheme."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, assert_never

from trunkline import ir

_TOKEN: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""A header's name by RFC 9110, 5.6.2."""

_SCHEME_WORDS: Final = {"hoba": "HOBA", "dpop": "DPoP", "privatetoken": "PrivateToken"}


@dataclass(frozen=True, slots=True)
class CredentialParts:
    """What credentials add to a request: headers, query pairs and cookies, none of them encoded."""

    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    query: tuple[tuple[str, str], ...] = ()
    cookies: Mapping[str, str] = field(default_factory=dict[str, str])

    def __bool__(self) -> bool:
        return bool(self.headers or self.query or self.cookies)


def authorization_word(scheme: ir.HttpScheme) -> str:
    """The word before a credential in `Authorization`: `Basic`, `Bearer`, `Token`. Servers compare
    it without case (RFC 9110, 11.1); some only know the usual spelling."""
    return _SCHEME_WORDS.get(scheme.scheme, scheme.scheme[:1].upper() + scheme.scheme[1:])


def is_sendable(header: str) -> bool:
    """Whether HTTP allows a header of this name."""
    return _TOKEN.fullmatch(header) is not None


def is_secret_known(scheme: ir.SecurityScheme) -> bool:
    """Whether a caller can hand over a secret for this scheme: a client certificate is shown while
    connecting, and a header whose name HTTP forbids cannot be sent."""
    match scheme:
        case ir.KeyScheme(location=ir.KeyLocation.HEADER):
            return is_sendable(scheme.key)
        case ir.MutualTlsScheme():
            return False
        case ir.HttpScheme() | ir.KeyScheme() | ir.OAuthScheme() | ir.OpenIdScheme():
            return True
        case _:
            assert_never(scheme)


def apply_credential(scheme: ir.SecurityScheme, secret: str) -> CredentialParts:
    """`secret` as `scheme` carries it. For `basic` it is `user:password`."""
    match scheme:
        case ir.HttpScheme(scheme="basic"):
            encoded = base64.b64encode(secret.encode()).decode("ascii")
            return CredentialParts({"Authorization": f"Basic {encoded}"})
        case ir.HttpScheme():
            return CredentialParts({"Authorization": f"{authorization_word(scheme)} {secret}"})
        case ir.OAuthScheme() | ir.OpenIdScheme():
            return CredentialParts({"Authorization": f"Bearer {secret}"})
        case ir.KeyScheme():
            value = scheme.prefix + secret
            match scheme.location:
                case ir.KeyLocation.HEADER:
                    return CredentialParts({scheme.key: value})
                case ir.KeyLocation.COOKIE:
                    return CredentialParts(cookies={scheme.key: value})
                case ir.KeyLocation.QUERY:
                    return CredentialParts(query=((scheme.key, value),))
                case _:
                    assert_never(scheme.location)
        case ir.MutualTlsScheme():
            return CredentialParts()
        case _:
            assert_never(scheme)


def combine(parts: Iterable[CredentialParts]) -> CredentialParts:
    """What several schemes add together."""
    headers: dict[str, str] = {}
    query: list[tuple[str, str]] = []
    cookies: dict[str, str] = {}
    for part in parts:
        headers.update(part.headers)
        query.extend(part.query)
        cookies.update(part.cookies)
    return CredentialParts(headers, tuple(query), cookies)


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a request may show a credential: look-ups by name, each None for what is not there.
    Header names are given in lower case."""

    header: Callable[[str], str | None]
    query: Callable[[str], str | None]
    cookie: Callable[[str], str | None]


def presented(scheme: ir.SecurityScheme, request: Shown) -> str | None:
    """The secret that a request shows for a scheme, the opposite of `apply_credential`; None where
    it shows none, or one in another form."""
    match scheme:
        case ir.HttpScheme(scheme="basic"):
            encoded = _after_word(request.header("authorization"), "basic")
            return None if encoded is None else _decoded(encoded)
        case ir.HttpScheme():
            return _after_word(request.header("authorization"), scheme.scheme)
        case ir.OAuthScheme() | ir.OpenIdScheme():
            return _after_word(request.header("authorization"), "bearer")
        case ir.KeyScheme():
            value = _key(scheme, request)
            if value is None or not value.startswith(scheme.prefix):
                return None
            return value[len(scheme.prefix) :]
        case ir.MutualTlsScheme():
            return None
        case _:
            assert_never(scheme)


def _key(scheme: ir.KeyScheme, request: Shown) -> str | None:
    match scheme.location:
        case ir.KeyLocation.HEADER:
            return request.header(scheme.key.lower())
        case ir.KeyLocation.COOKIE:
            return request.cookie(scheme.key)
        case ir.KeyLocation.QUERY:
            return request.query(scheme.key)
        case _:
            assert_never(scheme.location)


def _after_word(value: str | None, word: str) -> str | None:
    kind, separator, secret = (value or "").strip().partition(" ")
    if not separator or kind.lower() != word.lower():
        return None
    return secret.strip()


def _decoded(encoded: str) -> str | None:
    try:
        return base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, ValueError):
        return None


def challenge(scheme: ir.SecurityScheme) -> str | None:
    """The `WWW-Authenticate` of a server that asks for this scheme; None where HTTP has none."""
    match scheme:
        case ir.HttpScheme(scheme="basic"):
            return 'Basic realm="api"'
        case ir.HttpScheme():
            return authorization_word(scheme)
        case ir.OAuthScheme() | ir.OpenIdScheme():
            return "Bearer"
        case ir.KeyScheme() | ir.MutualTlsScheme():
            return None
        case _:
            assert_never(scheme)


def primary_scheme(api: ir.Api) -> ir.SecurityScheme | None:
    """The scheme that most operations accept alone; None when none needs credentials."""
    counts: Counter[str] = Counter()  # in the order met: the first of equals is taken
    for operation in api.operations:
        for requirement in operation.security:
            if len(requirement) == 1:
                counts.update(requirement.keys())
    for name, _ in counts.most_common():
        scheme = api.security_schemes.get(name)
        if scheme is not None and is_secret_known(scheme):
            return scheme
    return None


def is_required(security: Sequence[ir.SecurityRequirement]) -> bool:
    """Whether an operation cannot be called without credentials."""
    return bool(security) and all(security)


def accepts(security: Sequence[ir.SecurityRequirement], scheme: ir.SecurityScheme | None) -> bool:
    """Whether `scheme` alone is enough for an operation."""
    return scheme is not None and any(set(r) == {scheme.name} for r in security)


def satisfied(
    security: Sequence[ir.SecurityRequirement], known: Iterable[str]
) -> ir.SecurityRequirement | None:
    """The first alternative for which every scheme is among `known`; the one that needs the most
    schemes of those that need any. None where there is none, `{}` where only no credentials are
    allowed."""
    names = set(known)
    possible = [r for r in security if set(r) <= names]
    return max(possible, key=bool, default=None)
