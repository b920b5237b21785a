"""What is masked is shown to the request that set it, and to no other."""

from pathlib import Path

import httpx2
import pytest

from trunkline.diagnostics import Severity
from trunkline.emulator import running
from trunkline.pipeline.load import load_api

DESCRIPTION = """
openapi: 3.1.0
info: {title: Users, version: "1"}
paths:
  /users:
    get:
      responses:
        "200":
          description: All.
          content:
            application/json: {schema: {type: array, items: {$ref: "#/components/schemas/User"}}}
    post:
      requestBody: &body
        content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}
      responses: {"201": &user {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}}
  /users/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": *user, "404": {description: None.}}}
    patch: {requestBody: *body, responses: {"200": *user, "404": {description: None.}}}
    put: {requestBody: *body, responses: {"200": *user, "404": {description: None.}}}
    delete: {responses: {"200": *user, "404": {description: None.}}}
components:
  schemas:
    User:
      type: object
      properties: {id: {type: string, readOnly: true}, name: {type: string}, pin: {type: string}}
"""  # noqa: E501  # a description


@pytest.fixture
def client(tmp_path: Path):
    file = tmp_path / "users.yaml"
    file.write_text(DESCRIPTION)
    (tmp_path / "users.emulator.yaml").write_text('resources: {users: {masked: {pin: "****"}}}\n')
    with running(load_api(file).api) as server, httpx2.Client(base_url=server.url) as client:
        yield client


def test_the_request_that_sets_it_is_shown_it(client):
    made = client.post("/users", json={"name": "a", "pin": "1234"}).json()
    assert made["pin"] == "1234"
    place = f"/users/{made['id']}"
    assert client.get(place).json() == made | {"pin": "****"}
    assert client.get("/users").json() == [made | {"pin": "****"}]
    assert client.patch(place, json={"name": "b"}).json()["pin"] == "****"
    assert client.patch(place, json={"pin": "5678"}).json()["pin"] == "5678"
    assert client.patch(place, json={"pin": "5678"}).json()["pin"] == "****", "it was that before"
    assert client.put(place, json={"name": "c", "pin": "9999"}).json()["pin"] == "9999"
    assert client.delete(place).json()["pin"] == "****"


def test_what_is_not_there_is_not_masked(client):
    made = client.post("/users", json={"name": "a"}).json()
    assert "pin" not in client.get(f"/users/{made['id']}").json()


def test_a_mask_is_text(tmp_path: Path):
    file = tmp_path / "users.yaml"
    file.write_text(DESCRIPTION)
    (tmp_path / "users.emulator.yaml").write_text("resources: {users: {masked: {pin: 4}}}\n")
    found = load_api(file, strict=False).diagnostics
    assert [d.code.value for d in found if d.severity is Severity.ERROR] == ["L005"]
