"""The example answers of Telnyx's own description fit ours, whole and with any property left out.

The values are those that the vendor's generator of clients took from its description into the
tests of the Java client (`com.telnyx.sdk`, models of outboundvoiceprofiles and
credentialconnections), as of 2026-08.
"""

import copy

import pytest

from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import Json, Operation
from trunkline.pipeline import load_api
from trunkline.semantics.media import json_content

API = load_api("telnyx").api
PROFILE: dict[str, Json] = {
    "name": "office",
    "id": "1293384261075731499",
    "billing_group_id": "6a09cdc3-8948-47f0-aa62-74ac943d6c58",
    "call_recording": {
        "call_recording_caller_phone_numbers": ["+19705555098"],
        "call_recording_channels": "dual",
        "call_recording_format": "mp3",
        "call_recording_type": "by_caller_phone_number",
    },
    "calling_window": {
        "calls_per_cld": 5,
        "end_time": "20:00:00.00Z",
        "start_time": "08:00:00.00Z",
    },
    "concurrent_call_limit": 10,
    "connections_count": 12,
    "created_at": "2018-02-02T22:25:27.521Z",
    "daily_spend_limit": "100.00",
    "daily_spend_limit_enabled": True,
    "enabled": True,
    "max_destination_rate": 10.0,
    "record_type": "outbound_voice_profile",
    "service_plan": "global",
    "tags": ["office-profile"],
    "traffic_type": "conversational",
    "updated_at": "2018-02-02T22:25:27.521Z",
    "usage_payment_method": "rate-deck",
    "whitelisted_destinations": ["US", "BR", "AU"],
}
CONNECTION: dict[str, Json] = {
    "id": "6a09cdc3-8948-47f0-aa62-74ac943d6c58",
    "active": True,
    "anchorsite_override": "Latency",
    "android_push_credential_id": "06b09dfd-7154-4980-8b75-cebf7a9d4f8e",
    "call_cost_in_webhooks": False,
    "connection_name": "string",
    "created_at": "2018-02-02T22:25:27.521Z",
    "default_on_hold_comfort_noise_enabled": True,
    "dtmf_type": "RFC 2833",
    "encode_contact_header_enabled": True,
    "encrypted_media": "SRTP",
    "inbound": {
        "ani_number_format": "+E.164",
        "channel_limit": 10,
        "codecs": ["G722"],
        "default_routing_method": "sequential",
        "dnis_number_format": "+e164",
        "generate_ringback_tone": True,
        "isup_headers_enabled": True,
        "prack_enabled": True,
        "shaken_stir_enabled": True,
        "simultaneous_ringing": "enabled",
        "sip_compact_headers_enabled": True,
        "timeout_1xx_secs": 10,
        "timeout_2xx_secs": 15,
    },
    "ios_push_credential_id": "ec0c8e5d-439e-4620-a0c1-9d9c8d02a836",
    "jitter_buffer": {
        "enable_jitter_buffer": True,
        "jitterbuffer_msec_max": 200,
        "jitterbuffer_msec_min": 60,
    },
    "noise_suppression": "both",
    "noise_suppression_details": {"attenuation_limit": 80, "engine": "deep_filter_net"},
    "onnet_t38_passthrough_enabled": True,
    "outbound": {
        "ani_override": "string",
        "ani_override_type": "always",
        "call_parking_enabled": True,
        "channel_limit": 10,
        "generate_ringback_tone": True,
        "instant_ringback_enabled": True,
        "localization": "string",
        "outbound_voice_profile_id": "1293384261075731499",
        "t38_reinvite_source": "customer",
    },
    "password": "my123secure456password789",
    "record_type": "credential_connection",
    "rtcp_settings": {"capture_enabled": True, "port": "rtp+1", "report_frequency_secs": 10},
    "sip_uri_calling_preference": "disabled",
    "tags": ["tag1", "tag2"],
    "updated_at": "2018-02-02T22:25:27.521Z",
    "user_name": "myusername123",
    "webhook_api_version": "1",
    "webhook_event_failover_url": "https://failover.example.com",
    "webhook_event_url": "https://example.com",
    "webhook_timeout_secs": 25,
}
REGISTRATION: dict[str, Json] = {
    "ip_address": "190.106.106.121",
    "last_registration": "2018-02-02T22:25:27.521Z",
    "port": 37223,
    "record_type": "registration_status",
    "sip_username": "sip_username",
    "status": "Not Applicable",
    "transport": "TCP",
    "user_agent": "Z 5.4.12 v2.10.13.2-mod",
}
META: dict[str, Json] = {"page_number": 2, "total_pages": 3, "page_size": 25, "total_results": 55}
NEEDED = {"outbound_voice_profile": "name", "credential_connection": "connection_name"}
"""What the vendor requires of a profile, and what names a connection."""


def answers(operation: Operation) -> Json:
    """What the vendor shows as the answer of the operation."""
    if operation.id == "checkCredentialConnectionRegistration":
        return {"data": REGISTRATION}
    item = PROFILE if "outbound_voice_profiles" in operation.path else CONNECTION
    if operation.action == "list":
        return {"data": [item], "meta": META}
    return {"data": item}


@pytest.mark.parametrize("operation", API.operations, ids=lambda o: o.id)
def test_the_answer_fits(operation: Operation) -> None:
    schemas = Schemas(API)
    response = next(r for r in operation.responses if r.is_success)
    content = json_content(response.contents)
    assert content is not None
    assert content.schema is not None
    whole = answers(operation)
    assert schemas.fits(content.schema, whole, "response")
    data = whole["data"]
    item = data[0] if isinstance(data, list) else data
    # An id and the kind of object are what makes an answer usable at all; see the description.
    for name in set(item) - {"id", "record_type", NEEDED.get(item["record_type"])}:
        less = copy.deepcopy(whole)
        inner = less["data"][0] if isinstance(data, list) else less["data"]
        del inner[name]
        assert schemas.fits(content.schema, less, "response"), f"{name} is not promised"
