"""A small application on a socket: one handler from a whole request to a response, which may be
sent piece by piece as it comes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import uvicorn

from trunkline.emulator.http.asgi import MAX_BODY
from trunkline.emulator.http.messages import HttpRequest, HttpResponse, RawHeaders
from trunkline.emulator.server.serving import listen, new_event_loop


@dataclass(frozen=True, slots=True)
class StreamedResponse:
    """A response whose body comes in pieces; `pieces` is closed when the client has gone."""

    status: int
    headers: RawHeaders
    pieces: AsyncGenerator[bytes, None]


Handler: TypeAlias = Callable[[HttpRequest], Awaitable[HttpResponse | StreamedResponse]]
_Message: TypeAlias = MutableMapping[str, Any]
_Receive: TypeAlias = Callable[[], Awaitable[_Message]]
_Send: TypeAlias = Callable[[_Message], Awaitable[None]]


def application(handle: Handler) -> Callable[..., Awaitable[None]]:
    """An ASGI application that reads the body, asks `handle`, and sends what it says."""

    async def app(scope: _Message, receive: _Receive, send: _Send) -> None:
        if scope["type"] != "http":
            return
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if len(body) > MAX_BODY:
                await _send(send, "", HttpResponse(413, b"", None, [(b"connection", b"close")]))
                return
            if not message.get("more_body"):
                break
        path = scope.get("raw_path") or scope["path"].encode()
        request = HttpRequest(
            scope["method"], path, scope["query_string"], scope["headers"], bytes(body)
        )
        response = await handle(request)
        if isinstance(response, HttpResponse):
            await _send(send, request.method, response)
        else:
            await _stream(receive, send, response)

    return app


async def _send(send: _Send, method: str, response: HttpResponse) -> None:
    headers: RawHeaders = [*response.headers]
    if response.media_type is not None:
        headers.append((b"content-type", response.media_type))
    # What HEAD tells of the length is that of the body which GET would have.
    told = method == "HEAD" and any(name.lower() == b"content-length" for name, _ in headers)
    if response.status >= 200 and response.status not in (204, 304) and not told:
        headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})


async def _stream(receive: _Receive, send: _Send, response: StreamedResponse) -> None:
    """Pass pieces on as they come, until the last, or until the client has gone."""

    async def pass_on() -> None:
        start = {"status": response.status, "headers": response.headers}
        await send({"type": "http.response.start", **start})
        async for piece in response.pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    tasks = [asyncio.create_task(pass_on()), asyncio.create_task(gone())]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await task
        await response.pieces.aclose()


def serve_handler(handle: Handler, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve on 127.0.0.1 until SIGTERM or SIGINT; `on_ready` is given the origin."""
    listener = listen("127.0.0.1", port)
    config = uvicorn.Config(
        application(handle),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
    )
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    server = uvicorn.Server(config)

    def end() -> None:
        server.should_exit = True

    async def main() -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, end)
        on_ready(f"http://127.0.0.1:{listener.getsockname()[1]}")
        await server._serve([listener])  # serve() would take the signals over

    loop = new_event_loop()
    try:
        loop.run_until_complete(main())
    finally:
        loop.close()
