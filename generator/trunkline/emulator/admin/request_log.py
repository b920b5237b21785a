"""The requests seen lately, without secrets."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from typing import TypeAlias

from trunkline.emulator.http.messages import HttpRequest, HttpResponse, RawHeaders
from trunkline.emulator.http.redaction import Redaction
from trunkline.ir import Api, Json

_KEPT = 1000
_BODY = 2048
_TARGET = 2048
_HEADERS = 4096
"""Bytes kept of each."""

_Entry: TypeAlias = tuple[float, str, bytes, bytes, RawHeaders, bytes, int, bytes]


class RequestLog:
    """Remembers the last thousand requests; secrets are taken out when it is read."""

    def __init__(self, api: Api) -> None:
        self._entries: deque[_Entry] = deque(maxlen=_KEPT)
        self._redaction = Redaction(api)

    def note(self, at: float, request: HttpRequest, response: HttpResponse) -> None:
        """Remember one request; `at`: in seconds since 1970."""
        self._entries.append(
            (
                at,
                request.method,
                request.raw_path[:_TARGET],
                request.query[:_TARGET],
                _short(request.headers),
                request.body[:_BODY],
                response.status,
                response.body[:_BODY] if response.status >= 400 else b"",
            )
        )

    def clear(self) -> None:
        """Forget them."""
        self._entries.clear()

    def shown(self) -> list[Json]:
        """Oldest first; `answer` is the body of a refusal, which says why."""
        hide = self._redaction
        return [
            {
                "at": datetime.fromtimestamp(at, UTC).isoformat(),
                "method": method,
                "path": _text(path),
                "query": hide.query(_text(query)),
                "headers": [
                    [_text(name), hide.header(_text(name), _text(value))] for name, value in headers
                ],
                "body": hide.body(body, _media_type(headers)).decode("utf-8", "replace"),
                "status": status,
                "answer": hide.body(response).decode("utf-8", "replace"),
            }
            for at, method, path, query, headers, body, status, response in self._entries
        ]


def _short(headers: RawHeaders) -> RawHeaders:
    """The first headers, as far as they are kept."""
    size = 0
    for count, (name, value) in enumerate(headers):
        size += len(name) + len(value)
        if size > _HEADERS:
            return headers[:count]
    return headers


def _media_type(headers: RawHeaders) -> bytes | None:
    return next((value for name, value in headers if name == b"content-type"), None)


def _text(raw: bytes) -> str:
    return raw.decode("latin-1")
