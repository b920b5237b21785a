"""The tables in the database: made, made again when the description changed, and everything in
them as bytes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeAlias

from trunkline.diagnostics import Code, TrunklineError
from trunkline.emulator.storage.query import Table

Kept: TypeAlias = "tuple[int, str, str, str, bytes]"
"""Number, scope, account, id and text of an object."""


APPLICATION: Final = 0x74726B6C
"""SQLite's application id of the files that objects are kept in."""
_CHECKED: Final = 64 * 1024 * 1024
"""Bytes of the longest file that is looked through at the start, in a tenth of a second."""
_WAIT: Final = 0.5
"""Seconds after which a file that another process serves is given up."""


def opened(path: Path | None) -> sqlite3.Connection:
    """The database in a file, or in memory. `TrunklineError` when the file cannot be used: it is
    something else, cannot be written, or another server has it."""
    if path is None:
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        _begin(connection)
        keep_way_back(connection, False)
        return connection
    try:
        connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, timeout=_WAIT
        )
        try:
            # Two servers with one file would each believe what they remember of it.
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            if not _is_ours(connection):
                raise TrunklineError.usage(
                    Code.BAD_VALUE,
                    f"{path} is a database of something else",
                    hint="choose another file for --data",
                )
            if path.stat().st_size <= _CHECKED and not _is_whole(connection):
                raise sqlite3.DatabaseError("it is damaged")
            connection.execute("PRAGMA journal_mode=WAL")
            # The log is written before a change is answered: killing the process loses nothing.
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(f"PRAGMA application_id={APPLICATION}")
            _begin(connection)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"cannot keep anything in {path}: {_reason(path, error)}"
        ) from None
    return connection


def keep_way_back(connection: sqlite3.Connection, keep: bool) -> None:
    """Whether a database in memory can roll back: only what changes several things has to. One
    statement is done or refused as a whole without, and in a third less time."""
    connection.execute(f"PRAGMA journal_mode={'MEMORY' if keep else 'OFF'}")


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA case_sensitive_like=ON")
    connection.execute("BEGIN IMMEDIATE")  # a file that cannot be written says so now
    connection.execute("CREATE TABLE IF NOT EXISTS visits (key TEXT PRIMARY KEY)")
    connection.execute("COMMIT")


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the file is empty, or one that a server has kept objects in."""
    found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    marked = connection.execute("PRAGMA application_id").fetchone()[0]
    return marked == APPLICATION or not found or (not marked and "visits" in found)


def _is_whole(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")


def _reason(path: Path, error: sqlite3.Error) -> str:
    if path.is_dir():
        return "it is a directory"
    if not path.parent.is_dir():
        return f"there is no directory {path.parent}"
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        return "it cannot be written to"
    text = str(error)
    if "locked" in text:
        return "it is served by another process"
    return text


def build(connection: sqlite3.Connection, table: Table) -> list[Kept]:
    """Make the table if it is not there. Where its columns are others than they were, it is empty
    afterwards and what it held is returned, to be written again."""
    name = table.sql_name
    columns = [f"k{index}" for index in range(len(table.keys))]
    definition = repr([(key.member, key.fold) for key in table.keys])
    execute = connection.execute
    execute("CREATE TABLE IF NOT EXISTS tables (name TEXT PRIMARY KEY, keys TEXT)")
    execute("CREATE TABLE IF NOT EXISTS numbers (name TEXT PRIMARY KEY, last INTEGER)")
    row = execute("SELECT keys FROM tables WHERE name = ?", (name,)).fetchone()
    old: list[Kept] = []
    if row is not None and row[0] == definition:
        return old
    if row is not None:
        old = execute(f"SELECT number, scope, account, id, text FROM {name}").fetchall()
        execute(f"DROP TABLE {name}")
    more = "".join(f", {column}" for column in columns)
    execute(
        f"CREATE TABLE IF NOT EXISTS {name} (number INTEGER PRIMARY KEY, "
        f"scope TEXT NOT NULL, account TEXT NOT NULL, id TEXT NOT NULL, "
        f"text BLOB NOT NULL{more}, UNIQUE (scope, id))"
    )
    execute("INSERT OR REPLACE INTO tables VALUES (?, ?)", (name, definition))
    return old


def last_number(connection: sqlite3.Connection, name: str) -> int:
    """The highest number that an object of a table has had."""
    highest = connection.execute(f"SELECT max(number) FROM {name}").fetchone()[0]
    noted = connection.execute("SELECT last FROM numbers WHERE name = ?", (name,)).fetchone()
    return max(highest or 0, noted[0] if noted else 0)


def note_number(connection: sqlite3.Connection, name: str, last: int) -> None:
    """Remember the highest number where its object is about to go. SQLite could do so by itself
    (AUTOINCREMENT), with each object that is made."""
    connection.execute("INSERT OR REPLACE INTO numbers VALUES (?, ?)", (name, last))


def index(connection: sqlite3.Connection, name: str, owner: str, column: str | None) -> None:
    """Let objects be found by a column, None: by their age, without looking at all of them. Made
    when first asked for, because every index makes writing slower. `owner`: scope or account."""
    called = f"{name}_age" if column is None else f"{name}_{owner}_{column}"
    columns = f"{owner}, number" if column is None else f"{owner}, {column}, number"
    connection.execute(f"CREATE INDEX IF NOT EXISTS {called} ON {name} ({columns})")


def names(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold objects."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'r_*'"
    ).fetchall()
    return [row[0] for row in rows]


def snapshot(connection: sqlite3.Connection) -> bytes:
    """Everything, as the bytes of a database."""
    return connection.serialize()


def restore(connection: sqlite3.Connection, data: bytes, staying: Iterable[Table] = ()) -> None:
    """Back to what `snapshot` returned, but for the tables that stay; ValueError when it is
    something else."""
    columns = "number, scope, account, id, text"
    stay = {
        t: connection.execute(f"SELECT {columns} FROM {t.sql_name}").fetchall() for t in staying
    }
    if not data.startswith(b"SQLite format 3\0"):
        raise ValueError("not a snapshot")
    other = sqlite3.connect(":memory:")
    try:
        # A file's database says (bytes 18 and 19) that it has a log beside it, which one in memory
        # cannot have.
        other.deserialize(data[:18] + b"\1\1" + data[20:])
        other.execute("SELECT key FROM visits LIMIT 1")
        if other.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise ValueError("the snapshot is damaged")
        for table, rows in stay.items():
            build(other, table)
            other.execute(f"DELETE FROM {table.sql_name}")
            other.executemany(
                f"INSERT INTO {table.sql_name} ({columns}) VALUES (?, ?, ?, ?, ?)", rows
            )
        other.commit()
        other.backup(connection)
    except (sqlite3.Error, OverflowError) as error:
        raise ValueError(f"not a snapshot: {error}") from None
    finally:
        other.close()
