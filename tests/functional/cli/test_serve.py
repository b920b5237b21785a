"""`trunkline serve`: one line of JSON when it is ready, a clean end on SIGTERM."""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
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


SCHEMES = {
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_credentials_can_be_pasted(scheme: str, tmp_path: Path) -> None:
    """What is printed for curl is taken, whatever the scheme."""
    done = {"description": "done", "content": {"application/json": {"schema": {"type": "object"}}}}
    file = tmp_path / "openapi.json"
    file.write_text(
        json.dumps(
            {
                "openapi": "3.1.0",
                "info": {"title": "Shop", "version": "1"},
                "security": [{"way": []}],
                "components": {"securitySchemes": {"way": SCHEMES[scheme]}},
                "paths": {"/orders": {"get": {"responses": {"200": done}}}},
            }
        ),
        "utf-8",
    )
    process = subprocess.Popen(
        [TRUNKLINE, "serve", file], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(4)]
        url, options = told[0].partition(" at ")[2], told[3].removeprefix("in curl: ")
        status = ["curl", "-s", "-o", os.devnull, "-w", "%{http_code}", f"{url}/orders"]
        bare = subprocess.run(status, capture_output=True, text=True, check=True).stdout
        given = [*status, *shlex.split(options)]
        taken = subprocess.run(given, capture_output=True, text=True, check=True).stdout
    finally:
        process.kill()
        process.communicate()
    assert (bare, taken) == ("401", "200")


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


NOTES = """openapi: 3.1.0
info: {title: Notes, version: '1'}
paths:
  /notes:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
      responses: {'201': {description: made, content: {application/json: {schema: {
        $ref: '#/components/schemas/Note'}}}}}
  /notes/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: one, content: {application/json: {schema: {
        $ref: '#/components/schemas/Note'}}}}}
components:
  schemas:
    Note: {type: object, required: [id], properties: {
      id: {type: string, readOnly: true}, title: {type: string}, mood: {type: string}}}
"""


def test_saved_description_is_served_anew_and_objects_stay(tmp_path: Path) -> None:
    file = tmp_path / "notes.yaml"
    file.write_text(NOTES)
    process = subprocess.Popen(
        [TRUNKLINE, "serve", str(file), "--json", "--reload"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        url = json.loads(process.stdout.readline())["url"]
        with httpx2.Client(base_url=url) as client:
            made = client.post("/notes", json={"title": "A"}).json()
            time.sleep(0.5)  # the folder is being watched by then
            file.write_text(NOTES.replace("3.1.0", "'"))
            assert "error" in process.stderr.readline()
            assert client.get(f"/notes/{made['id']}").json() == made
            file.write_text(NOTES.replace("required: [id]", "required: [id, mood]"))
            while "read again" not in process.stderr.readline():
                pass
            shown = client.get(f"/notes/{made['id']}").json()
            assert {k: shown[k] for k in made} == made
            assert isinstance(shown["mood"], str)
            assert client.post("/notes", json={}).status_code == 422
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        assert process.returncode == 0
    finally:
        process.kill()
        process.communicate()
