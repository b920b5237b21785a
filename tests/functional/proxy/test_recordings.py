"""What a recording plays back, however requests are written; what it does not hold; archives."""

from __future__ import annotations

import gzip
import http.client
import json
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from trunkline.proxy import observer

TRUNKLINE = Path(sys.executable).with_name("trunkline")
DESCRIPTION = """
openapi: 3.1.0
info: {title: Kept, version: '1'}
servers: [{url: 'https://api.example/api'}]
paths:
  /{x}:
    get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}],
      responses: {'200': {description: d}}}
"""
SECRET = "hunter2"
BYTES = bytes(range(256))
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LATER = "Wed, 21 Oct 2099 07:28:00 GMT"
BEFORE = "Thu, 01 Jan 1970 00:00:00 GMT"


class Live(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    count = 0

    def do_GET(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        name = self.path.partition("?")[0].rpartition("/")[2]
        here = f"http://127.0.0.1:{self.server.server_address[1]}/live"
        match name:
            case "count":
                Live.count += 1
                self.say(b"%d" % Live.count)
            case "bytes":
                self.say(BYTES, ("Content-Type", "application/octet-stream"))
            case "secret":
                body = gzip.compress(json.dumps({"token": SECRET}).encode())
                self.say(body, ("Content-Encoding", "gzip"), ("Content-Type", "application/json"))
            case "brotli":
                self.say(SECRET.encode(), ("Content-Encoding", "br"))
            case "long":
                self.say(b"l" * (70 * 2**20))
            case "cookies":
                self.say(
                    b"",
                    ("Set-Cookie", f"a={SECRET}; Domain=x.example; Path=/live/p; Secure; HttpOnly"),
                    ("Set-Cookie", f"b={SECRET}; SameSite=None; Secure; Expires={LATER}"),
                    ("Set-Cookie", f"c=; Expires={BEFORE}; SameSite=Lax"),
                )
            case "links":
                self.say(
                    b"",
                    ("Location", f"{here}/count?access_token={SECRET}"),
                    ("Link", f'<{here}/items?page=2>; rel="next"'),
                    status=303,
                )
            case "cut":
                self.send_response(200)
                self.send_header("Content-Length", "10")
                self.end_headers()
                self.wfile.write(b"cut")
                self.close_connection = True
            case _:
                self.say(sent or b"nothing")

    do_POST = do_HEAD = do_GET  # noqa: N815  # the names that http.server asks for

    def say(self, body: bytes, *headers: tuple[str, str], status: int = 200) -> None:
        self.send_response(status, "Told so")
        for key, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(key, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def upstream() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Live)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/live"
    server.shutdown()
    server.server_close()


class Served:
    port = 0
    said = ""

    def ask(
        self, method: str, path: str, body: bytes | str | None = None, headers: Any = None
    ) -> tuple[int, str, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, f"/api/{path}", body, headers or {})
        got = connection.getresponse()
        try:
            read = got.read()
        except http.client.IncompleteRead as cut:
            read = cut.partial
        connection.close()
        return got.status, got.reason, got.getheaders(), read


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Served]:
    file = folder / "api.yaml"
    file.write_text(DESCRIPTION)
    child = subprocess.Popen(
        [TRUNKLINE, "serve", str(file), "--json", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    line = child.stdout.readline()
    assert line.startswith("{"), child.communicate()[1]
    served = Served()
    served.port = int(json.loads(line)["url"].split(":")[2].split("/")[0])
    try:
        yield served
    finally:
        child.send_signal(signal.SIGTERM)
        served.said = child.communicate(timeout=30)[1]


def part(boundary: str) -> tuple[str, dict[str, str]]:
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="f"\r\n\r\nx\r\n--{boundary}--\r\n'
    )
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}


SAME: list[tuple[tuple[Any, ...], tuple[Any, ...]]] = [
    (("GET", "plain?a=1&b=%20x&c=~&d="), ("GET", "plain?d=&c=%7E&b=+x&a=1")),
    (("GET", "p%7El"), ("GET", "p~l")),
    (("POST", "j", '{"a":{"c":2,"d":3},"b":1}', JSON),
     ("POST", "j", '{"b":1, "a":{"d":3,"c":2}}', JSON)),
    (("POST", "f", "a=1&b=%20", FORM), ("POST", "f", "b=+&a=1", FORM)),
    (("POST", "m", *part("one")), ("POST", "m", *part("another"))),
    (("POST", "raw", BYTES), ("POST", "raw", BYTES)),
    (("GET", "bytes"), ("GET", "bytes")),
    (("HEAD", "bytes"), ("HEAD", "bytes")),
]  # fmt: skip


@pytest.mark.parametrize("form", ["jsonl", "har"])
def test_requests_are_known_again_however_written(tmp_path: Path, upstream: str, form: str) -> None:
    recording = str(tmp_path / f"seen.{form}")
    with serving(tmp_path, "--proxy", upstream, "--data", recording) as proxy:
        expected = [proxy.ask(*first) for first, _ in SAME]
        counted = [proxy.ask("GET", "count")[3] for _ in range(2)]
    with serving(tmp_path, "--replay", recording) as offline:
        assert [offline.ask(*again) for _, again in SAME] == expected
        assert [offline.ask("GET", "count")[3] for _ in range(3)] == [*counted, counted[1]]
        # What HEAD says follows from what GET did.
        head = offline.ask("HEAD", "plain?a=1&b=+x&c=~&d=")
        assert (head[0], dict(head[2])["Content-Length"]) == (200, "7")
    assert expected[0][1] == "Told so"


@pytest.mark.parametrize("form", ["jsonl", "har"])
def test_no_secret_reaches_the_file(tmp_path: Path, upstream: str, form: str) -> None:
    recording = tmp_path / f"seen.{form}"
    headers = {"Cookie": f"s={SECRET}", "Authorization": f"Basic {SECRET}"}
    with serving(tmp_path, "--proxy", upstream, "--data", str(recording)) as proxy:
        for name in ("secret", "brotli", "cookies", "links", f"plain?api_key={SECRET}"):
            assert proxy.ask("GET", name, None, headers)[0] in (200, 303)
    text = recording.read_text()
    assert SECRET not in text
    assert "/secret" in text
    assert "/brotli" not in text
    assert "GET /brotli → 200: not recorded, for its body is in br" in proxy.said
    with serving(tmp_path, "--replay", str(recording)) as offline:
        assert json.loads(offline.ask("GET", "secret")[3]) == {"token": "[redacted]"}
        assert [v for k, v in offline.ask("GET", "cookies")[2] if k == "Set-Cookie"] == [
            "a=redacted; Path=/api/p; HttpOnly",
            "b=redacted",
            f"c=redacted; Expires={BEFORE}; SameSite=Lax",
        ]
        moved = dict(offline.ask("GET", "links")[2])
        assert moved["Location"] == "/api/count?access_token=[redacted]"
        assert moved["Link"] == f'<http://127.0.0.1:{offline.port}/api/items?page=2>; rel="next"'


def test_what_is_not_in_a_recording_is_told_with_the_reason(tmp_path: Path, upstream: str) -> None:
    recording = str(tmp_path / "seen.jsonl")
    with serving(tmp_path, "--proxy", upstream, "--data", recording) as proxy:
        proxy.ask("GET", "plain?a=1")
        proxy.ask("POST", "plain", "{}", JSON)
        assert len(proxy.ask("GET", "long")[3]) == 70 * 2**20
        assert proxy.ask("GET", "cut")[3] == b"cut"
    assert "GET /long → 200: not recorded, for a body is longer than" in proxy.said
    assert "GET /cut → 200: the response is cut off [response-complete]" in proxy.said
    with serving(tmp_path, "--replay", recording) as offline:
        for asked, why in (
            (("GET", "long"), "nothing of that path is in the recording"),
            (("DELETE", "plain"), "it is in the recording with GET, POST alone"),
            (("GET", "plain?a=2"), "it is in the recording with other query parameters"),
            (("POST", "plain", "[]", JSON), "it is in the recording with another body"),
        ):
            status, _, _, body = offline.ask(*asked)
            assert status == 501
            assert json.loads(body)["error"].endswith(f"is not in the recording so: {why}")


def test_a_browsers_archive_is_that_of_the_api(tmp_path: Path) -> None:
    """Among what the page has loaded; several cookies are lines of one header there."""

    def entry(url: str, text: str, **headers: str) -> dict[str, Any]:
        named = [{"name": name.replace("_", "-"), "value": v} for name, v in headers.items()]
        response = {"status": 200, "statusText": "", "headers": named, "content": {"text": text}}
        return {
            "_initiator": {"type": "script"},
            "pageref": "page_1",
            "request": {"method": "GET", "url": url, "headers": []},
            "response": response,
        }

    archive = tmp_path / "browser.har"
    entries = [
        entry("https://other.example/api/plain", "another's"),
        entry("https://api.example/apiary", "no API's"),
        entry(
            "https://api.example/api/plain",
            "ours",
            Set_Cookie="a=1; Domain=api.example; Secure\nb=2; Path=/api",
            Link="<https://api.example/api/more>; rel=next",
        ),
    ]
    archive.write_text(json.dumps({"log": {"version": "1.2", "pages": [], "entries": entries}}))
    with serving(tmp_path, "--replay", str(archive)) as offline:
        _, _, headers, body = offline.ask("GET", "plain")
        assert body == b"ours"
        assert [v for k, v in headers if k == "Set-Cookie"] == ["a=1", "b=2; Path=/api"]
        assert dict(headers)["Link"] == f"<http://127.0.0.1:{offline.port}/api/more>; rel=next"
        assert offline.ask("GET", "ry")[0] == 501


def test_archives_have_all_that_the_format_asks_for(tmp_path: Path, upstream: str) -> None:
    archive = tmp_path / "seen.har"
    with serving(tmp_path, "--proxy", upstream, "--data", str(archive)) as proxy:
        proxy.ask("POST", "f?q=1", "a=1", FORM)
    (entry,) = json.loads(archive.read_text())["log"]["entries"]
    assert {"startedDateTime", "time", "request", "response", "cache", "timings"} <= set(entry)
    assert entry["request"].keys() >= {
        "method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize",
        "bodySize", "postData",
    }  # fmt: skip
    assert entry["response"].keys() >= {
        "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL",
        "headersSize", "bodySize",
    }  # fmt: skip
    assert entry["request"]["queryString"] == [{"name": "q", "value": "1"}]
    assert entry["response"]["statusText"] == "Told so"
    assert entry["time"] == sum(entry["timings"].values()) > 0


def test_a_full_disk_leaves_a_whole_recording(tmp_path: Path, upstream: str) -> None:
    """What no longer fits is told, and answered all the same."""
    recording = tmp_path / "seen.jsonl"
    file = tmp_path / "api.yaml"
    file.write_text(DESCRIPTION)
    # Files of this process and its children end at 4 kB: writing more fails as on a full disk.
    child = subprocess.Popen(
        ["bash", "-c", 'trap "" XFSZ; ulimit -f 4; exec "$0" "$@"', TRUNKLINE, "serve", str(file),
         "--json", "--proxy", upstream, "--data", str(recording)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    served = Served()
    served.port = int(json.loads(child.stdout.readline())["url"].split(":")[2].split("/")[0])
    for _ in range(40):
        assert served.ask("GET", "plain")[3] == b"nothing"
    child.send_signal(signal.SIGTERM)
    said = child.communicate(timeout=30)[1]
    assert "GET /plain → 200: not recorded: File too large" in said
    lines = recording.read_text().splitlines(keepends=True)
    assert 0 < len(lines) < 40
    assert all(line.endswith("\n") and json.loads(line)["body"] == "nothing" for line in lines)


@pytest.mark.parametrize("form", ["jsonl", "har"])
def test_a_file_is_one_processs_and_a_recording(tmp_path: Path, upstream: str, form: str) -> None:
    recording = tmp_path / f"seen.{form}"

    def refused(file: Path) -> str:
        done = subprocess.run(
            [TRUNKLINE, "serve", str(tmp_path / "api.yaml"), "--proxy", upstream, "--data", file],
            capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        return done.stderr

    with serving(tmp_path, "--proxy", upstream, "--data", str(recording)) as proxy:
        assert f"cannot write to {recording}: another process records to it" in refused(recording)
        proxy.ask("GET", "plain")
    with serving(tmp_path, "--proxy", upstream, "--data", str(recording)) as proxy:
        proxy.ask("GET", "plain")
    assert recording.read_text().count('"started') == 2
    other = tmp_path / f"other.{form}"
    other.write_bytes(b"SQLite format 3\0" + BYTES)
    assert f"cannot write to {other}: it is no " in refused(other)
    assert other.read_bytes() == b"SQLite format 3\0" + BYTES


def test_proxy_and_replay_listen_where_they_are_told_to(tmp_path: Path, upstream: str) -> None:
    recording = str(tmp_path / "seen.jsonl")
    for arguments in (["--proxy", upstream, "--data", recording], ["--replay", recording]):
        with (
            serving(tmp_path, *arguments, "--host", "127.0.0.2") as served,
            socket.create_connection(("127.0.0.2", served.port), timeout=20) as connection,
        ):
            connection.sendall(b"GET /api/plain HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 200 Told so")
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", served.port), timeout=20)


def test_half_a_line_spoils_no_other(tmp_path: Path, upstream: str) -> None:
    """What a process that was killed has left is told with its line; the rest can be had."""
    recording = tmp_path / "seen.jsonl"
    recording.write_text('{"method":"GET","pa')
    with serving(tmp_path, "--proxy", upstream, "--data", str(recording)) as proxy:
        proxy.ask("GET", "plain")
    half, whole = recording.read_text().splitlines()
    assert (half, json.loads(whole)["body"]) == ('{"method":"GET","pa', "nothing")


def test_servers_that_cannot_be_reached_are_told_in_a_sentence(tmp_path: Path) -> None:
    """One that is no TLS server, and none at all; one of IPv6 is reached."""

    class Six(ThreadingHTTPServer):
        address_family = socket.AF_INET6

    six = Six(("::1", 0), Live)
    threading.Thread(target=six.serve_forever, args=(0.02,), daemon=True).start()
    for url, status, said in (
        (f"http://[::1]:{six.server_port}", 200, "nothing"),
        (f"https://[::1]:{six.server_port}", 502, "no TLS: "),
        ("http://127.0.0.1:9", 502, "Connection refused"),
        ("http://nowhere.invalid", 502, "Name or service not known"),
    ):
        with serving(tmp_path, "--proxy", url) as proxy:
            got = proxy.ask("GET", "plain")
        assert (got[0], said in got[3].decode()) == (status, True), got
    six.shutdown()
    six.server_close()


def test_a_certificate_must_be_trusted(tmp_path: Path) -> None:
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", tmp_path / "k", "-out",
         tmp_path / "c"],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl makes no certificate here")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Live)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "c", tmp_path / "k")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    with serving(tmp_path, "--proxy", f"https://localhost:{server.server_port}") as proxy:
        got = proxy.ask("GET", "plain")
    assert got[0] == 502
    assert json.loads(got[3])["error"].startswith(
        "the live server does not answer: its certificate is not to be trusted: self"
    )
    server.shutdown()
    server.server_close()


def test_compressed_bodies_are_read_up_to_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observer, "LONGEST", 1000)
    part = gzip.compress(b"a" * 400)
    assert observer.decoded(part * 2, "gzip", whole=True) == b"a" * 800
    assert observer.decoded(part * 3, "gzip", whole=True) is None
    assert observer.decoded(gzip.compress(b"a" * 1001), "gzip", whole=True) is None
