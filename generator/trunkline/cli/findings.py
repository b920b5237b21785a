"""Findings at a terminal: each with its line of the source, many of one kind as a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from trunkline.cli.console import Console
from trunkline.diagnostics import CATALOGUE, Diagnostic, Severity
from trunkline.position import Position
from trunkline.untrusted import one_line

MOST: Final = 20
"""Findings of one code that are printed; the rest are counted."""
FEW: Final = 3
"""The same for what is told on the way to something else."""
_WIDTH: Final = 88
_LONGEST: Final = 4_000_000
"""Characters of a file whose lines are shown: one that is a single line has none to speak of."""


def show(console: Console, found: Iterable[Diagnostic], most: int = MOST) -> None:
    """Print findings in their order; of each code at most `most`, 0 for all."""
    for code, count in _some(console, found, most, excerpts=True).most_common():
        console.error(f"and {count} more of {code}; --max 0 prints all")


def brief(console: Console, found: Iterable[Diagnostic], most: int = FEW) -> None:
    """Print what a command that does something else found on the way: a few of each code, and how
    many more there are. All of them are what `validate` shows."""
    for code, count in _some(console, found, most, excerpts=False).items():
        console.error(f"and {count} more of {code}; trunkline validate shows them")


def _some(
    console: Console, found: Iterable[Diagnostic], most: int, *, excerpts: bool
) -> Counter[str]:
    """Print findings, of each code at most `most`; how many of each were left out."""
    printed: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for diagnostic in found:
        code = diagnostic.code.value
        if most and printed[code] >= most:
            left[code] += 1
            continue
        printed[code] += 1
        console.diagnostic(diagnostic)
        if excerpts and diagnostic.position is not None:
            for line in excerpt(diagnostic.position):
                console.error(line)
    return left


def summary(found: Iterable[Diagnostic]) -> list[str]:
    """One line for each code: how often, how bad, and what it is."""
    counts = Counter((d.code, d.severity) for d in found)
    return [
        f"  {count:>5} {code.value} {severity}: {CATALOGUE[code].title}"
        for (code, severity), count in sorted(
            counts.items(), key=lambda one: (one[0][1] is not Severity.ERROR, -one[1])
        )
    ]


def excerpt(position: Position) -> list[str]:
    """The line at a position with a mark below it; nothing where the file cannot be read."""
    lines = _lines(position.file)
    if not 0 < position.line <= len(lines):
        return []
    line = lines[position.line - 1]
    before, after = line[: position.column - 1], line[position.column - 1 :]
    cut = len(before) > _WIDTH // 2
    before = f"…{before[-_WIDTH // 2 :]}" if cut else before
    before, after = one_line(before.replace("\t", " ")), one_line(after.replace("\t", " "))
    if len(before) + len(after) > _WIDTH:
        after = f"{after[: max(8, _WIDTH - len(before))]}…"
    number = f"{position.line:>5}"
    return [f"{number} | {before}{after}", f"{' ' * len(number)} | {' ' * len(before)}^"]


@lru_cache(maxsize=8)
def _lines(file: str) -> list[str]:
    try:
        text = Path(file).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    return text.splitlines() if len(text) <= _LONGEST else []
