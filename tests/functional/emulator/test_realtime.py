"""Calls that a user's own server steers, and how they end when it does not answer."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import jsonschema_rs
import pytest
from trunkline_callr import webhooks as events

from trunkline import ir
from trunkline.emulator import Running
from trunkline.ir.jsonschema import document

API = "callr"
Ask = Callable[..., Any]


@pytest.fixture
def ask(server: Running) -> Iterator[Ask]:
    server.reset()
    server.emulator.clock.freeze(datetime(2026, 5, 1, 12, tzinfo=UTC))
    headers = {"Authorization": f"Api-Key {server.credentials['token']}"}
    with httpx2.Client(headers=headers) as client:

        def call(method: str, *params: Any) -> Any:
            message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
            answer = client.post(f"{server.origin}/json-rpc/v1.1/", json=message).json()
            return answer["result"] if "result" in answer else answer["error"]["code"]

        yield call


def app(ask: Ask, url: str, **more: str) -> str:
    made: str = ask("apps.create", "REALTIME10", "menu", {"url": url, **more})["hash"]
    return made


def ring(server: Running, **told: Any) -> Any:
    answer = httpx2.post(f"{server.origin}/__trunkline__/occurrences/call", json=told, timeout=30)
    assert answer.status_code == 200, answer.text
    (talk,) = httpx2.get(f"{server.origin}/__trunkline__/conversations").json()
    return talk


def script(*commands: Any) -> Callable[[Any], tuple[int, Any]]:
    left = list(commands)
    return lambda _: (200, left.pop(0) if left else {"command": "hangup"})


def test_a_menu(ask: Ask, server: Running, listener: Any, api: ir.Api) -> None:
    read = {
        "command": "read",
        "command_id": 7,
        "params": {"media_id": 1, "attempts": 2, "max_digits": 4, "timeout_ms": 5000},
        "variables": {"step": "pin"},
    }
    play = {"command": "play", "params": {"media_id": "TTS|TTS_EN-GB_SERENA|Hello"}}
    listener.reply = script(read, play)
    hash_ = app(ask, f"{listener.url}/call", login="me", password="secret")
    talk = ring(server, app=hash_, results={"read": ["4242"]}, **{"from": "+33611111111"})
    assert (talk["state"], talk["reason"]) == ("over", "asked to")
    first, second, third, last = (h.json for h in listener.heard)
    assert (first["command"], first["command_id"], first["call_status"]) == ("", 0, "INCOMING_CALL")
    assert (first["cli_number"], first["app"]) == ("+33611111111", hash_)
    assert (second["command"], second["command_id"], second["command_result"]) == (
        "read", 7, "4242")  # fmt: skip
    assert (second["variables"], second["call_status"]) == ({"step": "pin"}, "UP")
    assert (third["command"], third["command_result"], third["command_error"]) == (
        "play", None, None)  # fmt: skip
    assert third["variables"] == {"step": "pin"}
    assert last["call_status"] == "HANGUP"
    assert len({r["callid"] for r in (first, second, third, last)}) == 1
    (webhook,) = (w for w in api.webhooks if w.name == "realtime")
    assert webhook.operation.body is not None
    schema = webhook.operation.body.contents[0].schema
    assert schema is not None
    for heard in listener.heard:
        jsonschema_rs.validator_for(document(api, schema, "request")).validate(heard.json)
        pair = base64.b64encode(b"me:secret").decode()
        assert heard.headers["authorization"] == f"Basic {pair}"
        assert heard.path == "/call"
    (record,) = ask("cdr.get", "IN", "2026-01-01 00:00:00", "2027-01-01 00:00:00", None, None)
    assert (record["callid"], record["hangup"]) == (first["callid"], "2026-05-01 12:00:00")


def test_the_generated_client_answers(ask: Ask, server: Running, listener: Any) -> None:
    heard_results: list[Any] = []

    def reply(heard: Any) -> tuple[int, bytes]:
        request = events.REALTIME.parse_unverified(heard.raw)
        heard_results.append(request.command_result)
        return 200, b'{"command": "hangup"}' if request.command else (
            b'{"command":"record","command_id":1,"params":{"max_duration":5,"silence":2}}'
        )

    listener.reply = reply
    ask("webhooks.subscribe", "media.recording.new", f"{listener.url}/recordings")
    ring(server, app=app(ask, f"{listener.url}/call"))
    recording = next(h.json for h in listener.heard if h.path == "/recordings")
    assert heard_results[1] == recording["data"]["hash"]


def test_the_caller_hangs_up(ask: Ask, server: Running, listener: Any) -> None:
    wait = {"command": "wait", "params": {"seconds": 1}}
    listener.reply = lambda _: (200, wait)
    talk = ring(server, app=app(ask, listener.url), hangup_after=3)
    assert [h.json["call_status"] for h in listener.heard] == [
        "INCOMING_CALL",
        "UP",
        "UP",
        "HANGUP",
    ]
    assert talk["reason"] == "hung up from outside"


def test_a_call_that_never_ends_is_ended(ask: Ask, server: Running, listener: Any) -> None:
    listener.reply = lambda _: (200, {"command": "wait", "params": {"seconds": 1}})
    talk = ring(server, app=app(ask, listener.url))
    assert len(listener.heard) == 101
    assert (talk["reason"], listener.heard[-1].json["call_status"]) == (
        "more than 100 commands", "HANGUP")  # fmt: skip


@pytest.mark.parametrize(
    ("command", "pointer"),
    [
        ({"command": "sing"}, "command"),
        ({"command": "wait", "params": {"seconds": 31}}, "seconds"),
        ({"command": "send_dtmf", "params": {"digits": "x"}}, "digits"),
        ({"command": "play"}, "params"),
    ],
)
def test_a_command_that_cannot_be_carried_out(
    ask: Ask, server: Running, listener: Any, command: Any, pointer: str
) -> None:
    listener.reply = script(command)
    ring(server, app=app(ask, listener.url))
    told = listener.heard[1].json
    assert (told["command"], told["command_result"]) == (command["command"], None)
    assert isinstance(told["command_error"], str)
    assert told["command_error"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ((500, None), "status 500"),
        ((204, None), "status 204"),
        ((302, None, {"Location": "/elsewhere"}), "status 302"),
        ((200, b"{"), "the answer is not JSON"),
        ((200, [1]), "the answer names no command"),
        ((200, {"params": {}}), "the answer names no command"),
        ((200, b"x" * 2_000_000), "the answer is longer"),
    ],
)
def test_no_answer_ends_the_call(
    ask: Ask, server: Running, listener: Any, reply: Any, reason: str
) -> None:
    listener.reply = lambda heard: reply if heard.json["call_status"] != "HANGUP" else (204, None)
    talk = ring(server, app=app(ask, listener.url))
    assert talk["reason"].startswith(reason)
    assert [h.json["call_status"] for h in listener.heard] == ["INCOMING_CALL", "HANGUP"]


def test_an_answer_after_five_seconds_is_too_late(ask: Ask, server: Running, listener: Any) -> None:
    import time

    def late(heard: Any) -> tuple[int, Any]:
        if heard.json["call_status"] != "HANGUP":
            time.sleep(5.5)
        return 200, {"command": "hangup"}

    listener.reply = late
    talk = ring(server, app=app(ask, listener.url))
    assert talk["reason"] == "no answer within 5 seconds"


def test_calls_are_placed(ask: Ask, server: Running, listener: Any) -> None:
    for event in ("call.outbound_start", "call.outbound_hangup"):
        ask("webhooks.subscribe", event, f"{listener.url}/events")
    listener.reply = lambda heard: (200, {"command": "hangup"})
    hash_ = app(ask, f"{listener.url}/call")
    request = ask("calls.realtime", hash_, {"number": "+33612345678"}, {"cdr_field": "abc"})
    assert ask("calls.get_status_1", request) in ("DIALING", "UP", "HANGUP")
    httpx2.put(f"{server.origin}/__trunkline__/clock", json={"move": 1})
    calls = [h.json for h in listener.heard if h.path == "/call"]
    assert [c["call_status"] for c in calls] == ["UP", "HANGUP"]
    assert {(c["request_hash"], c["number"], c["cdr_field"]) for c in calls} == {
        (request, "+33612345678", "abc")}  # fmt: skip
    told = [h.json for h in listener.heard if h.path == "/events"]
    assert [t["type"] for t in told] == ["call.outbound_start", "call.outbound_hangup"]
    assert told[1]["data"]["hangup"] is not None
    assert ask("calls.get_status_1", request) == "HANGUP"


def test_nobody_answers(ask: Ask, server: Running, listener: Any) -> None:
    hash_ = app(ask, listener.url)
    request = ask("calls.realtime", hash_, {"number": "+12025550102"}, None)
    httpx2.put(f"{server.origin}/__trunkline__/clock", json={"move": 1})
    assert ask("calls.get_status_1", request) == "NOANSWER"
    assert listener.heard == []


def test_an_address_elsewhere_is_not_called(ask: Ask, server: Running) -> None:
    talk = ring(server, app=app(ask, "http://192.0.2.1/call"))
    assert talk["reason"] == "not sent: 192.0.2.1 is not on this machine"


def test_what_happens_in_a_call_is_told_though_nobody_asks(
    ask: Ask, server: Running, listener: Any
) -> None:
    import time

    httpx2.put(f"{server.origin}/__trunkline__/clock", json={"run": True})
    ask("webhooks.subscribe", "call.outbound_hangup", f"{listener.url}/events")
    listener.reply = lambda heard: (200, {"command": "hangup"})
    ask("calls.realtime", app(ask, f"{listener.url}/call"), {"number": "+33612345678"})
    for _ in range(400):
        if any(h.path == "/events" for h in listener.heard):
            break
        time.sleep(0.025)
    assert [h.path for h in listener.heard] == ["/call", "/call", "/events"]
