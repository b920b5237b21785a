"""Runs of the command that are ended from outside, at random moments; then a look at the server."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx2
import pytest

from trunkline.diagnostics import ExitCode
from trunkline.emulator import running
from trunkline.pipeline import load_api
from trunkline.semantics import credentials

CARDS = {"TRUNKLINE_TOKEN": "card-of-ada", "TRUNKLINE_OTHER_TOKEN": "card-of-bob"}
COMMAND = (sys.executable, "-c", "from trunkline.cli import main; main()", "test")


def shelves(url):
    return sum(
        httpx2.get(f"{url}/shelves", headers={"X-Library-Card": card}).json()["count"]
        for card in CARDS.values()
    )


@contextmanager
def trunkline(spec, url, state, credentials, *more):
    """`trunkline test` in a process of its own, writing where it stands to `<state>/log`."""
    environment = {**os.environ, **credentials, "XDG_STATE_HOME": str(state)}
    state.mkdir(exist_ok=True)
    with (
        (state / "log").open("w") as log,
        subprocess.Popen(
            [*COMMAND, str(spec), "--base-url", url, *more],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def until(condition, process):
    """Wait for the moment when `condition` holds; fails when the process ends before."""
    while not condition():
        assert process.poll() is None, "the run ended before the moment came"
        time.sleep(0.001)


def journals(state):
    folder = state / "trunkline" / "cleanup log"
    return list(folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def spec(library_loaded):
    return library_loaded.document.file.name


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", [0, pytest.param(1, marks=pytest.mark.exhaustive)])
def test_a_signal_ends_a_run_that_leaves_nothing(library, spec, tmp_path, sign, moment):
    rng = random.Random(f"{sign} {moment}")
    with library() as url, trunkline(spec, url, tmp_path, CARDS) as process:
        until(lambda: shelves(url) > 0, process)
        time.sleep(rng.uniform(0, 0.8))
        process.send_signal(sign)
        process.wait(timeout=60)
        assert shelves(url) == 0
    assert process.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in (tmp_path / "log").read_text()
    assert "interrupted" in (tmp_path / "log").read_text()
    assert journals(tmp_path) == []


def test_after_a_kill_the_next_run_cleans_up(library, spec, tmp_path):
    """Killed again and again on one server; the last run, a short one, leaves it empty."""
    rng = random.Random(7)
    left = []
    with library() as url:
        for _ in range(5):
            with trunkline(spec, url, tmp_path, CARDS) as process:
                before = shelves(url)
                until(lambda before=before: shelves(url) != before, process)
                time.sleep(rng.uniform(0, 0.3))
                process.kill()
                process.wait()
            left.append(shelves(url))
        with trunkline(spec, url, tmp_path, CARDS, "--only", "create-read") as process:
            assert process.wait(timeout=60) == ExitCode.OK
        assert shelves(url) == 0
    assert sum(left) > 0, "no kill hit a moment when something was there"
    assert journals(tmp_path) == []


def listed(server, api, method):
    """How many objects a JSON-RPC method lists."""
    call = {"id": 1, "jsonrpc": "2.0", "method": method, "params": []}
    headers = credentials.apply_credential(
        credentials.primary_scheme(api), server.credentials["token"]
    ).headers
    kind = {"Content-Type": api.rpc.media_type}
    answer = httpx2.post(
        server.url + api.operation(api.rpc.operation).path,
        content=json.dumps(call),
        headers={**headers, **kind},
    )
    assert "result" in answer.json(), answer.text
    return len(answer.json()["result"])


def noted(state, before, deleter):
    """Whether a cleanup log not there before notes an object for `deleter` that is not gone yet."""
    for file in journals(state):
        if file in before:
            continue
        lines = [line for line in file.read_text().splitlines() if deleter in line]
        if lines and "created" in lines[-1]:
            return True
    return False


@pytest.mark.parametrize(
    ("lister", "deleter"),
    [
        ("api-key.all", "api-key.delete"),
        pytest.param(
            "media/library.get_list", "media/library.delete", marks=pytest.mark.exhaustive
        ),
    ],
)
def test_objects_of_json_rpc_methods_are_cleaned_up_too(lister, deleter, tmp_path):
    """Interrupted, and killed with another run after it."""
    api = load_api("callr").api
    rules = ("--only", "rpc-created", "--only", "rpc-reply", "--only", "rpc-params")
    with running(api) as server:
        credentials = {
            "TRUNKLINE_TOKEN": server.credentials["token"],
            "TRUNKLINE_OTHER_TOKEN": server.credentials["other_token"],
        }
        before = listed(server, api, lister)
        found = []
        for number in range(4):
            dead = journals(tmp_path)
            with trunkline("callr", server.url, tmp_path, credentials, *rules) as process:
                until(lambda dead=dead: noted(tmp_path, dead, deleter), process)
                process.send_signal(signal.SIGKILL if number % 2 else signal.SIGTERM)
                process.wait(timeout=60)
            found.append(listed(server, api, lister))
            if number % 2 == 0:
                assert found[-1] == before
        last = ("--only", "rpc-unknown")
        with trunkline("callr", server.url, tmp_path, credentials, *last) as process:
            assert process.wait(timeout=60) == ExitCode.OK
        assert listed(server, api, lister) == before
    assert max(found) > before, "no kill hit a moment when something was there"
    assert journals(tmp_path) == []
