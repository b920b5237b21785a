"""Everything in a database, as bytes."""

from __future__ import annotations

import sqlite3


def taken(connection: sqlite3.Connection) -> bytes:
    """Everything, as the bytes of a database."""
    return connection.serialize()


def put_back(connection: sqlite3.Connection, snapshot: bytes) -> None:
    """Back to what `taken` returned; ValueError when it is something else."""
    if not snapshot.startswith(b"SQLite format 3\0"):
        raise ValueError("not a snapshot")
    other = sqlite3.connect(":memory:")
    try:
        # A file's database says (bytes 18 and 19) that it has a log beside it, which one in memory
        # cannot have.
        other.deserialize(snapshot[:18] + b"\1\1" + snapshot[20:])
        other.execute("SELECT key FROM visits LIMIT 1")
        if other.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise ValueError("the snapshot is damaged")
        other.backup(connection)
    except (sqlite3.Error, OverflowError) as error:
        raise ValueError(f"not a snapshot: {error}") from None
    finally:
        other.close()
