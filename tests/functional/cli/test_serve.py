"""`trunkline serve`: one line of JSON when it is ready, a clean end on SIGTERM."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).parents[3]
TRUNKLINE = Path(sys.executable).with_name("trunkline")


@pytest.fixture
def served() -> Iterator[tuple["subprocess.Popen[str]", dict[str, object]]]:
    process = subprocess.Popen(
        [TRUNKLINE, "serve", "telnyx", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process, json.loads(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def test_first_line_says_where_it_listens_and_who_may_call(
    served: tuple["subprocess.Popen[str]", dict[str, object]],
) -> None:
    _, told = served

    assert set(told) == {"api", "url", "credentials"}
    assert told["api"] == "telnyx"
    assert isinstance(told["credentials"], dict)
    assert set(told["credentials"]) == {"token", "other_token"}
    token, other = told["credentials"]["token"], told["credentials"]["other_token"]
    made = httpx2.post(
        f"{told['url']}/outbound_voice_profiles",
        json={"name": "office"},
        headers={"Authorization": f"Bearer {token}"},
    )
    address = f"{told['url']}/outbound_voice_profiles/{made.json()['data']['id']}"
    assert httpx2.get(address, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert httpx2.get(address, headers={"Authorization": f"Bearer {other}"}).status_code == 404


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_cleanly(
    served: tuple["subprocess.Popen[str]", dict[str, object]], number: signal.Signals
) -> None:
    process, _ = served
    process.send_signal(number)

    rest, errors = process.communicate(timeout=20)

    assert process.returncode == 0
    assert rest == ""
    assert errors == ""


def test_port_in_use_is_one_message(
    trunkline: Callable[..., "subprocess.CompletedProcess[str]"],
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = trunkline("serve", "telnyx", "--port", str(port))

    assert done.returncode == 2
    assert done.stdout == ""
    assert f"port {port}" in done.stderr
    assert "[R001]" in done.stderr
    assert "Traceback" not in done.stderr
