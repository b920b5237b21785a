"""Requests answered where they are parsed, without a task and messages for each: most of what a
request costs otherwise. What must wait (faults, the reserved prefix, a client that does not read)
goes through the application as usual."""

from __future__ import annotations

import time
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from trunkline.emulator.app.application import Emulator
from trunkline.emulator.http.asgi import MAX_BODY, SLOW_BODY, headers_of
from trunkline.emulator.http.messages import (
    HttpError,
    HttpRequest,
    HttpResponse,
    RawHeaders,
    ValidationError,
)
from trunkline.emulator.server.protocol import MAX_HEAD, LimitedProtocol


class FastPathProtocol(LimitedProtocol):
    """One connection to `emulator`, which a subclass sets for each server."""

    emulator: Emulator
    idle_seconds: float = 30.0
    """How long a connection may say nothing after a response."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._request: HttpRequest | None = None
        self._parts: list[bytes] = []
        self._size = 0
        self._announced = 0
        self._keep_alive = True
        self._head_over = False
        """Whether what comes in as a header is a trailer field, which is dropped (RFC 9110,
        section 6.5.1)."""
        self._trailer_bytes = 0
        self._usual: RawHeaders = []
        self._usual_lines = b""
        """Headers that all responses have, and the same as lines."""
        self._over = False
        """The connection ends after the response that was sent; what comes in is ignored."""
        self._since = 0.0
        """When the request that is being received, or the last one, arrived."""

    def on_message_begin(self) -> None:
        """A request starts."""
        self.head_since = time.monotonic()
        self._head_bytes = 0
        self._announced = 0
        self._head_over = False
        self._trailer_bytes = 0
        self.url = b""
        self.headers = []
        self.expect_100_continue = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header."""
        if self._head_over:
            self._trailer_bytes += len(name) + len(value) + 4
            if self._trailer_bytes > MAX_HEAD and not self._over:
                self.refuse(431, "The trailer fields are too long")
            return
        name = name.lower()
        if name == b"content-length":
            self._announced = int(value) if len(value) <= 12 else MAX_BODY + 1
        elif name == b"expect" and value.lower() == b"100-continue":
            self.expect_100_continue = True
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._head_over = True
        if self._over:
            return
        self.check_head()
        path, query = _target(self.url)
        if path is None or not path.isascii():
            self.refuse(400, "The address has no path, or one that is not ASCII")
        held_up = self._waiting() or self.pipeline or self.flow.write_paused
        if held_up or not self.emulator.on_fast_path(path):
            self._pass_on()
            return
        if self._announced > MAX_BODY:
            self.refuse(413, f"Bodies are limited to {MAX_BODY} bytes")
        if self.expect_100_continue:
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self._since = self.head_since or 0.0
        self.head_since = None
        self._parts = []
        self._size = 0
        parser = self.parser
        assert parser is not None
        self._keep_alive = parser.get_http_version() != "1.0" and parser.should_keep_alive()
        self._request = HttpRequest(parser.get_method().decode("ascii"), path, query, self.headers)

    def _waiting(self) -> bool:
        """Whether the application is at work for this connection."""
        return self.cycle is not None and not self.cycle.response_complete

    def _pass_on(self) -> None:
        """Let the application answer, in a task of its own."""
        self._request = None
        url, headers, expected = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expected
        self.headers += headers
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of a body."""
        if self._over:
            return
        if self._request is None:
            super().on_body(body)
            return
        self._size += len(body)
        if self._size > MAX_BODY:
            self.refuse(413, f"Bodies are limited to {MAX_BODY} bytes")
        self._parts.append(body)

    def on_message_complete(self) -> None:
        """A whole request: answer it."""
        if self._over:
            return
        request = self._request
        if request is None:
            super().on_message_complete()
            return
        self._request = None
        if self._parts:
            request.body = b"".join(self._parts)
            self._parts = []
        self._write(request.method, self.emulator.respond(request))
        self.server_state.total_requests += 1
        if not self._keep_alive:
            self._over = True
            self.transport.close()
        elif self.flow.write_paused:
            self.flow.pause_reading()

    def _write(self, method: str, response: HttpResponse) -> None:
        status = response.status
        usual = self.server_state.default_headers
        if usual is not self._usual:  # made anew every second, with the date
            self._usual, self._usual_lines = usual, _lines(usual)
        head = _lines(headers_of(response))
        if not self._keep_alive:
            head += b"connection: close\r\n"
        body = b"" if method == "HEAD" or status in (204, 304) else response.body
        self.transport.write(b"%b%b%b\r\n%b" % (STATUS_LINE[status], self._usual_lines, head, body))

    def resume_writing(self) -> None:
        """The client reads again."""
        super().resume_writing()
        if not self._waiting():
            self.flow.resume_reading()

    def hang_up_if_slow(self, now: float) -> None:
        """Close the connection when a head or a body takes too long, or nothing is said."""
        if self.transport.is_closing():
            return
        if self._request is not None:
            if now - self._since > SLOW_BODY:
                self.respond_and_close(408, "The body did not arrive in time")
        elif (
            self.head_since is None and self.timeout_keep_alive_task is None and not self._waiting()
        ):
            if now - self._since > self.idle_seconds:
                self.transport.close()
        else:
            super().hang_up_if_slow(now)


def _target(url: bytes) -> tuple[bytes | None, bytes]:
    """The path and the query of a request's target; no path where it has none."""
    # As nearly all clients write it: what is said of a whole address does not arise.
    if url[:1] == b"/" and url[1:2] != b"/" and b"#" not in url and url.isascii():
        path, _, query = url.partition(b"?")
        return path, query
    target = httptools.parse_url(url)
    return target.path, target.query or b""


def _lines(headers: RawHeaders) -> bytes:
    return b"".join([b"%b: %b\r\n" % header for header in headers])


def protocol_for(emulator: Emulator) -> type[FastPathProtocol]:
    """The protocol of one emulator's server."""

    def error_body(status: int, detail: str) -> tuple[bytes, bytes]:
        response = emulator.errors.response(
            None, HttpError((status,), ValidationError(detail, "http"))
        )
        return response.media_type or b"text/plain", response.body

    members = {"emulator": emulator, "error_body": staticmethod(error_body)}
    return type("EmulatorProtocol", (FastPathProtocol,), members)
