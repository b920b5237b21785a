"""What must not be shown of a request or a response: guessed from names, values being unknown."""

from __future__ import annotations

import re

from trunkline.ir import Api, KeyScheme

HIDDEN = "[redacted]"
_SECRET = re.compile(r"pass|secret|token|key|credential|authorization|cookie", re.IGNORECASE)
_MEMBER = re.compile(
    rb'("[^"]*(?:pass|secret|token|key|credential)[^"]*"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^,}\]\s]+)',
    re.IGNORECASE,
)


class Redaction:
    """Takes out secrets: headers, query parameters and JSON members named like one, and the keys
    that the API's security schemes name."""

    def __init__(self, api: Api) -> None:
        schemes = api.security_schemes.values()
        self._keys = {s.key.lower() for s in schemes if isinstance(s, KeyScheme)}

    def header(self, name: str, value: str) -> str:
        """The value of a header, or `HIDDEN`."""
        return HIDDEN if self._secret(name) else value

    def query(self, text: str) -> str:
        """A query, still percent-encoded."""
        parts = []
        for part in text.split("&"):
            name, mark, _ = part.partition("=")
            parts.append(f"{name}{mark}{HIDDEN}" if mark and self._secret(name) else part)
        return "&".join(parts)

    @staticmethod
    def body(raw: bytes) -> bytes:
        """A body; one that is cut short may end within a member."""
        return _MEMBER.sub(rb'\1"[redacted]"', raw)

    def _secret(self, name: str) -> bool:
        return bool(_SECRET.search(name)) or name.lower() in self._keys
