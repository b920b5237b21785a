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


def column(table: Table, member: tuple[str, ...], *, fold: bool) -> str:
    """The column that holds a member."""
    return f"k{table.keys.index(Key(member, fold))}"


def where(table: Table, condition: Condition, values: list[Cell | bytes]) -> str:
    """A condition as SQL; what its marks stand for is added to `values`."""
    fold = condition.ignore_case
    name = column(table, condition.member, fold=fold)
    parts: list[str] = []
    for value in condition.values:
        if fold:
            value = str(value).casefold() if isinstance(value, str) else value
        parts.append(_COMPARE[condition.operator].format(name))
        bound = str(value).encode() if condition.operator in TEXTUAL else value
        values.extend([bound] * parts[-1].count("?"))
    return f"({' OR '.join(parts)})" if parts else "0"
