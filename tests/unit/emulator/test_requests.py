"""Requests that are refused, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from trunkline import ir
from trunkline.diagnostics import Code, TrunklineError
from trunkline.emulator import Running, running
from trunkline.emulator.http.asgi import MAX_BODY

Make = Callable[..., dict[str, Any]]
JSON = {"Content-Type": "application/json"}


def error(answer: httpx2.Response) -> dict[str, Any]:
    found = answer.json()["errors"]
    assert answer.headers["content-type"] == "application/json"
    return found[0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer nope", "trunkline-token-1", "Basic dHJ1bmtsaW5lLXRva2VuLTE6",
     "Bearer trunkline-token-1x", "Bearer TRUNKLINE-TOKEN-1", "Bearer trunkline-token-1, x"],
)  # fmt: skip
def test_credentials_are_needed(server: Running, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = httpx2.get(f"{server.url}/widgets", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert error(answer)["code"] == "401"


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/name"}),
        ({"name": ""}, {"/name"}),
        ({"name": "x" * 41}, {"/name"}),
        ({"name": None}, {"/name"}),
        ({"name": 5}, {"/name"}),
        ({"name": "a", "size": "5"}, {"/size"}),
        ({"name": "a", "size": 0}, {"/size"}),
        ({"name": "a", "size": 11}, {"/size"}),
        ({"name": "a", "size": True}, {"/size"}),
        ({"name": "a", "size": 1.5}, {"/size"}),
        ({"name": "a", "colour": "blue"}, {"/colour"}),
        ({"name": "a", "colour": None}, {"/colour"}),
        ({"name": "a", "tags": ["b", 1]}, {"/tags/1"}),
        ({"name": "a", "limits": {"daily": -1}}, {"/limits/daily"}),
        ({"size": 0, "colour": "x"}, {"/name", "/size", "/colour"}),
        ([], {""}),
        ("a", {""}),
        (None, {""}),
    ],
)
def test_invalid_bodies(client: httpx2.Client, body: Any, pointers: set[str]) -> None:
    answer = (
        client.post("/widgets", json=body)
        if body is not None
        else client.post("/widgets", content=b"null", headers=JSON)
    )
    assert answer.status_code == 422
    found = answer.json()["errors"]
    assert {e.get("source", {}).get("pointer", "") for e in found} == pointers
    assert client.get("/widgets").json()["data"] == []


@pytest.mark.parametrize(
    "content",
    [b"{", b'{"name":"a","name":"b"}', b'{"name":NaN}', b"\xff\xfe", b'{"name":"a"}}', b"[" * 5000,
     b'{"name":"\\ud800"}', b"\x00"],
)  # fmt: skip
def test_malformed_bodies(client: httpx2.Client, content: bytes) -> None:
    answer = client.post("/widgets", content=content, headers=JSON)
    assert answer.status_code == 422
    assert "malformed" in error(answer)["detail"]


def test_missing_body(client: httpx2.Client) -> None:
    assert client.post("/widgets").status_code == 422
    assert client.post("/widgets", headers=JSON).status_code == 422


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/xml", "application/jsonx", "json", "", "*/*",
     "application/json; charset=utf-16", "application/x-www-form-urlencoded"],
)  # fmt: skip
def test_unsupported_media_types(client: httpx2.Client, media_type: str) -> None:
    answer = client.post("/widgets", content=b'{"name":"a"}', headers={"Content-Type": media_type})
    assert answer.status_code == 415
    assert answer.headers["accept"] == "application/json"


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"',
     "application/json;odata=verbose"],
)  # fmt: skip
def test_supported_media_types(client: httpx2.Client, media_type: str) -> None:
    answer = client.post("/widgets", content=b'{"name":"a"}', headers={"Content-Type": media_type})
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("page[size]=51", "page[size]"),
        ("page[size]=0", "page[size]"),
        ("page[number]=x", "page[number]"),
        ("page[number]=1.0", "page[number]"),
        ("page%5Bnumber%5D=-1", "page[number]"),
        ("page[size]=1&page[size]=2", "page[size]"),
        ("sort=colour", "sort"),
        ("filter[size]=big", "filter[size]"),
    ],
)
def test_invalid_parameters(client: httpx2.Client, query: str, name: str) -> None:
    answer = client.get(f"/widgets?{query}")
    assert answer.status_code == 422
    assert error(answer)["source"] == {"parameter": name}


def test_path_parameters_are_checked(client: httpx2.Client, make: Make) -> None:
    path = f"/widgets/{make()['id']}/parts"
    for id_ in ("x", "0", "01", "1.5"):
        answer = client.get(f"{path}/{id_}")
        assert answer.status_code == 422
        assert error(answer)["source"] == {"parameter": "id"}


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("*/*", 200),
        ("application/json", 200),
        ("application/*;q=0.1", 200),
        ("text/html, application/json;q=0.5", 200),
        ("text/html", 406),
        ("application/json;q=0", 406),
        ("*/*, application/json;q=0", 406),
        ("application/xml, text/*", 406),
    ],
)
def test_accept(client: httpx2.Client, accept: str, status: int) -> None:
    assert client.get("/widgets", headers={"Accept": accept}).status_code == status


def test_methods(client: httpx2.Client, make: Make) -> None:
    path = f"/widgets/{make()['id']}"
    for method in ("POST", "TRACE", "LOCK"):
        answer = client.request(method, path)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"
    answer = client.options(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"
    got, headed = client.get(path), client.head(path)
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed.headers["content-length"] == got.headers["content-length"]
    assert client.head("/widgets/none").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/widgets/", "/widgets/..", "/widgets/%2e%2e/settings", "/widgets/%00",
     "/widgets/a%2Fb", "/widgets/%ff", "/widgets/%zz", "/widgets/" + "x" * 8000, "//widgets"],
)  # fmt: skip
def test_unknown_paths(client: httpx2.Client, server: Running, path: str) -> None:
    answer = client.get(httpx2.URL(server.origin, raw_path=f"/v1{path}".encode()))
    assert answer.status_code == 404
    assert error(answer)["code"] == "404"


def test_large_bodies(client: httpx2.Client) -> None:
    answer = client.post("/widgets", content=b" " * (MAX_BODY + 1), headers=JSON)
    assert answer.status_code == 413

    def pieces() -> Any:
        for _ in range(MAX_BODY // 2**20 + 2):
            yield b" " * 2**20

    answer = client.post("/widgets", content=pieces(), headers=JSON)
    assert answer.status_code == 413
    assert client.get("/widgets").status_code == 200


@pytest.mark.parametrize(
    ("prefer", "status"),
    [("code=404", 404), ("code=422", 422), ("code=201", 404), ("code=x", 422), ("example=no", 404),
     ("return=minimal", 200), ("code=200;example=no", 404)],
)  # fmt: skip
def test_prefer(client: httpx2.Client, prefer: str, status: int) -> None:
    assert client.get("/widgets", headers={"Prefer": prefer}).status_code == status


def test_a_port_in_use(api: ir.Api, server: Running) -> None:
    with pytest.raises(TrunklineError) as caught, running(api, server.port):
        pass  # pragma: no cover
    assert caught.value.diagnostics[0].code is Code.PORT_IN_USE
    assert str(server.port) in str(caught.value)


def test_an_unknown_defect_is_a_message(api: ir.Api) -> None:
    with (
        pytest.raises(TrunklineError, match="update-not-kept"),
        running(api, defects=["update-not-keptt"]),
    ):
        pass  # pragma: no cover
