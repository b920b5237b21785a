"""Shorter names for classes that a description does not name itself.

What is described where it stands is called by where that is, which can be long. Words that tell
least go first, and only as many as have to; which they are is a question of the name alone, so that
it stays whatever else comes or goes. Where two would be called alike, the later one keeps others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from trunkline.names.words import pascal, words

SHORT: Final = 40
"""Letters that a class name has at most, where its words allow."""
LONGEST: Final = 120
"""Letters of any class name: what a description calls a schema is kept up to here."""

_VERSION: Final = re.compile(r"v\d+")
_LITTLE: Final = frozenset({"api", "by", "data", "id", "inner", "item", "object", "of"})
_ROLES: Final = frozenset({"params", "parameters", "properties", "request", "response"})
"""Words that say little before others; roles go last, which tell requests from responses."""


def shorter(name: str) -> Iterator[str]:
    """Names for what `name` is too long for, the best first; the last is `name` as it is."""
    parts = words(name)
    longer: list[str] = []
    for left in _thinned(parts):
        found = pascal(" ".join(left), longest=LONGEST)
        if len(found) <= SHORT:
            yield found
            break
        longer.append(found)
        parts = left
    # What it is part of comes first: those that are called alike are then parts of one whole, and
    # come and go together.
    for tail in (2, 3, 1, 4, 5, 6):
        found = _ends(parts, tail)
        if found:
            yield found
    yield from reversed(longer)
    yield name


def _thinned(parts: Sequence[str]) -> Iterator[list[str]]:
    """The words, with one more of those that tell least left out each time; the last stays."""
    order: list[int] = []
    lower = [part.lower() for part in parts]
    inside = range(len(parts) - 1)
    order.extend(n for n in inside if lower[n] == "details")
    order.extend(n for n in inside if _VERSION.fullmatch(lower[n]))
    order.extend(n for n in inside if lower[n] in _LITTLE)
    order.extend(n for n in inside if lower[n] in lower[n + 1 :])
    order.extend(n for n in inside if lower[n] in _ROLES)
    gone: set[int] = set()
    yield list(parts)
    for index in order:
        if index not in gone:
            gone.add(index)
            if lower[index : index + 2] == ["by", "id"]:
                gone.add(index + 1)
            yield [part for n, part in enumerate(parts) if n not in gone]


def _ends(parts: Sequence[str], tail: int) -> str:
    """The last `tail` words, and as many of the first ones as there is room for, "" for none."""
    for head in range(len(parts) - tail - 1, 0, -1):
        found = pascal(" ".join([*parts[:head], *parts[-tail:]]))
        if len(found) <= SHORT:
            return found
    return ""
