"""Filters and orders without effect, or with another one than was asked for."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, ClassVar

from trunkline.emulator.defects.base import Defect, list_operation
from trunkline.emulator.seams import Call
from trunkline.emulator.shapes import at
from trunkline.emulator.store import Query, Row, Scope
from trunkline.emulator.wire import Answer, Request
from trunkline.ir import Action, Api, FilterOperator, Operation, Resource

if TYPE_CHECKING:
    from trunkline.emulator.application import Emulator

_ON_TEXT = (FilterOperator.CONTAINS, FilterOperator.STARTS_WITH, FilterOperator.ENDS_WITH)
_LIST = frozenset({Action.LIST, Action.CREATE})


class _List(Defect):
    needs = _LIST


class _Filtered(_List):
    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = list_operation(api, resource)
        return (
            cls.needs <= set(resource.operations)
            and operation is not None
            and any(map(cls.concerns, (f.operator for f in operation.filters)))
        )

    @classmethod
    def concerns(cls, operator: FilterOperator) -> bool:
        """Whether a filter with this operator can show the defect."""
        return True


class FilterIgnored(_Filtered):
    """Filters have no effect."""

    rule = "A filter leaves out what does not fit"
    caught_by = ("filter-sound",)

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, conditions=())


class FilterInverted(_Filtered):
    """A filter that finds nothing finds everything."""

    rule = "A filter leaves out what does not fit"
    caught_by = ("filter-sound",)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        if rows or total:
            return rows, total
        return self.stored(call, Query(limit=20))


class _Narrower(_Filtered):
    """A filter for text anywhere means something narrower."""

    means: ClassVar[FilterOperator]

    @classmethod
    def concerns(cls, operator: FilterOperator) -> bool:
        return operator is FilterOperator.CONTAINS

    def query(self, call: Call, query: Query) -> Query:
        bent = tuple(
            dataclasses.replace(c, operator=self.means)
            if c.operator is FilterOperator.CONTAINS
            else c
            for c in query.conditions
        )
        return dataclasses.replace(query, conditions=bent)


class ContainsMeansStartsWith(_Narrower):
    """A filter for text anywhere finds it at the start only."""

    rule = "A filter leaves in what fits"
    caught_by = ("filter-complete",)
    means = FilterOperator.STARTS_WITH


class ContainsMeansEquals(_Narrower):
    """A filter for text anywhere finds the whole text only."""

    rule = "A filter leaves in what fits"
    caught_by = ("filter-complete",)
    means = FilterOperator.EQUALS


class FilterCaseTurned(_Filtered):
    """A filter minds case where it should not, and does not where it should."""

    rule = "A filter minds case as described"
    caught_by = ("filter-case",)

    @classmethod
    def concerns(cls, operator: FilterOperator) -> bool:
        return operator in _ON_TEXT

    def query(self, call: Call, query: Query) -> Query:
        bent = (dataclasses.replace(c, ignore_case=not c.ignore_case) for c in query.conditions)
        return dataclasses.replace(query, conditions=tuple(bent))


class FilterTakesWildcards(_Filtered):
    """A percent sign in a filter stands for anything."""

    rule = "A filter takes every character for itself"
    caught_by = ("filter-literal",)

    @classmethod
    def concerns(cls, operator: FilterOperator) -> bool:
        return operator in _ON_TEXT

    def query(self, call: Call, query: Query) -> Query:
        bent = tuple(
            dataclasses.replace(
                c,
                values=tuple(v.partition("%")[0] if isinstance(v, str) else v for v in c.values),
                operator=FilterOperator.STARTS_WITH,
            )
            if any(isinstance(v, str) and "%" in v[1:] for v in c.values)
            else c
            for c in query.conditions
        )
        return dataclasses.replace(query, conditions=bent)


class FilterAfterPaging(_Filtered):
    """Filters look at the first page only."""

    rule = "A filter leaves in what fits"
    caught_by = ("filter-complete",)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        if not any(f.parameter in call.query for f in call.operation.filters):
            return rows, total
        return rows[1:], max(0, total - 1)


class _Sorted(_List):
    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = list_operation(api, resource)
        return (
            cls.needs <= set(resource.operations)
            and operation is not None
            and operation.sort is not None
        )


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
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = list_operation(api, resource)
        return (
            super().shows(api, resource)
            and operation is not None
            and operation.sort is not None
            and operation.sort.default is not None
        )

    def query(self, call: Call, query: Query) -> Query:
        sort = call.operation.sort
        if sort is None or sort.parameter in call.query:
            return query
        return dataclasses.replace(query, descending=not query.descending)


class SortWithinPagesOnly(_Sorted):
    """Each page is sorted, but the pages are cut before sorting."""

    rule = "A list has the order that was asked for"
    caught_by = ("sort-monotone",)

    def __init__(self, emulator: Emulator) -> None:
        super().__init__(emulator)
        self.asked: Query = Query()

    def query(self, call: Call, query: Query) -> Query:
        self.asked = query
        return dataclasses.replace(query, order=None, descending=False)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        order = self.asked.order
        if order is None:
            return rows, total

        def key(row: Row) -> tuple[bool, float, str]:
            value = at(row.document, order)
            number = float(value) if isinstance(value, (int, float)) else 0.0
            return value is not None, number, "" if number else str(value)

        return sorted(rows, key=key, reverse=self.asked.descending), total


class NewestNotListed(_List):
    """The object created last is not in lists yet."""

    rule = "What was created is in the list"
    caught_by = ("listed-once",)

    def __init__(self, emulator: Emulator) -> None:
        super().__init__(emulator)
        self._last: str | None = None

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        self._last = row.id
        return row

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        kept = [row for row in rows if row.id != self._last]
        return kept, total - (len(rows) - len(kept))


class ListShowsOldVersions(_List):
    """Lists show objects as they were created, without later updates."""

    rule = "A list shows objects as reading them does"
    caught_by = ("listed-same",)
    needs = frozenset({Action.LIST, Action.CREATE, Action.UPDATE})

    def __init__(self, emulator: Emulator) -> None:
        super().__init__(emulator)
        self._first: dict[str, Row] = {}

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        self._first[row.id] = row
        return row

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        return [self._first.get(row.id, row) for row in rows], total


class EncodedBracketsMissed(_List):
    """Query parameters are only understood with brackets that are not percent-encoded."""

    rule = "Percent-encoding does not change what a parameter means"
    caught_by = ("brackets-plain",)

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any("[" in p.name for o in api.operations for p in o.parameters)

    def received(self, operation: Operation, request: Request) -> Answer | None:
        kept = [p for p in request.query.split(b"&") if b"%5b" not in p.lower()]
        request.query = b"&".join(kept)
        return None


class PlainBracketsMissed(_List):
    """Query parameters are only understood with percent-encoded brackets."""

    rule = "Percent-encoding does not change what a parameter means"
    caught_by = ("brackets-plain",)

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any("[" in p.name for o in api.operations for p in o.parameters)

    def received(self, operation: Operation, request: Request) -> Answer | None:
        request.query = b"&".join(p for p in request.query.split(b"&") if b"[" not in p)
        return None
