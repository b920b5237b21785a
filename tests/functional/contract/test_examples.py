"""Examples that failed on one machine are tried first on the next: through a real Redis."""

import shutil
import socket
import subprocess
import time

import pytest

from trunkline import contract
from trunkline.contract.fuzzing import database, run_phases
from trunkline.diagnostics import ExitCode, TrunklineError


@pytest.fixture
def redis_address(tmp_path):
    """A Redis of its own on the loopback."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed (Debian: redis-server)")
    redis = pytest.importorskip("redis", reason="the client of Redis is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen([*command, "--dir", str(tmp_path)], stdout=subprocess.PIPE) as process:
        address = f"redis://127.0.0.1:{port}/0"
        client = redis.Redis.from_url(address)
        for _ in range(200):
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.02)
        yield address
        process.terminate()


def failing(library, library_config, examples, seed):
    """Bodies that made a library fail that fails on emoji, in one run of Schemathesis."""
    seen = []
    with library("emoji-fails") as url:
        config = library_config(url, examples=examples, seed=seed)
        with contract.open_session(config) as session:
            session.client.observers.append(
                lambda e: seen.append(e.request.body) if e.status == 500 else None
            )
            operations = frozenset(o.id for o in session.api.operations)
            run_phases(session, operations, phases=("fuzzing",))
    return set(seen)


def repeated(library, library_config, examples, runs=30):
    """Whether a run with one seed sends a body that failed with another. Not every run fails."""
    known = set()
    for seed in range(3, 3 + runs):
        now = failing(library, library_config, examples, seed)
        if known & now:
            return True
        known |= now
    return False


@pytest.mark.parametrize("kind", [pytest.param("redis", marks=pytest.mark.exhaustive), "folder"])
def test_what_failed_on_one_machine_is_tried_on_the_next(
    kind, request, library, library_config, tmp_path
):
    place = request.getfixturevalue("redis_address") if kind == "redis" else str(tmp_path / "db")
    assert repeated(library, library_config, place)


def test_without_a_place_nothing_is_kept(library, library_config, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert not repeated(library, library_config, None, runs=3)
    assert list(tmp_path.iterdir()) == []


def test_a_redis_that_does_not_answer_is_said_without_its_password():
    with pytest.raises(TrunklineError) as caught:
        database("redis://:secret-word@127.0.0.1:1/0", "library")
    assert caught.value.exit_code is ExitCode.USAGE
    assert "127.0.0.1:1" in str(caught.value)
    assert "secret-word" not in str(caught.value)
