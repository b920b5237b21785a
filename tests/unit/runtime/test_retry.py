from __future__ import annotations

import email.utils
import time

import httpx2
import pytest

from trunkline.runtime import retry

SAFE = {408, 429, 500, 502, 503, 504}


@pytest.mark.parametrize("status", range(400, 600))
def test_which_statuses_let_a_request_be_repeated(status):
    assert retry.after_status(status, idempotent=True) is (status in SAFE)
    assert retry.after_status(status, idempotent=False) is (status == 429)


@pytest.mark.parametrize(
    ("error", "idempotent", "unsafe"),
    [
        (httpx2.ConnectError(""), True, True),
        (httpx2.ConnectTimeout(""), True, True),
        (httpx2.PoolTimeout(""), True, True),
        (httpx2.ReadTimeout(""), True, False),
        (httpx2.WriteTimeout(""), True, False),
        (httpx2.ReadError(""), True, False),
        (httpx2.WriteError(""), True, False),
        (httpx2.RemoteProtocolError(""), True, False),
        (httpx2.LocalProtocolError(""), False, False),
        (httpx2.UnsupportedProtocol(""), False, False),
        (httpx2.DecodingError(""), False, False),
    ],
)
def test_which_failures_let_a_request_be_repeated(error, idempotent, unsafe):
    assert retry.after_failure(error, idempotent=True) is idempotent
    assert retry.after_failure(error, idempotent=False) is unsafe


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", 0.0),
        ("3", 3.0),
        ("1.5", 1.5),
        ("-4", 0.0),
        ("soon", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_retry_after_in_seconds(value, expected):
    assert retry.retry_after(httpx2.Headers({"Retry-After": value})) == expected


def test_retry_after_as_a_date():
    ahead = email.utils.formatdate(time.time() + 30, usegmt=True)
    found = retry.retry_after(httpx2.Headers({"Retry-After": ahead}))
    assert found is not None
    assert 25 < found <= 30
    past = email.utils.formatdate(time.time() - 300, usegmt=True)
    assert retry.retry_after(httpx2.Headers({"Retry-After": past})) == 0.0


def test_a_server_may_not_make_the_caller_wait_for_hours():
    assert retry.delay(0, httpx2.Headers({"Retry-After": "3600"})) is None
    assert retry.delay(0, httpx2.Headers({"Retry-After": "60"})) == 60.0


@pytest.mark.parametrize(("attempt", "longest"), [(0, 0.5), (1, 1.0), (2, 2.0), (3, 4.0), (9, 8.0)])
def test_waiting_doubles_up_to_a_limit_and_varies(attempt, longest):
    found = {retry.delay(attempt, None) for _ in range(50)}
    assert all(wait is not None and longest / 2 <= wait <= longest for wait in found)
    assert len(found) > 1
