"""Paging conventions of other distributions, asked before ours where nothing is declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from trunkline import ir
from trunkline.plugins import PAGING, Plugin, broken, plugins


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedList:
    """A list, as a convention is shown it."""

    operation: ir.Operation
    items: tuple[str, ...]
    """Where its items stand in the response; `()` is the body itself."""
    inputs: frozenset[str]
    """Names of what a request may say, as in `ir.Pagination.page`: parameters, body properties."""
    members: frozenset[str]
    """Names of the response body's properties."""


@dataclass(frozen=True, slots=True)
class PagingConvention:
    """A way of paging of one's own, told from a description: None where a list has another."""

    find: Callable[[PagedList], ir.Pagination | None]


@cache
def _conventions() -> tuple[Plugin[PagingConvention], ...]:
    return plugins(PAGING, PagingConvention)


def added_paging(listed: PagedList) -> ir.Pagination | None:
    """What the first convention that knows the list says of it.

    `TrunklineError` (PLUGIN) where one fails, or names something that a request cannot say.
    """
    for plugin in _conventions():
        try:
            found = plugin.value.find(listed)
        except Exception as error:
            what = f"failed at {listed.operation.id}: {type(error).__name__}: {error}"
            raise broken(plugin.title, what) from error
        if found is None:
            continue
        if not isinstance(found, ir.Pagination):
            raise broken(plugin.title, f"gives a {type(found).__name__}, and no Pagination")
        unknown = sorted({found.page, found.size} - {None, *listed.inputs}, key=str)
        if unknown:
            what = f"asks for pages of {listed.operation.id} by {unknown[0]!r}, which it lacks"
            raise broken(plugin.title, what)
        return found
    return None
