"""What comes out of the proxy is what the live server said, as it said it."""

from __future__ import annotations

import gzip
import http.client
import json
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

TRUNKLINE = Path(sys.executable).with_name("trunkline")
ZIPPED = gzip.compress(b'{"a": [1, 2, 3]}')
DESCRIPTION = """
openapi: 3.1.0
info: {title: Up, version: '1'}
servers: [{url: /api}]
paths:
""" + "".join(
    f"  /{name}: {{get: {{responses: {{'{status}': {{description: d}}}}}}}}\n"
    for name, status in (
        ("plain", 200), ("zip", 200), ("broken", 200), ("moved", 302), ("cookie", 200),
        ("ticks", 200), ("endless", 200),
    )
)  # fmt: skip


class LiveServer(ThreadingHTTPServer):
    """Knows when a client has `left`, and waits to `go_on` within a stream."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.left = threading.Event()
        self.go_on = threading.Event()


class Live(BaseHTTPRequestHandler):
    server: LiveServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        getattr(self, f"say_{name}")()

    do_HEAD = do_GET  # noqa: N815  # the name that http.server asks for

    def say(self, body: bytes, *headers: tuple[str, str], status: int = 200) -> None:
        self.send_response(status)
        for key, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(key, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def say_plain(self) -> None:
        self.say(b"hello", ("X-Two", "a"), ("X-Two", "b"), ("ETag", 'W/"1"'))

    def say_zip(self) -> None:
        asked = "gzip" in self.headers.get("Accept-Encoding", "")
        if asked:
            self.say(ZIPPED, ("Content-Encoding", "gzip"), ("Content-Type", "application/json"))
        else:
            self.say(gzip.decompress(ZIPPED), ("Content-Type", "application/json"))

    def say_broken(self) -> None:
        self.say(b"this is not gzip", ("Content-Encoding", "gzip"))

    def say_moved(self) -> None:
        port = self.server.server_address[1]
        self.say(b"", ("Location", f"http://127.0.0.1:{port}/api/plain?q=1"), status=302)

    def say_cookie(self) -> None:
        self.say(b"", ("Set-Cookie", "sid=hunter2; Path=/; HttpOnly"))

    def stream(self, count: int, pause: Callable[[], object]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for number in range(count):
                self.wfile.write(b"data: %d\n\n" % number)
                self.wfile.flush()
                pause()
        except OSError:
            self.server.left.set()

    def say_ticks(self) -> None:
        self.stream(3, lambda: self.server.go_on.wait(20))

    def say_endless(self) -> None:
        self.stream(10_000, lambda: time.sleep(0.02))

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def live() -> Iterator[Any]:
    server = LiveServer(("127.0.0.1", 0), Live)
    server.go_on.set()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def started(folder: Path, *arguments: str) -> tuple[subprocess.Popen[str], int]:
    file = folder / "api.yaml"
    file.write_text(DESCRIPTION)
    child = subprocess.Popen(
        [TRUNKLINE, "serve", str(file), "--json", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    line = child.stdout.readline()
    assert line.startswith("{"), child.communicate()[1]
    return child, int(json.loads(line)["url"].partition("//")[2].split(":")[1].split("/")[0])


@pytest.fixture(scope="module")
def proxied(
    live: socketserver.TCPServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, Path]]:
    folder = tmp_path_factory.mktemp("proxy")
    upstream = f"http://127.0.0.1:{live.server_address[1]}/api"
    recording = folder / "seen.jsonl"
    child, port = started(folder, "--proxy", upstream, "--data", str(recording))
    yield port, recording
    child.send_signal(signal.SIGTERM)
    child.communicate(timeout=30)


def ask(
    port: int, method: str, name: str, **headers: str
) -> tuple[int, list[tuple[str, str]], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {key.replace("_", "-"): value for key, value in headers.items()}
    connection.request(method, f"/api/{name}", headers=sent)
    response = connection.getresponse()
    found = [(k.lower(), v) for k, v in response.getheaders() if k.lower() != "date"]
    dates = [v for k, v in response.getheaders() if k.lower() == "date"]
    assert len(dates) == 1
    body = response.read()
    connection.close()
    return response.status, found, body


@pytest.mark.parametrize(
    ("method", "name", "headers"),
    [
        ("GET", "plain", {}),
        ("HEAD", "plain", {}),
        ("GET", "zip", {}),
        ("GET", "zip", {"Accept_Encoding": "gzip"}),
        ("GET", "broken", {"Accept_Encoding": "gzip"}),
        ("GET", "cookie", {}),
    ],
)
def test_nothing_is_changed(
    live: socketserver.TCPServer,
    proxied: tuple[int, Path],
    method: str,
    name: str,
    headers: dict[str, str],
) -> None:
    direct = ask(live.server_address[1], method, name, **headers)
    assert ask(proxied[0], method, name, **headers) == direct


def test_redirections_lead_back_through_the_proxy(proxied: tuple[int, Path]) -> None:
    status, headers, _ = ask(proxied[0], "GET", "moved")
    assert (status, dict(headers)["location"]) == (302, "/api/plain?q=1")


def opened(port: int, name: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", f"/api/{name}")
    return connection.getresponse()


def test_events_come_as_they_are_sent(live: Any, proxied: tuple[int, Path]) -> None:
    live.go_on.clear()
    response = opened(proxied[0], "ticks")
    assert response.read1(64) == b"data: 0\n\n"
    live.go_on.set()  # until now the live server had said no more
    assert response.read() == b"data: 1\n\ndata: 2\n\n"


def test_a_stream_without_end_ends_with_its_client(live: Any, proxied: tuple[int, Path]) -> None:
    live.left.clear()
    response = opened(proxied[0], "endless")
    assert response.read1(9)
    response.close()
    assert live.left.wait(10), "the live server goes on sending"
    for _ in range(100):
        if any('"/endless"' in line for line in proxied[1].read_text().splitlines()):
            break
        time.sleep(0.05)
    else:
        pytest.fail("what was seen of the stream is not recorded")


def test_a_recording_plays_back_what_clients_need(
    live: socketserver.TCPServer, tmp_path: Path
) -> None:
    upstream = f"http://127.0.0.1:{live.server_address[1]}/api"
    recording = tmp_path / "seen.jsonl"
    child, port = started(tmp_path, "--proxy", upstream, "--data", str(recording))
    length = dict(ask(port, "HEAD", "plain")[1])["content-length"]
    for name in ("zip", "cookie", "moved"):
        ask(port, "GET", name, Accept_Encoding="gzip")
    child.send_signal(signal.SIGTERM)
    child.communicate(timeout=30)
    assert "hunter2" not in recording.read_text()
    assert recording.stat().st_mode & 0o077 == 0
    child, port = started(tmp_path, "--replay", str(recording))
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

        def played(method: str, name: str) -> tuple[dict[str, str], bytes]:
            connection.request(method, f"/api/{name}")
            response = connection.getresponse()
            return {k.lower(): v for k, v in response.getheaders()}, response.read()

        assert played("HEAD", "plain")[0]["content-length"] == length == "5"
        headers, body = played("GET", "zip")
        assert (json.loads(body), headers.get("content-encoding")) == ({"a": [1, 2, 3]}, None)
        assert played("GET", "cookie")[0]["set-cookie"] == "sid=redacted; Path=/; HttpOnly"
        assert played("GET", "moved")[0]["location"] == "/api/plain?q=1"
    finally:
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=30)
