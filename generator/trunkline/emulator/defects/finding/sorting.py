"""Lists in another order than asked for or documented."""

from __future__ import annotations

import dataclasses

from trunkline.emulator.defects.base import ListDefect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import Row
from trunkline.ir import Operation
from trunkline.semantics.jsonvalue import get


class _Sorted(ListDefect):
    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return operation.sort is not None


class SortIgnored(_Sorted):
    """The order that was asked for is not looked at."""

    rule = "A list has the order that was asked for"
    caught_by = ("sort-monotone",)

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, order=None)


class SortLosesTheLast(_Sorted):
    """A list in an order that was asked for lacks its last object."""

    rule = "Sorting shows the same objects"
    caught_by = ("sort-complete",)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        sort = call.operation.sort
        if sort is None or sort.parameter not in call.query or not rows:
            return rows, total
        last = not call.operation.pagination or len(rows) < (self.limit or len(rows) + 1)
        return (rows[:-1], total - 1) if last else (rows, total)

    limit: int | None = None

    def query(self, call: Call, query: Query) -> Query:
        self.limit = query.limit
        return query


class DescendingIgnored(_Sorted):
    """Descending order is ascending order."""

    rule = "A list has the order that was asked for"
    caught_by = ("sort-monotone",)

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, descending=False)


class DefaultOrderReversed(_Sorted):
    """Without an order asked for, the documented one is reversed."""

    rule = "A list has the documented order unless another is asked for"
    caught_by = ("sort-default",)

    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return operation.sort is not None and operation.sort.default is not None

    def query(self, call: Call, query: Query) -> Query:
        sort = call.operation.sort
        if sort is None or sort.parameter in call.query:
            return query
        return dataclasses.replace(query, descending=not query.descending)


class SortWithinPagesOnly(_Sorted):
    """Each page is sorted, but the pages are cut before sorting."""

    rule = "A list has the order that was asked for"
    caught_by = ("sort-monotone",)

    def __init__(self) -> None:
        super().__init__()
        self.asked: Query = Query()

    def query(self, call: Call, query: Query) -> Query:
        self.asked = query
        return dataclasses.replace(query, order=None, descending=False)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        order = self.asked.order
        if order is None:
            return rows, total

        def key(row: Row) -> tuple[bool, float, str]:
            value = get(row.document, order)
            number = float(value) if isinstance(value, (int, float)) else 0.0
            return value is not None, number, "" if number else str(value)

        return sorted(rows, key=key, reverse=self.asked.descending), total
