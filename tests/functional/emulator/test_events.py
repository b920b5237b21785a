"""Events: signed, repeated with a count, sent to those who subscribed and nowhere else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
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
START = "2026-05-01T12:00:00+00:00"


@pytest.fixture
def ask(server: Running) -> Iterator[Ask]:
    server.reset()
    server.emulator.clock.freeze(datetime(2026, 5, 1, 12, tzinfo=UTC))
    with httpx2.Client() as client:

        def call(method: str, *params: Any, who: str = "token") -> Any:
            answer = client.post(
                f"{server.origin}/json-rpc/v1.1/",
                json={"jsonrpc": "2.0", "id": 1, "method": method, "params": params},
                headers={"Authorization": f"Api-Key {server.credentials[who]}"},
            ).json()
            return answer["result"] if "result" in answer else answer["error"]["code"]

        yield call


@pytest.fixture
def steer(server: Running) -> Iterator[Callable[..., Any]]:
    with httpx2.Client(base_url=f"{server.origin}/__trunkline__/") as client:

        def call(method: str, path: str, **body: Any) -> Any:
            answer = client.request(method, path, json=body or None)
            assert answer.status_code in (200, 204), answer.text
            return answer.json() if answer.content else None

        yield call


def send(ask: Ask, to: str = "+33678912345", text: str = "hello") -> str:
    hash_: str = ask("sms.send", "SMS", to, text, None)
    return hash_


def test_a_message_is_followed_until_it_is_received(
    ask: Ask, steer: Any, listener: Any, api: ir.Api
) -> None:
    hook = ask("webhooks.subscribe", "sms.mt.status_update", f"{listener.url}/hook")
    hash_ = send(ask)
    assert ask("sms.get", hash_)["status"] == "PENDING"
    assert listener.heard == []
    steer("PUT", "clock", move=2)
    assert [h.json["data"]["status"] for h in listener.heard] == ["SENT", "RECEIVED"]
    (webhook,) = (w for w in api.webhooks if w.name == "sms.mt.status_update")
    assert webhook.operation.body is not None
    schema = webhook.operation.body.contents[0].schema
    assert schema is not None
    for heard in listener.heard:
        jsonschema_rs.validator_for(document(api, schema, "request")).validate(heard.json)
        event = heard.json
        assert (event["type"], event["try"]) == ("sms.mt.status_update", 0)
        assert (event["hook_hash"], event["data"]["hash"]) == (hook["hash"], hash_)
        assert heard.headers["x-callr-eventid"] == event["event_id"]
        assert "x-callr-hmacsignature" not in heard.headers
    assert len({h.json["event_id"] for h in listener.heard}) == 2
    message = ask("sms.get", hash_)
    assert (message["status"], message["date_sent"]) == ("RECEIVED", "2026-05-01 12:00:01")
    assert message["date_received"] == "2026-05-01 12:00:02"


@pytest.mark.parametrize(
    ("algorithm", "name"),
    [(None, "sha256"), ("SHA512", "sha512"), ("SHA1", "sha1"), ("MD5", "md5")],
)
def test_signatures(ask: Ask, steer: Any, listener: Any, algorithm: str | None, name: str) -> None:
    options = {"hmac_secret": "password", **({"hmac_algo": algorithm} if algorithm else {})}
    ask("webhooks.subscribe", "sms.mt.status_update", listener.url, options)
    send(ask)
    steer("PUT", "clock", move=2)
    assert len(listener.heard) == 2
    for heard in listener.heard:
        digest = hmac.new(b"password", heard.raw, getattr(hashlib, name)).digest()
        assert heard.headers["x-callr-hmacsignature"] == base64.b64encode(digest).decode()


def test_the_generated_client_reads_them(ask: Ask, steer: Any, listener: Any) -> None:
    options = {"hmac_secret": "password"}
    ask("webhooks.subscribe", "sms.mt.status_update", listener.url, options)
    send(ask, text="Grüße")
    steer("PUT", "clock", move=2)
    sent, received = (
        events.SMS_MT_STATUS_UPDATE.parse(h.raw, h.headers, "password") for h in listener.heard
    )
    assert (sent.data.status, received.data.status) == ("SENT", "RECEIVED")
    assert sent.data.text == "Grüße"


def test_what_is_not_accepted_is_repeated(ask: Ask, steer: Any, listener: Any) -> None:
    ask("webhooks.subscribe", "media.library.status_update", listener.url)
    listener.reply = lambda heard: (500 if heard.json["try"] < 3 else 299, None)
    media = ask("media/library.create", "bell")
    ask("media/library.set_content", media, "hello", "UklGRg==")
    steer("PUT", "clock", move=86400)
    assert [h.json["try"] for h in listener.heard] == [0, 1, 2, 3]
    assert len({h.json["event_id"] for h in listener.heard}) == 1
    times = [datetime.fromisoformat(a["at"]) for a in steer("GET", "deliveries")[0]["attempts"]]
    waits = [(b - a).total_seconds() for a, b in itertools.pairwise(times)]
    assert waits == [10, 30, 60]


def test_the_tenth_refusal_is_the_last(ask: Ask, steer: Any, listener: Any) -> None:
    ask("webhooks.subscribe", "media.library.status_update", listener.url)
    listener.reply = lambda _: (404, None)
    ask("media/library.set_content", ask("media/library.create", "bell"), "hello", "UklGRg==")
    steer("PUT", "clock", move=10 * 86400)
    assert [h.json["try"] for h in listener.heard] == list(range(10))
    assert steer("GET", "deliveries")[0]["state"] == "given up"


def test_redirects_are_not_followed(ask: Ask, steer: Any, listener: Any) -> None:
    ask("webhooks.subscribe", "media.library.status_update", f"{listener.url}/hook")
    listener.reply = lambda heard: (307, None, {"Location": f"{listener.url}/elsewhere"})
    ask("media/library.set_content", ask("media/library.create", "bell"), "hello", "UklGRg==")
    steer("PUT", "clock", move=15)
    assert [h.path for h in listener.heard] == ["/hook", "/hook"]


@pytest.mark.parametrize(
    "endpoint", ["http://192.0.2.1/hook", "http://example.com/", "{origin}/__trunkline__/reset"]
)
def test_what_is_not_sent(ask: Ask, steer: Any, server: Running, endpoint: str) -> None:
    endpoint = endpoint.format(origin=server.origin)
    hook = ask("webhooks.subscribe", "sms.mt.status_update", endpoint)
    assert hook["endpoint"] == endpoint
    send(ask)
    steer("PUT", "clock", move=2)
    for delivery in steer("GET", "deliveries"):
        assert delivery["state"] == "given up"
        (attempt,) = delivery["attempts"]
        assert attempt["status"] == 0
        assert attempt["reason"].startswith("not sent: ")
    assert len(steer("GET", "deliveries")) == 2


def test_events_stay_within_their_account(ask: Ask, steer: Any, listener: Any) -> None:
    ask("webhooks.subscribe", "sms.mt.status_update", f"{listener.url}/other", who="other_token")
    send(ask)
    steer("PUT", "clock", move=2)
    assert listener.heard == []


def test_who_has_unsubscribed_hears_no_more(ask: Ask, steer: Any, listener: Any) -> None:
    hook = ask("webhooks.subscribe", "sms.mt.status_update", listener.url)
    send(ask)
    steer("PUT", "clock", move=1)
    ask("webhooks.unsubscribe", hook["hash"])
    steer("PUT", "clock", move=1)
    assert [h.json["data"]["status"] for h in listener.heard] == ["SENT"]


def test_a_message_can_bring_its_own_webhook(ask: Ask, steer: Any, listener: Any) -> None:
    own = {"endpoint": f"{listener.url}/own", "options": {"hmac_secret": "my own secret"}}
    ask("sms.send", "SMS", "+33678912345", "hello", {"webhook": own})
    steer("PUT", "clock", move=2)
    assert [h.path for h in listener.heard] == ["/own", "/own"]
    for heard in listener.heard:
        events.SMS_MT_STATUS_UPDATE.parse(heard.raw, heard.headers, "my own secret")


def test_time_runs_by_itself(ask: Ask, steer: Any, server: Running, listener: Any) -> None:
    import time

    steer("PUT", "clock", run=True)
    ask("webhooks.subscribe", "sms.mt.status_update", listener.url)
    send(ask)
    for _ in range(400):
        if len(listener.heard) == 2:
            break
        time.sleep(0.025)
    assert [h.json["data"]["status"] for h in listener.heard] == ["SENT", "RECEIVED"]


def test_reset_forgets_what_was_to_come(ask: Ask, steer: Any, listener: Any) -> None:
    ask("webhooks.subscribe", "sms.mt.status_update", listener.url)
    send(ask)
    steer("POST", "reset")
    steer("PUT", "clock", move=10)
    assert listener.heard == []
    assert steer("GET", "deliveries") == []


def test_occurrences(ask: Ask, steer: Any, server: Running, listener: Any) -> None:
    for event in ("sms.mo", "billing.credit"):
        ask("webhooks.subscribe", event, f"{listener.url}/{event}")
    steer("POST", "occurrences/message", text="Hello 😀", **{"from": "+33600000001"})
    steer("POST", "occurrences/credit", amount="-30.50")
    message, credit = (h.json for h in listener.heard)
    assert (message["data"]["from"], message["data"]["encoding"]) == ("+33600000001", "UNICODE")
    assert ask("sms.get", message["data"]["hash"])["type"] == "IN"
    assert credit["data"]["balance"] == ask("billing.get_prepaid_credit") == "69.50"
    unknown = httpx2.post(f"{server.origin}/__trunkline__/occurrences/rain", json={})
    assert (unknown.status_code, "known: call" in unknown.text) == (400, True)
    odd = httpx2.post(f"{server.origin}/__trunkline__/occurrences/call", json={"ap": 1})
    assert (odd.status_code, "knows no 'ap'" in odd.text) == (400, True)


def test_numbers_come_and_go(ask: Ask, steer: Any, listener: Any) -> None:
    for event in ("did.assigned", "did.unassigned"):
        ask("webhooks.subscribe", event, f"{listener.url}/{event}")
    order = ask("did/store.reserve", 1, "GOLD", 2, "RANDOM")
    bought = ask("did/store.buy_order", order["token"])
    hashes = [item["hash"] for item in bought["success"]]
    assert ask("did/store.buy_order", order["token"]) == 151
    assert ask("did/store.cancel_subscription", hashes[0]) is True
    steer("PUT", "clock", move=1)
    # What happens at one instant is sent at once, in no order.
    assert sorted((h.path, h.json["data"]["hash"]) for h in listener.heard) == sorted(
        [("/did.assigned", hashes[0]), ("/did.assigned", hashes[1]), ("/did.unassigned", hashes[0])]
    )
    owned = {did["hash"] for did in ask("apps.get_dids", False)}
    assert hashes[1] in owned
    assert hashes[0] not in owned


def test_json_is_sent(ask: Ask, steer: Any, listener: Any) -> None:
    ask("webhooks.subscribe", "job.status_update", listener.url)
    job = ask("sms.export_async", {}, None)
    assert ask("jobs.get", job)["status"] == "PENDING"
    steer("PUT", "clock", move=1)
    assert ask("jobs.get", job)["status"] == "RUNNING"
    steer("PUT", "clock", move=1)
    assert ask("jobs.get", job)["status"] == "DONE"
    assert [h.json["data"]["percent"] for h in listener.heard] == ["50.00", "100.00"]
    for heard in listener.heard:
        assert heard.headers["content-type"] == "application/json"
        json.loads(heard.raw)
