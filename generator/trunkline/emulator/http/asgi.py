"""ASGI: the messages a body comes in and an answer goes out in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from trunkline.emulator.decoding.bodies import MAX_BODY
from trunkline.emulator.http.messages import Answer, RawHeaders

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class TooLarge(Exception):  # noqa: N818  # an answer, not a failure
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


def headers_of(answer: Answer) -> RawHeaders:
    """All headers that belong to an answer."""
    if answer.media_type is not None:
        return [
            (b"content-type", answer.media_type),
            (b"content-length", b"%d" % len(answer.body)),
            *answer.headers,
        ]
    if answer.status in (204, 304):
        return answer.headers
    return [(b"content-length", b"%d" % len(answer.body)), *answer.headers]


async def reply(send: Send, answer: Answer) -> None:
    """Send an answer."""
    headers = headers_of(answer)
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
