"""JSON-RPC methods of CALLR as ordinary methods, by clients of both kinds, on the emulator."""

from __future__ import annotations

from typing import Any

import pytest
from trunkline_callr import models
from trunkline_callr._runtime.errors import AuthenticationError
from trunkline_callr._runtime.rpc import RpcError, RpcInvalidParamsError

API = "callr"
SPAN = ("2024-01-01 00:00:00", "2024-02-01 00:00:00")
EVER = ("2000-01-01 00:00:00", "2100-01-01 00:00:00")
TARGET = {"number": "+16467890800", "timeout": 20}
WAV = "UklGRg=="


def test_apps(do: Any) -> None:
    app = do("apps.create", "CLICKTOCALL10", "reception", {})
    assert isinstance(app, models.App)
    assert app.package.name == "CLICKTOCALL10"
    assert do("apps.get", app.hash) == app
    assert [one.hash for one in do("apps.get_list", True)] == [app.hash]
    renamed = do("apps.edit", app.hash, "front desk", {})
    assert (renamed.hash, renamed.name) == (app.hash, "front desk")
    found = do("apps.search", {"name": "front desk"}, {})
    assert isinstance(found, models.AppSearchResults)
    assert [hit.hash for hit in found.hits] == [app.hash]
    assert do("apps.search", models.AppSearchFilters(name="nobody"), {}).hits == []
    assert do("apps.delete", app.hash) is True
    with pytest.raises(RpcError) as caught:
        do("apps.get", app.hash)
    assert caught.value.code == 151


def test_numbers(do: Any) -> None:
    assert all(isinstance(one, models.DID) for one in do("apps.get_dids", False))
    assert all(isinstance(one, models.CustomerCLI) for one in do("apps.get_authorized_clis", "SMS"))
    assert isinstance(do("did.search", {}, {}), models.DIDSearchResults)
    assert all(isinstance(one, models.DIDCountry) for one in do("did.areacode.countries"))
    areas = do("did.areacode.get_list", "US", None)
    assert all(isinstance(one, models.DIDAreaCode) for one in areas)
    assert all(isinstance(one, models.DIDType) for one in do("did.areacode.types", "US"))


def test_shop(do: Any) -> None:
    assert isinstance(do("did.store.get_quota_status"), models.DIDStoreQuotaStatus)
    assert isinstance(do("did.store.get_quote", 1, "CLASSIC", 1), models.DIDStoreQuote)
    order = do("did.store.reserve", 1, "CLASSIC", 1, "RANDOM")
    assert isinstance(order, models.DIDStoreReservation)
    assert isinstance(do("did.store.view_order", order.token), models.DIDStoreReservation)
    assert isinstance(do("did.store.buy_order", order.token), models.DIDStoreBuyStatus)


def test_figures(do: Any) -> None:
    history = do("analytics.calls.history", *SPAN)
    assert isinstance(history, models.AnalyticsCallsHistory)
    assert isinstance(do("analytics.calls.summary", *SPAN), models.AnalyticsCallsSummary)
    for name, kind in (
        ("cli_countries", models.AnalyticsCallsCountry),
        ("outbound_countries", models.AnalyticsCallsCountry),
        ("outbound_destinations", models.AnalyticsCallsDestination),
        ("inbound_did", models.AnalyticsCallsDID),
    ):
        rows = do(f"analytics.calls.{name}", "COUNT", *SPAN, 5)
        assert all(isinstance(row, kind) for row in rows), name
    assert isinstance(do("analytics.sms.history", *SPAN), models.AnalyticsSMSHistory)
    assert isinstance(do("analytics.sms.summary", *SPAN), models.AnalyticsSMSSummary)
    calls = do("cdr.get", "OUT", *SPAN)
    assert all(isinstance(one, models.CDRIn | models.CDROut) for one in calls)


def test_keys_and_sessions(do: Any) -> None:
    key = do("api_key.create", "ci")
    assert isinstance(key, models.AuthenticationApiKeyCreated)
    assert [(one.id, one.name) for one in do("api_key.all")] == [(key.id, "ci")]
    assert do("api_key.delete", key.id) is True
    assert do("api_key.all") == []
    session = do("session.create")
    assert isinstance(session, models.AuthenticationSession)
    assert session.token in [one.token for one in do("session.all")]
    refreshed = do("session.refresh", session.refresh_token)
    assert isinstance(refreshed, models.AuthenticationSession)


def test_calls(do: Any) -> None:
    app = do("apps.create", "REALTIME10", "menu", {"url": "https://example.com/menu"})
    request = do("calls.realtime", app.hash, TARGET, models.REALTIME10CallOptions(cli="BLOCKED"))
    assert isinstance(request, str)
    assert isinstance(do("calls.broadcast_1", TARGET, [131], None), str)
    assert isinstance(do("billing.get_prepaid_credit"), str)
    with pytest.raises(RpcError) as caught:
        do("calls.hangup", 5, None)
    assert caught.value.code == 151


def test_media(do: Any) -> None:
    bell = do("media.library.create", "bell")
    assert isinstance(bell, int)
    assert do("media.library.set_name", bell, "chime") is True
    assert do("media.library.set_tags", bell, {"mood": ["glad"]}) in {True, False}
    assert do("media.library.set_content", bell, "text", WAV) in {True, False}
    media = do("media.library.get", bell)
    assert isinstance(media, models.MediaLibrary)
    assert (media.id, media.name) == (bell, "chime")
    assert set(do("media.library.get_list", None)) == {str(bell)}
    assert isinstance(do("media.library.get_phone_id", bell, "US"), models.MediaPhoneID)
    assert do("media.library.delete", bell) is True
    assert isinstance(do("media.get_quota_status"), models.MediaQuota)
    templates = do("media.email.get_templates", "VMS")
    assert all(isinstance(one, models.MediaEmailTemplate) for one in templates.values())


def test_messages(do: Any) -> None:
    sent = do("sms.send", "SMS", "+33123456789", "hello", None)
    message = do("sms.get", sent)
    assert isinstance(message, models.SMS)
    assert (message.from_, message.to) == ("SMS", "+33123456789")
    assert sent in [one.hash for one in do("sms.get_list", "OUT", *EVER)]
    assert do("sms.get_count_for_body", "hello") == 1


def test_places(do: Any) -> None:
    assert isinstance(do("list_.countries"), dict)
    assert isinstance(do("list_.timezones"), dict)
    assert isinstance(do("list_.number_infos", "+16467890800"), models.NumberInfos)
    assert isinstance(do("system.get_timestamp"), int)


def test_subscriptions(do: Any) -> None:
    hook = do("webhooks.subscribe", "sms.mo", "https://example.com/hook", None)
    assert isinstance(hook, models.WebhookSubscription)
    assert (hook.type, hook.endpoint) == ("sms.mo", "https://example.com/hook")
    do("webhooks.unsubscribe", hook.hash)
    with pytest.raises(RpcError):
        do("webhooks.unsubscribe", hook.hash)


def test_failures_have_classes(do: Any) -> None:
    with pytest.raises(RpcInvalidParamsError) as caught:
        do("analytics.calls.summary", "yesterday", "today")
    assert caught.value.code == -32602
    stranger = do.method("system.get_timestamp", do.make(username="me", password="wrong"))
    with pytest.raises(AuthenticationError):
        do.run(stranger())


def test_accounts_are_apart(do: Any) -> None:
    app = do("apps.create", "CLICKTOCALL10", "mine", {})
    other = do.make(**do.credentials("other_token"))
    assert do.run(do.method("apps.get_list", other)(True)) == []
    with pytest.raises(RpcError) as caught:
        do.run(do.method("apps.get", other)(app.hash))
    assert caught.value.code == 151


def test_parameters_by_name_are_sent_in_their_places(do: Any) -> None:
    sent = do("sms.send", to="+33123456789", body="hello", from_="SMS", options_=None)
    assert do("sms.get", id=sent).to == "+33123456789"


def test_any_method_can_be_called_by_its_name(do: Any) -> None:
    """What `do` calls has a method here; a service may have others."""
    called = do("call_method", "did/areacode.countries")
    assert called
    assert isinstance(called[0], dict)
    with pytest.raises(RpcError) as caught:
        do("call_method", "apps.no_such_method", 1, None)
    assert caught.value.code == -32601
