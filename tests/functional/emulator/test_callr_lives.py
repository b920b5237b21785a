"""Whole lives of objects, creation to end, through the vendor's client and through ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import callr
import httpx2
import pytest
from trunkline_callr import Callr
from trunkline_callr.errors import RpcError

from trunkline.emulator import Running, running
from trunkline.pipeline import load_api

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(load_api("callr").api) as handle:
        yield handle


def plain(value: Any) -> Any:
    """A result as the JSON that it came as."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value.model_dump(mode="json", by_alias=True) if hasattr(value, "model_dump") else value


@pytest.fixture(params=["vendor", "ours"])
def call(request: pytest.FixtureRequest, server: Running) -> Iterator[Call]:
    """`call("apps.create", …)`: the result, or the code of the error."""
    server.reset()
    token = server.credentials["token"]
    if request.param == "vendor":
        api = callr.Api("login", token)
        api.set_api_url(f"{server.origin}/json-rpc/v1.1/")

        def vendors(method: str, *params: Any) -> Any:
            try:
                return api.call(method, *params)
            except callr.CallrException as error:
                return error.code

        yield vendors
        return
    with Callr(base_url=server.url, username="login", password=token) as client:

        def ours(method: str, *params: Any) -> Any:
            place: Any = client
            for name in method.replace("/", ".").split("."):
                place = getattr(place, name)
            try:
                return plain(place(*params))
            except RpcError as error:
                return error.code

        yield ours


def test_a_sub_account(call: Call, server: Running) -> None:
    sub = call("account/sub.create", {"account": {"company": "Shop"}}, {})
    name = sub["credentials"]["login"]
    assert sub["credentials"]["password"]
    edited = call("account/sub.edit", name, {"contact": {"emails": ["a@example.com"]}}, {})
    assert edited["contact"]["emails"] == ["a@example.com"]
    assert edited["account"]["company"] == "Shop"
    assert call("account/sub.transfer_credit", "00000000", name, "12.50", {}) is True
    (found,) = call("account/sub.search", {"archived": False}, {})["hits"]
    assert found["state"]["credit"] == "12.50"
    assert call("account/sub.disable", name) is True
    (found,) = call("account/sub.search", {"archived": False}, {})["hits"]
    assert found["state"]["disabled"] is True
    assert call("account/sub.enable", name) is True
    assert call("account/sub.get", name)["state"]["disabled"] is False
    assert call("account/sub.get_quota")["actual"] == 1
    job = call("account/sub.archive", name, None)
    assert call("jobs.get", job)["status"] == "PENDING"
    httpx2.put(f"{server.origin}/__trunkline__/clock", json={"move": 1}).raise_for_status()
    assert call("jobs.get", job)["status"] == "DONE"
    assert call("account/sub.search", {"archived": False}, {})["hits"] == []
    (kept,) = call("account/sub.search", {"archived": True}, {})["hits"]
    assert kept["credentials"]["login"] == name
    call("account/sub.unarchive", name)
    assert len(call("account/sub.search", {"archived": False}, {})["hits"]) == 1
    assert call("account/sub.get", "00000000") == 151


def test_an_app(call: Call) -> None:
    app = call("apps.create", "CLICKTOCALL10", "my app", {})
    assert call("apps.get", app["hash"]) == app
    medias = {"A_welcome": 5}
    edited = call("apps.edit", app["hash"], "renamed", {"medias": medias})
    assert (edited["name"], edited["p"]["medias"]["A_welcome"]) == ("renamed", 5)
    assert [a["hash"] for a in call("apps.get_list", True)] == [app["hash"]]
    assert call("apps.delete", app["hash"]) is True
    assert call("apps.get", app["hash"]) == 151
    assert call("apps.get_list", True) == []


def test_a_media(call: Call) -> None:
    media = call("media/library.create", "bell")
    assert call("media/library.set_name", media, "ring") is True
    assert call("media/library.set_tags", media, {"place": ["hall"]}) is True
    assert call("media/library.set_content", media, "Hello", "aGVsbG8=") is True
    shown = call("media/library.get", media)
    assert (shown["name"], shown["tags"]) == ("ring", {"place": ["hall"]})
    assert shown["status"] != "PENDING_CONTENT"
    assert call("media/library.get_list", None)[str(media)]["name"] == "ring"
    call("media/library.create", "another")
    found = call("media/library.search", {"name": "ring"}, {})
    assert ([hit["id"] for hit in found["hits"]], found["total"]) == ([media], 1)
    assert call("media/library.delete", media) is True
    assert call("media/library.get", media) == 115


def test_a_number(call: Call) -> None:
    assert "FR" in {country["code"] for country in call("did/areacode.countries")}
    area = call("did/areacode.get_list", "FR", "GEOGRAPHIC")[0]["id"]
    had = {hit["hash"] for hit in call("did.search", {}, {})["hits"]}
    order = call("did/store.reserve", area, "CLASSIC", 1, "RANDOM")
    assert call("did/store.view_order", order["token"])["token"] == order["token"]
    call("did/store.buy_order", order["token"])
    bought = [hit for hit in call("did.search", {}, {})["hits"] if hit["hash"] not in had]
    assert [hit["class"] for hit in bought] == ["CLASSIC"]

    number = bought[0]["hash"]
    app = call("apps.create", "REALTIME10", "answers", {"url": "https://example.com/answer"})
    assert call("apps.assign_did", app["hash"], number) is True
    assert [d["hash"] for d in call("apps.get", app["hash"])["did"]] == [number]
    assert number not in {d["hash"] for d in call("apps.get_dids", True)}
    assert call("apps.remove_did", number) is True
    assert call("apps.get", app["hash"])["did"] == []

    call("did/store.cancel_subscription", number)
    assert number not in {hit["hash"] for hit in call("did.search", {}, {})["hits"]}


def test_messages_and_exports(call: Call, server: Running) -> None:
    sent = call("sms.send", "", "+33678912345", "Hello", None)
    found = call("sms.search", {"type": "OUT"}, {})
    assert [hit["hash"] for hit in found["hits"]] == [sent]
    assert call("sms.search", {"type": "IN"}, {})["hits"] == []
    jobs = [call("cdr.export_async", {"type": "OUT"}, None), call("sms.export_async", None, None)]
    call("jobs.cancel", jobs[0])
    for _ in range(3):
        httpx2.put(f"{server.origin}/__trunkline__/clock", json={"move": 1}).raise_for_status()
    assert [call("jobs.get", job)["status"] for job in jobs] == ["CANCELED", "DONE"]
