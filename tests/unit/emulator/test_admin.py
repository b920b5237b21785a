"""The reserved prefix, over a real socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from trunkline.emulator import Running

Make = Callable[..., dict[str, Any]]


@pytest.fixture
def admin(server: Running) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=f"{server.origin}/__trunkline__") as client:
        yield client
        client.delete("/faults")


def test_reset(client: httpx2.Client, admin: httpx2.Client, make: Make) -> None:
    make()
    assert admin.get("/").json()["objects"]["widgets"] == {"account-1": 1, "account-2": 0}
    assert admin.post("/reset").status_code == 204
    assert client.get("/widgets").json()["data"] == []


def test_snapshot_and_restore(client: httpx2.Client, admin: httpx2.Client, make: Make) -> None:
    kept = make("kept")
    snapshot = admin.get("/snapshot").content
    client.delete(f"/widgets/{kept['id']}")
    make("other")
    assert admin.put("/snapshot", content=snapshot).status_code == 204
    assert client.get("/widgets").json()["data"] == [kept]
    for wrong in (b"", b"nonsense", snapshot[:1000], b"\0" * 100):
        assert admin.put("/snapshot", content=wrong).status_code == 400
    assert client.get("/widgets").json()["data"] == [kept]


def test_objects_with_a_given_id(client: httpx2.Client, admin: httpx2.Client) -> None:
    id_ = "00000000-0000-4000-8000-000000000001"
    body = {"id": id_, "object": {"name": "seeded", "part_count": 7}}
    made = admin.post("/objects/widgets", json=body)
    assert made.status_code == 201
    shown = client.get(f"/widgets/{id_}").json()["data"]
    assert shown == made.json()
    assert (shown["id"], shown["name"], shown["part_count"]) == (id_, "seeded", 7)
    assert admin.get("/objects/widgets").json() == [shown]
    assert admin.post("/objects/widgets", json=body).status_code == 409
    for wrong in (
        {"id": "no uuid"},
        {"object": {"name": 5}},
        {"object": []},
        {"account": "nobody"},
        {"parents": ["x"]},
    ):
        assert admin.post("/objects/widgets", json=wrong).status_code == 400
    assert admin.post("/objects/nothing", json={}).status_code == 404
    assert len(client.get("/widgets").json()["data"]) == 1


def test_requests_are_remembered_without_secrets(
    client: httpx2.Client, admin: httpx2.Client, server: Running
) -> None:
    client.post("/widgets?api_key=abc", json={"name": "n", "secret": 'hush "x"', "a": 1})
    seen = admin.get("/requests").json()
    assert [(e["method"], e["path"], e["status"]) for e in seen] == [("POST", "/v1/widgets", 201)]
    text = admin.get("/requests").text
    assert server.credentials["token"] not in text
    assert "hush" not in text
    assert "abc" not in text
    assert '\\"a\\":1' in text
    admin.delete("/requests")
    assert admin.get("/requests").json() == []


def test_clock(client: httpx2.Client, admin: httpx2.Client, make: Make) -> None:
    admin.put("/clock", json={"freeze": "2030-01-02T03:04:05+01:00"})
    assert make("a")["created_at"] == "2030-01-02T02:04:05.000Z"
    admin.put("/clock", json={"move": 86400.5})
    assert make("b")["created_at"] == "2030-01-03T02:04:05.500Z"
    admin.put("/clock", json={"run": True})
    assert not make("c")["created_at"].startswith("2030")
    for wrong in (
        {"freeze": "soon"},
        {"freeze": "2030-01-01T00:00:00"},
        {"move": 1e300},
        {"x": 1},
        [],
    ):
        assert admin.put("/clock", json=wrong).status_code == 400


def test_error_statuses(client: httpx2.Client, admin: httpx2.Client) -> None:
    rule = {"kind": "status", "status": 429, "retry_after": 3, "method": "GET", "times": 2}
    assert admin.put("/faults", json=[rule]).status_code == 200
    for _ in range(2):
        answer = client.get("/widgets")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
        assert answer.json()["errors"][0]["code"] == "429"
    assert client.get("/widgets").status_code == 200


def test_probability_is_reproducible(client: httpx2.Client, admin: httpx2.Client) -> None:
    rule = {"kind": "status", "status": 503, "path": "/v1/wid*", "probability": 0.5, "seed": 4}
    runs = []
    for _ in range(2):
        admin.put("/faults", json=[rule])
        runs.append([client.get("/widgets").status_code for _ in range(20)])
    assert runs[0] == runs[1]
    assert set(runs[0]) == {200, 503}
    assert client.get("/settings").status_code == 200


@pytest.mark.parametrize(
    ("kind", "error"),
    [("drop", httpx2.RemoteProtocolError), ("truncate", httpx2.RemoteProtocolError)],
)
def test_broken_connections(
    client: httpx2.Client, admin: httpx2.Client, kind: str, error: type[Exception]
) -> None:
    admin.put("/faults", json=[{"kind": kind}])
    with pytest.raises((error, httpx2.ReadError)):
        client.get("/widgets")
    admin.delete("/faults")
    assert client.get("/widgets").status_code == 200


def test_malformed_and_late_answers(client: httpx2.Client, admin: httpx2.Client) -> None:
    admin.put("/faults", json=[{"kind": "latency", "seconds": 0.3}, {"kind": "malformed"}])
    with pytest.raises(httpx2.ReadTimeout):
        client.get("/widgets", timeout=0.05)
    answer = client.get("/widgets")
    with pytest.raises(ValueError):
        answer.json()


@pytest.mark.parametrize(
    "rules",
    [
        {},
        [5],
        [{}],
        [{"kind": "fire"}],
        [{"kind": "drop", "x": 1}],
        [{"kind": "drop", "times": "1"}],
        [{"kind": "status", "status": 200}],
        [{"kind": "latency", "seconds": 1e9}],
        [{"kind": "drop", "probability": 2}],
    ],
)
def test_rules_that_make_no_sense(admin: httpx2.Client, rules: Any) -> None:
    answer = admin.put("/faults", json=rules)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert admin.get("/faults").json() == []


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
def test_other_origins_are_refused(admin: httpx2.Client, headers: dict[str, str]) -> None:
    assert admin.post("/reset", headers=headers).status_code == 403


def test_what_is_not_there(admin: httpx2.Client) -> None:
    assert admin.get("/nothing").status_code == 404
    answer = admin.get("/reset")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_objects_are_edited_and_deleted(
    client: httpx2.Client, admin: httpx2.Client, make: Make
) -> None:
    made = make("first")
    shown = admin.get("/objects/widgets?ids=true").json()
    assert (shown["objects"], shown["ids"]) == ([made], [made["id"]])
    changed = {**made, "name": "second"}
    saved = admin.put("/objects/widgets", json={"id": made["id"], "object": changed})
    assert (saved.status_code, saved.json()) == (200, changed)
    assert client.get(f"/widgets/{made['id']}").json()["data"] == changed
    for wrong in (
        {"id": made["id"], "object": {**made, "name": 5}},
        {"id": made["id"], "object": {**made, "id": "00000000-0000-4000-8000-000000000001"}},
    ):
        assert admin.put("/objects/widgets", json=wrong).status_code == 400
    assert admin.put("/objects/widgets", json={"id": "x", "object": made}).status_code == 404
    assert admin.delete(f"/objects/widgets?id={made['id']}&account=account-2").status_code == 404
    assert admin.delete(f"/objects/widgets?id={made['id']}").status_code == 204
    assert client.get(f"/widgets/{made['id']}").status_code == 404


def test_calls_to_try_are_valid(server: Running, admin: httpx2.Client, make: Make) -> None:
    make("newest")
    listed = admin.get("/operations").json()
    assert {"id", "method", "path", "summary"} == set(listed[0])
    assert len(listed) == len(server.emulator.api.operations)
    for one in listed:
        call = admin.get(f"/operations/{one['id']}").json()
        path, query, headers = call["path"], list(map(tuple, call["query"])), dict(call["headers"])
        for parameter in call["parameters"]:
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", parameter["value"])
            elif parameter["value"] and parameter["in"] == "query":
                query.append((parameter["name"], parameter["value"]))
            elif parameter["value"]:
                headers[parameter["name"]] = parameter["value"]
        if one["path"] == "/widgets/{id}":
            assert path.rpartition("/")[2] in admin.get("/objects/widgets?ids=true").json()["ids"]
        if call["body"]:
            headers["content-type"] = call["body"]["media_type"]
        text = call["body"]["text"] if call["body"] else ""
        if one["method"] == "DELETE":
            continue
        reply = httpx2.request(
            one["method"], server.origin + path, params=query, headers=headers, content=text
        )
        assert reply.status_code not in (400, 401, 415, 422), (one, reply.text)
    assert admin.get("/operations/nothing").status_code == 404
