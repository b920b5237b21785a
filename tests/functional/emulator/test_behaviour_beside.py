"""A behaviour file beside a description that knows nothing of it: HTTP operations, not methods."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from trunkline.emulator import running
from trunkline.pipeline import load_api

DESCRIPTION = """\
openapi: 3.1.0
info: {title: Parcels, version: '1'}
security: [{key: []}]
paths:
  /parcels:
    post:
      operationId: post
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}
      responses:
        '201':
          description: posted
          content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}
        '402': {description: unpaid, content: {application/json: {schema: {type: object}}}}
  /parcels/{id}:
    get:
      operationId: look
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: the parcel
          content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}
        '404': {description: none}
  /hooks:
    post:
      operationId: hook
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Hook'}}}
      responses:
        '201':
          description: made
          content: {application/json: {schema: {$ref: '#/components/schemas/Hook'}}}
  /hooks/{id}:
    get:
      operationId: lookHook
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: the hook
          content: {application/json: {schema: {$ref: '#/components/schemas/Hook'}}}
        '404': {description: none}
webhooks:
  moved:
    post:
      operationId: moved
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties: {parcel: {$ref: '#/components/schemas/Parcel'}}
      responses: {'204': {description: fine}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Parcel:
      type: object
      required: [id, to]
      properties:
        id: {type: string, readOnly: true}
        to: {type: string}
        state: {type: string, enum: [posted, delivered], readOnly: true}
    Hook:
      type: object
      required: [id, url]
      properties: {id: {type: string, readOnly: true}, url: {type: string}, on: {type: string}}
"""

BEHAVIOUR = """\
events:
  subscriptions: {resource: hooks, type: 'on', endpoint: url, id: id}
  body: {event: $event, number: $try, parcel: $data}
  headers: {X-Number: $id}
  delays: [5]
operations:
  post:
    then:
    - need: {$not: {$equals: [$body.to, nowhere]}}
      else: {status: 402, data: Nobody delivers there}
    - find: parcels
      id: $result.id
      as: parcel
    - update: parcel
      set: {state: posted}
    - later: 60
      do:
      - update: parcel
        set: {state: delivered}
      - emit: moved
        data: $parcel
    - return: $parcel
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "parcels.yaml"
    path.write_text(DESCRIPTION)
    (tmp_path / "parcels.emulator.yaml").write_text(BEHAVIOUR)
    return path


def test_states_and_events(spec: Path, listener: Any) -> None:
    with (
        running(load_api(spec).api) as server,
        httpx2.Client(
            base_url=server.url, headers={"X-Key": server.credentials["token"]}
        ) as client,
    ):
        httpx2.put(f"{server.origin}/__trunkline__/clock", json={"freeze": True})
        assert client.post("/hooks", json={"url": listener.url, "on": "moved"}).status_code == 201
        made = client.post("/parcels", json={"to": "Lyon"})
        assert (made.status_code, made.json()["state"]) == (201, "posted")
        id_ = made.json()["id"]
        assert client.get(f"/parcels/{id_}").json()["state"] == "posted"
        httpx2.put(f"{server.origin}/__trunkline__/clock", json={"move": 60})
        assert client.get(f"/parcels/{id_}").json()["state"] == "delivered"
        (heard,) = listener.heard
        assert heard.json == {
            "event": "moved",
            "number": 0,
            "parcel": {"id": id_, "to": "Lyon", "state": "delivered"},
        }
        assert heard.headers["x-number"]
        refused = client.post("/parcels", json={"to": "nowhere"})
        assert refused.status_code == 402


def test_a_mistake_is_told_before_anything_is_served(spec: Path) -> None:
    beside = spec.with_name("parcels.emulator.yaml")
    beside.write_text(BEHAVIOUR.replace("emit: moved", "emit: mvoed"))
    for command in ("serve", "validate"):
        done = subprocess.run(
            [str(Path(sys.executable).with_name("trunkline")), command, str(spec)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 1
        assert "parcels.emulator.yaml:20:15: error: there is no webhook 'mvoed'" in (
            done.stderr + done.stdout
        )
        assert "Did you mean 'moved'?" in done.stderr + done.stdout


@pytest.mark.parametrize(
    "script",
    [
        "\n".join(["    - let: {a: [1, 2]}", *["    - let: {a: [$a, $a]}"] * 60]),
        "\n".join(["    - let: {a: xxxx}", *["    - let: {a: {$text: [$a, $a]}}"] * 60]),
        "\n".join(["    - let: {a: xxxx}", *["    - let: {a: {$text: '{a}{a}'}}"] * 60]),
        "    - return: " + "{$map: {of: {$range: 1000}, to: " * 6 + "1" + "}}" * 6,
        "\n".join(
            f"{' ' * (4 + 4 * i)}- each: {{$range: 1000}}\n{' ' * (6 + 4 * i)}do:" for i in range(6)
        )
        + f"\n{' ' * 28}- return: 1",
    ],
    ids=["lists", "texts", "templates", "maps", "loops"],
)
def test_scripts_that_grow_without_end(spec: Path, script: str) -> None:
    beside = spec.with_name("parcels.emulator.yaml")
    beside.write_text(f"operations:\n  post:\n    then:\n{script}\n")
    with running(load_api(spec).api) as server:
        headers = {"X-Key": server.credentials["token"]}
        answer = httpx2.post(
            f"{server.url}/parcels", json={"to": "Lyon"}, headers=headers, timeout=60
        )
        assert answer.status_code == 500
        assert httpx2.get(f"{server.url}/parcels/x", headers=headers).status_code == 404
