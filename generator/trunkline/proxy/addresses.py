"""Addresses of a live server, as those of the proxy before it."""

from __future__ import annotations

import re
from urllib.parse import SplitResult

from trunkline.emulator.http.messages import RawHeaders

_LINK = re.compile(rb"<([^<>]*)>")
_PORTS = {b"http": b":80", b"https": b":443"}


class Addresses:
    """Between `base`, where the API is here, and the upstream's path."""

    def __init__(self, upstream: SplitResult, base: str) -> None:
        self.base = base
        self._base = base.encode()
        self._path = upstream.path.rstrip("/").encode()
        netloc = upstream.netloc.rpartition("@")[2].lower().encode()
        default = _PORTS[upstream.scheme.encode()]
        plain = netloc.removesuffix(default)
        self._names = {netloc, plain, plain + default if b":" not in plain else plain}

    def onward(self, target: bytes) -> bytes | None:
        """A request's target on the live server; None where it is not below the API's base path."""
        if not target.startswith(self._base) or target[:1] != b"/":
            return None
        below = target[len(self._base) :]
        if below[:1] not in (b"/", b"?", b""):
            return None
        return self._path + below if below[:1] == b"/" or self._path else b"/" + below

    def path(self, address: bytes) -> bytes | None:
        """An address of the live server as a path here; None for any other, and for those that are
        relative to the request's own."""
        scheme, mark, rest = address.partition(b"//")
        if mark and scheme.lower() in (b"", b"http:", b"https:"):
            netloc = re.split(rb"[/?#]", rest, maxsplit=1)[0]
            if netloc.rpartition(b"@")[2].lower() not in self._names:
                return None
            path = rest[len(netloc) :]
        elif address[:1] == b"/":
            path = address
        else:
            return None
        if not path.startswith(self._path):
            return None
        below = path[len(self._path) :]
        if below and below[:1] not in (b"/", b"?", b"#"):
            return None
        return self._base + below or b"/" if below[:1] in (b"/", b"") else self._base + below

    def recorded(self, headers: RawHeaders) -> RawHeaders:
        """Headers with addresses of the live server as paths, which are true wherever it is played
        back."""
        return self._led(headers, b"")

    def led_back(self, headers: RawHeaders, host: bytes) -> RawHeaders:
        """Headers with addresses of the live server as those of this one, at `host`. Those of
        `Link` are whole, as they were: not every client puts them together."""
        return self._led(headers, b"http://" + host if host else b"")

    def _led(self, headers: RawHeaders, origin: bytes) -> RawHeaders:
        def link(found: re.Match[bytes]) -> bytes:
            path = self.path(found[1])
            if path is None:
                return found[0]
            return b"<" + (origin if b"//" in found[1][:8] else b"") + path + b">"

        led: RawHeaders = []
        for name, value in headers:
            match name.lower():
                case b"location" | b"content-location":
                    led.append((name, self.path(value) or value))
                case b"link":
                    led.append((name, _LINK.sub(link, value)))
                case _:
                    led.append((name, value))
        return led
