"""Webhooks whose signature is right are parsed; what is changed, unsigned or no JSON is refused."""

import hashlib
import hmac

from trunkline_webhooks.webhooks import ORDER_CREATED, ORDER_DELETED

body = b'{"id": "1", "at": "2024-05-01T12:00:00Z", "new": [1]}'
right = hmac.new(b"hush", body, hashlib.sha512).hexdigest()
event = ORDER_CREATED.parse(body, {"X-SIGNATURE": right}, "hush")
print(event.id, event.at, event.model_extra)
for payload, headers in (
    (body + b" ", {"x-signature": right}),
    (body, {"x-signature": hmac.new(b"hush", body, hashlib.sha256).hexdigest()}),
    (body, {"x-signature": ""}),
    (body, {}),
):
    try:
        ORDER_CREATED.parse(payload, headers, "hush")
    except Exception as error:
        print(type(error).__name__)
print(ORDER_DELETED.parse_unverified('{"id": "é"}').id)
try:
    ORDER_DELETED.parse_unverified(b"<id>")
except Exception as error:
    print(type(error).__name__)
