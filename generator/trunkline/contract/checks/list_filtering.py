"""Seeing only what this run made: a filter on its marker, among other people's data."""

from __future__ import annotations

from collections.abc import Sequence

from trunkline import ir
from trunkline.contract.engine import Bench, Thing
from trunkline.contract.model import Collection, dig
from trunkline.ir import FilterOperator

_TEXTUAL = {FilterOperator.CONTAINS, FilterOperator.STARTS_WITH}


def narrowed(
    bench: Bench, collection: Collection, things: Sequence[Thing]
) -> list[tuple[str, str]]:
    """The query that keeps a list to `things` and perhaps more of this run; [] when there is none.

    Only a list too long to walk in small pages is narrowed: paging is first of all tried without.
    """
    total = _total(bench, collection)
    if total is None or total <= 60:
        return []
    for found in collection.lister.filters if collection.lister else ():
        if found.operator not in _TEXTUAL or not things:
            continue
        values = [dig(t.value, found.member) for t in things]
        if all(isinstance(v, str) and v.startswith(bench.lab.marker) for v in values):
            return [(found.parameter, bench.lab.marker)]
    return []


def _total(bench: Bench, collection: Collection) -> int | None:
    lister = collection.lister
    paging: ir.Pagination | None = lister.pagination if lister else None
    if paging is None or paging.total_items is None:
        return None
    total = bench.page(collection).exchange.at(paging.total_items)
    return total if isinstance(total, int) else None
