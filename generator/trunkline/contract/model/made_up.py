"""Names and words that the suite makes up: nothing that a server repeats of them is its own."""

from __future__ import annotations

from typing import Final

UNKNOWN: Final = "zzz_unknown"
"""A property, or a word of a closed list, that nobody describes."""
DEEP: Final = "zzz"
"""A property whose value is what a server may choke on."""
LONG: Final = "z" * 10_000
MANY: Final = tuple(f"m{i}" for i in range(60))


def is_made_up(name: str) -> bool:
    """Whether the suite calls properties so, that are in no description."""
    return name in {"", "__proto__", UNKNOWN, DEEP, LONG} or name in MANY
