"""Filters without effect, or with another one than was asked for."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from trunkline.emulator.defects.base import ListDefect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpRequest, HttpResponse
from trunkline.emulator.storage.query import Condition, Key, Query, Table
from trunkline.emulator.storage.records import Row
from trunkline.ir import Api, FilterOperator, Operation

_ON_TEXT = (FilterOperator.CONTAINS, FilterOperator.STARTS_WITH, FilterOperator.ENDS_WITH)


class _Filtered(ListDefect):
    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        return any(map(cls.concerns, (f.operator for f in operation.filters)))

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
        plan = call.compiled.resource
        assert plan is not None
        bent = tuple(self._turned(plan.table, condition) for condition in query.conditions)
        return dataclasses.replace(query, conditions=bent)

    @staticmethod
    def _turned(table: Table, condition: Condition) -> Condition:
        turned = dataclasses.replace(condition, ignore_case=not condition.ignore_case)
        if Key(turned.member, turned.ignore_case) in table.keys:
            return turned
        # Only one way of comparing is kept beside the objects: other cases are other values.
        cases = (str.upper, str.lower, str.swapcase)
        texts = [v for v in condition.values if isinstance(v, str)]
        more = [case(text) for text in texts for case in cases]
        return dataclasses.replace(condition, values=(*condition.values, *more))


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


class EncodedBracketsMissed(ListDefect):
    """Query parameters are only understood with brackets that are not percent-encoded."""

    rule = "Percent-encoding does not change what a parameter means"
    caught_by = ("brackets-plain",)

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any("[" in p.name for o in api.operations for p in o.parameters)

    def received(self, operation: Operation, request: HttpRequest) -> HttpResponse | None:
        kept = [p for p in request.query.split(b"&") if b"%5b" not in p.lower()]
        request.query = b"&".join(kept)
        return None


class PlainBracketsMissed(ListDefect):
    """Query parameters are only understood with percent-encoded brackets."""

    rule = "Percent-encoding does not change what a parameter means"
    caught_by = ("brackets-plain",)

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any("[" in p.name for o in api.operations for p in o.parameters)

    def received(self, operation: Operation, request: HttpRequest) -> HttpResponse | None:
        request.query = b"&".join(p for p in request.query.split(b"&") if b"[" not in p)
        return None
