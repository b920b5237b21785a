"""How lists are paged, filtered and ordered; which header makes repeating a request safe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.bodyshape import BodyShapes, plain
from trunkline.lower.context import Context
from trunkline.lower.pagination import (
    PAGING,
    PageInput,
    declared,
    infer,
    inputs,
    is_page_name,
    looks_paged,
)
from trunkline.lower.paging_added import PagedList, added_paging
from trunkline.lower.searches import searches
from trunkline.semantics.paging import argument
from trunkline.semantics.questions import is_query
from trunkline.semantics.responses import payload_schema, success_schema
from trunkline.source import Node

_BRACKETS: Final = re.compile(r"\[([^\[\]]*)\]")
_OPERATORS: Final = {
    "eq": ir.FilterOperator.EQUALS,
    "equals": ir.FilterOperator.EQUALS,
    "contains": ir.FilterOperator.CONTAINS,
    "startswith": ir.FilterOperator.STARTS_WITH,
    "beginswith": ir.FilterOperator.STARTS_WITH,
    "prefix": ir.FilterOperator.STARTS_WITH,
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
        """The list operation of a resource with pagination, filters and sort; `item` names the
        schema of what it lists."""
        operation = self.paged(operation, node)
        queries = [p for p in operation.parameters if p.location is ir.ParameterLocation.QUERY]
        pagination = operation.pagination
        members: dict[tuple[str, ...], ir.Schema] = {}
        one: ir.Schema | None = None
        if item is not None:
            one = ir.Schema(shape=ir.Reference(item), meta=ir.Meta(origin=operation.origin))
            members = dict(self._scalars(one))
        if not members:
            listed = payload_schema(self._context.schemas, operation)
            one = self._shapes.each(listed) if listed is not None else None
            members = dict(self._scalars(one)) if one is not None else {}
        paging = (
            {
                argument(operation, pagination, name).name
                for name in (pagination.page, pagination.size)
                if name is not None
            }
            if pagination is not None
            else set[str]()
        )
        sort: ir.Sort | None = None
        filters: list[ir.Filter] = []
        left: list[tuple[ir.Parameter, str]] = []
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
                continue
            if plain(parameter.name) in PAGING:
                continue  # `limit` is none of the `limits`, though nothing says what it is
            names = (p for p, by in _readings(parameter.name) if by is ir.FilterOperator.EQUALS)
            left += [(parameter, path[0]) for path in names if len(path) == 1]
        found_by = searches(self._shapes, one, iter(left)) if one is not None else ()
        return replace(operation, filters=tuple(filters), searches=tuple(found_by), sort=sort)

    def _scalars(self, item: ir.Schema) -> Iterator[tuple[tuple[str, ...], ir.Schema]]:
        """What an item can be found by: its own members, then those of its `attributes`, as
        JSON:API has them."""
        for name, member in self._shapes.scalars(item):
            yield (name,), member
        inside = self._shapes.members(item).get("attributes")
        for name, member in self._shapes.scalars(inside) if inside is not None else ():
            yield ("attributes", name), member

    def paged(self, operation: ir.Operation, node: Node) -> ir.Operation:
        """Any operation with the pagination of the list that it responds with, and with its
        idempotency header."""
        operation = self.idempotent(operation)
        return replace(operation, pagination=self._pagination(operation, node))

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

    def _pagination(self, operation: ir.Operation, node: Node) -> ir.Pagination | None:
        own = node.get("x-trunkline-pagination")
        if operation.mapped:
            return None  # pages are of lists
        if own is not None and own.value is False:
            return None
        schema = success_schema(operation)
        given = inputs(self._shapes, operation)
        for source in (own, self._declared):
            if source is None:
                continue
            found = declared(self._context, source)
            if found is None:
                return None
            wanted = {found.page, found.size} - {None}
            missing = sorted(str(n) for n in wanted - {g.name for g in given})
            if not missing and (own is not None or operation.action is ir.Action.LIST):
                if not found.items and operation.payload:
                    found = replace(found, items=operation.payload)
                return found
            if source is own:
                self._context.warn(
                    Code.BAD_EXTENSION, f"No parameter {missing[0]!r} to ask for a page", source
                )
                return None
        if schema is None or (operation.method != "get" and not _asks_for_pages(given)):
            return None
        items = self._items(operation, schema)
        if items is not None:
            pagination = added_paging(
                PagedList(
                    operation=operation,
                    items=items,
                    inputs=frozenset(g.name for g in given),
                    members=frozenset(self._shapes.members(schema)),
                )
            ) or infer(self._shapes, operation, given, schema, items)
            if pagination is not None:
                return pagination
        asked = looks_paged(given)
        if asked is not None and (items is not None or self._shapes.has_lists(schema)):
            why = "how its pages follow each other" if items is not None else "which list is paged"
            self._context.diagnostics.add(
                Code.PAGING_UNKNOWN,
                f"{operation.id} takes {asked.name!r}, and nothing in its response tells {why}:"
                " only one page is read",
                operation.origin.position,
                "Say how with x-trunkline-pagination, or write x-trunkline-pagination: false.",
            )
        return None

    def items(
        self, operation: ir.Operation, schema: ir.Schema, noun: str
    ) -> tuple[str, ...] | None:
        """Where the list of what is called `noun` stands in a response; None where there is none.

        Of what is asked for page by page the only list is meant, whatever it is called.
        """
        found = self._shapes.list_path(schema, noun)
        if found is None and looks_paged(inputs(self._shapes, operation)) is not None:
            return self._shapes.only_list(schema)
        return found

    def _items(self, operation: ir.Operation, schema: ir.Schema) -> tuple[str, ...] | None:
        if operation.action is ir.Action.LIST:
            return operation.payload
        nouns = [part for part in operation.path.split("/") if part and "{" not in part]
        found = self.items(operation, schema, nouns[-1] if nouns else "")
        if found is None and is_query(operation):
            return self._shapes.only_list(schema)
        return found

    def _filter(
        self, parameter: ir.Parameter, members: Mapping[tuple[str, ...], ir.Schema]
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
        for name, operator in _bounds(parameter.name):
            found = self._member((name,), members)
            if found is not None and self._shapes.types(members[found]) & {"integer", "number"}:
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
    def _member(
        path: tuple[str, ...], members: Mapping[tuple[str, ...], ir.Schema]
    ) -> tuple[str, ...] | None:
        """The property a filter names, by exact name or by the same words."""
        if len(path) != 1 or not path[0]:
            return None
        for depth in (1, 2):
            known = [n for n in members if len(n) == depth]
            exact = [n for n in known if n[-1] == path[0]]
            same = [n for n in known if plain(n[-1]) == plain(path[0])]
            if exact or len(same) == 1:
                return (exact or same)[0]
        return None

    def _sort(
        self, parameter: ir.Parameter, members: Mapping[tuple[str, ...], ir.Schema]
    ) -> ir.Sort | None:
        said = parameter.extensions.get("x-trunkline-sort")
        if said is None and plain(parameter.name) not in _SORTS:
            return None
        schema = self._shapes.resolve(parameter.schema)
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
                if said is None and (path[0],) not in members:
                    inside = ("attributes", *path)
                    if inside not in members:
                        return None
                    path = inside
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


def _asks_for_pages(given: Sequence[PageInput]) -> bool:
    """Whether the body or a parameter of a request that is not a GET says which page is meant: a
    search, and not a command that happens to respond with a list."""
    return looks_paged(given) is not None or any(
        g.location is ir.PageLocation.BODY and is_page_name(g.plain) for g in given
    )


def _sort_key(text: str) -> tuple[tuple[str, ...], bool]:
    descending = text.startswith("-")
    return tuple(text.lstrip("-+").split(".")), descending


def _bounds(name: str) -> Iterator[tuple[str, ir.FilterOperator]]:
    """The number that a parameter bounds by its name: `min_price`, `priceMax`."""
    for word, operator in (
        ("min", ir.FilterOperator.GREATER_OR_EQUAL),
        ("max", ir.FilterOperator.LESS_OR_EQUAL),
    ):
        known = plain(name)
        if known.startswith(word):
            yield known.removeprefix(word), operator
        if known.endswith(word):
            yield known.removesuffix(word), operator


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
    for spelled in ("startsWith", "starts_with", "beginsWith", "begins_with", "Prefix"):
        member = name.removesuffix(spelled).rstrip("_.-")
        if member and member != name:
            yield (member,), ir.FilterOperator.STARTS_WITH
