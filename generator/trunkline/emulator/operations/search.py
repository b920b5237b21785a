"""Search results as the methods of an API page them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trunkline.ir import Json
from trunkline.ir.behaviour import SearchResults


def search_page(
    convention: SearchResults, found: Sequence[Json], options: Mapping[str, Json]
) -> dict[str, Json]:
    """The part of what was found that `options` ask for, and what stands around it."""
    start = whole(options.get(convention.offset), 0)
    size = whole(options.get(convention.size), convention.default_size)
    return {
        convention.items: list(found[start : start + size]),
        convention.offset: start,
        convention.total: len(found),
        convention.more: start + size < len(found),
    }


def whole(value: Json, default: int) -> int:
    """The value, if it is a whole number that is not negative."""
    fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if fits and isinstance(value, int) else default
