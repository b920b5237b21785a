"""Secrets are taken out of what is recorded, whatever carries them."""

from __future__ import annotations

import pytest

from trunkline import ir
from trunkline.emulator.http.redaction import Redaction

FORM = b"application/x-www-form-urlencoded"
PARTS = b"multipart/form-data; boundary=B"


@pytest.mark.parametrize(
    ("media_type", "body", "expected"),
    [
        (FORM, b"password=hunter2&name=Ann", b"password=[redacted]&name=Ann"),
        (FORM, b"client%5Fsecret=hunter2", b"client%5Fsecret=[redacted]"),
        (FORM, b"grant_type=x&client_secret=hunter2", b"grant_type=x&client_secret=[redacted]"),
        (None, b'{"password": "hunter2", "a": 1}', b'{"password": "[redacted]", "a": 1}'),
        (None, b'{"pin": "hunter2", "spin": 1}', b'{"pin": "[redacted]", "spin": 1}'),
        (
            PARTS,
            b'--B\r\nContent-Disposition: form-data; name="token"\r\n\r\nhunter2\r\n--B\r\n'
            b'Content-Disposition: form-data; name="title"\r\n\r\nPlan\r\n--B--\r\n',
            b'--B\r\nContent-Disposition: form-data; name="token"\r\n\r\n[redacted]\r\n--B\r\n'
            b'Content-Disposition: form-data; name="title"\r\n\r\nPlan\r\n--B--\r\n',
        ),
    ],
)
def test_bodies(api: ir.Api, media_type: bytes | None, body: bytes, expected: bytes) -> None:
    assert Redaction(api).body(body, media_type) == expected


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "X-Session", "X-Api-Key"])
def test_headers(api: ir.Api, name: str) -> None:
    assert Redaction(api).header(name, "hunter2") == "[redacted]"


def test_queries(api: ir.Api) -> None:
    hide = Redaction(api)
    assert hide.query("sig=hunter2&design=a&page=1") == "sig=[redacted]&design=a&page=1"
