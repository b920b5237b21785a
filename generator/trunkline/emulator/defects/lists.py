"""Lists that skip, repeat, miscount, or pay no attention to what was asked."""

from __future__ import annotations

import dataclasses
from typing import ClassVar
from urllib.parse import unquote_to_bytes

from trunkline.emulator.defects.base import ListDefect, edited
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpResponse
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import Row
from trunkline.ir import Action, Json, Operation
from trunkline.semantics.jsonvalue import get, put


class _Paged(ListDefect):
    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return operation.pagination is not None


class PageSkipsOne(_Paged):
    """The second and later pages start one object too late."""

    rule = "Pages together show every object once"
    caught_by = ("pages-partition",)

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, offset=query.offset + 1) if query.offset else query


class PageRepeatsOne(_Paged):
    """The second and later pages start with the last object of the page before."""

    rule = "Pages together show every object once"
    caught_by = ("pages-partition",)

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, offset=query.offset - 1) if query.offset else query


class DefaultSizeWrong(_Paged):
    """Without a size asked for, pages hold one object more than documented."""

    rule = "Without parameters the documented ones hold"
    caught_by = ("page-default",)

    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return super().shows_in(operation) and any(
            operation.pagination is not None
            and p.name == operation.pagination.size
            and isinstance(p.schema.meta.default, int)
            and p.schema.meta.default < 31
            for p in operation.parameters
        )

    def query(self, call: Call, query: Query) -> Query:
        paging = call.operation.pagination
        asked = paging is None or f"{paging.size}=".encode() in unquote_to_bytes(call.request.query)
        if query.limit is None or asked:
            return query
        return dataclasses.replace(query, limit=query.limit + 1)


class OrderShuffled(ListDefect):
    """A list comes in another order every time."""

    rule = "The same list twice comes in the same order"
    caught_by = ("order-stable",)

    def __init__(self) -> None:
        super().__init__()
        self.turn = False

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        self.turn = not self.turn
        return (rows[::-1] if self.turn else rows), total


class PageTooLong(_Paged):
    """Pages hold one object more than asked for."""

    rule = "A page holds no more than its size"
    caught_by = ("page-size",)

    def query(self, call: Call, query: Query) -> Query:
        if query.limit is None:
            return query
        return dataclasses.replace(query, limit=query.limit + 1)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        return rows, total


class PageSizeIgnored(_Paged):
    """The size of pages cannot be chosen."""

    rule = "A page holds no more than its size"
    caught_by = ("page-size",)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        found, _ = self.stored(call, Query(limit=20))
        return found, total


class PageNumberIgnored(_Paged):
    """Every page is the first page."""

    rule = "Pages together show every object once"
    caught_by = ("pages-partition",)

    def query(self, call: Call, query: Query) -> Query:
        return dataclasses.replace(query, offset=0)


class PageAfterTheLastRepeatsIt(_Paged):
    """Pages after the last one show the last one again."""

    rule = "Pages after the last are empty"
    caught_by = ("past-the-end",)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        if rows or not total or call.operation.pagination is None:
            return rows, total
        found, _ = self.stored(call, Query(limit=1))
        return found, total


class _Totals(_Paged):
    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return operation.pagination is not None and operation.pagination.total_items is not None


class TotalTooHigh(_Totals):
    """Lists say they hold one object more than they do."""

    rule = "The total is the number of objects"
    caught_by = ("page-numbers",)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        return rows, total + 1


class TotalOfThePage(_Totals):
    """The total counts the objects of the page only."""

    rule = "The total is the number of objects"
    caught_by = ("page-numbers",)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        return rows, len(rows)


class TotalIgnoresFilters(_Totals):
    """The total counts what the filters leave out."""

    rule = "The total is the number of objects that fit the filters"
    caught_by = ("filter-total",)

    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return super().shows_in(operation) and bool(operation.filters)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        _, total = self.stored(call, Query(limit=1))
        return rows, total


class _Meta(_Paged):
    """Changes what a list says about its pages, where it says it."""

    said: ClassVar[str]

    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return super().shows_in(operation) and bool(getattr(operation.pagination, cls.said))

    def change(self, call: Call, document: dict[str, Json]) -> None:
        """Spoil the body in place."""
        raise NotImplementedError

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        if call.compiled.action is not Action.LIST or call.operation.pagination is None:
            return response

        def whole(document: Json) -> Json:
            if isinstance(document, dict):
                self.change(call, document)
            return document

        return edited(response, whole)


class PagesRoundedDown(_Meta):
    """The number of pages leaves out the last one when it is not full."""

    rule = "The number of pages is the total divided by the size, rounded up"
    caught_by = ("page-numbers",)
    said = "total_pages"

    def change(self, call: Call, document: dict[str, Json]) -> None:
        pagination = call.operation.pagination
        assert pagination is not None
        if not (pagination.total_items and pagination.page_size and pagination.total_pages):
            return
        total, size = get(document, pagination.total_items), get(document, pagination.page_size)
        if isinstance(total, int) and isinstance(size, int) and size:
            put(document, pagination.total_pages, total // size)


class PageNumberAlwaysFirst(_Meta):
    """Every page says that it is the first."""

    rule = "A page says its own number"
    caught_by = ("page-numbers",)
    said = "number"

    def change(self, call: Call, document: dict[str, Json]) -> None:
        pagination = call.operation.pagination
        if pagination is not None and pagination.number:
            put(document, pagination.number, pagination.first)


class PageSizeMisreported(_Meta):
    """Pages say the number of their objects instead of their size."""

    rule = "A page says its own size"
    caught_by = ("page-numbers",)
    said = "page_size"

    def change(self, call: Call, document: dict[str, Json]) -> None:
        pagination = call.operation.pagination
        if pagination is not None and pagination.page_size:
            items = get(document, pagination.items)
            put(document, pagination.page_size, len(items) if isinstance(items, list) else 0)
