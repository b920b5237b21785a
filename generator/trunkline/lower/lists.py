"""How lists are paged, filtered and ordered; which header makes repeating a request safe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.bodyshape import BodyShapes, plain
from trunkline.lower.context import Context
from trunkline.lower.pagination import declared, infer
from trunkline.semantics.responses import success_schema
from trunkline.source import Node

_BRACKETS: Final = re.compile(r"\[([^\[\]]*)\]")
_OPERATORS: Final = {
    "eq": ir.FilterOperator.EQUALS,
    "equals": ir.FilterOperator.EQUALS,
    "contains": ir.FilterOperator.CONTAINS,
    "startswith": ir.FilterOperator.STARTS_WITH,
    "endswith": ir.FilterOperator.ENDS_WITH,
    "gt": ir.FilterOperator.GREATER,
    "after": ir.FilterOperator.GREATER,
    "gte": ir.FilterOperator.GREATER_OR_EQUAL,
    "ge": ir.FilterOperator.GREATER_OR_EQUAL,
    "lt": ir.FilterOperator.LESS,
    "before": ir.FilterOperator.LESS,
    "lte": ir.FilterOperator.LESS_OR_EQUAL,
    "le": ir.FilterOperator.LESS_OR_EQUAL,
}
_SORTS: Final = ("sort", "sortby", "orderby", "ordering", "order")
_KEYS: Final = ("idempotencykey", "xidempotencykey", "idempotencytoken")


class Lists:
    """Describes list operations of resources."""

    def __init__(self, context: Context, shapes: BodyShapes) -> None:
        self._context = context
        self._shapes = shapes
        self._declared = context.description.root.get("x-trunkline-pagination")

    def describe(self, operation: ir.Operation, node: Node, item: str | None) -> ir.Operation:
        """`operation` with pagination, filters and sort; `item` names the schema of what it
        lists."""
        operation = self.idempotent(operation)
        queries = [p for p in operation.parameters if p.location is ir.ParameterLocation.QUERY]
        pagination = self._pagination(operation, node, queries)
        members: dict[str, ir.Schema] = {}
        if item is not None:
            place = ir.Schema(shape=ir.Reference(item), meta=ir.Meta(origin=operation.origin))
            members = dict(self._shapes.scalars(place))
        if (
            pagination is not None
            and pagination.style is ir.PaginationStyle.CURSOR
            and pagination.next is None
            and "id" in members
        ):
            pagination = replace(pagination, item_token=("id",))
        paging = {pagination.page, pagination.size} if pagination is not None else set()
        sort: ir.Sort | None = None
        filters: list[ir.Filter] = []
        for parameter in queries:
            if parameter.name in paging:
                continue
            if sort is None:
                sort = self._sort(parameter, members)
                if sort is not None:
                    continue
            found = self._filter(parameter, members)
            if found is not None:
                filters.append(found)
        return replace(operation, pagination=pagination, filters=tuple(filters), sort=sort)

    @staticmethod
    def idempotent(operation: ir.Operation) -> ir.Operation:
        """`operation` with its idempotency header, declared or of a well-known name."""
        for parameter in operation.parameters:
            if parameter.location is not ir.ParameterLocation.HEADER:
                continue
            said = parameter.extensions.get("x-trunkline-idempotency")
            known = plain(parameter.name).endswith(_KEYS)
            if said is True or (said is None and known):
                return replace(
                    operation,
                    idempotency=ir.Idempotency(header=parameter.name, required=parameter.required),
                )
        return operation

    def _pagination(
        self, operation: ir.Operation, node: Node, queries: list[ir.Parameter]
    ) -> ir.Pagination | None:
        own = node.get("x-trunkline-pagination")
        if own is not None and own.value is False:
            return None
        schema = success_schema(operation)
        names = {p.name for p in queries}
        for source in (own, self._declared):
            if source is None:
                continue
            found = declared(self._context, source)
            if found is None:
                return None
            if {found.page, found.size} - {None} <= names:
                if not found.items and operation.payload:
                    found = replace(found, items=operation.payload)
                return found
            if source is own:
                missing = sorted(str(n) for n in {found.page, found.size} - {None} - names)
                self._context.warn(Code.BAD_EXTENSION, f"No query parameter {missing[0]!r}", source)
                return None
        return infer(self._shapes, operation, queries, schema)

    def _filter(
        self, parameter: ir.Parameter, members: Mapping[str, ir.Schema]
    ) -> ir.Filter | None:
        said = parameter.extensions.get("x-trunkline-filter")
        if said is False:
            return None
        if isinstance(said, dict):
            return self._declared_filter(parameter, said)
        for path, operator in _readings(parameter.name):
            found = self._member(path, members)
            if found is not None:
                return ir.Filter(parameter=parameter.name, member=found, operator=operator)
        return None

    def _declared_filter(
        self, parameter: ir.Parameter, said: Mapping[str, ir.Json]
    ) -> ir.Filter | None:
        member, operator = said.get("member"), said.get("operator", "equals")
        known = {o.value: o for o in ir.FilterOperator}
        if (
            not isinstance(member, str)
            or operator not in known
            or (set(said) - {"member", "operator", "ignore_case"})
        ):
            self._context.diagnostics.add(
                Code.BAD_EXTENSION,
                "x-trunkline-filter needs a member, and an operator that is known",
                parameter.origin.position,
                f"Operators: {', '.join(known)}.",
            )
            return None
        return ir.Filter(
            parameter=parameter.name,
            member=tuple(member.split(".")),
            operator=known[str(operator)],
            ignore_case=said.get("ignore_case") is True,
        )

    @staticmethod
    def _member(path: tuple[str, ...], members: Mapping[str, ir.Schema]) -> tuple[str, ...] | None:
        """The property a filter names, by exact name or by the same words."""
        if len(path) != 1:
            return None
        if path[0] in members:
            return path
        same = [n for n in members if plain(n) == plain(path[0])]
        return (same[0],) if len(same) == 1 and path[0] else None

    def _sort(self, parameter: ir.Parameter, members: Mapping[str, ir.Schema]) -> ir.Sort | None:
        said = parameter.extensions.get("x-trunkline-sort")
        if said is None and plain(parameter.name) not in _SORTS:
            return None
        schema = self._shapes.behind(parameter.schema)
        values: list[ir.Json] = []
        if isinstance(schema.shape, ir.Enumeration):
            values = list(schema.shape.values)
        keys: dict[str, tuple[tuple[str, ...], bool]] = {}
        if isinstance(said, dict):
            for key, target in said.items():
                keys[key] = _sort_key(str(target))
        else:
            for value in values:
                path, descending = _sort_key(str(value))
                if said is None and path[0] not in members:
                    return None
                keys[str(value)] = (path, descending)
        if not keys:
            if said is not None:
                self._context.diagnostics.add(
                    Code.BAD_EXTENSION,
                    "x-trunkline-sort needs an enum of members, or a mapping of values to members",
                    parameter.origin.position,
                )
            return None
        default = parameter.schema.meta.default
        return ir.Sort(
            parameter=parameter.name,
            keys=keys,
            default=default if isinstance(default, str) else None,
        )


def _sort_key(text: str) -> tuple[tuple[str, ...], bool]:
    descending = text.startswith("-")
    return tuple(text.lstrip("-+").split(".")), descending


def _readings(name: str) -> Iterator[tuple[tuple[str, ...], ir.FilterOperator]]:
    """What a parameter's name may mean as a filter, likeliest first: (member path, operator)."""
    inside = _BRACKETS.findall(name)
    outer = name.partition("[")[0]
    if outer in ("filter", "filters", "where") and inside:
        if len(inside) > 1 and plain(inside[-1]) in _OPERATORS:
            yield tuple(inside[:-1]), _OPERATORS[plain(inside[-1])]
        yield tuple(inside), ir.FilterOperator.EQUALS
        return
    if len(inside) == 1 and plain(inside[0]) in _OPERATORS:
        yield (outer,), _OPERATORS[plain(inside[0])]
        return
    if inside:
        return
    yield (name,), ir.FilterOperator.EQUALS
    for separator in ("__", ".", "_"):
        member, found, operator = name.rpartition(separator)
        if found and operator in _OPERATORS:
            yield (member,), _OPERATORS[operator]
