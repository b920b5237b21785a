"""What must not be shown of a request or a response: guessed from names, values being unknown."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

from trunkline.ir import Api, KeyScheme
from trunkline.semantics.media import MediaKind, kind

HIDDEN = "[redacted]"
_WORDS = (
    r"pass|secret|token|key|credential|authorization|cookie|session|signature|assertion|bearer"
    r"|(?<![a-z])(?:sig|pin|otp|cvc|cvv|jwt)(?![a-z])"
)
_SECRET = re.compile(_WORDS, re.IGNORECASE)
_MEMBER = re.compile(
    rb'("[^"]*(?:%b)[^"]*"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^,}\]\s]+)' % _WORDS.encode(),
    re.IGNORECASE,
)
_PART = re.compile(
    rb'(name="([^"]*)"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n)(.*?)(?=\r\n--|\Z)', re.DOTALL
)
"""A part of a multipart body: its head, its name, its content."""


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
            hidden = mark and self._secret(unquote_plus(name))
            parts.append(f"{name}{mark}{HIDDEN}" if hidden else part)
        return "&".join(parts)

    def body(self, raw: bytes, media_type: bytes | None = None) -> bytes:
        """A body, by its media type; one that is cut short may end within a member."""
        match kind((media_type or b"application/json").decode("latin-1")):
            case MediaKind.FORM:
                return self.query(raw.decode("latin-1")).encode("latin-1")
            case MediaKind.BINARY:
                return raw
            case MediaKind.MULTIPART:
                return _PART.sub(self._part, raw)
            case _:
                return _MEMBER.sub(rb'\1"[redacted]"', raw)

    def _part(self, found: re.Match[bytes]) -> bytes:
        name = found[2].decode("latin-1")
        return found[1] + HIDDEN.encode() if self._secret(name) else found[0]

    def _secret(self, name: str) -> bool:
        return bool(_SECRET.search(name)) or name.lower() in self._keys
