"""The objects: SQLite, in memory or in a file, one table for each resource.

A table holds each object's JSON text and, as columns of their own, the members that filters,
sorting and uniqueness ask about. A change is committed before it is answered. What was read or
written lately is also kept as text in memory.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from trunkline.emulator.jsontext import dump, parse
from trunkline.emulator.shapes import at
from trunkline.ir import FilterOperator, Json

Cell: TypeAlias = "str | int | float | None"
_CACHED = 4096
_COUNTED = 64


class Exists(Exception):  # noqa: N818  # an answer, not a failure
    """Another object of the scope has the id."""


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


@dataclass(frozen=True, slots=True)
class Row:
    """A stored object; `number` counts the objects of its resource from 1, in order of age."""

    number: int
    id: str
    text: bytes

    @property
    def document(self) -> dict[str, Json]:
        """The object itself."""
        value = parse(self.text)
        assert isinstance(value, dict)
        return value


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose objects, and below which parent: path parameter values, outermost first."""

    account: str
    parents: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """One text for both parts; no separator is left inside a part."""
        if not self.parents:
            return self.account
        return "\x1f".join((self.account, *map(_quoted, self.parents)))


def _quoted(part: str) -> str:
    return part.replace("\x1e", "\x1e1").replace("\x1f", "\x1e0")


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


def _holds(conditions: tuple[Condition, ...], document: Json) -> bool:
    """What the conditions' SQL says of a document, said in Python."""
    for condition in conditions:
        mine = cell(at(document, condition.member), condition.ignore_case)
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
    if operator in _TEXTUAL:
        return isinstance(mine, str) and _TEXTUAL[operator](mine, str(value))
    # As SQLite has it: every number is less than every text.
    left, right = (isinstance(mine, str), mine), (isinstance(value, str), value)
    if operator is FilterOperator.GREATER:
        return left > right
    if operator is FilterOperator.GREATER_OR_EQUAL:
        return left >= right
    return left < right if operator is FilterOperator.LESS else left <= right


_TEXTUAL: Mapping[FilterOperator, Callable[[str, str], bool]] = {
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


class Store:
    """All objects of all accounts. Not for use by several threads at once."""

    def __init__(self, path: Path | None = None) -> None:
        self._connection = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        if path is not None:
            self._connection.execute("PRAGMA journal_mode=WAL")
            # The log is written before a change is answered: killing the process loses nothing.
            self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("PRAGMA case_sensitive_like=ON")
        self._connection.execute("CREATE TABLE IF NOT EXISTS visits (key TEXT PRIMARY KEY)")
        self._visited: set[str] = set()
        self._known: dict[str, Table] = {}
        self._ready: dict[int, tuple[Table, str]] = {}
        """By identity, which is faster; the table is held so that its id is not used again."""
        self._cache: dict[tuple[str, str, str], Row] = {}
        self._counts: dict[tuple[str, str], dict[tuple[Condition, ...], int]] = {}
        self._numbers: dict[str, int] = {}
        self.version = 0
        """Goes up with every change; what was computed from an older one is stale."""
        self._in_transaction = False

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside, or none."""
        if self._in_transaction:
            yield
            return
        self._connection.execute("BEGIN IMMEDIATE")
        self._in_transaction = True
        try:
            yield
        except BaseException:
            self._in_transaction = False
            self._connection.execute("ROLLBACK")
            self._known.clear()
            self._ready.clear()
            self._visited.clear()
            self._forget()
            raise
        self._in_transaction = False
        self._connection.execute("COMMIT")

    def _forget(self) -> None:
        self._cache.clear()
        self._numbers.clear()
        self._counts.clear()
        self.version += 1

    def prepare(self, table: Table) -> str:
        """Make the table if it is not there; rebuild its columns if the description changed."""
        ready = self._ready.get(id(table))
        if ready is not None:
            return ready[1]
        name = table.sql_name
        if self._known.get(name) == table:
            self._ready[id(table)] = (table, name)
            return name
        columns = [f"k{index}" for index in range(len(table.keys))]
        definition = repr([(key.member, key.fold) for key in table.keys])
        execute = self._connection.execute
        execute("CREATE TABLE IF NOT EXISTS tables (name TEXT PRIMARY KEY, keys TEXT)")
        row = execute("SELECT keys FROM tables WHERE name = ?", (name,)).fetchone()
        old: list[tuple[int, str, str, str, bytes]] = []
        if row is not None and row[0] != definition:
            old = execute(f"SELECT number, scope, account, id, text FROM {name}").fetchall()
            execute(f"DROP TABLE {name}")
            row = None
        if row is None:
            more = "".join(f", {column}" for column in columns)
            execute(
                f"CREATE TABLE IF NOT EXISTS {name} (number INTEGER PRIMARY KEY AUTOINCREMENT, "
                f"scope TEXT NOT NULL, account TEXT NOT NULL, id TEXT NOT NULL, "
                f"text BLOB NOT NULL{more}, UNIQUE (scope, id))"
            )
            execute(f"CREATE INDEX IF NOT EXISTS {name}_age ON {name} (scope, number)")
            for column in columns:
                execute(
                    f"CREATE INDEX IF NOT EXISTS {name}_{column} "
                    f"ON {name} (scope, {column}, number)"
                )
            for number, scope, account, id_, text in old:
                self._write(table, name, number, scope, account, id_, bytes(text))
            execute("INSERT OR REPLACE INTO tables VALUES (?, ?)", (name, definition))
        self._ready.clear()
        self._known[name] = table
        return name

    def _write(
        self,
        table: Table,
        name: str,
        number: int | None,
        scope: str,
        account: str,
        id_: str,
        text: bytes,
        document: Json = None,
    ) -> int:
        cells: list[Cell] = []
        if table.keys:
            document = document if document is not None else parse(text)
            cells = [cell(at(document, key.member), key.fold) for key in table.keys]
        marks = ", ?" * len(cells)
        verb = "INSERT" if number is None else "INSERT OR REPLACE"
        try:
            cursor = self._connection.execute(
                f"{verb} INTO {name} VALUES (?, ?, ?, ?, ?{marks})",
                (number, scope, account, id_, text, *cells),
            )
        except sqlite3.IntegrityError:
            raise Exists from None
        written = int(cursor.lastrowid or 0)
        self._numbers[name] = max(written, self._numbers.get(name, 0))
        return written

    def next_number(self, table: Table) -> int:
        """The number the next new object of this table will have."""
        name = self.prepare(table)
        known = self._numbers.get(name)
        if known is None:
            row = self._connection.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)
            ).fetchone()
            known = self._numbers[name] = int(row[0]) if row else 0
        return known + 1

    def insert(self, table: Table, scope: Scope, id_: str, document: Json) -> Row:
        """Keep a new object."""
        return self._put(table, None, scope, id_, None, document)

    def replace(self, table: Table, scope: Scope, row: Row, document: Json) -> Row:
        """Keep another document for an object that is there."""
        return self._put(table, row.number, scope, row.id, row.document, document)

    def _put(
        self,
        table: Table,
        number: int | None,
        scope: Scope,
        id_: str,
        before: Json,
        document: Json,
    ) -> Row:
        name = self.prepare(table)
        text = dump(document)
        key = scope.key
        written = self._write(table, name, number, key, scope.account, id_, text, document)
        row = Row(written, id_, text)
        self._changed(name, key, before, document)
        self._remember((name, key, id_), row)
        return row

    def _changed(self, name: str, key: str, before: Json, after: Json) -> None:
        """Correct the counts that are known, instead of counting again."""
        self.version += 1
        known = self._counts.get((name, key))
        if known is None:
            return
        for conditions in known:
            if before is not None and _holds(conditions, before):
                known[conditions] -= 1
            if after is not None and _holds(conditions, after):
                known[conditions] += 1

    def _remember(self, key: tuple[str, str, str], row: Row) -> None:
        if len(self._cache) >= _CACHED:
            for old in list(self._cache)[: _CACHED // 4]:
                del self._cache[old]
        self._cache[key] = row

    def get(self, table: Table, scope: Scope, id_: str) -> Row | None:
        """The object with this id, None if there is none."""
        name = self.prepare(table)
        key = (name, scope.key, id_)
        known = self._cache.get(key)
        if known is not None:
            return known
        found = self._connection.execute(
            f"SELECT number, id, text FROM {name} WHERE scope = ? AND id = ?",
            key[1:],
        ).fetchone()
        if found is None:
            return None
        row = Row(found[0], found[1], bytes(found[2]))
        self._remember(key, row)
        return row

    def delete(self, table: Table, scope: Scope, id_: str) -> bool:
        """Forget an object; whether it was there."""
        row = self.get(table, scope, id_)
        if row is None:
            return False
        name = self.prepare(table)
        key = scope.key
        self._connection.execute(f"DELETE FROM {name} WHERE scope = ? AND id = ?", (key, id_))
        self._cache.pop((name, key, id_), None)
        self._changed(name, key, row.document, None)
        return True

    def delete_below(self, table: Table, scope: Scope) -> None:
        """Forget every object whose parents start with those of `scope`."""
        name = self.prepare(table)
        key = scope.key
        self._connection.execute(
            f"DELETE FROM {name} WHERE scope = ? OR substr(scope, 1, length(?) + 1) = ? || x'1f'",
            (key, key, key),
        )
        self._forget()

    def taken(
        self, table: Table, account: str, member: tuple[str, ...], value: Json, but: int | None
    ) -> bool:
        """Whether another object of the account (number other than `but`) has this value."""
        name = self.prepare(table)
        column = self._column(table, member, fold=False)
        found = self._connection.execute(
            f"SELECT 1 FROM {name} WHERE account = ? AND {column} = ? AND number IS NOT ? LIMIT 1",
            (account, cell(value), but),
        ).fetchone()
        return found is not None

    def count(self, table: Table, account: str) -> int:
        """How many objects an account has, whatever their parents."""
        name = self.prepare(table)
        found = self._connection.execute(
            f"SELECT count(*) FROM {name} WHERE account = ?", (account,)
        ).fetchone()
        return int(found[0])

    def page(self, table: Table, scope: Scope, query: Query) -> tuple[list[Row], int]:
        """One page of objects, and how many fit the conditions in all."""
        name = self.prepare(table)
        key = scope.key
        where = ["scope = ?"]
        values: list[Cell | bytes] = [key]
        for condition in query.conditions:
            where.append(self._condition(table, condition, values))
        clause = " AND ".join(where)
        counts = self._counts.setdefault((name, key), {})
        total = counts.get(query.conditions)
        if total is None:
            found = self._connection.execute(
                f"SELECT count(*) FROM {name} WHERE {clause}",
                values,
            ).fetchone()
            if len(counts) >= _COUNTED:
                counts.clear()
            total = counts[query.conditions] = int(found[0])
        way = "DESC" if query.descending else "ASC"
        order = f"number {way}"
        if query.order is not None:
            order = f"{self._column(table, query.order, fold=False)} {way}, {order}"
        limit = -1 if query.limit is None else min(query.limit, 2**62)
        rows = self._connection.execute(
            f"SELECT number, id, text FROM {name} WHERE {clause} ORDER BY {order} LIMIT ? OFFSET ?",
            (*values, limit, min(query.offset, 2**62)),
        ).fetchall()
        return [Row(number, id_, bytes(text)) for number, id_, text in rows], total

    @staticmethod
    def _column(table: Table, member: tuple[str, ...], *, fold: bool) -> str:
        return f"k{table.keys.index(Key(member, fold))}"

    def _condition(self, table: Table, condition: Condition, values: list[Cell | bytes]) -> str:
        fold = condition.ignore_case
        column = self._column(table, condition.member, fold=fold)
        parts: list[str] = []
        for value in condition.values:
            if fold:
                value = str(value).casefold() if isinstance(value, str) else value
            parts.append(_COMPARE[condition.operator].format(column))
            bound = str(value).encode() if condition.operator in _TEXTUAL else value
            values.extend([bound] * parts[-1].count("?"))
        return f"({' OR '.join(parts)})" if parts else "0"

    def first_visit(self, table: Table, scope: Scope) -> bool:
        """Whether this is the first call for the table and scope since the last reset."""
        name = self.prepare(table)
        key = f"{name} {scope.key}"
        if key in self._visited:
            return False
        self._visited.add(key)
        cursor = self._connection.execute("INSERT OR IGNORE INTO visits VALUES (?)", (key,))
        return cursor.rowcount > 0

    def reset(self) -> None:
        """Forget every object of every account, and the numbers given out."""
        execute = self._connection.execute
        with self.transaction():
            for name in self._names():
                execute(f"DELETE FROM {name}")
            execute("DELETE FROM visits")
            if self._known:
                execute("DELETE FROM sqlite_sequence")
        self._visited.clear()
        self._forget()

    def _names(self) -> list[str]:
        rows = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'r_*'"
        ).fetchall()
        return [row[0] for row in rows]

    def snapshot(self) -> bytes:
        """Everything, as the bytes of a database."""
        return self._connection.serialize()

    def restore(self, snapshot: bytes) -> None:
        """Back to what `snapshot` returned; ValueError when it is something else."""
        if not snapshot.startswith(b"SQLite format 3\0"):
            raise ValueError("not a snapshot")
        other = sqlite3.connect(":memory:")
        try:
            other.deserialize(snapshot)
            other.execute("SELECT key FROM visits LIMIT 1")
            if other.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise ValueError("the snapshot is damaged")
            other.backup(self._connection)
        except (sqlite3.Error, OverflowError) as error:
            raise ValueError(f"not a snapshot: {error}") from None
        finally:
            other.close()
        self._known.clear()
        self._ready.clear()
        self._visited.clear()
        self._forget()
