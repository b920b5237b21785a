"""Callbacks are parsed as webhooks are."""

import hashlib
import hmac

from trunkline_callbacks.webhooks import CREATE_FILE_ON_DATA, ON_DATA, ON_END

body = b'{"at": "2024-05-01T12:00:00Z"}'
signature = hmac.new(b"hush", body, hashlib.sha256).hexdigest()
print(ON_DATA.parse(body, {"x-signature": signature}, "hush").at)
try:
    ON_DATA.parse(body, {"x-signature": signature[::-1]}, "hush")
except Exception as error:
    print(type(error).__name__)
print(ON_END.parse_unverified(b'"done"'), CREATE_FILE_ON_DATA.parse_unverified(b'{"size": 3}').size)
