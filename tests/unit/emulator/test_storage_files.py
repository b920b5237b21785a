"""The file that objects are kept in: refused when it cannot be, and never shared."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from trunkline import ir
from trunkline.diagnostics import ExitCode, TrunklineError
from trunkline.emulator.storage.query import Query, Table
from trunkline.emulator.storage.records import Scope
from trunkline.emulator.storage.store import Store

TABLE = Table("things", ())
SCOPE = Scope("account-1")


def refusal(path: Path) -> str:
    with pytest.raises(TrunklineError) as caught:
        Store(path)
    assert caught.value.exit_code is ExitCode.USAGE
    return str(caught.value)


def test_what_cannot_be_the_file_is_told_at_the_start(tmp_path: Path) -> None:
    missing = tmp_path / "no" / "state.sqlite"
    assert "no directory" in refusal(missing)
    assert "directory" in refusal(tmp_path)
    text = tmp_path / "notes.txt"
    text.write_text("These are notes, and long enough to be taken for something else.\n" * 90)
    before = text.read_bytes()
    assert str(text) in refusal(text)
    assert text.read_bytes() == before


def test_half_a_file(tmp_path: Path) -> None:
    whole = tmp_path / "state.sqlite"
    store = Store(whole)
    for number in range(200):
        store.insert(TABLE, SCOPE, str(number), {"text": "x" * 200})
    store.close()
    half = tmp_path / "half.sqlite"
    half.write_bytes(whole.read_bytes()[:5000])
    assert str(half) in refusal(half)


def test_a_damaged_file(tmp_path: Path) -> None:
    """Whose beginning is whole."""
    path = tmp_path / "state.sqlite"
    store = Store(path)
    for number in range(200):
        store.insert(TABLE, SCOPE, str(number), {"text": "x" * 200})
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert "damaged" in refusal(path) or "malformed" in refusal(path)


def test_a_file_that_cannot_be_written_to(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    Store(path).close()
    path.chmod(0o444)
    code = (
        "import sys, pathlib; from trunkline.emulator.storage.store import Store; "
        "Store(pathlib.Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, str(path)]
    if os.access(path, os.W_OK):  # as root may whatever the mode, unless it gives that up
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("whoever runs this may write to any file")
        command = [setpriv, "--inh-caps=-all", "--bounding-set=-dac_override", *command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert f"cannot keep anything in {path}: it cannot be written to" in done.stderr


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE r_kept (a TEXT)")
        other.execute("INSERT INTO r_kept VALUES ('theirs')")
    other.close()
    assert "something else" in refusal(path)
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT a FROM r_kept").fetchall() == [("theirs",)]


def test_a_second_server_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    code = (
        "import sys, pathlib; from trunkline.emulator.storage.store import Store; "
        "Store(pathlib.Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as first:
        assert first.stdout is not None
        assert first.stdin is not None
        assert first.stdout.readline() == b"open\n"
        assert "served by another process" in refusal(path)
        first.stdin.close()
        first.wait(timeout=20)
    Store(path).close()


def test_nothing_is_counted_that_was_not_committed(tmp_path: Path) -> None:
    """A full disk: the change is refused, and what was remembered of it forgotten."""
    store = Store(tmp_path / "state.sqlite")
    store.insert(TABLE, SCOPE, "a", {"n": 1})
    assert store.page(TABLE, SCOPE, Query())[1] == 1
    connection = store._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(sqlite3.OperationalError, match="full"), store.transaction():
        store.insert(TABLE, SCOPE, "b", {"n": "x" * 500_000})
    connection.execute("PRAGMA max_page_count = 1000000")
    rows, total = store.page(TABLE, SCOPE, Query())
    assert ([row.id for row in rows], total) == (["a"], 1)
    assert store.get(TABLE, SCOPE, "b") is None
    store.insert(TABLE, SCOPE, "b", {"n": 2})
    assert store.page(TABLE, SCOPE, Query())[1] == 2


def test_a_full_disk_is_what_the_response_says(tmp_path: Path, api: ir.Api) -> None:
    from trunkline.emulator import Emulator
    from trunkline.emulator.http.messages import HttpRequest

    emulator = Emulator(api, data=tmp_path / "state.sqlite")
    connection = emulator.store._connection
    headers = [
        (b"authorization", b"Bearer trunkline-token-1"),
        (b"content-type", b"application/json"),
    ]

    def create(name: str) -> tuple[int, bytes]:
        body = b'{"name": "%b", "tags": ["%b"]}' % (name.encode(), b"x" * 300_000)
        response = emulator.respond(HttpRequest("POST", b"/v1/widgets", b"", headers, body))
        return response.status, response.body

    assert create("a")[0] == 201
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    status, body = create("b")
    assert status == 507
    assert b"full" in body
