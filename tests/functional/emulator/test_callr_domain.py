"""What CALLR's methods do to each other's objects: a walk through all that are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import jsonschema_rs
import pytest

from trunkline import ir
from trunkline.emulator import Running, running
from trunkline.ir.jsonschema import document

API = "callr"
Ask = Callable[..., Any]
FROM, TO = "2026-01-01 00:00:00", "2027-01-01 00:00:00"
HERE = "+33678912345"


@pytest.fixture
def called() -> set[str]:
    return set()


@pytest.fixture
def raw(server: Running) -> Iterator[Callable[..., httpx2.Response]]:
    server.reset()
    server.emulator.clock.freeze(datetime(2026, 5, 1, 12, tzinfo=UTC))
    with httpx2.Client() as client:

        def call(method: str, *params: Any, **headers: str) -> httpx2.Response:
            given = {"Authorization": f"Api-Key {server.credentials['token']}"}
            return client.post(
                f"{server.origin}/json-rpc/v1.1/",
                json={"jsonrpc": "2.0", "id": 1, "method": method, "params": params},
                headers={**given, **{k.replace("_", "-"): v for k, v in headers.items()}},
            )

        yield call


@pytest.fixture
def ask(api: ir.Api, raw: Callable[..., httpx2.Response], called: set[str]) -> Ask:
    """The result, which is held to its schema, or the error's code."""
    assert api.rpc is not None
    methods = {m.name: m for m in api.rpc.methods}

    def call(method: str, *params: Any, **headers: str) -> Any:
        answer = raw(method, *params, **headers).json()
        if "error" in answer:
            return answer["error"]["code"]
        called.add(method)
        schema = methods[method].result
        if schema is not None:
            checked = jsonschema_rs.validator_for(document(api, schema, "response"))
            checked.validate(answer["result"])
        return answer["result"]

    return call


def later(server: Running, seconds: float) -> None:
    httpx2.put(f"{server.origin}/__trunkline__/clock", json={"move": seconds})


def test_every_typed_method_does_something(
    api: ir.Api, server: Running, ask: Ask, called: set[str]
) -> None:
    # Apps and numbers.
    app = ask("apps.create", "CALLTRACKING10", "reception", {"targets": [{"number": HERE}]})
    assert app["p"]["targets"] == [{"number": HERE}]
    did = ask("apps.get_dids", True)[0]["hash"]
    assert ask("did.search", {"hash": did}, {})["hits"][0]["app"] is None
    ask("apps.assign_did", app["hash"], did)
    assert ask("apps.get", app["hash"])["did"][0]["hash"] == did
    assert did not in [d["hash"] for d in ask("apps.get_dids", True)]
    assert did in [d["hash"] for d in ask("apps.get_dids", False)]
    assert ask("apps.get_list", False)[0]["did"] == []
    assert ask("apps.search", {"name": "reception"}, {"quantity": 1})["total"] == 1
    assert ask("apps.edit", app["hash"], "desk", {})["name"] == "desk"
    assert ask("apps.remove_did", did) is True
    assert ask("apps.get", app["hash"])["did"] == []
    ask("apps.assign_did", app["hash"], did)
    assert ask("apps.delete", app["hash"]) is True
    assert did in [d["hash"] for d in ask("apps.get_dids", True)]
    assert ask("apps.get_authorized_clis", "CALL")[0]["cli"] == HERE
    click = ask("apps.create", "CLICKTOCALL10", "click", {})
    assert click["p"]["options"]["record_calls"] is False
    assert ask("apps.assign_did", click["hash"], did) == 205
    # The store of numbers.
    assert {c["code"] for c in ask("did/areacode.countries")} >= {"FR", "US"}
    (london,) = ask("did/areacode.get_list", "GB", None)
    assert ask("did/areacode.types", "GB")
    quote = ask("did/store.get_quote", london["id"], "CLASSIC", 3)
    assert (quote["cost"]["amount_per_month"], quote["available"]) == ("3.00", 30)
    order = ask("did/store.reserve", london["id"], "CLASSIC", 3, "RANDOM")
    assert ask("did/store.view_order", order["token"]) == order
    assert ask("did/store.cancel_order", order["token"]) is True
    assert ask("did/store.view_order", order["token"]) == 151
    order = ask("did/store.reserve", london["id"], "GOLD", 1, "RANDOM")
    before = ask("did/store.get_quota_status")["assigned_count"]
    (item,) = ask("did/store.buy_order", order["token"])["success"]
    assert ask("did/store.get_quota_status")["assigned_count"] == before + 1
    (owned,) = ask("did.search", {"hash": item["hash"]}, {})["hits"]
    assert (owned["class"], owned["country_code"]) == ("GOLD", "GB")
    assert ask("did/store.cancel_subscription", item["hash"]) is True
    assert ask("did/store.cancel_subscription", item["hash"]) == 151
    # Text messages.
    assert ask("sms.get_count_for_body", "a" * 161) == 2
    sent = ask("sms.send", "SMS", HERE, "Hello €" * 30, None)
    message = ask("sms.get", sent)
    assert (message["parts"], message["encoding"], message["b_customer_debit"]) == (
        2,
        "GSM",
        "0.10",
    )
    assert ask("billing.get_prepaid_credit") == "99.90"
    assert ask("sms.send", "SMS", "+12025550100", "x", None) == 1000
    assert ask("billing.get_prepaid_credit") == "99.90"
    expired = ask("sms.send", "SMS", "+12025550101", "ê", {"user_data": "abc"})
    later(server, 2)
    assert (ask("sms.get", expired)["status"], ask("sms.get", sent)["status"]) == (
        "EXPIRED", "RECEIVED")  # fmt: skip
    assert [m["hash"] for m in ask("sms.get_list", "OUT", FROM, TO)] == [sent, expired]
    assert ask("sms.get_list", "IN", FROM, TO) == []
    assert ask("sms.get_list", "OUT", TO, TO) == []
    ask("sms.set_settings", {"a": True})
    summary = ask("analytics/sms.summary_out", FROM, TO, ["count"])
    assert (summary["count"], summary["parts"], summary["debit"]) == (2, 3, "0.1500")
    assert ask("analytics/sms.summary", FROM, TO)["OUT"] == summary
    job = ask("sms.export_async", {}, None)
    assert ask("jobs.get", job)["status"] == "PENDING"
    later(server, 2)
    assert ask("jobs.get", job)["status"] == "DONE"
    # Media.
    media = ask("media/library.create", "bell")
    assert ask("media/library.get", media)["status"] == "PENDING_CONTENT"
    assert ask("media/library.set_tags", media, {"floor": ["1"]}) is True
    assert ask("media/library.get", media)["tags"] == {"floor": ["1"]}
    assert ask("media/library.set_content", media, "ding", "UklGRg==") is True
    assert ask("media/library.get", media)["status"] == "PROCESSING"
    later(server, 1)
    ready = ask("media/library.get", media)
    assert (ready["status"], ready["content"], ready["duration"]) == ("READY", "ding", 5)
    assert ask("media/tts.set_content", media, "dong", "TTS_EN-GB_SERENA", None) is True
    assert ask("media/library.get", media)["voice"] == "TTS_EN-GB_SERENA"
    ask("media/library.set_content_from_file", media, "import/x.wav")
    assert ask("media/library.set_content_from_recording", media, "rec/x") is True
    assert ask("media/library.get_phone_id", media, "US")["number"].startswith("+1")
    assert ask("media/library.set_name", media, "gong") is True
    assert ask("media/library.get_list", None)[str(media)]["name"] == "gong"
    assert ask("media.get_quota_status")["count"]["library"] == 1
    assert ask("media/library.delete", media) is True
    assert ask("media/library.set_name", media, "gong") == 115
    assert ask("media.get_quota_status")["count"]["library"] == 0
    assert ask("jobs.get", ask("media.import_file_from_base64_async", "UklGRg==", ""))
    ask("media/tts.get_voice_list")
    assert [t["type"] for t in ask("media/email.get_templates", "VMS").values()] == ["VMS"]
    # Calls.
    call = ask("clicktocall/calls.start_2", click["hash"], [{"number": HERE}],
               [{"number": "+33611111111"}])  # fmt: skip
    later(server, 1)
    state = ask("clicktocall/calls.get_status", call)
    assert (state["a_status"]["status"], state["b_status"]["status"]) == ("ANSWER", "DIALING")
    later(server, 1)
    assert ask("clicktocall/calls.get_status", call)["b_status"]["status"] == "ANSWER"
    later(server, 10)
    over = ask("clicktocall/calls.get_status", call)
    assert (over["a_status"]["status"], over["b_status"]["status"]) == ("HANGUP", "HANGUP")
    assert ask("clicktocall/calls.cancel", call) == 151
    legs = ask("cdr.get", "OUT", FROM, TO, click["hash"], None)
    assert [(leg["number"], leg["duration"]) for leg in legs] == [(HERE, 12), ("+33611111111", 10)]
    other = ask("clicktocall/calls.start_2", click["hash"], [{"number": HERE}],
                [{"number": "+33611111111"}], {"schedule": "2026-05-02 12:00:00"})  # fmt: skip
    later(server, 3600)
    assert ask("clicktocall/calls.get_status", other)["a_status"]["status"] == "DIALING"
    assert ask("clicktocall/calls.cancel", other) is True
    later(server, 86400)
    assert ask("clicktocall/calls.get_status", other)["a_status"]["status"] == "ABORTED"
    assert len(ask("clicktocall/calls.get_list", click["hash"], FROM, TO)) == 2
    cast = ask("calls.broadcast_1", {"number": HERE}, [1], None)
    later(server, 1)
    assert ask("calls.get_status_1", cast) == "UP"
    later(server, 5)
    assert ask("calls.get_status_1", cast) == "HANGUP"
    ask("sendr/simple.broadcast_1", {"number": HERE}, [1], None)
    real = ask("apps.create", "REALTIME10", "menu", {})
    for method in ("calls.realtime", "dialr/call.realtime"):
        assert ask(method, click["hash"], {"number": HERE}, None) == 151
        assert ask("calls.get_status_1", ask(method, real["hash"], {"number": HERE}, None))
    assert ask("calls.hangup", legs[0]["callid"], None) is True
    assert ask("calls.hangup", 5, None) == 151
    assert ask("analytics/calls.summary", FROM, TO)["OUT"]["count"] >= 3
    for method, *params in (
        ["analytics/calls.cli_countries", "COUNT", FROM, TO, 5],
        ["analytics/calls.history", FROM, TO],
        ["analytics/calls.inbound_did", "COUNT", FROM, TO, 5],
        ["analytics/calls.outbound_countries", "COUNT", FROM, TO, 5],
        ["analytics/calls.outbound_destinations", "DURATION", FROM, TO, 5],
        ["analytics/calls.top_apps", "IN", "COUNT", FROM, TO, 5],
        ["analytics/sms.history", FROM, TO],
        ["analytics/sms.history_out", FROM, TO, None],
        ["analytics/sms.history_out_by_status", FROM, TO],
        ["analytics/sms.summary_out_by_status", FROM, TO],
        ["analytics.get_outbound_types", "COUNT", FROM, TO],
        ["conference/10.call_room_access", 1, HERE, True],
    ):  # fmt: skip
        ask(str(method), *params)
    room = ask("conference/10.create_room", "lobby", {}, [])
    assert ask("conference/10.assign_did", room, did) is True
    assert ask("conference/10.assign_did", room + 1, did) == 151
    # Lists.
    assert ask("list.countries")["FR"]["country_dialcode"] == "33"
    assert ask("list.timezones")["1"]["iana"] == "Europe/Paris"
    assert ask("list.number_infos", "+442071838750")["country_code"] == "GB"
    assert ask("list.number_infos", "+99999")["is_valid"] is False
    assert ask("system.get_timestamp") == int(server.emulator.clock.now().timestamp())
    # Webhooks.
    assert "sms.mo" in ask("webhooks.get_event_types")
    assert ask("webhooks.subscribe", "sms.no", "http://127.0.0.1/", None) == 151
    hook = ask("webhooks.subscribe", "sms.mo", "http://127.0.0.1/", None)
    ask("webhooks.unsubscribe", hook["hash"])
    assert ask("webhooks.unsubscribe", hook["hash"]) == 151
    # Sub-accounts.
    sub = ask("account/sub.create", {"account": {"company": "Ltd"}}, {})
    name = sub["credentials"]["login"]
    assert ask("account/sub.edit", name, {"contact": {"emails": ["a@example.com"]}})[
        "contact"]["emails"] == ["a@example.com"]  # fmt: skip
    assert ask("account/sub.transfer_credit", "00000000", name, "12.50", {}) is True
    (found,) = ask("account/sub.search", {"archived": False}, {})["hits"]
    assert found["state"]["credit"] == "12.50"
    assert ask("account/sub.disable", name) is True
    ask("account/sub.archive", name)
    later(server, 1)
    assert ask("account/sub.search", {"archived": False}, {})["hits"] == []
    # Sessions and keys.
    key = ask("api-key.create", "ci")
    assert [k["name"] for k in ask("api-key.all")] == ["ci"]
    assert ask("api-key.delete", key["id"]) is True
    session = ask("session.create")
    ask("session.refresh", session["refresh_token"])
    assert len(ask("session.all")) == 1
    ask("session.delete")

    assert api.rpc is not None
    typed = {m.name for m in api.rpc.methods if m.evidence is not ir.RpcEvidence.LISTED}
    assert typed - called == set()


def test_hidden_members_stay_hidden(raw: Any, ask: Ask) -> None:
    key = ask("api-key.create", "ci")
    sub = raw("account/sub.create", {}, {}).text
    order = raw("did/store.reserve", 1, "CLASSIC", 1, "RANDOM").text
    for text in (raw("api-key.all").text, sub, order):
        assert '"_' not in text
        assert key["token"] not in text


def test_sessions_let_in_until_they_end(ask: Ask, raw: Any, server: Running) -> None:
    session = ask("session.create")
    header = f"Session {session['token']}"
    assert ask("apps.get_list", True, Authorization=header) == []
    again = ask("session.refresh", session["refresh_token"])
    assert raw("apps.get_list", True, Authorization=header).status_code == 401
    header = f"Session {again['token']}"
    later(server, 3599)
    assert raw("apps.get_list", True, Authorization=header).status_code == 200
    later(server, 1)
    assert raw("apps.get_list", True, Authorization=header).status_code == 401
    fresh = ask("session.create")["token"]
    raw("session.delete", Authorization=f"Session {fresh}")
    assert raw("session.all", Authorization=f"Session {fresh}").status_code == 401


def test_keys_let_in_until_they_are_deleted(ask: Ask, raw: Any) -> None:
    key = ask("api-key.create", "ci")
    assert len(key["token"]) == 100
    ask("media/library.create", "bell")
    header = f"Api-Key {key['token']}"
    assert len(ask("media/library.get_list", None, Authorization=header)) == 1
    assert raw("session.all", Authorization=f"Session {key['token']}").status_code == 401
    ask("api-key.delete", key["id"])
    assert raw("session.all", Authorization=header).status_code == 401


@pytest.mark.parametrize("kind", ["user.login", "account.hash"])
def test_acting_for_a_sub_account(ask: Ask, raw: Any, server: Running, kind: str) -> None:
    name = ask("account/sub.create", {}, {})["credentials"]["login"]
    header = {"CALLR_Login_As": f"{kind} {name}"}
    ask("media/library.create", "theirs", **header)
    assert ask("media/library.get_list", None) == {}
    assert len(ask("media/library.get_list", None, **header)) == 1
    other = f"Api-Key {server.credentials['other_token']}"
    assert raw("session.all", Authorization=other, **header).status_code == 401
    for wrong in (f"{kind} x{name}", kind, "", f"user.name {name}", name):
        assert raw("session.all", CALLR_Login_As=wrong).status_code == 401


def test_a_refused_call_changes_nothing(ask: Ask) -> None:
    click = ask("apps.create", "CLICKTOCALL10", "click", {})
    did = ask("apps.get_dids", True)[0]["hash"]
    assert ask("apps.assign_did", click["hash"], did) == 205
    assert ask("did.search", {"hash": did}, {})["hits"][0]["app"] is None


def test_the_admin_surface_shows_them(ask: Ask, server: Running) -> None:
    app = ask("apps.create", "CLICKTOCALL10", "click", {})
    base = f"{server.origin}/__trunkline__"
    assert httpx2.get(f"{base}/").json()["objects"]["apps"] == {"account-1": 1, "account-2": 0}
    assert httpx2.get(f"{base}/objects/apps").json()[0]["hash"] == app["hash"]
    given = {"id": "ABCDEF12", "object": {"name": "seeded"}}
    assert httpx2.post(f"{base}/objects/apps", json=given).status_code == 201
    assert ask("apps.get", "ABCDEF12")["name"] == "seeded"


def test_a_restart_makes_no_secret_twice(api: ir.Api, tmp_path: Path) -> None:
    made: list[dict[str, Any]] = []
    for _ in range(2):
        with running(api, data=tmp_path / "state.sqlite") as server:
            for method in ("session.create", "session.all"):
                answer = httpx2.post(
                    f"{server.origin}/json-rpc/v1.1/",
                    json={"jsonrpc": "2.0", "id": 1, "method": method, "params": []},
                    headers={"Authorization": f"Api-Key {server.credentials['token']}"},
                ).json()["result"]
                made += [answer] if isinstance(answer, dict) else []
            kept = answer
    first, second = made
    assert first["token"] != second["token"]
    assert [s["token"] for s in kept] == [first["token"], second["token"]]
