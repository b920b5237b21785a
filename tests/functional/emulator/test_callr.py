"""JSON-RPC as CALLR describes it: calls, objects, errors, defects."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from trunkline import ir
from trunkline.emulator import Running, running
from trunkline.emulator.defects import CATALOGUE
from trunkline.emulator.resources.resource_plan import seeded
from trunkline.ir.jsonschema import document

API = "callr"
Ask = Callable[..., Any]
PATH = "/json-rpc/v1.1/"
CLIENT = httpx2.Client()


def reply(
    server: Running, method: str, *params: Any, authorization: str | None = None
) -> httpx2.Response:
    headers = {
        "Authorization": authorization or f"Api-Key {server.credentials['token']}",
        "Content-Type": "application/json-rpc; charset=utf-8",
    }
    message = {"jsonrpc": "2.0", "id": 5, "method": method, "params": params}
    return CLIENT.post(server.origin + PATH, content=json.dumps(message), headers=headers)


@pytest.fixture
def ask(server: Running) -> Ask:
    server.reset()

    def call(method: str, *params: Any) -> Any:
        answer = reply(server, method, *params)
        assert answer.status_code == 200
        body = answer.json()
        assert (body["jsonrpc"], body["id"]) == ("2.0", 5)
        return body["result"] if "result" in body else body["error"]["code"]

    return call


def test_apps_are_kept(ask: Ask) -> None:
    app = ask("apps.create", "CLICKTOCALL10", "my app", {})
    assert app["name"] == "my app"
    assert len(app["hash"]) > 5
    assert [a["hash"] for a in ask("apps.get_list", True)] == [app["hash"]]
    changed = ask("apps.edit", app["hash"], "renamed", {})
    assert (changed["name"], changed["hash"]) == ("renamed", app["hash"])
    assert ask("apps.get", app["hash"]) == changed
    assert ask("apps.search", {}, {})["hits"] == [changed]
    assert ask("apps.search", {"name": "other"}, {})["hits"] == []
    assert ask("apps.delete", app["hash"]) is True
    assert ask("apps.get", app["hash"]) == 151
    assert ask("apps.get_list", True) == []


def test_media_are_kept(ask: Ask) -> None:
    first, second = ask("media/library.create", "bell"), ask("media/library.create", "gong")
    assert isinstance(first, int)
    assert first != second
    assert ask("media/library.set_name", first, "chime") is True
    assert ask("media/library.get", first)["name"] == "chime"
    assert set(ask("media/library.get_list")) == {str(first), str(second)}
    assert ask("media/library.delete", first) is True
    assert ask("media/library.get", first) == 115


def test_messages_are_kept(ask: Ask) -> None:
    id_ = ask("sms.send", "SMS", "+33123456789", "hello", None)
    message = ask("sms.get", id_)
    assert (message["from"], message["to"]) == ("SMS", "+33123456789")


def test_webhooks_are_kept(ask: Ask) -> None:
    hook = ask("webhooks.subscribe", "sms.mo", "https://example.com/hook")
    assert hook["endpoint"] == "https://example.com/hook"
    assert hook["type"] == "sms.mo"
    ask("webhooks.unsubscribe", hook["hash"])
    assert ask("webhooks.unsubscribe", hook["hash"]) == 151


def test_accounts_are_apart(server: Running, ask: Ask) -> None:
    app = ask("apps.create", "CLICKTOCALL10", "mine", {})
    other = f"Api-Key {server.credentials['other_token']}"
    assert reply(server, "apps.get_list", True, authorization=other).json()["result"] == []
    error = reply(server, "apps.get", app["hash"], authorization=other).json()["error"]
    assert error["code"] == 151


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("Api-Key trunkline-token-1", 200),
        ("Session trunkline-token-1", 200),
        ("Basic bWU6dHJ1bmtsaW5lLXRva2VuLTE=", 200),
        ("Basic bWU6d3Jvbmc=", 401),
        ("Bearer trunkline-token-1", 401),
        ("Api-Key nope", 401),
    ],
)
def test_credentials(server: Running, authorization: str, status: int) -> None:
    answer = reply(server, "system.get_timestamp", authorization=authorization)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", -32700),
        (b"{", -32700),
        (b'{"jsonrpc":"2.0","id":1,"id":2,"method":"x"}', -32700),
        (b"[]", -32600),
        (b'"x"', -32600),
        (b'{"id":1,"method":"system.get_timestamp"}', -32600),
        (b'{"jsonrpc":"1.0","id":1,"method":"system.get_timestamp"}', -32600),
        (b'{"jsonrpc":"2.0","method":"system.get_timestamp"}', -32600),
        (b'{"jsonrpc":"2.0","id":[],"method":"system.get_timestamp"}', -32600),
        (b'{"jsonrpc":"2.0","id":"1","method":"system.get_timestamp"}', -32600),
        (b'{"jsonrpc":"2.0","id":1,"method":5}', -32600),
        (b'{"jsonrpc":"2.0","id":1,"method":"system.get_time"}', -32601),
        (b'{"jsonrpc":"2.0","id":1,"method":"system.get_timestamp","params":{}}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"system.get_timestamp","params":[1]}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"apps.get","params":[]}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"media/library.get","params":["1"]}', -32602),
    ],
)
def test_wrong_calls(server: Running, content: bytes, code: int) -> None:
    headers = {"Authorization": "Api-Key trunkline-token-1", "Content-Type": "application/json-rpc"}
    answer = CLIENT.post(server.origin + PATH, content=content, headers=headers)
    assert answer.status_code == 200
    body = answer.json()
    assert body["error"]["code"] == code
    assert "result" not in body
    assert body["id"] == (1 if b'"id":1,"method"' in content else None)


def test_every_typed_method_answers_as_documented(api: ir.Api, server: Running) -> None:
    import jsonschema_rs

    assert api.rpc is not None
    carrier = api.operation(api.rpc.operation)
    envelope = carrier.responses[0].contents[0].schema
    assert envelope is not None
    whole = jsonschema_rs.Draft202012Validator(document(api, envelope, "response"))
    results = 0
    for method in api.rpc.methods:
        if method.evidence is ir.RpcEvidence.LISTED:
            continue
        sampler = server.emulator.services.sampler
        params = [sampler.sample(p.schema, seeded(1), "request") for p in method.parameters]
        body = reply(server, method.name, *params).json()
        whole.validate(body)
        if "result" in body and method.result is not None:
            schema = document(api, method.result, "response")
            jsonschema_rs.Draft202012Validator(schema).validate(body["result"])
            results += 1
        elif "error" in body:
            # Ids made up on the spot lead nowhere.
            assert body["error"]["code"] in (115, 151, 205, 1000), (method.name, body)
    # Most parameters made up at random still lead to a result: the loop above judged something.
    assert results >= 40


def conversation(api: ir.Api, *defects: str) -> list[Any]:
    with running(api, defects=defects) as server:
        server.emulator.clock.freeze()
        heard: list[Any] = []
        for method, *params in (
            ["system.get_timestamp"], ["system.get_timestamp", 1], ["no.such"], ["apps.get"],
            ["media/library.create", "bell"], ["media/library.get", 1],
            ["media/library.delete", 1], ["media/library.get", 1], ["apps.get_list", "x"],
        ):  # fmt: skip
            answer = reply(server, str(method), *params)
            heard.append((answer.status_code, answer.text.replace(answer.headers["date"], "")))
        headers = {"Authorization": "Api-Key trunkline-token-1",
                   "Content-Type": "application/json-rpc"}  # fmt: skip
        answer = CLIENT.post(server.origin + PATH, content=b"{", headers=headers)
        heard.append((answer.status_code, answer.text))
        return heard


@pytest.mark.parametrize("name", sorted(n for n, d in CATALOGUE.items() if d.area == "rpc"))
def test_each_defect_shows(api: ir.Api, name: str) -> None:
    assert conversation(api, name) != conversation(api)
