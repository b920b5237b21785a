"""A server that starts again on its file goes on where it was: clock, events, steps, calls."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2

from trunkline import ir
from trunkline.emulator import Running, running

API = "callr"
Calls = Callable[..., Any]


def calls(server: Running) -> Calls:
    def call(method: str, *params: Any) -> Any:
        answer = httpx2.post(
            f"{server.origin}/json-rpc/v1.1/",
            json={"jsonrpc": "2.0", "id": 1, "method": method, "params": params},
            headers={"Authorization": f"Api-Key {server.credentials['token']}"},
        ).json()
        return answer.get("result", answer.get("error"))

    return call


def steer(server: Running, method: str, path: str, **body: Any) -> Any:
    answer = httpx2.request(
        method, f"{server.origin}/__trunkline__/{path}", json=body or None, timeout=30
    )
    assert answer.status_code in (200, 204), answer.text
    return answer.json() if answer.content else None


def test_what_waits_is_done_after_a_restart(api: ir.Api, tmp_path: Path, listener: Any) -> None:
    """Deliveries that were refused are repeated, and steps that were put off are taken."""
    data = tmp_path / "state.sqlite"
    listener.reply = lambda _: (500, None)
    with running(api, data=data) as server:
        steer(server, "PUT", "clock", freeze="2026-05-01T12:00:00+00:00")
        call = calls(server)
        call("webhooks.subscribe", "sms.mt.status_update", listener.url)
        first = call("sms.send", "SMS", "+33678912345", "hello", None)
        steer(server, "PUT", "clock", move=2)
        second = call("sms.send", "SMS", "+33678912345", "hello", None)
        before = steer(server, "GET", "deliveries")
        assert [d["state"] for d in before] == ["waiting", "waiting"]
        assert call("sms.get", second)["status"] == "PENDING"
    listener.reply = lambda _: (204, None)
    listener.heard.clear()
    with running(api, data=data) as server:
        call = calls(server)
        assert steer(server, "GET", "clock")["now"] == "2026-05-01T12:00:02+00:00"
        assert steer(server, "GET", "deliveries") == before
        assert call("sms.get", first)["status"] == "RECEIVED"
        steer(server, "PUT", "clock", move=86400)
        assert call("sms.get", second)["status"] == "RECEIVED"
        after = steer(server, "GET", "deliveries")
    assert [d["state"] for d in after] == ["accepted"] * 4
    assert [len(d["attempts"]) for d in after] == [2, 2, 1, 1]
    assert [h.json["try"] for h in listener.heard if h.json["data"]["hash"] == first] == [1, 1]


def test_nothing_is_done_twice(api: ir.Api, tmp_path: Path, listener: Any) -> None:
    data = tmp_path / "state.sqlite"
    with running(api, data=data) as server:
        steer(server, "PUT", "clock", freeze="2026-05-01T12:00:00+00:00")
        call = calls(server)
        call("webhooks.subscribe", "sms.mt.status_update", listener.url)
        call("sms.send", "SMS", "+33678912345", "hello", None)
        steer(server, "PUT", "clock", move=10)
    assert len(listener.heard) == 2
    for _ in range(2):
        with running(api, data=data) as server:
            steer(server, "PUT", "clock", move=86400)
            assert len(steer(server, "GET", "deliveries")) == 2
    assert len(listener.heard) == 2


def test_a_call_that_was_going_on_is_over(api: ir.Api, tmp_path: Path, listener: Any) -> None:
    """A conversation cannot go on over a restart: the user's server is told its end."""
    data = tmp_path / "state.sqlite"
    asked = threading.Event()

    def stall(_: Any) -> Any:
        asked.set()
        released.wait(20)
        return 200, {"command": "hangup"}

    released = threading.Event()
    listener.reply = stall
    with running(api, data=data) as server:
        call = calls(server)
        hash_ = call("apps.create", "REALTIME10", "menu", {"url": listener.url})["hash"]
        engine = server.emulator.engine
        assert engine is not None
        ring = threading.Thread(
            target=lambda: httpx2.post(
                f"{server.origin}/__trunkline__/occurrences/call", json={"app": hash_}, timeout=30
            ),
            daemon=True,
        )
        ring.start()
        assert asked.wait(20)
    released.set()
    listener.reply = lambda _: (200, {"command": "hangup"})
    listener.heard.clear()
    with running(api, data=data) as server:
        steer(server, "PUT", "clock", move=1)
        (talk,) = steer(server, "GET", "conversations")
    assert (talk["state"], talk["reason"]) == ("over", "the server was started again")
    assert [h.json["call_status"] for h in listener.heard] == ["HANGUP"]


def test_a_reset_forgets_what_waits(api: ir.Api, tmp_path: Path, listener: Any) -> None:
    data = tmp_path / "state.sqlite"
    listener.reply = lambda _: (500, None)
    with running(api, data=data) as server:
        call = calls(server)
        call("webhooks.subscribe", "sms.mt.status_update", listener.url)
        call("sms.send", "SMS", "+33678912345", "hello", None)
        steer(server, "PUT", "clock", move=5)
        steer(server, "POST", "reset")
    listener.heard.clear()
    with running(api, data=data) as server:
        steer(server, "PUT", "clock", move=86400)
        assert steer(server, "GET", "deliveries") == []
    assert listener.heard == []


def test_a_snapshot_changes_nothing_of_what_waits(
    api: ir.Api, tmp_path: Path, listener: Any
) -> None:
    """It brings objects back; clock and deliveries go on, over a restart too."""
    data = tmp_path / "state.sqlite"
    listener.reply = lambda _: (500, None)
    with running(api, data=data) as server:
        steer(server, "PUT", "clock", freeze="2026-05-01T12:00:00+00:00")
        earlier = httpx2.get(f"{server.origin}/__trunkline__/snapshot").content
        call = calls(server)
        call("webhooks.subscribe", "sms.mt.status_update", listener.url)
        sent = call("sms.send", "SMS", "+33678912345", "hello", None)
        steer(server, "PUT", "clock", move=2)
        waiting = steer(server, "GET", "deliveries")
        assert waiting
        restored = httpx2.put(f"{server.origin}/__trunkline__/snapshot", content=earlier)
        assert restored.status_code == 204
        now = steer(server, "GET", "clock")
        assert now == {"now": "2026-05-01T12:00:02+00:00"}
    with running(api, data=data) as server:
        assert steer(server, "GET", "clock") == now
        assert steer(server, "GET", "deliveries") == waiting
        assert "code" in calls(server)("sms.get", sent), "the snapshot was from before it"
