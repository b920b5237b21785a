"""The step between the two real versions of the Telnyx description, change by change."""

from pathlib import Path

import pytest

from trunkline.evolve import Bump, Verdict, compare, version_bump
from trunkline.pipeline import load_api

SPECS = Path(__file__).parents[3] / "specs" / "telnyx"
OVP = ("POST /outbound_voice_profiles", "PATCH /outbound_voice_profiles/{id}")
CC = ("POST /credential_connections", "PATCH /credential_connections/{id}")
NARROWED = {
    ("traffic_type", '"short_duration"'),
    ("service_plan", '"us"'),
    ("service_plan", '"international"'),
    ("usage_payment_method", '"tariff"'),
    ("encrypted_media", '"ZRTP"'),
}
"""Properties and the values they lost."""
CONNECTION = (
    *("tags", "call_cost_in_webhooks", "android_push_credential_id", "ios_push_credential_id"),
    *("noise_suppression", "noise_suppression_details", "jitter_buffer"),
    "bridge_generate_comfort_noise_on_cn",
)
INBOUND = ("shaken_stir_enabled", "simultaneous_ringing")
"""Properties of a connection, and of its `inbound`, that came."""


@pytest.fixture(scope="module")
def changes():
    old = load_api(SPECS / "history" / "2024-04-30.yaml").api
    return compare(old, load_api(SPECS / "openapi.yaml").api)


def of(changes, rule):
    return [c for c in changes if c.rule.id == rule]


def value(change):
    return change.places[0].path[-1], change.message.split()[2]


def subjects(change):
    return {place.subject for place in change.places}


def test_values_that_went_break_requests_and_not_answers(changes):
    sent = of(changes, "request-enum-value-removed")
    assert {value(c) for c in sent} == NARROWED
    assert len(sent) == len(NARROWED)
    for change in sent:
        wanted = CC if change.places[0].path[-1] == "encrypted_media" else OVP
        assert subjects(change) == set(wanted)
        assert (change.http, change.python) == (Verdict.BREAKING, Verdict.BREAKING)
    received = of(changes, "response-enum-value-removed")
    assert {value(c) for c in received} == NARROWED
    assert all(c.http is Verdict.COMPATIBLE for c in received)
    assert all(c.python is Verdict.BREAKING for c in received), "members of enumerations went"
    assert all(len(c.places) == 5 for c in received), "five operations answer the object"


def test_the_timeout_is_no_longer_text(changes):
    (sent,) = of(changes, "request-union-member-removed")
    assert sent.places[0].path == ("request body", "inbound", "timeout_2xx_secs")
    assert subjects(sent) == set(CC)
    assert sent.message == "it may no longer be string"
    (received,) = of(changes, "response-union-member-removed")
    assert (received.http, received.python) == (Verdict.COMPATIBLE, Verdict.DANGEROUS)


def test_breaking_is_exactly_that(changes):
    breaking = {
        (c.rule.id, c.places[0].path[-1])
        for c in changes
        if c.http is Verdict.BREAKING and c.rule.id != "request-enum-value-removed"
    }
    assert breaking == {
        ("request-union-member-removed", "timeout_2xx_secs"),
        ("request-minimum-increased", "timeout_1xx_secs"),
        ("request-maximum-added", "timeout_1xx_secs"),
        ("response-null-allowed", "call_parking_enabled"),
        ("response-enum-value-added", "webhook_api_version"),
    }


def test_what_the_descriptions_do_not_decide(changes):
    found = {
        (c.rule.id, c.places[0].subject, c.places[0].path[-1])
        for c in changes
        if c.http is Verdict.DANGEROUS
    }
    assert found == {
        ("parameter-default-changed", "GET /credential_connections", "query parameter page[size]"),
        ("request-pattern-changed", CC[0], "user_name"),
        ("request-pattern-changed", CC[1], "user_name"),
    }


def test_what_is_new(changes):
    """The calling window, and what the vendor's description of August 2026 has besides."""
    sent = {(place, c.places[0].path[-1]) for c in of(changes, "request-property-added")
            for place in subjects(c)}  # fmt: skip
    assert sent == (
        {(subject, "calling_window") for subject in OVP}
        | {(subject, name) for subject in CC for name in (*CONNECTION, *INBOUND)}
        | {(CC[1], "conversation_persistence")}
    )
    received = {c.places[0].path[-1]: len(c.places) for c in of(changes, "response-property-added")}
    new = {"calling_window", *CONNECTION, *INBOUND, "conversation_persistence"}
    assert received == dict.fromkeys(new, 5), "five operations answer the object"
    assert {c.places[0].path for c in of(changes, "model-added")} == {
        ("CallingWindow",),
        ("JitterBuffer",),
        ("NoiseSuppression",),
        ("NoiseSuppressionDetails",),
        ("RegistrationStatus",),
        ("RegistrationStatusResponse",),
    }
    (version,) = of(changes, "request-enum-value-added")
    assert version.message == 'the value "texml" is allowed now'


def test_connections_can_be_filtered_and_sorted_in_more_ways(changes):
    added = of(changes, "parameter-added")
    assert {change.message.split()[-3] for change in added} == {
        "filter[outbound_voice_profile_id]",
        "filter[fqdn]",
    }
    sorts = of(changes, "parameter-enum-value-added")
    assert {change.message.split('"')[1] for change in sorts} == {
        "-created_at",
        "-connection_name",
        "-active",
    }
    for change in (*added, *sorts):
        assert subjects(change) == {"GET /credential_connections"}
        assert change.verdict is Verdict.COMPATIBLE


def test_a_registration_can_be_checked(changes):
    (change,) = of(changes, "operation-added")
    item = "/credential_connections/{id}/actions/check_registration_status"
    assert subjects(change) == {f"POST {item}"}
    assert change.verdict is Verdict.COMPATIBLE


def test_errors_that_came_and_went(changes):
    def statuses(rule):
        return {(c.places[0].subject, c.message.split()[0]) for c in of(changes, rule)}

    item = "/credential_connections/{id}"
    assert statuses("response-status-error-added") == {
        ("GET /credential_connections", "403"),
        ("POST /credential_connections", "403"),
        (f"GET {item}", "403"),
        (f"PATCH {item}", "403"),
        (f"DELETE {item}", "403"),
        (f"DELETE {item}", "400"),
    }
    assert statuses("response-status-error-body-removed") == {
        ("GET /credential_connections", "404"),
        (f"DELETE {item}", "422"),
    }


def test_the_privacy_zone_is_deprecated(changes):
    for rule in ("request-schema-deprecated", "response-schema-deprecated"):
        (change,) = of(changes, rule)
        assert change.places[0].path[-2:] == ("inbound", "privacy_zone_enabled")


def test_there_is_nothing_else(changes):
    accounted = {
        "request-enum-value-removed",
        "response-enum-value-removed",
        "request-union-member-removed",
        "response-union-member-removed",
        "parameter-default-changed",
        "parameter-added",
        "parameter-enum-value-added",
        "operation-added",
        "request-pattern-changed",
        "request-property-added",
        "response-property-added",
        "model-added",
        "request-enum-value-added",
        "response-enum-value-added",
        "request-null-allowed",
        "response-null-allowed",
        "request-minimum-increased",
        "response-minimum-increased",
        "request-maximum-added",
        "response-maximum-added",
        "response-status-error-added",
        "response-status-error-body-removed",
        "request-schema-deprecated",
        "response-schema-deprecated",
    }
    rest = {c.rule.id for c in changes if not c.rule.documentation} - accounted
    assert rest == set()
    texts = {(c.rule.id, c.places[0].path[-1:]) for c in changes if c.rule.documentation}
    assert texts == {
        ("info-version-changed", ()),
        ("parameter-description-changed", ("query parameter sort",)),
        ("request-schema-examples-changed", ("webhook_event_failover_url",)),
        *(
            (f"{side}-schema-description-changed", (name,))
            for side in ("request", "response")
            for name in (
                *("service_plan", "usage_payment_method", "encrypted_media"),
                *("timeout_1xx_secs", "call_parking_enabled", "webhook_api_version"),
            )
        ),
        ("request-schema-description-changed", ("user_name",)),
    }


def test_every_change_points_into_both_files(changes):
    for change in changes:
        if change.rule.id in {"model-added", "operation-added"}:
            assert change.old is None
            continue
        assert change.old.file.endswith("2024-04-30.yaml")
        assert change.new.file.endswith("openapi.yaml")


def test_the_next_version_is_a_major_one(changes):
    assert version_bump(changes) is Bump.MAJOR
