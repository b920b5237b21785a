"""Objects over a real socket: created, read, changed, deleted, listed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from trunkline.emulator import Running

Make = Callable[..., dict[str, Any]]


def data(answer: httpx2.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


def test_created_objects_are_echoed_completed_and_kept(client: httpx2.Client) -> None:
    answer = client.post(
        "/widgets",
        json={"name": "é", "size": None, "tags": [], "limits": {}, "secret": "s", "unknown": 1,
              "id": "5f0c5c5e-0b5c-4c5c-8c5c-5c5c5c5c5c5c", "part_count": 9},
    )  # fmt: skip
    widget = data(answer, 201)
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", widget["id"])
    assert answer.headers["location"] == f"/v1/widgets/{widget['id']}"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", widget["created_at"])
    assert widget == {
        "id": widget["id"],
        "record_type": "widget",
        "name": "é",
        "colour": "red",
        "size": None,
        "tags": [],
        "limits": {"weekly": 7},
        "part_count": 0,
        "created_at": widget["created_at"],
        "updated_at": widget["created_at"],
    }
    assert widget["id"] != "5f0c5c5e-0b5c-4c5c-8c5c-5c5c5c5c5c5c"
    assert data(client.get(f"/widgets/{widget['id']}")) == widget
    assert data(client.get("/widgets")) == [widget]


def test_update_sets_clears_merges_and_leaves_alone(client: httpx2.Client, make: Make) -> None:
    before = make(size=3, tags=["a", "b"], limits={"daily": 1}, colour="green")
    path = f"/widgets/{before['id']}"
    after = data(client.patch(path, json={"size": None, "tags": ["c"], "limits": {"daily": None}}))
    assert after.pop("updated_at") >= before.pop("updated_at")
    assert after == {
        **before,
        "size": None,
        "tags": ["c"],
        "limits": {"daily": None, "weekly": 7},
    }
    assert data(client.patch(path, json={}))["colour"] == "green"


def test_replace_goes_back_to_defaults(client: httpx2.Client, make: Make) -> None:
    before = make(size=3, tags=["a"], colour="green")
    after = data(client.put(f"/widgets/{before['id']}", json={"name": "b"}))
    assert after["name"] == "b"
    assert after["colour"] == "red"
    assert not {"size", "tags"} & set(after)
    assert (after["id"], after["created_at"]) == (before["id"], before["created_at"])
    missing = client.put("/widgets/none", json={"name": "b"})
    assert missing.status_code == 404


def test_deleted_objects_are_gone(client: httpx2.Client, make: Make) -> None:
    widget, other = make("a"), make("b")
    path = f"/widgets/{widget['id']}"
    assert data(client.delete(path)) == widget
    for method in ("GET", "DELETE", "PATCH", "PUT"):
        body = {"json": {"name": "x"}} if method in ("PATCH", "PUT") else {}
        assert client.request(method, path, **body).status_code == 404
    assert data(client.get("/widgets")) == [other]


def test_accounts_do_not_see_each_other(server: Running, client: httpx2.Client, make: Make) -> None:
    widget = make()
    path = f"/widgets/{widget['id']}"
    headers = {"Authorization": f"Bearer {server.credentials['other_token']}"}
    with httpx2.Client(base_url=server.url, headers=headers) as other:
        assert data(other.get("/widgets")) == []
        for method in ("GET", "DELETE", "PATCH"):
            body = {"json": {"name": "x"}} if method == "PATCH" else {}
            assert other.request(method, path, **body).status_code == 404
        # Unique within an account, not across accounts.
        assert other.post("/widgets", json={"name": widget["name"]}).status_code == 201
    assert data(client.get("/widgets")) == [widget]


def test_unique_members(client: httpx2.Client, make: Make) -> None:
    first, second = make("a"), make("b")
    for answer in (
        client.post("/widgets", json={"name": "a"}),
        client.patch(f"/widgets/{second['id']}", json={"name": "a"}),
    ):
        assert answer.status_code == 409
        assert answer.json()["errors"][0]["source"] == {"pointer": "/name"}
    assert client.patch(f"/widgets/{first['id']}", json={"name": "a"}).status_code == 200


def test_children_belong_to_their_parent(client: httpx2.Client, make: Make) -> None:
    one, two = make("a"), make("b")
    part = data(client.post(f"/widgets/{one['id']}/parts", json={"label": "x"}), 201)
    assert part == {"id": 1, "widget_id": one["id"], "label": "x"}
    assert data(client.get(f"/widgets/{one['id']}/parts")) == [part]
    assert data(client.get(f"/widgets/{two['id']}/parts")) == []
    assert client.get(f"/widgets/{two['id']}/parts/1").status_code == 404
    assert client.get("/widgets/none/parts").status_code == 404
    assert client.post("/widgets/none/parts", json={"label": "x"}).status_code == 404
    assert client.delete(f"/widgets/{one['id']}").status_code == 200
    assert client.get(f"/widgets/{one['id']}/parts/1").status_code == 404


def test_delete_without_content(client: httpx2.Client, make: Make) -> None:
    path = f"/widgets/{make()['id']}/parts"
    client.post(path, json={"label": "x"})
    answer = client.delete(f"{path}/1")
    assert (answer.status_code, answer.content) == (204, b"")
    assert "content-type" not in answer.headers
    assert data(client.get(path)) == []


def test_settings_are_always_there(client: httpx2.Client) -> None:
    assert data(client.get("/settings")) == {"theme": "light"}
    assert data(client.patch("/settings", json={"theme": "dark"})) == {"theme": "dark"}
    assert data(client.get("/settings")) == {"theme": "dark"}


def test_other_operations_answer_as_described(client: httpx2.Client) -> None:
    assert data(client.get("/widgets/count")) == {"count": 0}
    assert data(client.get("/status", headers={"Authorization": "no"})) == "example"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "edcba"),
        ("sort=name", "abcde"),
        ("sort=-name", "edcba"),
        ("sort=created_at", "abcde"),
        ("sort=size", "bdeac"),
        ("page[size]=2", "ed"),
        ("page[size]=2&page[number]=2", "cb"),
        ("page%5Bsize%5D=2&page%5Bnumber%5D=3", "a"),
        ("page[size]=2&page[number]=4", ""),
        ("page[number]=99999999999999999999", ""),
        ("filter[name][contains]=C", "c"),
        ("filter[name][contains]=", "edcba"),
        ("filter%5Bname%5D%5Bcontains%5D=zz", ""),
        ("filter[size]=1", "ca"),
        ("filter[size]=1&sort=name&page[size]=1", "a"),
        ("nobody=knows", "edcba"),
    ],
)
def test_lists(client: httpx2.Client, make: Make, query: str, expected: str) -> None:
    for index, name in enumerate("abcde"):
        make(name, **({"size": 1} if index % 2 == 0 and index < 4 else {}))
    answer = client.get(f"/widgets?{query}")
    assert "".join(widget["name"] for widget in data(answer)) == expected


def test_paging_arithmetic(client: httpx2.Client, make: Make) -> None:
    for name in "abcde":
        make(name)
    meta = client.get("/widgets?page[size]=2&page[number]=3").json()["meta"]
    assert meta == {"page_number": 3, "page_size": 2, "total_pages": 3, "total_results": 5}
    meta = client.get("/widgets?filter[name][contains]=none").json()["meta"]
    assert meta == {"page_number": 1, "page_size": 20, "total_pages": 0, "total_results": 0}


def test_lists_follow_every_change(client: httpx2.Client, make: Make) -> None:
    assert data(client.get("/widgets")) == []
    widget = make("a")
    assert [w["name"] for w in data(client.get("/widgets"))] == ["a"]
    client.patch(f"/widgets/{widget['id']}", json={"name": "b"})
    assert [w["name"] for w in data(client.get("/widgets"))] == ["b"]
    client.delete(f"/widgets/{widget['id']}")
    assert data(client.get("/widgets")) == []


def test_reset_gives_the_same_ids_again(server: Running, client: httpx2.Client, make: Make) -> None:
    first = [make("a")["id"], make("b")["id"]]
    server.reset()
    assert data(client.get("/widgets")) == []
    assert [make("a")["id"], make("b")["id"]] == first
