"""Programs in browsers: which pages may read responses (the Fetch standard, "CORS protocol")."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from trunkline.diagnostics import Code, TrunklineError
from trunkline.emulator.http.messages import HttpRequest, HttpResponse, RawHeaders


@dataclass(frozen=True, slots=True)
class CrossOrigin:
    """Pages of this machine may call the server by default. `origins` names others (`*`: any;
    `none`: not even this machine's)."""

    origins: frozenset[str]

    def with_headers(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The response as the page that asks may read it; as it is for anybody else."""
        origin = request.header(b"origin")
        if origin is None or not self.allows(origin.decode("latin-1")):
            return response
        headers: RawHeaders = [
            (b"access-control-allow-origin", origin),
            (b"access-control-allow-credentials", b"true"),
            (b"access-control-expose-headers", _names(response)),
            (b"vary", b"origin"),
        ]
        method = request.header(b"access-control-request-method")
        if request.method == "OPTIONS" and method is not None:
            allowed = dict(response.headers).get(b"allow", method)
            asked = request.header(b"access-control-request-headers") or b"*"
            headers += [
                (b"access-control-allow-methods", allowed),
                (b"access-control-allow-headers", asked),
                (b"access-control-max-age", b"600"),
            ]
        return replace(response, headers=[*response.headers, *headers])

    def allows(self, origin: str) -> bool:
        """Whether pages of this origin may read."""
        if "none" in self.origins:
            return False
        if "*" in self.origins or origin in self.origins:
            return True
        try:
            host = urlsplit(origin).hostname or ""
        except ValueError:
            return False
        return is_this_machine(host)


def cross_origin(origins: Collection[str]) -> CrossOrigin:
    """Who may read, from the origins named (`http://page.example`, `*`, `none`);
    `TrunklineError` for what is none."""
    for origin in origins:
        if origin not in {"*", "none", "null"} and "://" not in origin:
            raise TrunklineError.usage(
                Code.BAD_VALUE,
                f"{origin!r} is not an origin of pages",
                hint=f"did you mean https://{origin}?",
            )
    return CrossOrigin(frozenset(origin.rstrip("/") for origin in origins))


def is_this_machine(host: str) -> bool:
    """Whether a host is a loopback address, or a name that can only mean one."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _names(response: HttpResponse) -> bytes:
    """Headers that a page could not read otherwise, by name."""
    return b", ".join(dict.fromkeys([b"content-length", *(name for name, _ in response.headers)]))
