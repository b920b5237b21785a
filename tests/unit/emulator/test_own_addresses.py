"""Objects tell their own address where they have a property for it: it leads to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from .served import Served
from .test_any_description import ID, body, many, shows

HEAD = """openapi: 3.1.0
info: {title: Boats, version: '1'}
servers: [{url: 'https://boats.example/v2'}]
paths:
"""
REF = "{$ref: '#/components/schemas/Boat'}"
FIELDS = "{type: object, properties: {name: {type: string}, sail: {type: string}}}"


def boats(folder: Path, members: str, request: str = FIELDS, *, example: str = "") -> Served:
    read = shows(200, REF)
    read = read.replace("schema:", f"{example}, schema:", 1) if example else read
    paths = f"""
  /harbours/{{harbour}}/boats:
    parameters: [{{name: harbour, in: path, required: true, schema: {{type: string}}}}]
    get: {{responses: {{{shows(200, many("Boat"))}}}}}
    post: {{{body(request)}, responses: {{{shows(201, REF)}}}}}
  /harbours/{{harbour}}/boats/{{id}}:
    parameters: [{{name: harbour, in: path, required: true, schema: {{type: string}}}}, {ID}]
    get: {{responses: {{{read}, '404': {{description: none}}}}}}
    put: {{{body(request)}, responses: {{{shows(200, REF)}, '404': {{description: none}}}}}}
components:
  schemas:
    Boat: {{type: object, required: [id], properties: {{id: {{type: string, readOnly: true}},
      name: {{type: string}}, {members}}}}}
"""
    return Served(folder, HEAD + paths)


def at(value: Any, path: str) -> Any:
    for name in path.split("."):
        value = value[name]
    return value


LINK = "{type: object, required: [href], properties: {href: {type: string}}}"


@pytest.mark.parametrize(
    ("members", "path"),
    [
        ("self: {type: string}", "self"),
        ("self_url: {type: string}", "self_url"),
        ("href: {type: string}", "href"),
        ("href: {type: string, description: The URI of this resource.}", "href"),
        ("url: {type: string, examples: ['/v2/harbours/north/boats/17']}", "url"),
        (f"_links: {{type: object, properties: {{self: {LINK}}}}}", "_links.self.href"),
        ("links: {type: object, properties: {self: {type: string}}}", "links.self"),
        (f"links: {{type: object, properties: {{self: {LINK}}}}}", "links.self.href"),
    ],
)
def test_relative(tmp_path: Path, members: str, path: str) -> None:
    call = boats(tmp_path, members)
    made = call("POST", "/harbours/north/boats", json_={"name": "A"}).json
    other = call("POST", "/harbours/north/boats", json_={"name": "B"}).json
    assert at(made, path) == f"/v2/harbours/north/boats/{made['id']}"
    assert at(other, path) == f"/v2/harbours/north/boats/{other['id']}"
    assert call("GET", at(made, path).removeprefix("/v2")).json == made
    assert call("GET", "/harbours/north/boats").json == [made, other]


@pytest.mark.parametrize(
    "schema",
    [
        "{type: string, format: uri}",
        "{type: string, examples: ['https://boats.example/v2/harbours/north/boats/17']}",
    ],
)
def test_absolute(tmp_path: Path, schema: str) -> None:
    call = boats(tmp_path, f"url: {schema}")
    made = call("POST", "/harbours/north/boats", json_={"name": "A"}, host="here:81").json
    assert made["url"] == f"http://here:81/v2/harbours/north/boats/{made['id']}"
    assert call("GET", urlsplit(made["url"]).path.removeprefix("/v2")).json == made


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://boats.example/v2/harbours/north/boats/17", True),
        ("https://pictures.example/17.png", False),
    ],
)
def test_as_a_whole_response_shows_it(tmp_path: Path, address: str, own: bool) -> None:
    example = f"example: {{id: '17', url: '{address}'}}"
    call = boats(tmp_path, "url: {type: string}", example=example)
    made = call("POST", "/harbours/north/boats", json_={"name": "A"}, host="here").json
    shown = call("GET", f"/harbours/north/boats/{made['id']}").json
    mine = f"http://here/v2/harbours/north/boats/{made['id']}"
    assert (shown.get("url") == mine) is own


@pytest.mark.parametrize(
    "members",
    [
        "url: {type: string, examples: ['https://pictures.example/17.png']}",
        "url: {type: string, description: Where the picture is.}",
        "url: {type: string, description: This URL can be shared with others.}",
        "picture: {type: object, properties: {href: {type: string}}}",
    ],
)
def test_addresses_of_something_else(tmp_path: Path, members: str) -> None:
    call = boats(tmp_path, members)
    made = call("POST", "/harbours/north/boats", json_={"name": "A"})
    assert "/boats/" not in made.body.decode()


def test_what_requests_set_stays(tmp_path: Path) -> None:
    request = "{type: object, properties: {url: {type: string}}}"
    call = boats(tmp_path, "url: {type: string}", request)
    made = call("POST", "/harbours/north/boats", json_={"url": "/mine"}).json
    assert made["url"] == "/mine"


def test_a_change_leaves_it(tmp_path: Path) -> None:
    call = boats(tmp_path, "self: {type: string}, sail: {type: string}")
    made = call("POST", "/harbours/north/boats", json_={"name": "A"}).json
    place = f"/harbours/north/boats/{made['id']}"
    changed = call("PUT", place, json_={"name": "B", "self": "/elsewhere"}).json
    assert (changed["name"], changed["self"]) == ("B", made["self"])
