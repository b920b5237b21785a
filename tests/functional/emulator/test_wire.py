"""Anything at all on the wire: never a server error, never a hang, nothing lost."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trunkline.emulator import Running, running
from trunkline.pipeline import load_api

PROFILES = b"/v2/outbound_voice_profiles"
AUTH = b"Authorization: Bearer trunkline-token-1\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(load_api("telnyx").api) as handle:
        yield handle


def talk(server: Running, sent: bytes) -> bytes:
    """What comes back on a fresh connection; the server must answer or hang up."""
    with socket.create_connection((server.host, server.port), timeout=20) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it hung up on us already
        heard = b""
        try:
            while piece := connection.recv(65536):
                heard += piece
        except ConnectionError:
            pass
        return heard


def status(heard: bytes) -> int:
    return int(heard.split(b" ", 2)[1]) if heard.startswith(b"HTTP/1.1 ") else 0


def request(
    method: bytes, target: bytes, body: bytes = b"", headers: bytes = b"", auth: bytes = AUTH
) -> bytes:
    length = b"Content-Length: %d\r\nContent-Type: application/json\r\n" % len(body)
    return b"%b %b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%b%b%b\r\n%b" % (
        method, target, auth, headers, length if body else b"", body,
    )  # fmt: skip


WIRE = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TARGET = st.binary(max_size=60).map(
    lambda raw: bytes(byte for byte in raw if byte > 0x20 and byte != 0x7F)
)


@WIRE
@given(st.binary(max_size=300))
def test_bytes_that_are_no_request(server: Running, sent: bytes) -> None:
    assert status(talk(server, sent)) in (0, 400, 404, 405)


@WIRE
@given(TARGET, st.sampled_from([b"GET", b"POST", b"DELETE", b"OPTIONS"]))
def test_any_target(server: Running, tail: bytes, method: bytes) -> None:
    for target in (b"/" + tail, PROFILES + b"/" + tail, PROFILES + b"?" + tail):
        got = status(talk(server, request(method, target)))
        assert got in range(200, 500) or not got


@WIRE
@given(st.binary(max_size=200))
def test_any_body(server: Running, body: bytes) -> None:
    got = status(talk(server, request(b"POST", PROFILES, body)))
    assert got in (200, 400, 422)


@WIRE
@given(st.binary(max_size=80).filter(lambda raw: not set(raw) & set(b"\r\n\0")))
def test_any_header_value(server: Running, value: bytes) -> None:
    for name in (b"Authorization", b"Accept", b"Prefer", b"Cookie", b"Content-Type", b"X-Any"):
        auth = b"" if name == b"Authorization" else AUTH
        header = b"%b: %b\r\n" % (name, value)
        got = status(talk(server, request(b"GET", PROFILES, headers=header, auth=auth)))
        assert got in range(200, 500)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (request(b"GET", PROFILES + b"/" + b"x" * 100_000), {414}),
        (request(b"GET", PROFILES, headers=b"X-A: b\r\n" * 10_000), {431}),
        (request(b"GET", PROFILES, headers=b"X-A: %b\r\n" % (b"b" * 1_000_000)), {431}),
        (request(b"POST", PROFILES, b'{"name":' * 20_000), {400, 422}),
        (request(b"POST", PROFILES, b'{"name":"a","name":"b"}'), {400, 422}),
        (request(b"POST", PROFILES, b'{"name":"abc","concurrent_call_limit":1e400}'), {400, 422}),
        (request(b"GET", PROFILES, headers=b"Content-Length: 99999999999999\r\n"), {413}),
        (request(b"GET", PROFILES, headers=b"Content-Length: -1\r\n"), {400}),
        (request(b"GET", PROFILES, headers=b"Content-Length: 1\r\nContent-Length: 2\r\n"), {400}),
        (request(b"GET", PROFILES, headers=b"Transfer-Encoding: chunked\r\nContent-Length: 1\r\n"),
         {400, 0}),
        (request(b"CONNECT", b"x:1"), {400, 404, 405}),
        (request(b"GET", b"http://other.example" + PROFILES), {200, 404}),
        (request(b"GET", PROFILES + b"/%00"), {404}),
        (request(b"GET", PROFILES + b"/..%2f..%2fetc%2fpasswd"), {404}),
        (request(b"GET", b"/v2/../v2/outbound_voice_profiles"), {404}),
        (request(b"GET", PROFILES + b"?page[size]=1;DROP"), {422}),
    ],
)  # fmt: skip
def test_known_attacks(server: Running, sent: bytes, expected: set[int]) -> None:
    assert status(talk(server, sent)) in expected


def test_what_was_stored_survives_all_that(server: Running) -> None:
    headers = {"Authorization": f"Bearer {server.credentials['token']}"}
    with httpx2.Client(base_url=server.url, headers=headers) as client:
        made = client.post("/outbound_voice_profiles", json={"name": "survivor"}).json()["data"]
        for sent in (
            b"\x00" * 1000,
            request(b"DELETE", PROFILES),
            request(b"POST", PROFILES, b"{"),
        ):
            talk(server, sent)
        assert client.get(f"/outbound_voice_profiles/{made['id']}").json()["data"] == made
