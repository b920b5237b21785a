"""Which credentials a request carries, derived from the description's security schemes."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from trunkline import ir

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""A header's name by RFC 9110, 5.6.2."""


@dataclass(frozen=True, slots=True)
class CredentialParts:
    """Where a credential goes on the wire."""

    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    query: tuple[tuple[str, str], ...] = ()
    cookies: Mapping[str, str] = field(default_factory=dict[str, str])


def primary_scheme(api: ir.Api) -> ir.SecurityScheme | None:
    """The scheme that most operations accept alone; None when none needs credentials."""
    counts: Counter[str] = Counter()  # in the order met: the first of equals is taken
    for operation in api.operations:
        for requirement in operation.security:
            if len(requirement) == 1:
                counts.update(requirement.keys())
    for name, _ in counts.most_common():
        scheme = api.security_schemes.get(name)
        if scheme is not None and _usable(scheme):
            return scheme
    return None


def sendable(header: str) -> bool:
    """Whether HTTP allows a header of this name."""
    return _TOKEN.fullmatch(header) is not None


def _usable(scheme: ir.SecurityScheme) -> bool:
    if isinstance(scheme, ir.KeyScheme) and scheme.location is ir.KeyLocation.HEADER:
        return sendable(scheme.key)
    return not isinstance(scheme, ir.MutualTlsScheme)


def apply_credential(scheme: ir.SecurityScheme | None, token: str) -> CredentialParts:
    """`token` as `scheme` puts it on the wire."""
    match scheme:
        case ir.HttpScheme(scheme="basic"):
            encoded = base64.b64encode(token.encode()).decode()
            return CredentialParts({"Authorization": f"Basic {encoded}"})
        case ir.HttpScheme(scheme=name):
            return CredentialParts({"Authorization": f"{name.capitalize()} {token}"})
        case ir.OAuthScheme() | ir.OpenIdScheme():
            return CredentialParts({"Authorization": f"Bearer {token}"})
        case ir.KeyScheme(key=key, location=location, prefix=prefix):
            value = prefix + token
            if location is ir.KeyLocation.HEADER:
                return CredentialParts({key: value})
            if location is ir.KeyLocation.QUERY:
                return CredentialParts(query=((key, value),))
            return CredentialParts(cookies={key: value})
    return CredentialParts()


def accepts(operation: ir.Operation, scheme: ir.SecurityScheme | None) -> bool:
    """Whether `operation` asks for credentials and `scheme` alone is enough."""
    return scheme is not None and any(set(r) == {scheme.name} for r in operation.security)


def requires(operation: ir.Operation) -> bool:
    """Whether `operation` cannot be called without credentials."""
    return bool(operation.security) and all(operation.security)
