# ruff: noqa: E501  # descriptions
"""One object in responses that describe it differently: each is valid, and nothing is given up."""

import contextlib
from pathlib import Path

import httpx2
import pytest

from trunkline.emulator import running
from trunkline.pipeline.load import load_api

GISTS = """
openapi: 3.0.3
info: {title: Gists, version: "1"}
paths:
  /gists:
    get:
      responses:
        "200": {description: All., content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Base"}}}}}
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [files]
              properties:
                description: {type: string}
                files:
                  type: object
                  additionalProperties: {type: object, required: [content], properties: {content: {type: string}}}
      responses:
        "201": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Simple"}}}}
  /gists/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses:
        "200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Simple"}}}}
        "404": {description: None.}
    delete: {responses: {"204": {description: Gone.}, "404": {description: None.}}}
components:
  schemas:
    Base:
      type: object
      required: [id, files]
      properties:
        id: {type: string}
        description: {type: string}
        files:
          type: object
          additionalProperties: {type: object, properties: {filename: {type: string}, size: {type: integer}}}
    Simple:
      type: object
      properties:
        id: {type: string}
        description: {type: string}
        files:
          type: object
          additionalProperties: {nullable: true, type: object, properties: {filename: {type: string}, size: {type: integer}, content: {type: string}}}
"""
"""A list says less of what is inside an object than reading it does."""

STARS = """
openapi: 3.0.3
info: {title: Stars, version: "1"}
paths:
  /stars:
    post:
      requestBody: {required: true, content: {application/json: {schema: {anyOf: [{$ref: "#/components/schemas/NewStar"}, {$ref: "#/components/schemas/NewRepo"}]}}}}
      responses: {"201": {description: It., content: {application/json: {schema: {anyOf: [{$ref: "#/components/schemas/Star"}, {$ref: "#/components/schemas/Repo"}]}}}}}
    get:
      responses:
        "200":
          description: All.
          content:
            application/json:
              schema:
                anyOf:
                  - {type: array, items: {$ref: "#/components/schemas/Star"}}
                  - {type: array, items: {$ref: "#/components/schemas/Repo"}}
components:
  schemas:
    NewStar: {type: object, required: [at], properties: {at: {type: string}}, additionalProperties: false}
    NewRepo: {type: object, required: [name], properties: {name: {type: string}}, additionalProperties: false}
    Star: {type: object, required: [id, at], properties: {id: {type: integer}, at: {type: string}}}
    Repo: {type: object, required: [id, name], properties: {id: {type: integer}, name: {type: string}}}
"""
"""A list is of one kind of object or of another."""


@pytest.fixture
def served(tmp_path: Path):
    with contextlib.ExitStack() as stack:

        def serve(description: str) -> httpx2.Client:
            file = tmp_path / "api.yaml"
            file.write_text(description)
            server = stack.enter_context(running(load_api(file).api))
            return stack.enter_context(httpx2.Client(base_url=server.url))

        yield serve


def test_what_one_response_does_not_show_is_kept_for_the_others(served):
    client = served(GISTS)
    files = {"a.rb": {"content": "x"}, "b.rb": {"content": ""}}
    made = client.post("/gists", json={"files": files}).json()
    assert made["files"] == files
    assert client.get(f"/gists/{made['id']}").json()["files"] == files
    assert client.get("/gists").json() == [{"id": made["id"], "files": {"a.rb": {}, "b.rb": {}}}]


def test_a_list_of_either_kind_is_of_one_kind(served):
    client = served(STARS)
    client.post("/stars", json={"name": "a"})
    client.post("/stars", json={"at": "now"})
    listed = client.get("/stars").json()
    assert [one["id"] for one in listed] == [1, 2]
    assert {frozenset(one) for one in listed} in (
        {frozenset({"id", "at"})},
        {frozenset({"id", "name"})},
    )
