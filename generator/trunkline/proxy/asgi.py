"""A small application on a socket: one handler from a whole request to a whole response."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

import uvicorn

from trunkline.emulator.http.asgi import MAX_BODY
from trunkline.emulator.http.messages import HttpRequest, HttpResponse, RawHeaders
from trunkline.emulator.server.serving import listen, new_event_loop

Handler: TypeAlias = Callable[[HttpRequest], Awaitable[HttpResponse]]
_Message: TypeAlias = MutableMapping[str, Any]


def application(handle: Handler) -> Callable[..., Awaitable[None]]:
    """An ASGI application that reads the body, asks `handle`, and sends what it says."""

    async def app(
        scope: _Message,
        receive: Callable[[], Awaitable[_Message]],
        send: Callable[[_Message], Awaitable[None]],
    ) -> None:
        if scope["type"] != "http":
            return
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if len(body) > MAX_BODY:
                await _send(send, HttpResponse(413, b"", None, [(b"connection", b"close")]))
                return
            if not message.get("more_body"):
                break
        path = scope.get("raw_path") or scope["path"].encode()
        request = HttpRequest(
            scope["method"], path, scope["query_string"], scope["headers"], bytes(body)
        )
        await _send(send, await handle(request))

    return app


async def _send(send: Callable[[_Message], Awaitable[None]], response: HttpResponse) -> None:
    headers: RawHeaders = [*response.headers]
    if response.media_type is not None:
        headers.append((b"content-type", response.media_type))
    if response.status >= 200 and response.status not in (204, 304):
        headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})


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
        proxy_headers=False,
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
