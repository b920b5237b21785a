"""The objects: SQLite, in memory or in a file, one table for each resource.

A table holds each object's JSON text and, as columns of their own, the members that filters,
sorting and uniqueness ask about. A change is committed before it is answered. What was read or
written lately is also kept as text in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from trunkline.emulator.http.jsontext import dump, parse
from trunkline.emulator.storage import tables
from trunkline.emulator.storage.count_cache import CountCache
from trunkline.emulator.storage.query import (
    Cell,
    Query,
    Selection,
    Shape,
    Table,
    cell,
    column,
    shape,
)
from trunkline.emulator.storage.records import AlreadyExists, Row, Scope
from trunkline.ir import Json
from trunkline.semantics.jsonvalue import get

_CACHED = 4096
_LARGE = 8192
_SELECTIONS = 64
"""Objects kept in memory besides, the bytes from which one is not, and how many kinds of queries
are remembered for each table."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A table, with what writing to it and reading from it takes."""

    table: Table
    """Held, so that its id is not used again."""
    name: str
    insert: str
    replace: str
    members: tuple[tuple[str, bool], ...] | None
    """The members of its columns, by one name each, and whether they are folded; None where some
    are inside of others."""
    selections: dict[Shape, Selection] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Table) -> _Prepared:
        """What writing to a table takes."""
        name = table.sql_name
        marks = ", ?" * len(table.keys)
        flat = all(len(key.member) == 1 for key in table.keys)
        return cls(
            table,
            name,
            f"INSERT INTO {name} VALUES (?, ?, ?, ?, ?{marks})",
            f"INSERT OR REPLACE INTO {name} VALUES (?, ?, ?, ?, ?{marks})",
            tuple((key.member[0], key.fold) for key in table.keys) if flat else None,
        )

    def selection(self, query: Query) -> Selection:
        """The SQL of a query."""
        asked = shape(query)
        known = self.selections.get(asked)
        if known is None:
            if len(self.selections) >= _SELECTIONS:
                self.selections.clear()
            known = self.selections[asked] = Selection.of(self.table, query)
        return known

    def cells(self, document: Json) -> list[Cell]:
        """The columns of an object."""
        if self.members is None or not isinstance(document, dict):
            return [cell(get(document, key.member), key.fold) for key in self.table.keys]
        found: list[Cell] = []
        for name, fold in self.members:
            value = document.get(name)
            # Most are texts, and nothing is to be done with those.
            found.append(value if type(value) is str and not fold else cell(value, fold))
        return found


class Store:
    """All objects of all accounts. Not for use by several threads at once."""

    def __init__(self, path: Path | None = None) -> None:
        self._connection = tables.opened(path)
        self._writing = self._connection.cursor()
        self.lasts = path is not None
        """Whether what is kept is there when the server starts again."""
        self._visited: set[str] = set()
        self._known: dict[str, Table] = {}
        self._ready: dict[int, _Prepared] = {}
        """By identity of the tables, which is faster."""
        self._cache: dict[tuple[str, str, str], Row] = {}
        self._totals = CountCache()
        self._numbers: dict[str, int] = {}
        self._indexed: set[tuple[str, str, str | None]] = set()
        self.version = 0
        """Goes up with every change; what was computed from an older one is stale."""
        self.filled = 1
        """Goes up when everything that is kept becomes something else at once."""
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
        if self.lasts:
            with self._transaction():
                yield
            return
        tables.keep_way_back(self._connection, True)
        try:
            with self._transaction():
                yield
        finally:
            tables.keep_way_back(self._connection, False)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        self._in_transaction = True
        try:
            yield
        except BaseException:
            self._in_transaction = False
            if self._connection.in_transaction:  # a full disk has ended it already
                self._connection.execute("ROLLBACK")
            self._forget_tables()
            raise
        self._in_transaction = False
        try:
            self._connection.execute("COMMIT")
        except BaseException:
            # A full disk: what was counted and remembered on the way is not there.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._forget_tables()
            raise

    def _forget_tables(self) -> None:
        self._known.clear()
        self._ready.clear()
        self._indexed.clear()
        self._visited.clear()
        self._forget()

    def _forget(self) -> None:
        self._cache.clear()
        self._numbers.clear()
        self._totals.clear()
        self.version += 1

    def prepare(self, table: Table) -> str:
        """Make the table if it is not there; rebuild its columns if the description changed."""
        return self._prepared(table).name

    def _prepared(self, table: Table) -> _Prepared:
        ready = self._ready.get(id(table))
        if ready is not None:
            return ready
        prepared = _Prepared.of(table)
        if self._known.get(prepared.name) == table:
            self._ready[id(table)] = prepared
            return prepared
        with self.transaction():
            for number, scope, account, id_, text in tables.build(self._connection, table):
                document = parse(bytes(text)) if table.keys else None
                kept = bytes(text)
                self._write(prepared, prepared.replace, number, scope, account, id_, kept, document)
        self._ready.clear()
        self._known[prepared.name] = table
        return prepared

    def _write(
        self,
        prepared: _Prepared,
        statement: str,
        number: int,
        scope: str,
        account: str,
        id_: str,
        text: bytes,
        document: Json,
    ) -> None:
        # A bytearray is bound as it is; for bytes sqlite3 looks for an adapter each time.
        values = [number, scope, account, id_, bytearray(text), *prepared.cells(document)]
        try:
            self._writing.execute(statement, values)
        except sqlite3.IntegrityError:
            raise AlreadyExists from None

    def next_number(self, table: Table) -> int:
        """The number the next new object of this table will have."""
        return self._last_number(self._prepared(table).name) + 1

    def _last_number(self, name: str) -> int:
        known = self._numbers.get(name)
        if known is None:
            known = self._numbers[name] = tables.last_number(self._connection, name)
        return known

    def insert(self, table: Table, scope: Scope, id_: str, document: Json) -> Row:
        """Keep a new object."""
        prepared = self._prepared(table)
        number = self._last_number(prepared.name) + 1
        row = self._put(prepared, prepared.insert, number, scope, id_, None, document)
        self._numbers[prepared.name] = number
        return row

    def replace(self, table: Table, scope: Scope, row: Row, document: Json) -> Row:
        """Keep another document for an object that is there."""
        prepared = self._prepared(table)
        return self._put(
            prepared, prepared.replace, row.number, scope, row.id, row.document, document
        )

    def _put(
        self,
        prepared: _Prepared,
        statement: str,
        number: int,
        scope: Scope,
        id_: str,
        before: Json,
        document: Json,
    ) -> Row:
        text = dump(document)
        key = scope.key
        self._write(prepared, statement, number, key, scope.account, id_, text, document)
        row = Row(number, id_, text)
        self._changed(prepared.name, key, before, document)
        self._remember((prepared.name, key, id_), row)
        return row

    def holds(self, table: Table) -> bool:
        """Whether there is a table of this name, be it of other columns."""
        return table.sql_name in tables.names(self._connection)

    def rewrite(self, table: Table, change: Callable[[int, Json], Json]) -> None:
        """Keep `change(number, document)` for every object, whosever it is."""
        prepared = self._prepared(table)
        name = prepared.name
        with self.transaction():
            rows = self._connection.execute(
                f"SELECT number, scope, account, id, text FROM {name}"
            ).fetchall()
            for number, scope, account, id_, text in rows:
                document = parse(bytes(text))
                new = change(number, document)
                if new != document:
                    self._write(
                        prepared, prepared.replace, number, scope, account, id_, dump(new), new
                    )
        self._forget()

    def _changed(self, name: str, key: str, before: Json, after: Json) -> None:
        self.version += 1
        self._totals.changed(name, key, before, after)

    def _remember(self, key: tuple[str, str, str], row: Row) -> None:
        if len(row.text) > _LARGE:
            self._cache.pop(key, None)
            return
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
        if row.number == self._last_number(name):
            tables.note_number(self._connection, name, row.number)
        self._connection.execute(f"DELETE FROM {name} WHERE scope = ? AND id = ?", (key, id_))
        self._cache.pop((name, key, id_), None)
        self._changed(name, key, row.document, None)
        return True

    def delete_below(self, table: Table, scope: Scope) -> None:
        """Forget every object whose parents start with those of `scope`."""
        name = self.prepare(table)
        key = scope.key
        tables.note_number(self._connection, name, self._last_number(name))
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
        name_of = column(table, member, fold=False)
        self._index(name, "account", name_of)
        found = self._connection.execute(
            f"SELECT 1 FROM {name} WHERE account = ? AND {name_of} = ? AND number IS NOT ? LIMIT 1",
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

    def _index(self, name: str, owner: str, column_name: str | None) -> None:
        key = (name, owner, column_name)
        if key not in self._indexed:
            # Where the disk is full it is read without.
            with suppress(sqlite3.OperationalError):
                tables.index(self._connection, *key)
                self._indexed.add(key)

    def page(self, table: Table, scope: Scope, query: Query) -> tuple[list[Row], int]:
        """One page of objects, and how many fit the conditions in all."""
        prepared = self._prepared(table)
        name = prepared.name
        key = scope.key
        selection = prepared.selection(query)
        for indexed in selection.indexed:
            self._index(name, "scope", indexed)
        total = self._totals.get(name, key, query.conditions)
        if total is not None and query.offset >= total:
            return [], total
        values = selection.values(key, query)
        limit = -1 if query.limit is None else min(query.limit, 2**62)
        found = self._connection.execute(
            selection.page, [*values, limit, min(query.offset, 2**62)]
        ).fetchall()
        rows = [Row(number, id_, bytes(text)) for number, id_, text in found]
        if total is None:
            # A page that is not full is the last: where a text is looked for among all objects,
            # counting them would look at each a second time.
            is_last = (bool(rows) or query.offset == 0) and not 0 <= limit <= len(rows)
            total = query.offset + len(rows) if is_last else self._count(selection, values)
            self._totals.keep(name, key, query.conditions, total)
        return rows, total

    def _count(self, selection: Selection, values: list[Cell | bytes]) -> int:
        found = self._connection.execute(selection.count, values).fetchone()
        return int(found[0])

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
            for name in tables.names(self._connection):
                execute(f"DELETE FROM {name}")
            execute("DELETE FROM visits")
            if self._known:
                execute("DELETE FROM numbers")
        self._visited.clear()
        self._forget()
        self.filled += 1

    def snapshot(self) -> bytes:
        """Everything, as the bytes of a database."""
        return tables.snapshot(self._connection)

    def restore(self, snapshot: bytes) -> None:
        """Back to what `snapshot` returned; ValueError when it is something else."""
        staying = [table for table in self._known.values() if table.stays]
        tables.restore(self._connection, snapshot, staying)
        self._forget_tables()
        self.filled += 1
