"""The text of queries and forms: percent-encoded pairs."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class QueryTextError(ValueError):
    """The query string is not percent-encoded UTF-8."""


def parse_query(raw: bytes) -> list[tuple[str, str]]:
    """Names and values, decoded (`+` is a space), in order."""
    if not raw:
        return []
    if b"%" not in raw and b"+" not in raw:
        parts = [part.partition("=") for part in _text(raw).split("&") if part]
        return [(name, value) for name, _, value in parts]
    pairs: list[tuple[str, str]] = []
    for part in raw.split(b"&"):
        if not part:
            continue
        name, _, value = part.partition(b"=")
        pairs.append((_decode(name), _decode(value)))
    return pairs


def _decode(raw: bytes) -> str:
    if b"%" in raw or b"+" in raw:
        if _ESCAPE.search(raw):
            raise QueryTextError("a percent sign without two hexadecimal digits")
        raw = unquote_to_bytes(raw.replace(b"+", b" "))
    return _text(raw)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise QueryTextError("not UTF-8") from None
