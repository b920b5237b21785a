"""Text of descriptions on its way into reports: nothing in it may act as markup."""

from __future__ import annotations

import re

from trunkline.text import clean

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")


def plain(text: str) -> str:
    """One line without control characters."""
    return " ".join(clean(text).split())


def escape(text: str) -> str:
    """The same, with Markdown's own characters made harmless."""
    return _SPECIAL.sub(r"\\\1", plain(text))


def code(text: str) -> str:
    """Inline code, whatever backticks the text holds."""
    text = plain(text) or " "
    ticks = "`"
    while ticks in text:
        ticks += "`"
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def plural(number: int, noun: str, several: str = "") -> str:
    """`1 change`, `2 changes`; `several` where it is not made with an `s`."""
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"
