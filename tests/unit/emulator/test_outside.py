"""Where the server sends: to this machine, and never to what steers it."""

from __future__ import annotations

import pytest

from trunkline.emulator.behaviour.outbound_http import refusal_reason


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/hook",
        "https://127.8.9.1/",
        "http://localhost/hook",
        "http://[::1]:9/hook?a=b",
    ],
)
def test_this_machine(url: str) -> None:
    assert refusal_reason(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://user:secret@127.0.0.1/",
        "http://127.0.0.1@example.com/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://127.0.0.1:99999/",
        "http://[::1/",
        "http://127.0.0.1/__trunkline__/reset",
        "http://127.0.0.1/x/../__trunkline__/reset",
        "http://127.0.0.1/%5f%5ftrunkline%5f%5f/reset",
        "http://127.0.0.1/%255f%255ftrunkline%255f%255f/reset",
        "http://127.0.0.1/\r\nHost: example.com",
        "",
        "hook",
    ],
)
def test_refused(url: str) -> None:
    assert refusal_reason(url) is not None


def test_told_otherwise() -> None:
    assert refusal_reason("https://example.com/hook", {"example.com"}) is None
    assert refusal_reason("https://example.org/hook", {"example.com"}) is not None
    assert refusal_reason("https://example.org/hook", {"*"}) is None
    assert refusal_reason("http://example.org/__trunkline__/reset", {"*"}) is not None
