"""The requests seen lately, without secrets."""

from __future__ import annotations

import re
from collections import deque
from datetime import datetime
from typing import TypeAlias

from trunkline.emulator.wire import Answer, RawHeaders, Request
from trunkline.ir import Api, Json, KeyScheme

_KEPT = 1000
_BODY = 2048
_SECRET = re.compile(r"pass|secret|token|key|credential|authorization|cookie", re.IGNORECASE)
_MEMBER = re.compile(
    rb'("[^"]*(?:pass|secret|token|key|credential)[^"]*"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^,}\]\s]+)',
    re.IGNORECASE,
)
HIDDEN = "[redacted]"


_Entry: TypeAlias = tuple[datetime, str, bytes, bytes, RawHeaders, bytes, int, bytes]


class Journal:
    """Remembers the last thousand requests; secrets are taken out when it is read."""

    def __init__(self, api: Api) -> None:
        self._entries: deque[_Entry] = deque(maxlen=_KEPT)
        schemes = api.security_schemes.values()
        self._keys = {s.key.lower() for s in schemes if isinstance(s, KeyScheme)}

    def note(self, at: datetime, request: Request, answer: Answer) -> None:
        """Remember one request."""
        self._entries.append(
            (
                at,
                request.method,
                request.raw_path,
                request.query,
                request.headers,
                request.body[:_BODY],
                answer.status,
                answer.body[:_BODY] if answer.status >= 400 else b"",
            )
        )

    def clear(self) -> None:
        """Forget them."""
        self._entries.clear()

    def shown(self) -> list[Json]:
        """Oldest first; `answer` is the body of a refusal, which says why."""
        return [
            {
                "at": at.isoformat(),
                "method": method,
                "path": path.decode("latin-1"),
                "query": self._query(query.decode("latin-1")),
                "headers": [
                    [self._text(k), HIDDEN if self._secret(self._text(k)) else self._text(v)]
                    for k, v in headers
                ],
                "body": self._body(body),
                "status": status,
                "answer": self._body(answer),
            }
            for at, method, path, query, headers, body, status, answer in self._entries
        ]

    @staticmethod
    def _body(raw: bytes) -> str:
        return _MEMBER.sub(rb'\1"[redacted]"', raw).decode("utf-8", "replace")

    @staticmethod
    def _text(raw: bytes) -> str:
        return raw.decode("latin-1")

    def _secret(self, name: str) -> bool:
        return bool(_SECRET.search(name)) or name.lower() in self._keys

    def _query(self, text: str) -> str:
        parts = []
        for part in text.split("&"):
            name, mark, _ = part.partition("=")
            parts.append(f"{name}{mark}{HIDDEN}" if mark and self._secret(name) else part)
        return "&".join(parts)
