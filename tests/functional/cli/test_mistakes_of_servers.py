"""Mistakes about servers: the wrong one, the wrong way to it, the wrong credentials, a taken port.

What is wrong with the call is said before anything that was found on the way."""

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from trunkline.cli.main import run
from trunkline.emulator import running
from trunkline.pipeline import load_api

ROOT = Path(__file__).parents[3]


class Website(BaseHTTPRequestHandler):
    """Answers 404 to everything but its first page."""

    def do_GET(self) -> None:
        body = b"<!doctype html><html>hello</html>"
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_GET  # noqa: N815  # http.server calls them so

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def website() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Website) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same behind a certificate that nobody has signed but itself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *names, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), Website) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def emulated() -> Iterator[str]:
    with running(load_api("telnyx").api) as server:
        yield server.origin.removeprefix("http://")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.chdir(ROOT)


ROWS = [
    # what is typed, {host} for the server; which server; exit code; first line; hint
    ("test telnyx --base-url https://{host} --token x", "website", 3,
     "it does not speak TLS: http:// may be meant", "check the address"),
    ("test telnyx --base-url http://{host} --token x", "secure", 3, "no answer from", "https://"),
    ("test telnyx --base-url https://{host} --token x", "secure", 3,
     "its certificate is not trusted: self-signed certificate", "SSL_CERT_FILE"),
    ("test telnyx --base-url http://{host} --token x", "website", 1,
     "given up: the server is not the one described", "check --base-url"),
    ("test telnyx --base-url http://{host}/wrong --token trunkline-token-1", "emulated", 1,
     "given up: the server is not the one described", "check --base-url"),
    ("test telnyx --base-url http://{host}/v2 --token wrong", "emulated", 1,
     "given up: the server refuses the credentials", "--token"),
    ("test telnyx --base-url http://{host}/v2", "emulated", 1,
     "given up: the server refuses the credentials", "--token"),
    ("validate http://{host}/openapi.yaml", "website", 2, "answered 404", "Download it"),
    ("validate http://{host}/", "website", 1, "a page of the web", ""),
    ("generate https://{host}/", "website", 2, "http:// may be meant", "Download it"),
    ("generate https://{host}/", "secure", 2, "signed by itself", "SSL_CERT_FILE"),
    ("diff x==1 telnyx --index http://{host}/", "website", 2, "has no x==1", ""),
    ("serve telnyx --port {port}", "website", 2, "is in use", "0 to have one picked"),
    ("serve telnyx --proxy http://127.0.0.1:9 --port {port}", "website", 2, "is in use", "0"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[1]}: {row[0]}" for row in ROWS])
def test_mistakes(
    row: tuple[str, str, int, str, str],
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed, server, code, says, hint = row
    host: str = request.getfixturevalue(server)
    port = host.partition(":")[2]
    assert run(typed.format(host=host, port=port).split()) == code
    shown = capsys.readouterr()
    printed = [line for line in (shown.err + shown.out).splitlines() if line.strip()]
    assert "error: " in printed[0], printed
    assert says in printed[0]
    assert hint in "".join(printed[:2])
    assert "Traceback" not in shown.err
    assert "[SSL" not in printed[0]
    assert "[Errno" not in printed[0]
