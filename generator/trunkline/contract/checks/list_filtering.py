"""Seeing only what this run made: a filter on its marker, among other people's data."""

from __future__ import annotations

from collections.abc import Sequence

from trunkline import ir
from trunkline.contract.engine import CheckContext, CreatedObject
from trunkline.contract.model import Collection
from trunkline.ir import FilterOperator
from trunkline.semantics import jsonvalue

_TEXTUAL = {FilterOperator.CONTAINS, FilterOperator.STARTS_WITH}


def narrow_to(
    ctx: CheckContext, collection: Collection, objects: Sequence[CreatedObject]
) -> list[tuple[str, str]]:
    """The query that keeps a list to `things` and perhaps more of this run; [] when there is none.

    Only a list too long to walk in small pages is narrowed: paging is first of all tried without.
    """
    total = _total(ctx, collection)
    if total is None or total <= 60:
        return []
    for found in collection.lister.filters if collection.lister else ():
        if found.operator not in _TEXTUAL or not objects:
            continue
        values = [jsonvalue.get(t.value, found.member) for t in objects]
        if all(isinstance(v, str) and v.startswith(ctx.session.marker) for v in values):
            return [(found.parameter, ctx.session.marker)]
    return []


def _total(ctx: CheckContext, collection: Collection) -> int | None:
    lister = collection.lister
    paging: ir.Pagination | None = lister.pagination if lister else None
    if paging is None or paging.total_items is None:
        return None
    total = ctx.lists.page(collection).exchange.at(paging.total_items)
    return total if isinstance(total, int) else None
