"""Byte for byte: whatever a server says, in any manner, is what the proxy's client reads,
and what the client says is what the server reads."""

from __future__ import annotations

import gzip
import json
import signal
import socket
import socketserver
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

TRUNKLINE = Path(sys.executable).with_name("trunkline")
DESCRIPTION = """
openapi: 3.1.0
info: {title: Wire, version: '1'}
servers: [{url: /api}]
paths:
  /{x}:
    get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}],
      responses: {'200': {description: d}}}
"""
ZIPPED = gzip.compress(b'{"a": 1}')
LENGTH = str(len(ZIPPED)).encode()
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

BAD_ANSWERS = {
    "two-lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
    "no-length": b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
    "padded": b"HTTP/1.1 200 OK\r\nX-Padded : 1\r\nContent-Length: 2\r\n\r\nok",
}
ANSWERS = {
    "names": b"HTTP/1.1 200 OK\r\nX-Up: 1\r\nx-up: 2\r\nZ: \r\nCONTENT-LENGTH: 2\r\n"
    b"X-Up: 3\r\n\r\nok",
    "reason": b"HTTP/1.1 299 As you like it\r\nContent-Length: 0\r\n\r\n",
    "no-reason": b"HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n",
    "odd-status": b"HTTP/1.1 799 Odd\r\nContent-Length: 1\r\n\r\nx",
    "cookies": b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Domain=api.example; Path=/api; Secure\r\n"
    b"Set-Cookie: b=2; SameSite=None; HttpOnly\r\nContent-Length: 0\r\n\r\n",
    "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"3\r\none\r\n5\r\nthree\r\n0\r\n\r\n",
    "trailers": b"HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"2\r\nok\r\n0\r\nX-Sum: abc\r\n\r\n",
    "extensions": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;q=1\r\nok\r\n0\r\n\r\n",
    "zipped": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
    + LENGTH
    + b"\r\n\r\n"
    + ZIPPED,
    "unread": b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 3\r\n\r\n\x8b\x00\x80",
    "none": b"HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n",
    "same": b'HTTP/1.1 304 Not Modified\r\nETag: "v"\r\nContent-Length: 17\r\n\r\n',
    "again": b"HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\nX-A: b\r\n\r\n",
    "latin": b"HTTP/1.1 200 OK\r\nX-L: caf\xe9\r\nContent-Length: 4\r\n\r\ncaf\xe9",
    "until-close": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nall that there is",
    "old": b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nall that there is",
    "parts": b"HTTP/1.1 206 Partial Content\r\nContent-Type: multipart/byteranges; boundary=B\r\n"
    b"Content-Length: 28\r\n\r\n--B\r\n\r\na\r\n--B\r\n\r\nb\r\n--B--\r\n",
    "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
    "cut-chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nonly",
    "long": b"HTTP/1.1 200 OK\r\nX-Long: " + b"l" * 200_000 + b"\r\nContent-Length: 2\r\n\r\nok",
    "elsewhere": b"HTTP/1.1 302 Found\r\nLocation: https://other.example/api/x\r\n"
    b"Content-Length: 0\r\n\r\n",
    "beside": b"HTTP/1.1 302 Found\r\nLocation: plain?q=1#f\r\nContent-Length: 0\r\n\r\n",
}


MANY = 100


class Upstream(socketserver.ThreadingTCPServer):
    """Answers with the bytes above, keeps what it was sent, and has manners of its own."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard: list[bytes] = []
        self.left = threading.Event()
        self.all_here = threading.Barrier(MANY)
        self.port = self.server_address[1]


class Handler(socketserver.BaseRequestHandler):
    server: Upstream

    def handle(self) -> None:
        self.pending = b""
        head = self.until(b"\r\n\r\n")
        name = head.split(b" ")[1].partition(b"?")[0].rpartition(b"/")[2].decode()
        manner = getattr(self, "do_" + name.replace("-", "_"), None)
        if manner is not None:
            manner(head)
            return
        self.server.heard.append(head)
        answer = (ANSWERS | BAD_ANSWERS).get(name, OK)
        if head.startswith(b"HEAD"):
            answer = answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        self.request.sendall(answer)

    def until(self, mark: bytes) -> bytes:
        read = bytearray(self.pending)
        while mark not in read[-70_000:]:
            more = self.request.recv(65536)
            if not more:
                break
            read += more
        found, _, self.pending = bytes(read).partition(mark)
        return found + mark

    def exactly(self, size: int) -> bytes:
        while len(self.pending) < size and (more := self.request.recv(65536)):
            self.pending += more
        return self.pending

    def do_led(self, _: bytes) -> None:
        """Addresses of this server in several forms."""
        here = f"127.0.0.1:{self.server.port}"
        self.request.sendall(
            f"HTTP/1.1 201 Created\r\nLocation: //{here}/api/a\r\n"
            f"Content-Location: HTTP://{here}/api/b?c=http://{here}/api\r\n"
            f'Link: <http://{here}/api/l?page=2>; rel="next", <https://other/x>; rel=a\r\n'
            "Content-Length: 0\r\n\r\n".encode()
        )

    def do_continued(self, head: bytes) -> None:
        self.request.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.server.heard.append(head + self.exactly(5))
        self.request.sendall(OK)

    def do_taken(self, head: bytes) -> None:
        """Everything that comes, until a mark that all bodies here end with."""
        self.server.heard.append(head + self.until(b"END"))
        self.until(b"\r\n\r\n") if b"chunked" in head else None
        self.request.sendall(OK)

    def do_early(self, _: bytes) -> None:
        self.request.sendall(b"HTTP/1.1 413 Too Long\r\nContent-Length: 2\r\n\r\nno")
        self.request.shutdown(socket.SHUT_WR)
        self.exactly(10**9)

    def do_reset(self, _: bytes) -> None:
        self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\nsome")
        time.sleep(0.1)
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.request.close()

    def do_silent(self, _: bytes) -> None:
        self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hi\n\n")
        self.request.recv(1)
        self.server.left.set()

    def do_hung_up(self, _: bytes) -> None:
        pass

    def do_nonsense(self, _: bytes) -> None:
        self.request.sendall(b"SSH-2.0-OpenSSH_9\r\n\r\n")

    def do_socket(self, head: bytes) -> None:
        self.server.heard.append(head)
        self.request.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        while more := self.request.recv(100):
            self.request.sendall(more.upper())

    def do_huge(self, _: bytes) -> None:
        block = bytes(range(256)) * 4096
        self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (len(block) * 80))
        for _ in range(80):
            self.request.sendall(block)

    def do_slow(self, _: bytes) -> None:
        self.server.all_here.wait(30)  # which breaks where they come one after another
        self.request.sendall(OK)


class Proxy:
    def __init__(self, folder: Path, *arguments: str) -> None:
        file = folder / "api.yaml"
        file.write_text(DESCRIPTION)
        self.child = subprocess.Popen(
            [TRUNKLINE, "serve", str(file), "--json", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.child.stdout is not None
        line = self.child.stdout.readline()
        assert line.startswith("{"), self.child.communicate()[1]
        self.port = int(json.loads(line)["url"].split(":")[2].split("/")[0])

    def end(self) -> str:
        self.child.send_signal(signal.SIGTERM)
        return self.child.communicate(timeout=30)[1]


@pytest.fixture(scope="module")
def live() -> Iterator[Upstream]:
    server = Upstream()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wire") / "seen.jsonl"


@pytest.fixture(scope="module")
def proxy(live: Upstream, recording: Path) -> Iterator[Proxy]:
    upstream = f"http://127.0.0.1:{live.port}/api/"
    started = Proxy(recording.parent, "--proxy", upstream, "--data", str(recording))
    yield started
    started.end()


def said(name: str, *headers: bytes, method: str = "GET") -> bytes:
    first = f"{method} /api/{name} HTTP/1.1".encode()
    return b"\r\n".join([first, b"Host: h", *headers, b"", b""])


def whole(port: int, *sent: bytes, then: Callable[[socket.socket], None] = lambda _: None) -> bytes:
    """All that is read when this was sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        for piece in sent:
            connection.sendall(piece)
        then(connection)
        found = bytearray()
        while more := connection.recv(65536):
            found += more
        return bytes(found)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_the_same_bytes(live: Upstream, proxy: Proxy, name: str, method: str) -> None:
    asked = said(name, b"Connection: close", method=method)
    direct = whole(live.port, asked)
    assert direct.startswith(b"HTTP/1.")
    assert whole(proxy.port, asked) == direct


@pytest.mark.parametrize(
    "target",
    [
        "plain?a=1;b=2&a=&c&d=%2F+%20&e=[x]&f=%zz&=&&",
        "a%2Fb", "a//b", "a/../b", "./a", "%2e%2e/a", "caf%E9", "%E2%82%AC;v=1", "a|b^{c}`",
        "p" * 30_000, 'q?"x"=\\',
    ],
)  # fmt: skip
def test_targets_reach_the_server_as_written(live: Upstream, proxy: Proxy, target: str) -> None:
    live.heard.clear()
    assert whole(proxy.port, said(target, b"Connection: close")) == OK
    assert live.heard[0].split(b"\r\n")[0] == f"GET /api/{target} HTTP/1.1".encode()


def test_headers_reach_the_server_but_those_of_the_connection(live: Upstream, proxy: Proxy) -> None:
    live.heard.clear()
    whole(
        proxy.port,
        said(
            "plain",
            b"Connection: close, X-Hop",
            b"X-Hop: 1",
            b"Keep-Alive: timeout=5",
            b"Proxy-Connection: close",
            b"X-Forwarded-For: 10.0.0.1",
            b"Authorization: Basic YTpi",
            b"x-Two: a",
            b"X-two: b",
            b"Cookie: a=1; b=2",
        ),
    )
    assert live.heard[0].split(b"\r\n")[1:-2] == [
        b"Host: 127.0.0.1:%d" % live.port,
        b"Connection: close",
        b"X-Forwarded-For: 10.0.0.1",
        b"Authorization: Basic YTpi",
        b"x-Two: a",
        b"X-two: b",
        b"Cookie: a=1; b=2",
    ]


def test_no_other_protocol_than_that_of_sockets_is_asked_for(live: Upstream, proxy: Proxy) -> None:
    live.heard.clear()
    headers = (b"Connection: Upgrade, HTTP2-Settings, close", b"Upgrade: h2c", b"HTTP2-Settings: A")
    assert whole(proxy.port, said("plain", *headers)) == OK
    assert live.heard[0].split(b"\r\n")[2:-2] == [b"Connection: close"]


def test_addresses_of_the_server_lead_back(proxy: Proxy) -> None:
    lines = whole(proxy.port, said("led", b"Connection: close")).split(b"\r\n")
    port = proxy.port
    assert lines[1] == b"Location: /api/a"
    assert lines[2].startswith(b"Content-Location: /api/b?c=http://127.0.0.1:")
    assert lines[3] == b'Link: <http://h/api/l?page=2>; rel="next", <https://other/x>; rel=a', port


def test_a_body_waits_for_the_servers_leave(live: Upstream, proxy: Proxy) -> None:
    def then(connection: socket.socket) -> None:
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"12345")

    live.heard.clear()
    head = said(
        "continued", b"Content-Length: 5", b"Expect: 100-continue", b"Connection: close",
        method="PUT",
    )  # fmt: skip
    assert whole(proxy.port, head, then=then) == OK
    assert live.heard[0].endswith(b"12345")
    assert b"Expect: 100-continue" in live.heard[0]


@pytest.mark.parametrize(
    ("framed", "sent"),
    [
        (b"Transfer-Encoding: chunked", [b"3\r\none\r\n", b"3\r\nEND\r\n0\r\n\r\n"]),
        (b"Content-Length: 20000003", [b"u" * 10_000_000, b"v" * 10_000_000, b"END"]),
        (b"Content-Length: 5", [b"1", b"", b"2END"]),
    ],
)
def test_bodies_reach_the_server_as_they_are_sent(
    live: Upstream, proxy: Proxy, framed: bytes, sent: list[bytes]
) -> None:
    live.heard.clear()
    head = said("taken", framed, b"Connection: close", method="POST")
    assert whole(proxy.port, head, *sent) == OK
    body = b"".join(sent)
    assert live.heard[0].partition(b"\r\n\r\n")[2] == body[: body.index(b"END") + 3]
    assert framed in live.heard[0]


def test_an_answer_before_the_body_is_sent(proxy: Proxy) -> None:
    head = said("early", b"Content-Length: 1000000", method="POST")
    assert whole(proxy.port, head, b"x" * 1000).endswith(b"\r\n\r\nno")


def test_a_reset_is_no_end(proxy: Proxy) -> None:
    with pytest.raises(ConnectionResetError):
        whole(proxy.port, said("reset"))


def test_a_silent_stream_is_left_with_its_client(live: Upstream, proxy: Proxy) -> None:
    live.left.clear()
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as connection:
        connection.sendall(said("silent"))
        found = b""
        while not found.endswith(b": hi\n\n"):
            found += connection.recv(1000)
    assert live.left.wait(10)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("hung-up", "it hung up without a response"), ("nonsense", "what it says is not HTTP")],
)
def test_what_is_no_answer_is_told(proxy: Proxy, name: str, reason: str) -> None:
    answer = whole(proxy.port, said(name, b"Connection: close"))
    assert answer.startswith(b"HTTP/1.1 502 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["error"].startswith(
        f"the live server does not answer: {reason}"
    )


def test_what_is_said_twice_is_no_answer(proxy: Proxy) -> None:
    for name in ("two-lengths", "no-length"):
        assert whole(proxy.port, said(name)).startswith(b"HTTP/1.1 502 ")
    padded = whole(proxy.port, said("padded", b"Connection: close"))
    assert padded == b"HTTP/1.1 200 OK\r\nX-Padded: 1\r\nContent-Length: 2\r\n\r\nok"


def test_what_is_no_request_is_refused(proxy: Proxy) -> None:
    for sent in (
        b"nonsense\r\n\r\n",
        said("plain", b"Content-Length: 1", b"Transfer-Encoding: chunked", method="POST"),
        said("plain", b"Content-Length: 1", b"Content-Length: 2", method="POST"),
        said("plain", b"Content-Length: -1", method="POST"),
        said("plain", b"Padded : 1"),
    ):
        assert whole(proxy.port, sent).startswith(b"HTTP/1.1 400 ")


def test_sockets_are_passed(live: Upstream, proxy: Proxy) -> None:
    live.heard.clear()
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as connection:
        connection.sendall(said("socket", b"Upgrade: websocket", b"Connection: Upgrade"))
        assert connection.recv(1000).startswith(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: w")
        for word in (b"one", b"two"):
            connection.sendall(word)
            assert connection.recv(100) == word.upper()
    assert b"Upgrade: websocket\r\nConnection: Upgrade" in live.heard[0]


def test_connections_go_on_and_requests_may_be_sent_ahead(proxy: Proxy) -> None:
    sent = said("plain") + said("chunks") + said("none") + said("until-close")
    expected = OK + ANSWERS["chunks"] + ANSWERS["none"] + ANSWERS["until-close"]
    assert whole(proxy.port, sent) == expected


def test_clients_of_the_old_protocol(proxy: Proxy) -> None:
    """Which know no chunks."""
    answer = whole(proxy.port, b"GET /api/chunks HTTP/1.0\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert body == b"onethree"
    assert b"chunked" not in head


def test_long_bodies_pass_without_being_held(proxy: Proxy) -> None:
    answer = whole(proxy.port, said("huge", b"Connection: close"))
    assert len(answer.partition(b"\r\n\r\n")[2]) == 80 * 2**20


def test_many_slow_ones_at_once(proxy: Proxy) -> None:
    found: list[bytes] = []
    asked = said("slow", b"Connection: close")
    threads = [
        threading.Thread(target=lambda: found.append(whole(proxy.port, asked))) for _ in range(MANY)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [OK] * MANY
