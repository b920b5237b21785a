"""What text must look like: pattern, format, encoding."""

from __future__ import annotations

from dataclasses import replace

from trunkline import ir
from trunkline.evolve.schemas.pair import Pair
from trunkline.evolve.table import B, narrows, replaces, undecided, widens

PATTERN_ADDED = narrows("pattern", "added", "the value must match {now} now")
PATTERN_REMOVED = widens("pattern", "removed", "the value need no longer match {was}")
PATTERN_CHANGED = undecided("pattern", "changed", "the pattern is {now}, not {was}")
FORMAT_ADDED = undecided("format", "added", "the format is {now} now")
FORMAT_REMOVED = undecided("format", "removed", "the format is no longer {was}")
FORMAT_CHANGED = undecided("format", "changed", "the format is {now}, not {was}")
FORMAT_RETYPED = undecided(
    "format",
    "retyped",
    "the format is {now}, not {was}, and with it the Python type is another",
    sent=B,
    received=B,
)
BINARY_CHANGED = replaces("binary", "changed", "the value is {now}, not {was}")
ENCODING_CHANGED = replaces("content-encoding", "changed", "the text holds {now}, not {was}")

ROWS = (
    PATTERN_ADDED,
    PATTERN_REMOVED,
    PATTERN_CHANGED,
    FORMAT_ADDED,
    FORMAT_REMOVED,
    FORMAT_CHANGED,
    FORMAT_RETYPED,
    BINARY_CHANGED,
    ENCODING_CHANGED,
)

TYPED = frozenset({"date-time", "date", "time", "duration", "uuid", "decimal", "byte", "base64url"})
"""Formats for which a Python client has a type of its own."""


def compare(pair: Pair, old: ir.String, new: ir.String) -> None:
    """Pattern, format, binary or not, and what is encoded in the text."""
    _pattern(pair, _meaningful(old.pattern), _meaningful(new.pattern))
    if old.binary and new.binary:
        return  # format: binary of 3.0 and contentMediaType of 3.1 say the same
    old, new = _encoded(old), _encoded(new)
    _format(pair, old.format, new.format)
    if old.binary is not new.binary:
        words = ("text", "raw bytes")
        pair.note(BINARY_CHANGED, was=words[old.binary], now=words[new.binary])
    was = (old.content_encoding, old.content_media_type)
    now = (new.content_encoding, new.content_media_type)
    if was != now:
        pair.note(ENCODING_CHANGED, was=_encoding(*was), now=_encoding(*now))


def _encoded(text: ir.String) -> ir.String:
    """`format: byte` of 3.0 as later versions say it."""
    if text.format != "byte":
        return text
    return replace(text, format=None, content_encoding=text.content_encoding or "base64")


def _meaningful(pattern: str | None) -> str | None:
    """None for a pattern that every text matches."""
    return None if pattern in {"", ".*", "^.*", "^", "$", "[\\s\\S]*", "^[\\s\\S]*$"} else pattern


def _pattern(pair: Pair, old: str | None, new: str | None) -> None:
    if old == new:
        return
    if old is None:
        pair.note(PATTERN_ADDED, now=new)
    elif new is None:
        pair.note(PATTERN_REMOVED, was=old)
    else:
        pair.note(PATTERN_CHANGED, was=old, now=new)


def _format(pair: Pair, old: str | None, new: str | None) -> None:
    if old == new:
        return
    was, now = old or "none", new or "none"
    if (old in TYPED or new in TYPED) and old != new:
        pair.note(FORMAT_RETYPED, was=was, now=now)
    elif old is None:
        pair.note(FORMAT_ADDED, now=now)
    elif new is None:
        pair.note(FORMAT_REMOVED, was=was)
    else:
        pair.note(FORMAT_CHANGED, was=was, now=now)


def _encoding(encoding: str | None, media_type: str | None) -> str:
    return " ".join(part for part in (media_type, encoding) if part) or "nothing encoded"
