"""How big the values that scripts make may grow."""

from __future__ import annotations

from collections.abc import Iterable

from trunkline.ir import Json

SIZE_LIMIT = 1_000_000
"""Characters of a made text, and parts of a bound value, at most."""


class SizeLimitExceeded(Exception):  # noqa: N818  # ends a script, not the server
    """A script makes values that grow without end."""


def check_size(value: Json) -> Json:
    """The value; `TooHeavy` when it has too many parts to be kept or sent."""
    pending, parts = [value], 0
    while pending:
        inner = pending.pop()
        if isinstance(inner, dict):
            pending.extend(inner.values())
        elif isinstance(inner, list):
            pending.extend(inner)
        parts += 1
        if parts + len(pending) > SIZE_LIMIT:
            raise SizeLimitExceeded
    return value


def joined_text(parts: Iterable[str]) -> str:
    """The parts as one text; `TooHeavy` when it is too long."""
    found: list[str] = []
    length = 0
    for part in parts:
        length += len(part)
        if length > SIZE_LIMIT:
            raise SizeLimitExceeded
        found.append(part)
    return "".join(found)
