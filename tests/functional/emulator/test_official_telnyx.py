"""The vendor's own client, unmodified, against the emulator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import telnyx
from telnyx.types import (
    credential_connection_create_params,
    outbound_voice_profile_create_params,
)

from trunkline.emulator import Running, running
from trunkline.pipeline import load_api


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(load_api("telnyx").api) as handle:
        yield handle


@pytest.fixture
def client(server: Running) -> Iterator[telnyx.Telnyx]:
    server.reset()
    token = server.credentials["token"]
    with telnyx.Telnyx(api_key=token, base_url=server.url, max_retries=0) as connected:
        yield connected


def test_create_retrieve_update_delete(client: telnyx.Telnyx) -> None:
    profiles = client.outbound_voice_profiles
    created = profiles.create(name="office", tags=["a"], concurrent_call_limit=10).data
    assert created is not None
    assert created.id is not None
    assert (created.name, created.tags, created.concurrent_call_limit) == ("office", ["a"], 10)
    assert created.record_type == "outbound_voice_profile"
    assert created.enabled is True
    assert created.service_plan == "global"
    assert created.traffic_type == "conversational"
    assert created.whitelisted_destinations == ["US", "CA"]
    assert profiles.retrieve(created.id).data == created
    updated = profiles.update(created.id, name="office 2", concurrent_call_limit=None).data
    assert updated is not None
    assert (updated.name, updated.concurrent_call_limit, updated.tags) == ("office 2", None, ["a"])
    assert profiles.retrieve(created.id).data == updated
    deleted = profiles.delete(created.id).data
    assert deleted is not None
    assert deleted.id == created.id
    with pytest.raises(telnyx.NotFoundError):
        profiles.retrieve(created.id)


def test_lists_page_by_themselves(client: telnyx.Telnyx) -> None:
    names = [f"profile {index:02}" for index in range(45)]
    for name in names:
        client.outbound_voice_profiles.create(name=name)
    pages = client.outbound_voice_profiles
    assert [p.name for p in pages.list(sort="name")] == names
    assert [p.name for p in pages.list()] == names[::-1]
    assert [p.name for p in pages.list(page_size=7, sort="-name")] == names[::-1]
    found = pages.list(filter={"name": {"contains": "file 1"}}, sort="name", page_size=4)
    assert [p.name for p in found] == names[10:20]
    first = pages.list(page_size=20)
    assert first.meta is not None
    assert (first.meta.total_results, first.meta.total_pages) == (45, 3)


def test_errors_have_their_classes(client: telnyx.Telnyx, server: Running) -> None:
    profiles = client.outbound_voice_profiles
    with pytest.raises(telnyx.UnprocessableEntityError) as invalid:
        profiles.create(name="")
    assert isinstance(invalid.value.body, dict)
    assert invalid.value.body["errors"][0]["source"] == {"pointer": "/name"}
    with pytest.raises(telnyx.NotFoundError):
        profiles.update("1293384261075731499", name="nobody")
    with pytest.raises(telnyx.UnprocessableEntityError):
        profiles.list(page_size=251)
    stranger = telnyx.Telnyx(api_key="wrong", base_url=server.url, max_retries=0)
    with stranger, pytest.raises(telnyx.AuthenticationError):
        stranger.outbound_voice_profiles.list()


def test_accounts_are_apart(client: telnyx.Telnyx, server: Running) -> None:
    created = client.outbound_voice_profiles.create(name="mine").data
    assert created is not None
    token = server.credentials["other_token"]
    with telnyx.Telnyx(api_key=token, base_url=server.url, max_retries=0) as other:
        assert list(other.outbound_voice_profiles.list()) == []
        with pytest.raises(telnyx.NotFoundError):
            other.outbound_voice_profiles.retrieve(str(created.id))


def test_credential_connections(client: telnyx.Telnyx) -> None:
    connections = client.credential_connections
    made = connections.create(
        user_name="hellothere", password="my123secure456password789", connection_name="my name"
    ).data
    assert made is not None
    assert made.id is not None
    assert (made.connection_name, made.record_type) == ("my name", "credential_connection")
    assert made.password == "my123secure456password789"
    read = connections.retrieve(made.id).data
    assert read == made.model_copy(update={"password": MASK})
    assert [one.password for one in connections.list()] == [MASK]
    changed = connections.update(made.id, password="another-secret-1").data
    assert changed is not None
    assert changed.password == "another-secret-1"
    changed = connections.update(made.id, active=False).data
    assert changed is not None
    assert (changed.active, changed.user_name) == (False, "hellothere")
    assert changed.password == MASK
    assert [c.id for c in connections.list(filter={"connection_name": {"contains": "NAME"}})] == [
        made.id
    ]
    linked = connections.create(
        user_name="another1",
        password="my123secure456password789",
        connection_name="a name",
        outbound={"outbound_voice_profile_id": "1293384261075731499"},
    ).data
    assert linked is not None
    by_name = connections.list(sort="connection_name", page_size=1)
    assert [c.connection_name for c in by_name] == ["a name", "my name"]
    by_profile = connections.list(filter={"outbound_voice_profile_id": "1293384261075731499"})
    assert [c.id for c in by_profile] == [linked.id]
    assert list(connections.list(filter={"fqdn": "sip.example.com"})) == []
    told = connections.actions.check_registration_status(made.id).data
    assert told is not None
    assert (told.sip_username, told.status) == ("hellothere", "Not Registered")
    deleted = connections.delete(made.id).data
    assert deleted is not None
    assert deleted.id == made.id
    with pytest.raises(telnyx.NotFoundError):
        connections.actions.check_registration_status(made.id)
    with pytest.raises(telnyx.NotFoundError):
        connections.retrieve(made.id)
    assert [c.id for c in connections.list()] == [linked.id]


MASK = "*" * 8
"""What is shown instead of a password, but in the answer to the request that set it."""
RECORDING = {
    "call_recording_type": "by_caller_phone_number",
    "call_recording_caller_phone_numbers": ["+19705555098"],
    "call_recording_channels": "dual",
    "call_recording_format": "mp3",
}
PROFILE = {
    "name": "office",
    "billing_group_id": "6a09cdc3-8948-47f0-aa62-74ac943d6c58",
    "call_recording": RECORDING,
    "calling_window": {
        "start_time": "08:00:00.00Z",
        "end_time": "20:00:00.00Z",
        "calls_per_cld": 5,
    },
    "concurrent_call_limit": 10,
    "daily_spend_limit": "100.00",
    "daily_spend_limit_enabled": True,
    "enabled": True,
    "max_destination_rate": 0.5,
    "service_plan": "global",
    "tags": ["office-profile"],
    "traffic_type": "conversational",
    "usage_payment_method": "rate-deck",
    "whitelisted_destinations": ["US", "BR", "AU"],
}
CONNECTION = {
    "connection_name": "my name",
    "password": "my123secure456password789",
    "user_name": "myusername123",
    "active": True,
    "anchorsite_override": "Latency",
    "android_push_credential_id": "06b09dfd-7154-4980-8b75-cebf7a9d4f8e",
    "bridge_generate_comfort_noise_on_cn": True,
    "call_cost_in_webhooks": True,
    "default_on_hold_comfort_noise_enabled": True,
    "dtmf_type": "RFC 2833",
    "encode_contact_header_enabled": True,
    "encrypted_media": "SRTP",
    "inbound": {
        "ani_number_format": "+E.164",
        "channel_limit": 10,
        "codecs": ["G722", "OPUS"],
        "default_routing_method": "round-robin",
        "dnis_number_format": "+e164",
        "generate_ringback_tone": True,
        "isup_headers_enabled": True,
        "prack_enabled": True,
        "shaken_stir_enabled": True,
        "simultaneous_ringing": "enabled",
        "sip_compact_headers_enabled": False,
        "timeout_1xx_secs": 10,
        "timeout_2xx_secs": 600,
    },
    "ios_push_credential_id": "ec0c8e5d-439e-4620-a0c1-9d9c8d02a836",
    "jitter_buffer": {
        "enable_jitter_buffer": True,
        "jitterbuffer_msec_min": 60,
        "jitterbuffer_msec_max": 200,
    },
    "noise_suppression": "both",
    "noise_suppression_details": {"engine": "krisp_viva_tel", "attenuation_limit": 80},
    "onnet_t38_passthrough_enabled": True,
    "outbound": {
        "ani_override": "+19705555098",
        "ani_override_type": "always",
        "call_parking_enabled": True,
        "channel_limit": 10,
        "generate_ringback_tone": True,
        "instant_ringback_enabled": False,
        "localization": "US",
        "t38_reinvite_source": "customer",
    },
    "rtcp_settings": {
        "capture_enabled": True,
        "port": "rtp+1",
        "report_frequency_secs": 10,
    },
    "sip_uri_calling_preference": "internal",
    "tags": ["tag1", "tag2"],
    "webhook_api_version": "texml",
    "webhook_event_failover_url": "https://failover.example.com",
    "webhook_event_url": "https://example.com",
    "webhook_timeout_secs": 25,
}


def sent(kept: object, given: object) -> object:
    """What was given, as it was kept: members that the service adds are left out."""
    if isinstance(given, dict):
        assert isinstance(kept, dict)
        return {name: sent(kept.get(name), value) for name, value in given.items()}
    return kept


@pytest.mark.parametrize(
    ("resource", "full"),
    [("outbound_voice_profiles", PROFILE), ("credential_connections", CONNECTION)],
)
def test_every_parameter_is_taken_and_kept(
    client: telnyx.Telnyx, resource: str, full: dict
) -> None:
    """All that the client's own types let a caller send, in all operations."""
    name = "".join(word.capitalize() for word in resource.removesuffix("s").split("_"))
    taken = set(getattr(CREATING[resource], f"{name}CreateParams").__annotations__)
    assert set(full) == taken, "the client takes other parameters than the table has"
    calls = getattr(client, resource)
    profile = client.outbound_voice_profiles.create(name="for the connection").data
    assert profile is not None
    given = dict(full)
    if "outbound" in given:
        given["outbound"] = {**given["outbound"], "outbound_voice_profile_id": profile.id}
    made = calls.create(**given).data
    assert sent(made.to_dict(mode="json"), given) == given
    read = calls.retrieve(made.id).data
    shown = given | ({"password": MASK} if "password" in given else {})
    assert sent(read.to_dict(mode="json"), given) == shown
    assert made.id in [one.id for one in calls.list(page_size=250)]
    other = calls.create(**least(resource)).data
    changed = calls.update(other.id, **given | least(resource)).data
    wanted = given | least(resource)
    shown = wanted | ({"password": MASK} if "password" in wanted else {})  # it was that before
    assert sent(changed.to_dict(mode="json"), wanted) == shown
    assert calls.delete(made.id).data.id == made.id


def least(resource: str) -> dict[str, Any]:
    """The parameters that creating requires, other than those of the full object."""
    if resource == "outbound_voice_profiles":
        return {"name": "other"}
    return {"connection_name": "other", "user_name": "otherUser1", "password": "another-secret-1"}


CREATING = {
    "outbound_voice_profiles": outbound_voice_profile_create_params,
    "credential_connections": credential_connection_create_params,
}
"""The modules with the client's own types of what may be sent."""
