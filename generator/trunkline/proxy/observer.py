"""What passes through, held to the description and recorded, after it has passed."""

from __future__ import annotations

import asyncio
import re
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from trunkline import ir
from trunkline.contract.model import Exchange, Source, response_problems
from trunkline.contract.model import Request as Sent
from trunkline.emulator.http.messages import HttpRequest, RawHeaders
from trunkline.emulator.http.redaction import Redaction
from trunkline.emulator.http.routing import Match, PathTextError, Router
from trunkline.proxy.addresses import Addresses
from trunkline.proxy.recording import Recorded, kept_cookie, to_text
from trunkline.proxy.server import LONGEST
from trunkline.semantics.media import essence
from trunkline.semantics.validators import Validators

_NOT_RECORDED: Final = frozenset(
    {"content-length", "content-encoding", "transfer-encoding", "trailer", "connection"}
)
"""Bodies are recorded as they are read."""
_QUERY: Final = re.compile("([?#])([^?#>]*)")
"""The parameters of an address, which may be behind either mark."""


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
class Body:
    """A body while it passes. Nothing is kept of one that is longer than `LONGEST`."""

    content: bytearray = field(default_factory=bytearray)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    cut: bool = False

    def add(self, piece: bytes) -> None:
        """One more piece."""
        if self.cut or len(self.content) + len(piece) > LONGEST:
            self.cut = True
            self.content.clear()
        else:
            self.content += piece


@dataclass(slots=True)
class Seen:
    """An exchange while it goes on."""

    request: HttpRequest
    started: float
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())
    sent: Body = field(default_factory=Body)
    received: Body = field(default_factory=Body)
    status: int = 0
    reason: str = ""
    headers: RawHeaders = field(default_factory=list)
    failed: bool = False
    """The live server has ended its response before the end."""

    def begin(self, status: int, headers: RawHeaders, reason: bytes) -> None:
        """The head of the response has come."""
        self.status, self.headers, self.reason = status, headers, reason.decode("latin-1")

    def texts(self) -> dict[str, str]:
        """The response's headers, names in lower case."""
        return {n.decode("latin-1").lower(): v.decode("latin-1") for n, v in self.headers}


class _UnknownEncoding(Exception):  # noqa: N818  # told, not a failure
    """A body in an encoding that is not read here."""


def decoded(raw: bytes, encodings: str, *, whole: bool) -> bytes | None:
    """A body without its encodings; None where it is not in them, or longer than `LONGEST`."""
    codings = [c.strip().lower() for c in encodings.split(",") if c.strip()]
    for coding in reversed(codings):
        if coding == "identity":
            continue
        if coding not in ("gzip", "x-gzip", "deflate"):
            raise _UnknownEncoding(coding)
        try:
            raw = _inflated(raw, zlib.MAX_WBITS | 32, whole=whole)
        except zlib.error:
            if coding != "deflate":
                return None
            try:  # as some servers understand it
                raw = _inflated(raw, -zlib.MAX_WBITS, whole=whole)
            except zlib.error:
                return None
    return raw


def _inflated(raw: bytes, window: int, *, whole: bool) -> bytes:
    found = bytearray()
    while raw:
        reader = zlib.decompressobj(window)
        found += reader.decompress(raw, LONGEST + 1 - len(found))
        if len(found) > LONGEST or reader.unconsumed_tail or (whole and not reader.eof):
            raise zlib.error
        raw = reader.unused_data
    return bytes(found)


class Observer:
    """Looks at exchanges that have passed."""

    def __init__(
        self,
        api: ir.Api,
        upstream: str,
        addresses: Addresses,
        on_deviation: Callable[[Deviation], None],
        on_note: Callable[[str], None],
        record: Callable[[Recorded], None] | None,
    ) -> None:
        self._base = addresses.base.encode()
        self._upstream = upstream.rstrip("/")
        self._addresses = addresses
        self._router = Router(api.operations)
        self._validators = Validators(api)
        self._redaction = Redaction(api)
        self._on_deviation = on_deviation
        self._on_note = on_note
        self._keep = record

    def look_at(self, seen: Seen) -> None:
        """Tell what deviates, and record."""
        request = seen.request
        request.body = bytes(seen.sent.content)
        path = request.raw_path[len(self._base) :].decode("latin-1")
        where = f"{request.method} {path} → {seen.status}"
        unknown = None
        headers = seen.texts()
        body: bytes | None = bytes(seen.received.content)
        whole = seen.received.ended.is_set()
        if body and request.method != "HEAD":
            try:
                body = decoded(body, headers.get("content-encoding", ""), whole=whole)
            except _UnknownEncoding as error:
                unknown = str(error)
        found = list(self._deviations(where, path, seen, body, unknown))
        for deviation in found:
            self._on_deviation(deviation)
        if self._keep is None:
            return
        if unknown is not None:
            # Secrets could not be taken out of it.
            self._on_note(f"{where}: not recorded, for its body is in {unknown}")
        elif seen.sent.cut or seen.received.cut:
            self._on_note(f"{where}: not recorded, for a body is longer than {LONGEST} bytes")
        else:
            self._record(self._keep, path, seen, body or b"", found)

    def _deviations(
        self, where: str, path: str, seen: Seen, body: bytes | None, unknown: str | None
    ) -> Iterator[Deviation]:
        method = seen.request.method
        if seen.failed:
            yield Deviation(where, "response-complete", "the response is cut off", None)
        elif body is None:
            message = "the body is not what its Content-Encoding says"
            yield Deviation(where, "response-encoding", message, None)
        elif (
            seen.received.ended.is_set()
            and not seen.received.cut
            and method not in ("HEAD", "OPTIONS")
        ):
            yield from self._judged(where, path, seen, body, readable=unknown is None)

    def _judged(
        self, where: str, path: str, seen: Seen, body: bytes, *, readable: bool
    ) -> Iterator[Deviation]:
        request = seen.request
        try:
            matched = self._router.match(request.method, path.encode("latin-1"))
        except PathTextError:
            matched = None
        if not isinstance(matched, Match):
            yield Deviation(where, "operation-documented", "no such operation is described", None)
            return
        operation = matched.operation
        if seen.sent.ended.is_set() and not seen.sent.cut:
            yield from self._request_deviations(where, operation, request)
        if not readable:
            return
        texts = {n.decode("latin-1"): v.decode("latin-1") for n, v in request.headers}
        url = self._upstream + path
        sent = Sent(method=request.method, url=url, headers=texts, body=request.body)
        seconds = time.perf_counter() - seen.started
        exchange = Exchange(sent, seen.status, seen.texts(), body, seconds)
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
        keep: Callable[[Recorded], None],
        path: str,
        seen: Seen,
        body: bytes,
        found: list[Deviation],
    ) -> None:
        hide = self._redaction
        request = seen.request
        # What a response without a body says of one is all that there is of it.
        bare = request.method == "HEAD" or seen.status == 304
        kept = [
            (name, value)
            for name, value in seen.headers
            if bare or name.decode("latin-1").lower() not in _NOT_RECORDED
        ]
        recorded = Recorded(
            method=request.method,
            path=path,
            query=hide.query(request.query.decode("latin-1")),
            request_headers=self._shown(request.headers),
            request_body=to_text(hide.body(request.body, request.header(b"content-type"))),
            status=seen.status,
            headers=self._shown(kept),
            body=to_text(hide.body(body, _header(seen.headers, b"content-type"))),
            deviations=[str(deviation) for deviation in found],
            reason=seen.reason,
            started=seen.at,
            seconds=round(time.perf_counter() - seen.started, 6),
        )
        try:
            keep(recorded)
        except OSError as error:
            where = f"{request.method} {path} → {seen.status}"
            self._on_note(f"{where}: not recorded: {error.strerror}")

    def _shown(self, headers: RawHeaders) -> list[list[str]]:
        return [
            [name.decode("latin-1"), self._value(name.decode("latin-1"), value.decode("latin-1"))]
            for name, value in headers
        ]

    def _value(self, name: str, value: str) -> str:
        """What is recorded of a header."""
        hide = self._redaction
        match name.lower():
            case "set-cookie":
                return kept_cookie(value, self._addresses, hidden=True)
            case "location" | "content-location" | "link" | "referer":
                return _QUERY.sub(lambda found: found[1] + hide.query(found[2]), value)
            case _:
                return hide.header(name, value)


def _header(headers: RawHeaders, name: bytes) -> bytes | None:
    return next((value for key, value in headers if key.lower() == name), None)
