"""What one connection may do: many requests, halves of requests, bodies without end."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from trunkline.emulator import Running, running
from trunkline.pipeline import load_api

PATH = "/v2/outbound_voice_profiles"
AUTH = "Host: localhost\r\nAuthorization: Bearer trunkline-token-1\r\n"
MEGABYTE = b"x" * 2**20
TRUNKLINE = Path(sys.executable).parent / "trunkline"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(load_api("telnyx").api) as handle:
        yield handle


@pytest.fixture
def connection(server: Running) -> Iterator[socket.socket]:
    server.reset()
    with socket.create_connection((server.host, server.port), timeout=30) as opened:
        yield opened


def heard(connection: socket.socket, until: bytes | None = None) -> bytes:
    """Everything until the server hangs up, or until some text came."""
    said = b""
    while (until is None or until not in said) and (piece := connection.recv(65536)):
        said += piece
    return said


def statuses(said: bytes) -> list[int]:
    return [int(one) for one in re.findall(rb"HTTP/1\.1 (\d{3}) ", said)]


def post(name: str) -> bytes:
    body = json.dumps({"name": name}).encode()
    head = f"POST {PATH} HTTP/1.1\r\n{AUTH}Content-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def get(path: str, more: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\n{AUTH}{more}\r\n".encode()


def test_requests_in_one_piece_are_answered_in_order(connection: socket.socket) -> None:
    """The reserved prefix waits for a task of its own; what comes after it must wait too."""
    sent = [
        post("first"),
        get("/__trunkline__/clock"),
        post("second"),
        get(f"{PATH}/1"),
        get("/__trunkline__/clock"),
        get(f"{PATH}?sort=name", "Connection: close\r\n"),
    ]
    connection.sendall(b"".join(sent))
    said = heard(connection)
    assert statuses(said) == [200, 200, 200, 404, 200, 200]
    bodies = [json.loads(one) for one in re.findall(rb"\r\n\r\n(\{.*?\})\n?(?=HTTP|$)", said)]
    assert bodies[0]["data"]["name"] == "first"
    assert set(bodies[1]) == {"now"}
    assert bodies[2]["data"]["name"] == "second"
    assert [one["name"] for one in bodies[5]["data"]] == ["first", "second"]


def test_bytes_that_come_one_by_one(connection: socket.socket) -> None:
    for byte in post("slowly"):
        connection.sendall(bytes([byte]))
    assert b'"slowly"' in heard(connection, b"}}")


def test_a_body_in_chunks(connection: socket.socket) -> None:
    head = f"POST {PATH} HTTP/1.1\r\n{AUTH}Content-Type: application/json\r\n"
    connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
    for piece in (b'{"na', b'me":"in ch', b'unks"}'):
        connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))
    connection.sendall(b"0\r\n\r\n")
    assert b'"in chunks"' in heard(connection, b"}}")


def test_a_client_that_asks_before_it_sends(connection: socket.socket) -> None:
    head, _, body = post("asked").partition(b"\r\n\r\n")
    connection.sendall(head + b"\r\nExpect: 100-continue\r\n\r\n")
    assert heard(connection, b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
    connection.sendall(body)
    assert b'"asked"' in heard(connection, b"}}")


def test_head_has_the_headers_of_get_and_no_body(connection: socket.socket) -> None:
    connection.sendall(get(PATH, "Connection: close\r\n"))
    got = heard(connection)
    length = re.search(rb"content-length: (\d+)", got)
    assert length is not None
    with socket.create_connection(connection.getpeername(), timeout=30) as again:
        again.sendall(get(PATH, "Connection: close\r\n").replace(b"GET", b"HEAD", 1))
        said = heard(again)
    assert said.endswith(b"\r\n\r\n")
    assert length[0] in said
    assert statuses(said) == [200]


def test_http_1_0_ends_with_its_answer(connection: socket.socket) -> None:
    connection.sendall(get(PATH).replace(b"HTTP/1.1", b"HTTP/1.0"))
    said = heard(connection)
    assert statuses(said) == [200]
    assert b"connection: close" in said


def test_what_comes_after_a_close_is_not_answered(connection: socket.socket) -> None:
    connection.sendall(get(PATH, "Connection: close\r\n") + post("too late"))
    assert statuses(heard(connection)) == [200]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_hundred_megabytes(server: Running, connection: socket.socket, chunked: bool) -> None:
    """Refused, and the client hears why although it is still sending."""
    head = f"POST {PATH} HTTP/1.1\r\n{AUTH}Content-Type: application/json\r\n"
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {100 * 2**20}"
    connection.sendall(f"{head}{length}\r\n\r\n".encode())
    try:
        for _ in range(100):
            connection.sendall(b"%x\r\n%b\r\n" % (2**20, MEGABYTE) if chunked else MEGABYTE)
    except OSError:
        pass  # it has heard enough
    said = heard(connection)
    assert statuses(said) == [413]
    assert json.loads(said.partition(b"\r\n\r\n")[2])["errors"][0]["detail"].startswith("Bodies")
    assert httpx2.get(server.url + "/outbound_voice_profiles").status_code == 401


@pytest.mark.parametrize(
    "half",
    [b"GET /v2/outb", b"GET /v2/x HTTP/1.1\r\nHost: x\r\nX-Slow: ", post("half")[:-3]],
    ids=["target", "header", "body"],
)
def test_slow_senders_are_hung_up_on(
    connection: socket.socket, half: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trunkline.emulator.server.protocol.SLOW_HEAD", 0.1)
    monkeypatch.setattr("trunkline.emulator.server.fast_path.SLOW_BODY", 0.1)
    connection.sendall(half)
    assert statuses(heard(connection)) == [408]


def test_nobody_is_kept_who_says_nothing(
    connection: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its answer a connection may stay idle for a while, and no longer."""
    monkeypatch.setattr(
        "trunkline.emulator.server.fast_path.FastPathProtocol.idle_seconds", 0.1, raising=True
    )
    connection.sendall(get(PATH))
    assert statuses(heard(connection)) == [200]


@pytest.mark.parametrize(
    "value",
    [
        str(2**64),
        str(-(2**63) - 1),
        "1" + "0" * 400,
        "1" + "0" * 5000,
        "1e400",
        "-1e400",
        "1.5",
        "NaN",
        "Infinity",
        "0x10",
        "01",
    ],
)
def test_numbers_that_are_too_much(server: Running, value: str) -> None:
    with httpx2.Client(
        base_url=server.url, headers={"Authorization": "Bearer trunkline-token-1"}
    ) as client:
        body = f'{{"name":"abc","concurrent_call_limit":{value}}}'
        answer = client.post(
            "/outbound_voice_profiles",
            content=body,
            headers={"Content-Type": "application/json"},
        )
        # Whole numbers of any size are numbers; what is stored of them is what was sent.
        if answer.status_code == 200:
            limit = re.search(r'"concurrent_call_limit":([^,}]+)', answer.text)
            assert limit is not None
            assert limit[1] == value
        else:
            assert answer.status_code in (400, 422)


@pytest.mark.parametrize("body", [b'{"name":"\xff\xfe"}', b'{"name":"\xc0\x80"}', b"\xff" * 50])
def test_invalid_utf_8(server: Running, body: bytes) -> None:
    with httpx2.Client(
        base_url=server.url, headers={"Authorization": "Bearer trunkline-token-1"}
    ) as client:
        headers = {"Content-Type": "application/json"}
        answer = client.post("/outbound_voice_profiles", content=body, headers=headers)
        assert answer.status_code in (400, 422)
        assert answer.json()["errors"]


HOSTILE = [
    b"\x00\xff" * 500,
    get(f"{PATH}/" + "x" * 60_000),
    get(PATH, "X-A: b\r\n" * 10_000),
    get(PATH, f"X-A: {'b' * 60_000}\r\n"),
    get(f"{PATH}?page[size]=1&" + "&".join(f"a{n}=b" for n in range(5000))),
    post("x")[:-1] + b"," * 100,
    post("deep").replace(b'"deep"', b"[" * 20_000).replace(b"Length: 16", b"Length: 20010"),
    get(f"{PATH}/..%2f..%2fetc%2fpasswd%00"),
]


def resident(pid: int) -> int:
    """Kilobytes."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_the_process_does_not_grow() -> None:
    child = subprocess.Popen(
        [TRUNKLINE, "serve", "telnyx", "--json"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        url = httpx2.URL(json.loads(child.stdout.readline())["url"])

        def attack(times: int) -> None:
            for turn in range(times):
                with socket.create_connection((url.host, url.port), timeout=30) as opened:
                    try:
                        opened.sendall(HOSTILE[turn % len(HOSTILE)].replace(b"b=", b"%d" % turn))
                        opened.shutdown(socket.SHUT_WR)
                        heard(opened)
                    except OSError:
                        pass  # hung up on

        attack(1200)  # the journal is full then
        before = resident(child.pid)
        attack(1600)
        assert resident(child.pid) - before < 10_000
        client = httpx2.Client(headers={"Authorization": "Bearer trunkline-token-1"})
        assert client.get(f"{url}/outbound_voice_profiles").json()["data"] == []
    finally:
        child.send_signal(signal.SIGTERM)
        assert child.wait(20) == 0
        assert child.stdout is not None
        child.stdout.close()


def chunked(auth: str, trailers: bytes) -> bytes:
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{auth}Content-Type: application/json\r\n"
    body = b'{"name":"in a trailer"}'
    chunks = b"%x\r\n%b\r\n0\r\n%b\r\n" % (len(body), body, trailers)
    return f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunks


@pytest.mark.parametrize(
    ("auth", "trailers", "status"),
    [
        ("", b"Authorization: Bearer trunkline-token-1\r\n", 401),
        ("Authorization: Bearer trunkline-token-1\r\n", b"Content-Type: text/plain\r\n", 200),
        ("Authorization: Bearer trunkline-token-1\r\n", b"X: y\r\n" * 20_000, 431),
    ],
)
def test_trailer_fields_are_dropped(
    connection: socket.socket, auth: str, trailers: bytes, status: int
) -> None:
    """What stands after a body is not a header, and does not go on for ever."""
    connection.sendall(chunked(auth, trailers))
    assert statuses(heard(connection, b"\r\n\r\n")) == [status]


def test_a_connection_goes_on_after_trailers(connection: socket.socket) -> None:
    auth = "Authorization: Bearer trunkline-token-1\r\n"
    connection.sendall(chunked(auth, b"X-Checksum: 1\r\n") + get(PATH, "Connection: close\r\n"))
    assert statuses(heard(connection)) == [200, 200]


@pytest.mark.parametrize(
    ("version", "host", "status"),
    [
        ("1.1", "", 400),
        ("1.1", "Host: a\r\nHost: a\r\n", 400),
        ("1.1", "Host: a b\r\n", 400),
        ("1.1", "Host: http://a/\r\n", 400),
        ("1.1", "Host: a:port\r\n", 400),
        ("1.1", "Host: user@a\r\n", 400),
        ("1.1", "Host: a.example:80\r\n", 200),
        ("1.1", "Host: [::1]:8080\r\n", 200),
        ("1.1", "Host:\r\n", 200),
        ("1.0", "", 200),
        ("1.0", "Host: a\r\nHost: b\r\n", 400),
    ],
)
def test_host(connection: socket.socket, version: str, host: str, status: int) -> None:
    """RFC 9112, 3.2: exactly one, and a valid one; HTTP/1.0 may leave it out."""
    auth = "Authorization: Bearer trunkline-token-1\r\nConnection: close\r\n"
    connection.sendall(f"GET {PATH} HTTP/{version}\r\n{host}{auth}\r\n".encode())
    assert statuses(heard(connection)) == [status]
