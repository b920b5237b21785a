"""What a list asks of the store, said twice: as SQL, and in Python, which must agree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from trunkline.emulator.http.jsontext import dump
from trunkline.ir import FilterOperator, Json
from trunkline.semantics.jsonvalue import get

Cell: TypeAlias = "str | int | float | None"


@dataclass(frozen=True, slots=True)
class Key:
    """A member that is kept as a column; `fold`: compared without case."""

    member: tuple[str, ...]
    fold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The store's view of a resource."""

    name: str
    keys: tuple[Key, ...]
    stays: bool = False
    """Whether it is about the server as it runs: a snapshot brings nothing of it back."""

    @property
    def sql_name(self) -> str:
        """A name that needs no quoting, whatever the resource is called."""
        return "r_" + hashlib.sha256(self.name.encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Condition:
    """One filter; it holds when it holds for any of the values. What is asked of text
    (`contains` …) holds for no number."""

    member: tuple[str, ...]
    operator: FilterOperator
    values: tuple[Cell, ...]
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a list asks for. `limit` None: everything. Ties are broken by age, in the same
    direction as `descending`."""

    conditions: tuple[Condition, ...] = ()
    order: tuple[str, ...] | None = None
    descending: bool = False
    offset: int = 0
    limit: int | None = None


def cell(value: Json, fold: bool = False) -> Cell:
    """A member as SQLite compares it: numbers as numbers, booleans 0 and 1, text by code point,
    anything else by its JSON text. Whole numbers beyond 64 bits are compared as floats."""
    match value:
        case None:
            return None
        case bool():
            return int(value)
        case int():
            return value if -(2**63) <= value < 2**63 else float(value)
        case float():
            return value
        case str():
            return value.casefold() if fold else value
        case _:
            return dump(value).decode()


def holds(conditions: tuple[Condition, ...], document: Json) -> bool:
    """What the conditions' SQL says of a document."""
    for condition in conditions:
        mine = cell(get(document, condition.member), condition.ignore_case)
        if not any(_meets(condition, mine, value) for value in condition.values):
            return False
    return True


def _meets(condition: Condition, mine: Cell, value: Cell) -> bool:
    if mine is None or value is None:
        return False
    if condition.ignore_case and isinstance(value, str):
        value = value.casefold()
    operator = condition.operator
    if operator is FilterOperator.EQUALS:
        return mine == value
    if operator in TEXTUAL:
        return isinstance(mine, str) and TEXTUAL[operator](mine, str(value))
    # As SQLite has it: every number is less than every text.
    left, right = (isinstance(mine, str), mine), (isinstance(value, str), value)
    if operator is FilterOperator.GREATER:
        return left > right
    if operator is FilterOperator.GREATER_OR_EQUAL:
        return left >= right
    return left < right if operator is FilterOperator.LESS else left <= right


TEXTUAL: Mapping[FilterOperator, Callable[[str, str], bool]] = {
    FilterOperator.CONTAINS: lambda mine, value: value in mine,
    FilterOperator.STARTS_WITH: str.startswith,
    FilterOperator.ENDS_WITH: str.endswith,
}

# Text is compared as bytes, because SQLite's text functions stop at a NUL character.
_BYTES = "typeof({0}) = 'text' AND "
_COMPARE = {
    FilterOperator.EQUALS: "{0} = ?",
    FilterOperator.CONTAINS: _BYTES + "instr(CAST({0} AS BLOB), ?) > 0",
    FilterOperator.STARTS_WITH: _BYTES + "(? = x'' OR substr(CAST({0} AS BLOB), 1, length(?)) = ?)",
    FilterOperator.ENDS_WITH: _BYTES
    + "(? = x'' OR substr(CAST({0} AS BLOB), -length(?), length(?)) = ?)",
    FilterOperator.GREATER: "{0} > ?",
    FilterOperator.GREATER_OR_EQUAL: "{0} >= ?",
    FilterOperator.LESS: "{0} < ?",
    FilterOperator.LESS_OR_EQUAL: "{0} <= ?",
}


_Asked: TypeAlias = tuple[tuple[str, ...], FilterOperator, bool, int]
Shape: TypeAlias = "tuple[tuple[_Asked, ...], tuple[str, ...] | None, bool]"
"""A query without its values and its window."""


def shape(query: Query) -> Shape:
    """What queries have in common that the same SQL stands for."""
    conditions = [(c.member, c.operator, c.ignore_case, len(c.values)) for c in query.conditions]
    return tuple(conditions), query.order, query.descending


def column(table: Table, member: tuple[str, ...], *, fold: bool) -> str:
    """The column that holds a member."""
    return f"k{table.keys.index(Key(member, fold))}"


@dataclass(frozen=True, slots=True)
class Selection:
    """Queries of one shape as SQL. `indexed`: the columns by which objects are found and ordered,
    None their age."""

    page: str
    count: str
    indexed: tuple[str | None, ...]
    marks: tuple[int, ...]
    """For each condition, how many marks each of its values stands for."""

    @classmethod
    def of(cls, table: Table, query: Query) -> Selection:
        """The SQL for queries of this one's shape."""
        parts = ["scope = ?"]
        indexed: list[str | None] = []
        marks: list[int] = []
        for condition in query.conditions:
            name = column(table, condition.member, fold=condition.ignore_case)
            part = _COMPARE[condition.operator].format(name)
            parts.append(
                f"({' OR '.join([part] * len(condition.values))})" if condition.values else "0"
            )
            marks.append(part.count("?"))
            if condition.operator not in TEXTUAL:
                indexed.append(name)
        way = "DESC" if query.descending else "ASC"
        ordered_by = None if query.order is None else column(table, query.order, fold=False)
        indexed.append(ordered_by)
        order = f"number {way}" if ordered_by is None else f"{ordered_by} {way}, number {way}"
        found = f"FROM {table.sql_name} WHERE {' AND '.join(parts)}"
        return cls(
            page=f"SELECT number, id, text {found} ORDER BY {order} LIMIT ? OFFSET ?",
            count=f"SELECT count(*) {found}",
            indexed=tuple(indexed),
            marks=tuple(marks),
        )

    def values(self, scope: str, query: Query) -> list[Cell | bytes]:
        """What the marks of the conditions stand for."""
        found: list[Cell | bytes] = [scope]
        for condition, marks in zip(query.conditions, self.marks, strict=True):
            for value in condition.values:
                bound: Cell | bytes = value
                if condition.ignore_case and isinstance(value, str):
                    bound = value.casefold()
                if condition.operator in TEXTUAL:
                    bound = str(bound).encode()
                found.extend([bound] * marks)
        return found
