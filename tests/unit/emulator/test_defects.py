"""Every defect shows: some answer differs from the correct server's."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from trunkline import ir
from trunkline.emulator import Emulator
from trunkline.emulator.defects import CATALOGUE
from trunkline.emulator.http.messages import HttpRequest
from trunkline.pipeline import load_api

AREAS = {
    *("finding", "headers", "lists", "ownership", "idempotency", "response", "robustness"),
    *("rpc", "state", "tenancy", "validation", "values", "webhooks", "nesting", "conditions"),
    *("concurrency", "files"),
}


def conversation(api: ir.Api, *defects: str) -> list[Any]:
    """Everything a server answers to one long, fixed list of requests, times left out."""
    heard: list[Any] = []
    server = Emulator(api, defects=defects)
    mine, other = (account.token for account in server.accounts)
    server.clock.freeze(datetime(2024, 1, 1, tzinfo=UTC))

    def say(
        method: str,
        path: str,
        token: str | None = mine,
        content: bytes = b"",
        media_type: str = "application/json",
        accept: str | None = None,
        **body: Any,
    ) -> Any:
        server.clock.move(1)
        headers = [(b"host", b"localhost")]
        if token is not None:
            headers.append((b"authorization", f"Bearer {token}".encode()))
        if accept is not None:
            headers.append((b"accept", accept.encode()))
        if "json" in body:
            content = json.dumps(body["json"]).encode()
        if content or method in ("POST", "PATCH", "PUT"):
            headers.append((b"content-type", media_type.encode()))
        raw, _, query = path.encode().partition(b"?")
        answer = server.handle(HttpRequest(method, b"/v1" + raw, query, headers, content))
        text = answer.body.decode()
        heard.append((method, path, answer.status, answer.media_type, answer.headers, text))
        try:
            return json.loads(text)["data"]["id"]
        except (ValueError, KeyError, TypeError):
            return "none"

    say("GET", "/widgets")
    full = {
        "name": ' A & b <é🙂> "x" and O\'Brien',
        "colour": "green",
        "size": 10,
        "tags": ["t"],
        "active": False,
        "weight": 0,
        "contact": "a@b.ch",
        "limits": {"daily": 0, "weekly": 1},
        "secret": "s",
    }
    first = say("POST", "/widgets", json=full)
    second = say("POST", "/widgets", json={"name": "b", "size": 1, "limits": {}})
    theirs = say("POST", "/widgets", other, json={"name": "theirs"})
    say("POST", "/widgets", json={"name": "ab", "tags": [], "colour": "red"})
    say("POST", "/widgets", json={"name": "Bc", "limits": {"daily": 2**40}})
    say("GET", "/widgets")
    for path in (first, second, "none", theirs, "x" * 120, "%41'%00"):
        say("GET", f"/widgets/{path}")
    for query in (
        "page[size]=2",
        "page[size]=2&page[number]=2",
        "page%5Bsize%5D=2",
        "page[number]=9",
        "page[size]=50",
        "page[size]=99",
        "page[number]=0",
        "page[number]=x",
        "filter[name][contains]=b",
        "filter[name][contains]=zz",
        "filter[name][contains]=b&page[size]=1",
        "sort=name",
        "sort=-name",
        "sort=name&page[size]=2",
        "sort=nothing",
        "page[number]=99999",
    ):
        say("GET", f"/widgets?{query}")
    say("GET", f"/widgets/{theirs}")
    say("PATCH", f"/widgets/{theirs}", json={"size": 2})
    say("DELETE", f"/widgets/{theirs}")
    for token in (None, "nope", mine + "x", mine.upper()):
        for method, path in (
            ("GET", "/widgets"),
            ("GET", f"/widgets/{first}"),
            ("DELETE", f"/widgets/{second}"),
        ):
            say(method, path, token)
    second = say("POST", "/widgets", json={"name": "again"})
    for body in (
        {"name": "new"},
        {"size": None},
        {"tags": ["u"]},
        {"limits": {"daily": 3}},
        {"tags": []},
        {"size": 0},
        {},
    ):
        say("PATCH", f"/widgets/{first}", json=body)
        say("GET", f"/widgets/{first}")
        say("GET", "/widgets")
    say("PUT", f"/widgets/{first}", json={"name": "put"})
    say("PATCH", "/widgets/none", json={"name": "p"})
    for bad in (
        {},
        {"name": 1},
        {"name": None},
        {"name": ""},
        {"name": "n" * 40},
        {"name": "n" * 41},
        {"name": "q", "size": "5"},
        {"name": "q1", "size": 11},
        {"name": "q2", "size": 0},
        {"name": "q3", "size": -1},
        {"name": "put"},
        {"name": "q4", "colour": "blue"},
        {"name": "q5", "tags": [1]},
        {"name": "q6", "limits": {"daily": "x"}},
        {"name": "q7", "contact": "x"},
        {"name": "q8", "code": "x"},
        [],
        "text",
        {f"m{i}": i for i in range(40)},
    ):
        say("POST", "/widgets", json=bad)
    say("PATCH", f"/widgets/{first}", json={"size": 99})
    for content in (b"", b"{", b"nonsense", b'{"name":"c","name":"d"}'):
        say("POST", "/widgets", content=content)
        say("PATCH", f"/widgets/{first}", content=content)
    say("POST", "/widgets", content=b"{}", media_type="text/plain")
    say("POST", "/widgets", content=b'{"name": "z"}', media_type="application/json; charset=utf-8")
    say("GET", "/widgets", accept="application/*")
    say("POST", "/widgets", json={"name": "b%z", "created_at": "2001-02-03T04:05:06Z"})
    say("PATCH", f"/widgets/{first}", json={"updated_at": "2001-02-03T04:05:06Z"})
    say("PATCH", f"/widgets/{first}", json={"size": 99, "active": True})
    say("GET", f"/widgets/{first}")
    say("GET", f"/widgets/{str(first).upper()}")
    say("GET", "/widgets?filter[name][contains]=b%25z")
    third = say("POST", "/widgets", json={"name": "third"})
    part = say("POST", f"/widgets/{first}/parts", json={"label": "p"})
    say("GET", f"/widgets/{third}/parts/{part}")
    say("GET", f"/widgets/{third}/parts")
    say("POST", "/widgets/none/parts", json={"label": "p"})
    say("HEAD", f"/widgets/{third}")
    say("LOCK", "/widgets")
    say("GET", "/nowhere")
    say("DELETE", f"/widgets/{first}")
    say("DELETE", f"/widgets/{first}")
    say("DELETE", "/widgets/none")
    say("PATCH", f"/widgets/{first}", json={"name": "back"})
    say("GET", f"/widgets/{first}")
    say("GET", "/widgets")
    server.close()
    return heard


@pytest.fixture(scope="module")
def correct(api: ir.Api) -> list[Any]:
    return conversation(api)


def test_the_correct_server_is_consistent(api: ir.Api, correct: list[Any]) -> None:
    assert conversation(api) == correct
    assert not [said for said in correct if said[2] >= 500]


def test_the_catalogue() -> None:
    assert len(CATALOGUE) >= 80
    assert {defect.area for defect in CATALOGUE.values()} == AREAS
    for name, defect in CATALOGUE.items():
        assert defect.id == name
        assert defect.sentence.endswith(".")
        assert defect.rule
        assert not defect.rule.endswith(".")


NOT_HERE = {
    "array-limits-ignored",  # arrays have none
    "fault-blamed-on-another",  # nothing says where errors hold their pointer
    "headers-left-out",  # no header is required
    "jobs-never-end",  # nothing ends by itself
    "location-elsewhere",
    "merge-patch-not-merged",  # updates have the media type of JSON
    "queries-of-writes-unchecked",  # what changes something has none
    "replacing-says-created",  # PUT replaces only
    "creating-says-replaced",
    "put-again-listed-twice",
    "put-again-turns-flags",
    "unknown-members-accepted",  # bodies are open
} | {
    name
    for name, defect in CATALOGUE.items()
    # no methods, nothing that is sent, no keys for requests, no ETag, no JSON Patch and no files
    if defect.area in ("rpc", "webhooks", "idempotency", "conditions", "files")
}


def test_all_others_apply(api: ir.Api) -> None:
    assert {name for name, defect in CATALOGUE.items() if not defect.applies(api)} == NOT_HERE


ON_THE_WIRE = {"deletions-broken-off"} | {
    name for name, defect in CATALOGUE.items() if defect.area == "concurrency"
}
"""They show in requests that meet, or in bytes: below."""


@pytest.mark.parametrize("name", sorted(set(CATALOGUE) - NOT_HERE - ON_THE_WIRE))
def test_each_shows(api: ir.Api, correct: list[Any], name: str) -> None:
    assert conversation(api, name) != correct


@pytest.mark.parametrize(
    "defect", ["text-cut", "text-escaped", "text-lowered", "text-reduced-to-ascii", "text-trimmed"]
)
def test_spoiling_text_leaves_identifiers_to_the_server(defect: str) -> None:
    server = Emulator(load_api("telnyx").api, defects=[defect])
    headers = [
        (b"host", b"localhost"),
        (b"authorization", f"Bearer {server.accounts[0].token}".encode()),
        (b"content-type", b"application/json"),
    ]
    body = json.dumps({"name": "office", "id": " WISHED & Ä " * 9}).encode()
    answer = server.handle(HttpRequest("POST", b"/v2/outbound_voice_profiles", b"", headers, body))
    server.close()
    assert answer.status == 200
    assert json.loads(answer.body)["data"]["id"].isdigit()


class _Wire:
    """Requests to an application as a server carries them: as many at once as are sent."""

    def __init__(self, api: ir.Api, *defects: str) -> None:
        self.server = Emulator(api, defects=defects)

    async def send(self, method: str, path: str, body: Any = None) -> tuple[int, Any, bool]:
        """Status, JSON and whether the response was whole."""
        content = json.dumps(body).encode() if body is not None else b""
        token = self.server.accounts[0].token
        headers = [(b"host", b"localhost"), (b"authorization", f"Bearer {token}".encode())]
        if content:
            length = str(len(content)).encode()
            headers += [(b"content-type", b"application/json"), (b"content-length", length)]
        scope = {"type": "http", "method": method, "path": f"/v1{path}", "query_string": b""}
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": content}

        async def note(message: Any) -> None:
            sent.append(message)

        await self.server({**scope, "headers": headers}, receive, note)
        text = b"".join(message.get("body", b"") for message in sent[1:])
        whole = not sent[-1].get("more_body", False)
        return sent[0]["status"], json.loads(text) if whole and text else None, whole

    async def together(self, *requests: tuple[str, str, Any]) -> list[tuple[int, Any, bool]]:
        return await asyncio.gather(*(self.send(*request) for request in requests))


def met(api: ir.Api, *defects: str) -> tuple[set[Any], int, list[int]]:
    """Three creations of one name and three of others, and two updates of one object, together:
    the ids of the others, how many of one name were made, and what both updates left."""

    async def talk() -> tuple[set[Any], int, list[int]]:
        wire = _Wire(api, *defects)
        names = ["a", "b", "c"]
        made = await wire.together(*(("POST", "/widgets", {"name": name}) for name in names))
        ids = {body["data"]["id"] for _, body, _ in made}
        same = await wire.together(*[("POST", "/widgets", {"name": "d"})] * 3)
        _, one, _ = await wire.send("POST", "/widgets", {"name": "e", "size": 1})
        path = f"/widgets/{one['data']['id']}"
        await wire.send("PATCH", path, {"size": 2})
        await wire.together(("PATCH", path, {"size": 3}), ("PATCH", path, {"weight": 3}))
        _, last, _ = await wire.send("GET", path)
        wire.server.close()
        kept = [last["data"]["size"], last["data"]["weight"]]
        return ids, sum(status < 300 for status, *_ in same), kept

    return asyncio.run(talk())


def test_requests_that_meet(api: ir.Api) -> None:
    """One thing goes wrong with each defect, and only where requests meet."""
    ids, same, kept = met(api)
    assert (len(ids), same, kept) == (3, 1, [3, 3])
    ids, same, kept = met(api, "ids-raced")
    assert (len(ids), same, kept) == (1, 1, [3, 3])
    ids, same, kept = met(api, "unique-values-raced")
    assert (len(ids), same, kept) == (3, 3, [3, 3])
    ids, same, kept = met(api, "updates-overwrite-one-another")
    assert (len(ids), same) == (3, 1)
    assert kept[0] == 2


def test_a_response_that_breaks_off(api: ir.Api) -> None:
    async def talk(*defects: str) -> tuple[bool, bool]:
        wire = _Wire(api, *defects)
        _, one, _ = await wire.send("POST", "/widgets", {"name": "e"})
        *_, created = await wire.send("GET", f"/widgets/{one['data']['id']}")
        *_, deleted = await wire.send("DELETE", f"/widgets/{one['data']['id']}")
        wire.server.close()
        return created, deleted

    assert asyncio.run(talk()) == (True, True)
    assert asyncio.run(talk("deletions-broken-off")) == (True, False)
