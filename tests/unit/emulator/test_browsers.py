"""Programs in browsers may read what they are allowed to, and errors always say why."""

from __future__ import annotations

from pathlib import Path

import pytest

from .served import Served

API = """
openapi: 3.1.0
info: {title: Tags, version: '1'}
paths:
  /tags:
    get: {responses: {'200': {description: d, content: {application/json: {schema:
      {type: array, items: {type: object, properties: {name: {type: string}}}}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object,
        required: [name], properties: {name: {type: string}}}}}}
      responses:
        '201': {description: d}
        '422': {description: wrong}
        '400': {description: wrong, content: {application/json: {schema: {type: object,
          properties: {message: {type: string}}}}}}
"""
HERE = "http://localhost:3000"
ELSEWHERE = "https://page.example"


def test_a_page_of_this_machine_may_read(tmp_path: Path) -> None:
    call = Served(tmp_path, API)
    for origin in (HERE, "http://127.0.0.1:8000", "http://[::1]:1", "http://app.localhost"):
        headers = call("GET", "/tags", origin=origin).headers
        assert headers["access-control-allow-origin"] == origin
        assert "origin" in headers["vary"]
    refused = call("POST", "/tags", json_={}, origin=HERE)
    assert refused.headers["access-control-allow-origin"] == HERE
    assert call("GET", "/none", origin=HERE).headers["access-control-allow-origin"] == HERE


def test_a_preflight_is_answered(tmp_path: Path) -> None:
    asked = Served(tmp_path, API)(
        "OPTIONS",
        "/tags",
        origin=HERE,
        access_control_request_method="POST",
        access_control_request_headers="content-type, x-own",
    )
    assert asked.status == 204
    assert "POST" in asked.headers["access-control-allow-methods"]
    assert asked.headers["access-control-allow-headers"] == "content-type, x-own"


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        ((), ELSEWHERE, False),
        ((), "http://localhost.evil.example", False),
        ((), "null", False),
        ((ELSEWHERE,), ELSEWHERE, True),
        ((ELSEWHERE,), "https://other.example", False),
        (("*",), ELSEWHERE, True),
        (("none",), HERE, False),
    ],
)
def test_who_may_read(tmp_path: Path, origins: tuple[str, ...], origin: str, allowed: bool) -> None:
    headers = Served(tmp_path, API, cors=origins)("GET", "/tags", origin=origin).headers
    assert ("access-control-allow-origin" in headers) is allowed
    assert "access-control-allow-origin" not in Served(tmp_path, API)("GET", "/tags").headers


def test_errors_without_a_place_for_it_say_why_in_a_header(tmp_path: Path) -> None:
    refused = Served(tmp_path, API)("POST", "/tags", json_={})
    assert (refused.status, refused.body) == (422, b"")
    assert refused.headers["x-trunkline-reason"] == '"name" is a required property'


def test_errors_with_a_place_for_it_say_it_there(tmp_path: Path) -> None:
    malformed = Served(tmp_path, API)("POST", "/tags", data=b"{", content_type="application/json")
    assert malformed.status == 400
    assert "malformed" in malformed.json["message"]
    assert "x-trunkline-reason" not in malformed.headers
