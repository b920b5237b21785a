"""What a filter lets through, worked out here."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TypeVar

from trunkline import ir
from trunkline.contract.bench import to_text
from trunkline.contract.laws.common import instant
from trunkline.ir import FilterOperator, Json

_ORDER: dict[FilterOperator, Callable[[int, int], bool]] = {
    FilterOperator.GREATER: operator.gt,
    FilterOperator.GREATER_OR_EQUAL: operator.ge,
    FilterOperator.LESS: operator.lt,
    FilterOperator.LESS_OR_EQUAL: operator.le,
}
_T = TypeVar("_T", float, str)


def matches(found: ir.Filter, shown: Json, wanted: str) -> bool:
    """Whether an item whose member shows `shown` passes the filter given `wanted`."""
    if isinstance(shown, list):
        return any(matches(found, each, wanted) for each in shown)
    if shown is None:
        return False
    have = to_text(shown)
    if found.ignore_case:
        have, wanted = have.casefold(), wanted.casefold()
    match found.operator:
        case FilterOperator.EQUALS:
            return have == wanted
        case FilterOperator.CONTAINS:
            return wanted in have
        case FilterOperator.STARTS_WITH:
            return have.startswith(wanted)
        case FilterOperator.ENDS_WITH:
            return have.endswith(wanted)
    return _compares(found.operator, shown, wanted)


def _compares(by: FilterOperator, shown: Json, wanted: str) -> bool:
    if isinstance(shown, int | float) and not isinstance(shown, bool):
        return _ORDER[by](_sign(float(shown), float(wanted)), 0)
    moment, limit = instant(shown), instant(wanted)
    if moment is not None and limit is not None:
        return _ORDER[by](_sign(moment.timestamp(), limit.timestamp()), 0)
    return _ORDER[by](_sign(to_text(shown), wanted), 0)


def _sign(left: _T, right: _T) -> int:
    """Below, at or above 0, as `left` stands to `right`."""
    return (left > right) - (left < right)


def queries(found: ir.Filter, text: str) -> list[str]:
    """What to filter by so that a member with this text passes, and where parts of it count."""
    if not text:
        return []
    match found.operator:
        case FilterOperator.CONTAINS if len(text) > 6:
            return [text, text[2:], text[:-2], text[3:-1]]
        case FilterOperator.STARTS_WITH if len(text) > 4:
            return [text, text[:-2]]
        case FilterOperator.ENDS_WITH if len(text) > 4:
            return [text, text[2:]]
        case FilterOperator.EQUALS if len(text) > 4:
            return [text, text[:-1]]
    return [text]
