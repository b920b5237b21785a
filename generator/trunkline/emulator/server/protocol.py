"""HTTP on the socket: uvicorn's parser with limits, so that no client can make the server grow."""

from __future__ import annotations

import asyncio
import http
import re
import time
from collections.abc import Callable
from typing import Any, NoReturn

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 64 * 1024
"""Bytes of a head that is still incomplete, and of the target."""
MAX_HEADERS = 200
SLOW_HEAD = 30.0
"""Seconds in which request line and headers must arrive."""

LINGER = 2.0
"""Seconds for which a client that was refused may go on sending."""

_HOST = re.compile(
    rb"(?:[A-Za-z0-9._~!$&'()*+,;=%-]*|\[[0-9A-Fa-f:.]+\]|\[v[0-9A-Fa-f]+\.[^\[\]/?#@\s]+\])(?::[0-9]*)?"
)
"""RFC 3986's host, and a port."""

ErrorBody = Callable[[int, str], tuple[bytes, bytes]]
"""From status and detail to media type and body."""


class RefusedHead(Exception):  # noqa: N818  # control flow towards an error response
    """Raised inside the parser's callbacks; the parser passes it on as an error of its own."""


def plain_error(status: int, detail: str) -> tuple[bytes, bytes]:
    """An error body where the API's own shape is not known."""
    return b"text/plain; charset=utf-8", f"{status} {detail}".encode()


class LimitedProtocol(HttpToolsProtocol):
    """One connection. `error_body` is set by a subclass for each server."""

    error_body: ErrorBody = staticmethod(plain_error)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.access_log = False
        self.head_since: float | None = time.monotonic()
        """Since when the head of a request is being received; None between heads."""
        self._head_bytes = 0
        self._hosts: list[bytes] = []
        """The last Host that was found to be one."""
        self._left = False
        self._refused: tuple[int, str] | None = None
        """Why the connection ends; what comes in after that is thrown away."""
        self._told = False
        self._lingering: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        if self._refused is not None:
            return
        super().data_received(data)
        if self.head_since is not None and self._refused is None:
            # The head is not complete: the callbacks do not see a header that never ends.
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD:
                self.respond_and_close(431, "The headers are too long")

    def on_message_begin(self) -> None:
        """A request starts."""
        self.head_since = time.monotonic()
        self._head_bytes = 0
        super().on_message_begin()
        self.scope["extensions"] = {"trunkline": {"transport": self.transport}}

    def on_headers_complete(self) -> None:
        """The head is there."""
        self.head_since = None
        self.check_head()
        super().on_headers_complete()

    def check_head(self) -> None:
        """Refuse a head beyond the limits."""
        if len(self.url) > MAX_HEAD:
            self.refuse(414, "The address is too long")
        if len(self.headers) > MAX_HEADERS:
            self.refuse(431, "There are too many headers")
        # RFC 9112, 3.2: a request without exactly one valid Host is refused.
        hosts = [value for name, value in self.headers if name == b"host"]
        if hosts and hosts == self._hosts:
            return  # as in the last request
        assert self.parser is not None
        if len(hosts) > 1 or (not hosts and self.parser.get_http_version() == "1.1"):
            self.refuse(400, "A request has one Host header")
        if hosts and not _HOST.fullmatch(hosts[0]):
            self.refuse(400, "The Host header is not a host with a port")
        if hosts:
            self._hosts = hosts

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone, and what was said on it."""
        super().connection_lost(exc)
        if self._lingering is not None:
            self._lingering.cancel()
        self.headers = []
        self.url = b""

    def on_response_complete(self) -> None:
        """A response has been sent."""
        super().on_response_complete()
        if self._left and not self.pipeline and not self.transport.is_closing():
            self.transport.close()

    def eof_received(self) -> bool | None:  # type: ignore[override]
        """The client has said all it wants to say; what it asked for is still answered."""
        self._left = True
        if self._refused is not None:
            return False
        return self.cycle is not None and not self.cycle.response_complete

    def refuse(self, status: int, detail: str) -> NoReturn:
        """Answer with an error and hang up; only for the parser's callbacks."""
        self._refused = (status, detail)
        raise RefusedHead(detail)

    def respond_and_close(self, status: int, detail: str) -> None:
        """Answer with an error and hang up."""
        self._refused = (status, detail)
        self.send_400_response("")

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # the name is the base class's
        """Answer what cannot be parsed, in the API's own error shape, and hang up."""
        if self._told or self.transport.is_closing():
            return
        self._told = True
        self._refused = self._refused or (400, "This is not an HTTP/1.1 request")
        status, detail = self._refused
        media_type, body = self.error_body(status, detail)
        phrase = http.HTTPStatus(status).phrase.encode()
        self.transport.write(
            b"HTTP/1.1 %d %b\r\ncontent-type: %b\r\ncontent-length: %d\r\n"
            b"connection: close\r\n\r\n%b" % (status, phrase, media_type, len(body), body)
        )
        # Closing while more is on its way would reset the connection, and the response be lost.
        self.flow.resume_reading()
        self.transport.write_eof()
        self._lingering = self.loop.call_later(LINGER, self.transport.close)

    def hang_up_if_slow(self, now: float) -> None:
        """Close the connection when a head has been on its way for too long."""
        if self.head_since is not None and now - self.head_since > SLOW_HEAD:
            idle = self.cycle is not None and self.cycle.response_complete and not self._head_bytes
            if not idle and not self.transport.is_closing():
                self.respond_and_close(408, "The request did not arrive in time")
