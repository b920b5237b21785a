"""Markdown that shows the texts of descriptions and lets them do nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", **{c: f"\\{c}" for c in "|*_[#"}}
)


def plain(text: str) -> str:
    """Text of a description as one line of Markdown that shows it and does nothing else."""
    parts = " ".join(text.split()).split("`")
    shown = [
        part.translate(_ESCAPES) if index % 2 == 0 or len(parts) % 2 == 0 else f"`{code(part)}`"
        for index, part in enumerate(parts)
    ]
    return "".join(shown) if len(parts) % 2 else "'".join(shown)


def code(value: object) -> str:
    """A value inside a code span of a table cell."""
    text = value if isinstance(value, str) else repr(value)
    return " ".join(text.replace("`", "'").split()).replace("|", "\\|")


def anchor(text: str) -> str:
    """What a link leads to: letters, digits, hyphens and underscores."""
    return re.sub(r"[^\w-]+", "-", text, flags=re.ASCII).strip("-") or "it"


def table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """The lines of a table; none without rows."""
    if not rows:
        return
    yield f"| {' | '.join(head)} |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def block(language: str, text: str) -> Iterator[str]:
    """A block of code, in a fence that the text cannot close."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    yield f"{fence}{language}"
    yield from text.split("\n")
    yield fence
    yield ""


def folded(summary: str, lines: Iterable[str], *, name: str = "") -> Iterator[str]:
    """Lines that are seen once `summary`, which is HTML, was clicked."""
    found = list(lines)
    if not found:
        return
    identity = f' id="{name}"' if name else ""
    yield f'<details{identity} markdown="1">'
    yield f"<summary>{summary}</summary>"
    yield ""
    yield from found
    if found[-1]:
        yield ""
    yield "</details>"
    yield ""
