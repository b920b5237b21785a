"""ASGI: the messages a body comes in and a response goes out in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from trunkline.emulator.http.messages import HttpResponse, RawHeaders

MAX_BODY = 16 * 1024 * 1024
"""Longer bodies are refused with 413 before they are read."""

SLOW_BODY = 30.0
"""Seconds in which a body must arrive."""

AsgiScope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class TooLarge(Exception):  # noqa: N818  # a response, not a failure
    """The body is longer than `MAX_BODY`."""


async def read(receive: Receive) -> bytes:
    """The whole body; TooLarge beyond the limit, ConnectionError when the client went away."""
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ConnectionError
    body = cast(bytes, message.get("body", b""))
    if not message.get("more_body"):
        return body
    parts = [body]
    size = len(body)
    while message.get("more_body"):
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        part = cast(bytes, message.get("body", b""))
        size += len(part)
        if size > MAX_BODY:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)


def headers_of(response: HttpResponse) -> RawHeaders:
    """All headers that belong to a response."""
    if response.media_type is not None:
        return [
            (b"content-type", response.media_type),
            (b"content-length", b"%d" % len(response.body)),
            *response.headers,
        ]
    if response.status in (204, 304):
        return response.headers
    return [(b"content-length", b"%d" % len(response.body)), *response.headers]


async def reply(send: Send, response: HttpResponse) -> None:
    """Send a response."""
    headers = headers_of(response)
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})
