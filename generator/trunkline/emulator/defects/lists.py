"""Lists that skip, repeat, miscount, or pay no attention to what was asked."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from trunkline.emulator.defects.base import Defect, edited, operations_of
from trunkline.emulator.seams import Call
from trunkline.emulator.shapes import at, put
from trunkline.emulator.store import Query, Row, Scope
from trunkline.emulator.wire import Answer, Request
from trunkline.ir import Action, Api, FilterOperator, Json, Operation, Resource

if TYPE_CHECKING:
    from trunkline.emulator.application import Emulator

_LIST = frozenset({Action.LIST, Action.CREATE})


class _List(Defect):
    needs = _LIST


class _Paged(_List):
    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = operations_of(api, resource).get(Action.LIST)
        return (
            cls.needs <= set(resource.operations)
            and operation is not None
            and operation.pagination is not None
        )


class PageSkipsOne(_Paged):
    """The second and later pages start one object too late."""

    rule = "Pages together show every object once"

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, offset=query.offset + 1) if query.offset else query


class PageRepeatsOne(_Paged):
    """The second and later pages start with the last object of the page before."""

    rule = "Pages together show every object once"

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, offset=query.offset - 1) if query.offset else query


class PageTooLong(_Paged):
    """Pages hold one object more than asked for."""

    rule = "A page holds no more than its size"

    def query(self, call: Call, query: Query) -> Query:
        if query.limit is None:
            return query
        return dataclasses.replace(query, limit=query.limit + 1)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        return rows, total


class PageSizeIgnored(_Paged):
    """The size of pages cannot be chosen."""

    rule = "A page holds no more than its size"

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        plan = call.plan.resource
        assert plan is not None
        parents = tuple(str(call.path.get(name)) for name in plan.resource.parent_parameters)
        found, _ = self.emulator.store.page(
            plan.table, Scope(call.account.name, parents), Query(limit=20)
        )
        return found, total


class PageNumberIgnored(_Paged):
    """Every page is the first page."""

    rule = "Pages together show every object once"

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, offset=0)


class PageAfterTheLastRepeatsIt(_Paged):
    """Pages after the last one show the last one again."""

    rule = "Pages after the last are empty"

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        plan = call.plan.resource
        assert plan is not None
        if rows or not total or call.operation.pagination is None:
            return rows, total
        parents = tuple(str(call.path.get(name)) for name in plan.resource.parent_parameters)
        found, _ = self.emulator.store.page(
            plan.table, Scope(call.account.name, parents), Query(limit=1)
        )
        return found, total


class _Totals(_Paged):
    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = operations_of(api, resource).get(Action.LIST)
        return (
            super().shows(api, resource)
            and operation is not None
            and operation.pagination is not None
            and operation.pagination.total_items is not None
        )


class TotalTooHigh(_Totals):
    """Lists say they hold one object more than they do."""

    rule = "The total is the number of objects"

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        return rows, total + 1


class TotalOfThePage(_Totals):
    """The total counts the objects of the page only."""

    rule = "The total is the number of objects"

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        return rows, len(rows)


class TotalIgnoresFilters(_Totals):
    """The total counts what the filters leave out."""

    rule = "The total is the number of objects that fit the filters"

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = operations_of(api, resource).get(Action.LIST)
        return super().shows(api, resource) and operation is not None and bool(operation.filters)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        plan = call.plan.resource
        assert plan is not None
        parents = tuple(str(call.path.get(name)) for name in plan.resource.parent_parameters)
        _, total = self.emulator.store.page(
            plan.table, Scope(call.account.name, parents), Query(limit=1)
        )
        return rows, total


class _Meta(_Totals):
    """Changes what a list says about its pages."""

    def change(self, call: Call, document: dict[str, Json]) -> None:
        """Spoil the body in place."""
        raise NotImplementedError

    def answered(self, call: Call, answer: Answer) -> Answer:
        if call.plan.action is not Action.LIST or call.operation.pagination is None:
            return answer

        def whole(document: Json) -> Json:
            if isinstance(document, dict):
                self.change(call, document)
            return document

        return edited(answer, whole)


class PagesRoundedDown(_Meta):
    """The number of pages leaves out the last one when it is not full."""

    rule = "The number of pages is the total divided by the size, rounded up"

    def change(self, call: Call, document: dict[str, Json]) -> None:
        pagination = call.operation.pagination
        assert pagination is not None
        if not (pagination.total_items and pagination.page_size and pagination.total_pages):
            return
        total, size = at(document, pagination.total_items), at(document, pagination.page_size)
        if isinstance(total, int) and isinstance(size, int) and size:
            put(document, pagination.total_pages, total // size)


class PageNumberAlwaysFirst(_Meta):
    """Every page says that it is the first."""

    rule = "A page says its own number"

    def change(self, call: Call, document: dict[str, Json]) -> None:
        pagination = call.operation.pagination
        if pagination is not None and pagination.number:
            put(document, pagination.number, pagination.first)


class PageSizeMisreported(_Meta):
    """Pages say the number of their objects instead of their size."""

    rule = "A page says its own size"

    def change(self, call: Call, document: dict[str, Json]) -> None:
        pagination = call.operation.pagination
        if pagination is not None and pagination.page_size:
            items = at(document, pagination.items)
            put(document, pagination.page_size, len(items) if isinstance(items, list) else 0)


class _Filtered(_List):
    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = operations_of(api, resource).get(Action.LIST)
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

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, conditions=())


class FilterInverted(_Filtered):
    """A filter that finds nothing finds everything."""

    rule = "A filter leaves out what does not fit"

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        plan = call.plan.resource
        assert plan is not None
        if rows or total:
            return rows, total
        parents = tuple(str(call.path.get(name)) for name in plan.resource.parent_parameters)
        return self.emulator.store.page(
            plan.table, Scope(call.account.name, parents), Query(limit=20)
        )


class ContainsMeansStartsWith(_Filtered):
    """A filter for text anywhere finds it at the start only."""

    rule = "A filter leaves in what fits"

    @classmethod
    def concerns(cls, operator: FilterOperator) -> bool:
        return operator is FilterOperator.CONTAINS

    def query(self, call: Call, query: Query) -> Query:
        bent = tuple(
            dataclasses.replace(c, operator=FilterOperator.STARTS_WITH)
            if c.operator is FilterOperator.CONTAINS
            else c
            for c in query.conditions
        )
        return dataclasses.replace(query, conditions=bent)


class ContainsMeansEquals(_Filtered):
    """A filter for text anywhere finds the whole text only."""

    rule = "A filter leaves in what fits"

    @classmethod
    def concerns(cls, operator: FilterOperator) -> bool:
        return operator is FilterOperator.CONTAINS

    def query(self, call: Call, query: Query) -> Query:
        bent = tuple(
            dataclasses.replace(c, operator=FilterOperator.EQUALS)
            if c.operator is FilterOperator.CONTAINS
            else c
            for c in query.conditions
        )
        return dataclasses.replace(query, conditions=bent)


class FilterAfterPaging(_Filtered):
    """Filters look at the first page only."""

    rule = "A filter leaves in what fits"

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        if not any(f.parameter in call.query for f in call.operation.filters):
            return rows, total
        return rows[1:], max(0, total - 1)


class _Sorted(_List):
    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = operations_of(api, resource).get(Action.LIST)
        return (
            cls.needs <= set(resource.operations)
            and operation is not None
            and operation.sort is not None
        )


class SortIgnored(_Sorted):
    """The order that was asked for is not looked at."""

    rule = "A list has the order that was asked for"

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, order=None)


class DescendingIgnored(_Sorted):
    """Descending order is ascending order."""

    rule = "A list has the order that was asked for"

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, descending=False)


class DefaultOrderReversed(_Sorted):
    """Without an order asked for, the documented one is reversed."""

    rule = "A list has the documented order unless another is asked for"

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = operations_of(api, resource).get(Action.LIST)
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

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        plan = call.plan.resource
        sort = call.operation.sort
        assert plan is not None
        if sort is None or sort.parameter not in call.query:
            return rows, total
        parents = tuple(str(call.path.get(name)) for name in plan.resource.parent_parameters)
        found, _ = self.emulator.store.page(
            plan.table,
            Scope(call.account.name, parents),
            Query(limit=max(len(rows), 1)),
        )
        ids = {row.id for row in rows}
        return (rows if ids == {row.id for row in found} else found), total


class NewestNotListed(_List):
    """The object created last is not in lists yet."""

    rule = "What was created is in the list"

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

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any("[" in p.name for o in api.operations for p in o.parameters)

    def received(self, operation: Operation, request: Request) -> Answer | None:
        request.query = b"&".join(p for p in request.query.split(b"&") if b"[" not in p)
        return None
