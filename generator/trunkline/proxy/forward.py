"""Passing requests through to a live server, and its responses back, as they come."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import ssl
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

import httpx2

from trunkline import ir
from trunkline.diagnostics import Code, TrunklineError
from trunkline.emulator.http.messages import RawHeaders
from trunkline.emulator.http.routing import base_path
from trunkline.proxy.addresses import Addresses
from trunkline.proxy.observer import Deviation, Observer, Seen
from trunkline.proxy.server import (
    connect,
    origin_form,
    refusal,
    request_of,
    reset,
    serve_connections,
)
from trunkline.proxy.wire import (
    Connection,
    Cut,
    Ends,
    Framing,
    Head,
    Malformed,
    pieces,
    request_framing,
    request_head,
    response_framing,
    response_head,
)
from trunkline.proxy.writing import writing

_SECONDS: Final = 60.0
"""In which a connection to the live server is made. How long it takes to answer, and may say
nothing in a stream, is for the client to judge."""
_OWN: Final = frozenset({b"keep-alive", b"proxy-connection"})
"""Headers of one connection, said of it by old programs."""
_STAY: Final = frozenset({b"close", b"keep-alive", b"te"})


class _NoResponse(Exception):  # noqa: N818  # answered with 502
    """The live server did not answer."""


@dataclass(slots=True)
class _Link:
    """The connection to the live server that belongs to one of a client, if there is one."""

    connection: Connection | None = None
    used: bool = False

    def close(self) -> None:
        if self.connection is not None:
            self.connection.writer.close()
        self.connection = None
        self.used = False


def onward(head: Head) -> RawHeaders:
    """Headers of a message without those that are about the connection it came by. A change to
    HTTP/2 is not asked for: nothing of it could be seen."""
    named = head.tokens(b"connection")
    upgraded = b"upgrade" in named and b"h2c" not in head.tokens(b"upgrade")
    stay = _STAY | {b"upgrade"} if upgraded else _STAY
    gone = _OWN | {word for word in named if word not in stay}
    headers: RawHeaders = []
    for name, value in head.headers:
        match name.lower():
            case b"connection":
                words = [word.strip() for word in value.split(b",")]
                kept = b", ".join(word for word in words if word.lower() in stay)
                if kept:
                    headers.append((name, kept))
            case b"upgrade" if not upgraded:
                pass
            case lower if lower not in gone:
                headers.append((name, value))
    return headers


class Forwarder:
    """Speaks with clients by passing what they say on to the live server at `upstream`.

    Each connection of a client has one of its own to the live server, so that what is true of one
    is true of the other.
    """

    def __init__(self, upstream: SplitResult, addresses: Addresses, observer: Observer) -> None:
        self._addresses = addresses
        self._host = upstream.hostname or ""
        self._port = upstream.port or (443 if upstream.scheme == "https" else 80)
        self._netloc = upstream.netloc.rpartition("@")[2].encode()
        self._login = _login(upstream)
        self._tls = _tls() if upstream.scheme == "https" else None
        self._observer = observer

    async def talk(self, client: Connection) -> None:
        """Everything that is asked by one connection."""
        link = _Link()
        try:
            while (head := await request_head(client.reader)) is not None:
                client.busy = True
                goes_on = await self._exchange(client, link, head)
                client.busy = False
                if not goes_on:
                    return
        finally:
            link.close()

    async def _exchange(self, client: Connection, link: _Link, head: Head) -> bool:
        """One request and its response; whether another may follow."""
        method, target, version = head.start
        path = self._addresses.onward(origin_form(target))
        if path is None:
            client.writer.write(refusal(404, f"the API is below {self._addresses.base}/"))
            return False
        framing = request_framing(head)
        sent = Head((method, path, version), self._headers(head))
        seen = Seen(request_of(head, b""), time.perf_counter())
        task: asyncio.Task[None] | None = None
        try:
            upstream = await self._begun(link, sent)
            task = _task(self._send(client, upstream, framing, seen))
            try:
                got = await self._head(client, upstream, version, method)
            except _NoResponse:
                # What an idle connection was closed on has not been read by anybody.
                if not link.used or framing != 0:
                    raise
                await _ended(task)
                link.close()
                upstream = await self._begun(link, sent)
                task = _task(self._send(client, upstream, framing, seen))
                got = await self._head(client, upstream, version, method)
            link.used = True
            return await self._respond(client, upstream, head, got, seen, task)
        except _NoResponse as problem:
            client.writer.write(refusal(502, f"the live server does not answer: {problem}"))
            return False
        finally:
            await _ended(task)

    def _headers(self, head: Head) -> RawHeaders:
        """What goes on: nothing is added that the client did not send but who is asked."""
        headers = [
            (name, self._netloc if name.lower() == b"host" else value)
            for name, value in onward(head)
        ]
        if not head.values(b"host"):
            headers.insert(0, (b"Host", self._netloc))
        if self._login is not None and not head.values(b"authorization"):
            headers.append((b"Authorization", self._login))
        return headers

    async def _begun(self, link: _Link, sent: Head) -> Connection:
        """The head of a request is on its way, by the connection there is or a new one."""
        if link.connection is not None and link.connection.reader.ended.is_set():
            link.close()
        if link.connection is None:
            try:
                async with asyncio.timeout(_SECONDS):
                    link.connection = await connect(self._host, self._port, self._tls)
            except TimeoutError:
                raise _NoResponse(f"no connection within {_SECONDS:.0f} s") from None
            except ssl.SSLCertVerificationError as error:
                raise _NoResponse(
                    f"its certificate is not to be trusted: {error.verify_message}"
                ) from None
            except (OSError, UnicodeError) as error:
                raise _NoResponse(_why(error)) from None
        link.connection.writer.write(sent.wire())
        return link.connection

    @staticmethod
    async def _send(client: Connection, upstream: Connection, framing: Framing, seen: Seen) -> None:
        """Pass the request's body on as it comes, and then that the client has gone."""
        try:
            async for raw, piece in pieces(client.reader, framing):
                seen.sent.add(piece)
                await upstream.write(raw)
            seen.sent.ended.set()
            await client.reader.ended.wait()
        except (Cut, Malformed):
            pass
        except OSError:
            return  # the live server does not read any further; it may have answered
        gone = client.reader.exception() is not None
        if seen.sent.ended.is_set() and not gone and not client.reader.at_eof():
            return  # another request is waiting
        if not gone and upstream.writer.can_write_eof():
            with contextlib.suppress(OSError, RuntimeError):
                upstream.writer.write_eof()
        else:
            upstream.writer.close()

    @staticmethod
    async def _head(
        client: Connection, upstream: Connection, version: bytes, method: bytes
    ) -> Head:
        """The response's head, after interim ones: 100 is passed on, for the client waits for it;
        hints are not, which many clients take for the response."""
        while True:
            try:
                got = await response_head(upstream.reader)
                if got is not None and int(got.start[1]) >= 200:
                    response_framing(got, method)
            except (Cut, Malformed) as problem:
                raise _NoResponse(str(problem) or "its response ends within the head") from None
            except OSError as error:
                raise _NoResponse(_why(error)) from None
            if got is None:
                raise _NoResponse("it hung up without a response")
            status = int(got.start[1])
            if status == 101 or status >= 200:
                return got
            if status == 100 and version != b"HTTP/1.0":
                await client.write(got.wire())

    async def _respond(
        self,
        client: Connection,
        upstream: Connection,
        head: Head,
        got: Head,
        seen: Seen,
        sending: asyncio.Task[None],
    ) -> bool:
        method, _, version = head.start
        host = next(iter(head.values(b"host")), b"")
        headers = onward(got)
        seen.begin(int(got.start[1]), self._addresses.recorded(headers), got.start[2])
        try:
            framing = response_framing(got, method)
            headers = self._addresses.led_back(headers, host)
            # Old clients know no chunks: they are given what is in them, up to the end.
            plain = version == b"HTTP/1.0" and framing is Ends.CHUNKED
            if plain:
                headers = [h for h in headers if h[0].lower() != b"transfer-encoding"]
            await client.write(Head(got.start, headers).wire())
            if got.start[1] == b"101":
                await _tunnel(client, upstream)
                return False
            async for raw, piece in pieces(upstream.reader, framing):
                seen.received.add(piece)
                await client.write(piece if plain else raw)
            seen.received.ended.set()
            stays = not plain and framing is not Ends.CLOSE and got.stays(got.start[0])
            if not stays or not head.stays(version):
                return False
            await _first(upstream.reader.ended.wait(), seen.sent.ended.wait())
            return seen.sent.ended.is_set()
        except (Cut, Malformed):
            seen.failed = True
            return False
        except OSError:
            seen.failed = not client.reader.ended.is_set()
            reset(client)
            return False
        finally:
            await _ended(sending)
            # Afterwards, so that the client does not wait for it.
            asyncio.get_running_loop().call_soon(self._observer.look_at, seen)


def _task(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    return asyncio.get_running_loop().create_task(work)


async def _ended(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _first(*works: Coroutine[Any, Any, Any]) -> None:
    """Wait for whichever ends first."""
    tasks = [asyncio.get_running_loop().create_task(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            await _ended(task)


async def _tunnel(client: Connection, upstream: Connection) -> None:
    """Pass on whatever both sides say, until one has gone."""

    async def pass_on(here: Connection, there: Connection) -> None:
        with contextlib.suppress(OSError):
            while piece := await here.reader.read(65536):
                await there.write(piece)

    await _first(pass_on(client, upstream), pass_on(upstream, client))


def _why(error: Exception) -> str:
    """What went wrong, in a few words: systems put addresses and numbers before them."""
    if isinstance(error, ssl.SSLError):
        return "no TLS: " + (error.reason or str(error)).replace("_", " ").lower()
    strerror = getattr(error, "strerror", None)
    return str(strerror or error or type(error).__name__)


def _login(upstream: SplitResult) -> bytes | None:
    """The Basic credentials of an address that has them."""
    if upstream.username is None:
        return None
    pair = f"{unquote(upstream.username)}:{unquote(upstream.password or '')}"
    return b"Basic " + base64.b64encode(pair.encode())


def _tls() -> ssl.SSLContext:
    context = httpx2.create_ssl_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _upstream(text: str) -> SplitResult:
    """The address of a live server; `TrunklineError` for what is none."""
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        parts, known = urlsplit(""), False
    if not known or not text.isascii() or any(c.isspace() for c in text):
        hint = "like https://host/v2" if "://" in text else f"did you mean http://{text}?"
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"{text!r} is not the URL of a server", hint=hint
        )
    if parts.query or parts.fragment:
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"{text!r} has a query or a fragment, which no server's URL has"
        )
    return parts


def forward(
    api: ir.Api,
    upstream: str,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    on_ready: Callable[[str], None],
    on_deviation: Callable[[Deviation], None],
    on_note: Callable[[str], None] = lambda _: None,
    recording: Path | None = None,
) -> int:
    """Pass requests through until SIGTERM or SIGINT; returns how many deviations were seen.

    `on_ready` is given the URL to send requests to, `on_note` what could not be recorded and why.
    Exchanges are added to `recording`, one JSON line each, or as an archive where it ends in
    `.har`. `TrunklineError` for a URL that is none, a taken port, a file that cannot be written.
    """
    parts = _upstream(upstream)
    seen = 0

    def count(deviation: Deviation) -> None:
        nonlocal seen
        seen += 1
        on_deviation(deviation)

    with contextlib.ExitStack() as opened:
        record = None
        if recording is not None:
            record = opened.enter_context(writing(recording, upstream))
        addresses = Addresses(parts, base_path(api))
        observer = Observer(api, upstream, addresses, count, on_note, record)
        forwarder = Forwarder(parts, addresses, observer)
        base = addresses.base
        serve_connections(forwarder.talk, host, port, lambda origin: on_ready(origin + base))
    return seen
