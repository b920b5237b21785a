"""Connections of clients, until the process is told to end."""

from __future__ import annotations

import asyncio
import contextlib
import http
import signal
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.http.messages import HttpRequest, RawHeaders
from trunkline.emulator.server.serving import listen, new_event_loop
from trunkline.proxy.wire import (
    Connection,
    Cut,
    Head,
    Malformed,
    Reader,
    pieces,
    request_framing,
    request_head,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response; with the usual phrase beside its status where it has none."""

    status: int
    headers: RawHeaders
    body: bytes
    phrase: str = ""


Talk: TypeAlias = Callable[[Connection], Awaitable[None]]
Handler: TypeAlias = Callable[[HttpRequest], Answer]
_FINISH = 2.0
"""Seconds in which exchanges may end when the server has to."""
_LINGER = 2.0
"""Seconds in which a client may stop sending what nobody reads any more."""
LONGEST = 64 * 1024 * 1024
"""Bytes of a body that is held as a whole."""


async def connect(host: str, port: int, tls: ssl.SSLContext | None) -> Connection:
    """A connection to a server."""
    loop = asyncio.get_running_loop()
    reader = Reader()
    transport, protocol = await loop.create_connection(
        lambda: asyncio.StreamReaderProtocol(reader), host, port, ssl=tls
    )
    return Connection(reader, asyncio.StreamWriter(transport, protocol, reader, loop))


def told(status: int, message: str) -> Answer:
    """A response of our own: why there is no other."""
    return Answer(status, [(b"Content-Type", b"application/json")], dump({"error": message}))


def refusal(status: int, message: str) -> bytes:
    """Such a response as it is sent, the last one of its connection."""
    answer = told(status, message)
    answer.headers.append((b"Connection", b"close"))
    return written(answer, "GET")


def written(answer: Answer, method: str) -> bytes:
    """A response as it is sent."""
    headers: RawHeaders = [*answer.headers]
    # What HEAD and 304 tell of the length is that of the body which GET would have.
    known = any(name.lower() == b"content-length" for name, _ in headers)
    if answer.status not in (204, 304) and not known:
        headers.append((b"Content-Length", b"%d" % len(answer.body)))
    phrase = answer.phrase or _phrase(answer.status)
    start = (b"HTTP/1.1", b"%d" % answer.status, phrase.encode("latin-1", "replace"))
    bare = method == "HEAD" or answer.status in (204, 304)
    return Head(start, headers).wire() + (b"" if bare else answer.body)


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""


async def part(client: Connection) -> None:
    """Say no more to a client that may still be sending: closed at once, its connection would be
    reset, and it would lose what was said to it."""
    with contextlib.suppress(OSError, TimeoutError, RuntimeError):
        await client.writer.drain()
        if client.writer.can_write_eof():
            client.writer.write_eof()
        async with asyncio.timeout(_LINGER):
            while await client.reader.read(65536):
                pass


def reset(client: Connection) -> None:
    """Close a connection so that its client takes what came for no whole response."""
    sock = client.writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.writer.close()


def answering(handle: Handler) -> Talk:
    """Reads whole requests, asks `handle`, and sends what it says."""

    async def talk(client: Connection) -> None:
        while (head := await request_head(client.reader)) is not None:
            client.busy = True
            framing = request_framing(head)
            if b"100-continue" in head.tokens(b"expect"):
                await client.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            body = bytearray()
            async for _, piece in pieces(client.reader, framing):
                body += piece
                if len(body) > LONGEST:
                    client.writer.write(refusal(413, f"longer than {LONGEST} bytes"))
                    return
            answer = handle(request_of(head, bytes(body)))
            stays = head.stays(head.start[2])
            if not stays and not any(n.lower() == b"connection" for n, _ in answer.headers):
                answer.headers.append((b"Connection", b"close"))
            await client.write(written(answer, head.start[0].decode("latin-1")))
            client.busy = False
            if not stays:
                return

    return talk


def request_of(head: Head, body: bytes) -> HttpRequest:
    """A request as the rest of the program knows them."""
    path, _, query = origin_form(head.start[1]).partition(b"?")
    headers = [(name.lower(), value) for name, value in head.headers]
    return HttpRequest(head.start[0].decode("latin-1"), path, query, headers, body)


def origin_form(target: bytes) -> bytes:
    """What a request is for, without the server's address, which clients of proxies write."""
    if target.lower().startswith((b"http://", b"https://")):
        _, slash, rest = target.partition(b"://")[2].partition(b"/")
        return slash + rest or b"/"
    return target


async def _speak(talk: Talk, client: Connection) -> None:
    try:
        try:
            await talk(client)
        except Malformed as problem:
            client.writer.write(refusal(400, f"the request cannot be read: {problem}"))
        except (Cut, OSError):
            pass  # the client has gone
        client.busy = False
        await part(client)
    finally:
        client.writer.close()


def serve_connections(talk: Talk, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `on_ready` is given the origin."""
    listener = listen(host, port)

    async def main() -> None:
        loop = asyncio.get_running_loop()
        ending = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, ending.set)
        talks: dict[asyncio.Task[None], Connection] = {}

        def accept() -> asyncio.StreamReaderProtocol:
            reader = Reader()

            def begin(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                client = Connection(reader, writer)
                task = loop.create_task(_speak(talk, client))
                talks[task] = client
                task.add_done_callback(talks.pop)

            return asyncio.StreamReaderProtocol(reader, begin)

        server = await loop.create_server(accept, sock=listener)
        shown = f"[{host}]" if ":" in host else host
        on_ready(f"http://{shown}:{listener.getsockname()[1]}")
        await ending.wait()
        server.close()
        busy = [task for task, client in talks.items() if client.busy]
        if busy:
            await asyncio.wait(busy, timeout=_FINISH)
        left = list(talks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await asyncio.sleep(0)  # what is looked at after the response

    loop = new_event_loop()
    try:
        loop.run_until_complete(main())
    finally:
        loop.close()
