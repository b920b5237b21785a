from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.runtime.errors import SignatureError, WebhookError
from trunkline.runtime.models import Model
from trunkline.runtime.webhooks import Signature, Webhook

# Published by CALLR: body, secret and the value that goes with them.
BODY = b'{"data":{"from":"sender","to":"receiver","text":"a message"}}'
SIGNED = "sHMMGdzGhfW2urhzjUwY578gZct/lVFlAP3qrHTaUig="
HEADER = "X-CALLR-HmacSignature"


class Sms(Model):
    text: str


class Event(Model):
    data: Sms


EVENT: Webhook[Event] = Webhook("event", Event, Signature(HEADER))


def test_the_published_check_value():
    assert Signature(HEADER).sign(BODY, "password") == SIGNED
    event = EVENT.parse(BODY, {HEADER.upper(): SIGNED}, "password")
    assert event.data.text == "a message"


@pytest.mark.parametrize(
    ("headers", "secret", "message"),
    [
        ({}, "password", "missing"),
        ({HEADER: SIGNED}, "wrong", "does not fit"),
        ({HEADER: SIGNED[:-4] + "AAA="}, "password", "does not fit"),
        ({HEADER: SIGNED[:20]}, "password", "does not fit"),
        ({HEADER: "héllo"}, "password", "not base64"),
        ({HEADER: "*"}, "password", "not base64"),
        ({HEADER: ""}, "password", "does not fit"),
        ({HEADER: SIGNED}, "", "secret is empty"),
        ({HEADER: SIGNED}, [], "secret is empty"),
        ({HEADER: SIGNED}, ["", "password"], "secret is empty"),
    ],
)
def test_whatever_is_not_signed_with_the_secret_is_refused(headers, secret, message):
    with pytest.raises(SignatureError, match=message):
        EVENT.parse(BODY, headers, secret)


def test_a_changed_body_is_refused():
    with pytest.raises(SignatureError):
        EVENT.parse(BODY.replace(b"message", b"massage"), {HEADER: SIGNED}, "password")


def test_secrets_can_be_replaced_without_a_gap():
    assert EVENT.parse(BODY, {HEADER: SIGNED}, ["new", "password"]).data.text == "a message"


ALGORITHMS = ["md5", "sha1", "sha256", "sha384", "sha512"]


@given(st.binary(), st.text(min_size=1), st.sampled_from(ALGORITHMS))
def test_every_algorithm_agrees_with_the_standard_library(payload, secret, algorithm):
    try:
        key = secret.encode()
    except UnicodeEncodeError:
        return
    signature = Signature("S", algorithm, "hex")
    expected = hmac.new(key, payload, getattr(hashlib, algorithm)).hexdigest()
    assert signature.sign(payload, secret) == expected
    signature.verify(payload, expected.upper(), secret)


def test_the_subscription_may_have_chosen_another_algorithm():
    signed = Signature(HEADER, "sha512").sign(BODY, "password")
    assert EVENT.parse(BODY, {HEADER: signed}, "password", algorithm="sha512").data
    with pytest.raises(SignatureError):
        EVENT.parse(BODY, {HEADER: signed}, "password")


def test_events_of_a_newer_kind_are_decoded_as_far_as_they_fit():
    event = EVENT.parse_unverified(json.dumps({"data": {"words": 1}, "kind": "new"}))
    assert event.model_extra == {"kind": "new"}
    with pytest.raises(WebhookError, match="not JSON"):
        EVENT.parse_unverified(b"<xml>")


def test_an_unsigned_webhook_says_so():
    with pytest.raises(WebhookError, match="parse_unverified"):
        Webhook("plain", Event).parse(BODY, {}, "password")
