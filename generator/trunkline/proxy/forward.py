"""Passing requests through to a live server, and holding both sides to the description."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx2

from trunkline import ir
from trunkline.contract.model import Exchange, Source, response_problems
from trunkline.contract.model import Request as Sent
from trunkline.diagnostics import Code, TrunklineError
from trunkline.emulator.http.asgi import MAX_BODY
from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.http.messages import HttpRequest, HttpResponse, RawHeaders
from trunkline.emulator.http.redaction import Redaction
from trunkline.emulator.http.routing import Match, PathTextError, Router, base_path
from trunkline.proxy import har
from trunkline.proxy.asgi import StreamedResponse, serve_handler
from trunkline.proxy.recording import Recorded, to_text
from trunkline.semantics.media import essence
from trunkline.semantics.validators import Validators

_HOP: Final = frozenset(
    {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding"}
    | {"upgrade"}
)
"""Headers of one connection."""
_HOP_OF_REQUESTS: Final = _HOP | {"host", "content-length", "expect"}
"""Those, and what the next connection says itself."""
_NOT_RECORDED: Final = frozenset({"content-length", "content-encoding"})
"""Bodies are recorded as they are read."""
_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Deviation:
    """Where a live exchange is not what the description says."""

    request: str
    """Method, path and status: `GET /profiles → 200`."""
    rule: str
    message: str
    source: Source | None

    def __str__(self) -> str:
        who = f"\n    says {self.source}" if self.source else ""
        return f"{self.request}: {self.message} [{self.rule}]{who}"


@dataclass(slots=True)
class _Seen:
    """An exchange while its response comes in. Of very long bodies the beginning is kept."""

    request: HttpRequest
    path: str
    query: str
    status: int
    headers: RawHeaders
    started: float
    body: bytearray = field(default_factory=bytearray)
    complete: bool = False
    cut: bool = False

    def add(self, piece: bytes) -> None:
        """One more piece of the body."""
        if len(self.body) + len(piece) > MAX_BODY:
            self.cut = True
        else:
            self.body += piece

    def decoded(self) -> bytes | None:
        """The body without its encoding; None where it is not in it."""
        raw = bytes(self.body)
        if self.request.method == "HEAD" or not raw:
            return raw
        encoding = [h for h in self.headers if h[0].lower() == b"content-encoding"]
        try:
            return httpx2.Response(200, headers=encoding, content=raw).content
        except httpx2.DecodingError:
            return None if self.complete else b""


async def _whole(body: bytes) -> AsyncIterator[bytes]:
    yield body


class Forwarder:
    """Handles requests by passing them on to `upstream`, the live server's base URL."""

    def __init__(
        self,
        api: ir.Api,
        upstream: str,
        on_deviation: Callable[[Deviation], None],
        record: Callable[[Recorded], None] | None,
    ) -> None:
        self._base = base_path(api).encode()
        self._upstream = upstream.rstrip("/")
        self._router = Router(api.operations)
        self._validators = Validators(api)
        self._redaction = Redaction(api)
        self._on_deviation = on_deviation
        self._keep = record
        # Streams may say nothing for as long as they like, once they have begun.
        self._client = httpx2.AsyncClient(
            timeout=httpx2.Timeout(_SECONDS, read=None), follow_redirects=False, trust_env=False
        )

    async def handle(self, request: HttpRequest) -> HttpResponse | StreamedResponse:
        """The live server's response as it comes, or 502 with the reason when there is none."""
        if not request.raw_path.startswith(self._base + b"/"):
            return _refusal(404, f"the API is below {self._base.decode()}/")
        path = request.raw_path[len(self._base) :].decode("latin-1")
        query = request.query.decode("latin-1")
        sent = self._sent(request, self._upstream + path + (f"?{query}" if query else ""))
        started = time.perf_counter()
        try:
            async with asyncio.timeout(_SECONDS):
                got = await self._client.send(sent, stream=True)
        except (httpx2.HTTPError, TimeoutError) as error:
            reason = str(error) or type(error).__name__
            return _refusal(502, f"the live server does not answer: {reason}")
        headers: RawHeaders = [
            (name, self._led_back(name, value))
            for name, value in got.headers.raw
            if name.decode("latin-1").lower() not in _HOP
        ]
        seen = _Seen(request, path, query, got.status_code, headers, started)
        return StreamedResponse(got.status_code, headers, self._pieces(got, seen))

    @staticmethod
    def _sent(request: HttpRequest, url: str) -> httpx2.Request:
        """The request as it goes on: nothing is added that the client did not send."""
        headers = [
            (name, value)
            for name, value in request.headers
            if name.decode("latin-1") not in _HOP_OF_REQUESTS
        ]
        content: bytes | AsyncIterator[bytes] | None = request.body or None
        if request.header(b"transfer-encoding") is not None:
            content = _whole(request.body)
        return httpx2.Request(request.method, url, headers=headers, content=content)

    def _led_back(self, name: bytes, value: bytes) -> bytes:
        """A header, with an address of the live server as one of this one."""
        if name.lower() not in (b"location", b"content-location"):
            return value
        upstream = self._upstream.encode()
        if value == upstream or value.startswith((upstream + b"/", upstream + b"?")):
            return self._base + value[len(upstream) :] or b"/"
        return value

    async def _pieces(self, got: httpx2.Response, seen: _Seen) -> AsyncGenerator[bytes, None]:
        """The body as it comes; it is looked at when it has ended, or the client has gone."""
        try:
            async for piece in got.aiter_raw():
                seen.add(piece)
                yield piece
            seen.complete = True
        finally:
            await got.aclose()
            # Afterwards, so that the client does not wait for it.
            asyncio.get_running_loop().call_soon(self._look_at, seen)

    def _look_at(self, seen: _Seen) -> None:
        request = seen.request
        body = seen.decoded()
        lower = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in seen.headers
        }
        url = self._upstream + seen.path
        texts = {n.decode("latin-1"): v.decode("latin-1") for n, v in request.headers}
        sent = Sent(method=request.method, url=url, headers=texts, body=request.body)
        seconds = time.perf_counter() - seen.started
        exchange = Exchange(sent, seen.status, lower, body or b"", seconds)
        found: list[Deviation] = []
        if body is None:
            where = f"{request.method} {seen.path} → {seen.status}"
            message = "the body is not what its Content-Encoding says"
            found.append(Deviation(where, "response-encoding", message, None))
        elif seen.complete and not seen.cut and request.method not in ("HEAD", "OPTIONS"):
            found += self._deviations(seen.path, request, exchange)
        for deviation in found:
            self._on_deviation(deviation)
        kept = [
            (name, value)
            for name, value in seen.headers
            if name.decode("latin-1").lower() not in _NOT_RECORDED or request.method == "HEAD"
        ]
        self._record(seen.path, seen.query, request, seen.status, kept, body or b"", found)

    def _deviations(
        self, path: str, request: HttpRequest, exchange: Exchange
    ) -> Iterator[Deviation]:
        where = f"{request.method} {path} → {exchange.status}"
        try:
            matched = self._router.match(request.method, path.encode("latin-1"))
        except PathTextError:
            matched = None
        if not isinstance(matched, Match):
            yield Deviation(where, "operation-documented", "no such operation is described", None)
            return
        operation = matched.operation
        yield from self._request_deviations(where, operation, request)
        for problem in response_problems(self._validators, operation, exchange, malformed=False):
            source = Source.of(problem.origin) if problem.origin else None
            yield Deviation(where, problem.rule, problem.message, source)

    def _request_deviations(
        self, where: str, operation: ir.Operation, request: HttpRequest
    ) -> Iterator[Deviation]:
        """What was sent that the description does not allow."""
        body = operation.body
        if not request.body or body is None:
            return
        given = (request.header(b"content-type") or b"").decode("latin-1")
        media = essence(given)
        content = next((c for c in body.contents if c.media_type.lower() == media), None)
        if content is None:
            known = ", ".join(c.media_type for c in body.contents)
            message = f"sent as {media or 'no media type'}, documented: {known}"
            yield Deviation(where, "request-schema", message, Source.of(body.origin))
            return
        sent = Exchange(Sent(method="", url=""), 0, {}, request.body, 0.0)
        if content.schema is None or "json" not in media or not sent.is_json:
            return
        for error in self._validators.errors(content.schema, sent.json, "request", most=5):
            place = ".".join(map(str, error.path)) or "its root"
            text = f"the body sent breaks its schema at {place}: {error.message}"
            source = Source.of(content.schema.meta.origin)
            yield Deviation(where, "request-schema", text, source)

    def _record(
        self,
        path: str,
        query: str,
        request: HttpRequest,
        status: int,
        headers: RawHeaders,
        body: bytes,
        found: list[Deviation],
    ) -> None:
        if self._keep is None:
            return
        hide = self._redaction
        recorded = Recorded(
            method=request.method,
            path=path,
            query=hide.query(query),
            request_headers=_shown(request.headers, hide),
            request_body=to_text(hide.body(request.body, request.header(b"content-type"))),
            status=status,
            headers=_shown(headers, hide),
            body=to_text(hide.body(body, _header(headers, b"content-type"))),
            deviations=[str(deviation) for deviation in found],
        )
        self._keep(recorded)


@contextlib.contextmanager
def _writing(path: Path, upstream: str) -> Iterator[Callable[[Recorded], None]]:
    """What adds an exchange to a file; `TrunklineError` where it cannot be written to."""
    with contextlib.ExitStack() as opened:
        try:
            if path.suffix == har.SUFFIX:
                archive = har.HarWriter(path, upstream.rstrip("/"))
                opened.callback(archive.close)
                write = archive.write
            else:
                file = opened.enter_context(open(path, "a", encoding="utf-8", opener=_private))

                def write(recorded: Recorded) -> None:
                    file.write(recorded.line())
                    file.flush()

        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise TrunklineError.usage(
                Code.BAD_VALUE, f"cannot write to {path}: {reason}"
            ) from None
        yield write


def _private(path: str, flags: int) -> int:
    """Open a file that only its owner may read."""
    return os.open(path, flags, 0o600)


def _header(headers: RawHeaders, name: bytes) -> bytes | None:
    return next((value for key, value in headers if key.lower() == name), None)


def _shown(headers: RawHeaders, hide: Redaction) -> list[list[str]]:
    texts = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
    return [
        [name, _cookie(value) if name.lower() == "set-cookie" else hide.header(name, value)]
        for name, value in texts
    ]


def _cookie(value: str) -> str:
    """A cookie that a client can keep, for the host that plays the recording back, without its
    value."""
    first, *attributes = value.split(";")
    kept = [a for a in attributes if not a.strip().lower().startswith(("domain", "secure"))]
    return ";".join([f"{first.partition('=')[0]}=redacted", *kept])


def _refusal(status: int, message: str) -> HttpResponse:
    return HttpResponse(status, dump({"error": message}))


def forward(
    api: ir.Api,
    upstream: str,
    *,
    port: int = 0,
    on_ready: Callable[[str], None],
    on_deviation: Callable[[Deviation], None],
    recording: Path | None = None,
) -> int:
    """Pass requests through until SIGTERM or SIGINT; returns how many deviations were seen.

    `on_ready` is given the URL to send requests to. Exchanges are added to `recording`, one JSON
    line each, or as an archive where it ends in `.har`. `TrunklineError` for a URL that is none, a
    taken port, a file that cannot be written.
    """
    parts = urlsplit(upstream)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        hint = "like https://host/v2" if "://" in upstream else f"did you mean http://{upstream}?"
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"{upstream!r} is not the URL of a server", hint=hint
        )
    seen = 0

    def count(deviation: Deviation) -> None:
        nonlocal seen
        seen += 1
        on_deviation(deviation)

    with contextlib.ExitStack() as opened:
        record = None
        if recording is not None:
            record = opened.enter_context(_writing(recording, upstream))
        forwarder = Forwarder(api, upstream, count, record)
        serve_handler(forwarder.handle, port, lambda origin: on_ready(origin + base_path(api)))
    return seen
