"""Servers that are down, hang, talk rubbish, or lead elsewhere: verdicts, never a traceback."""

import http.server
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from trunkline import contract
from trunkline.contract.reports import summary
from trunkline.diagnostics import ExitCode, TrunklineError


@contextmanager
def talking(answer, *, before=None):
    """A server that does `answer(connection)` on every connection; yields its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    ended = threading.Event()

    def serve():
        while not ended.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(1)
                try:
                    connection.recv(65536)
                    answer(connection)
                except OSError:
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api"
    finally:
        ended.set()
        thread.join()
        listener.close()


def test_nobody_listens(library_config):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(TrunklineError) as caught:
        contract.run(library_config(f"http://127.0.0.1:{port}/api"))
    assert caught.value.exit_code is ExitCode.UNREACHABLE
    assert str(port) in str(caught.value)


def test_a_server_that_never_answers(library_config):
    with talking(lambda connection: threading.Event().wait(0.5)) as url:
        config = library_config(url, budget=contract.Budget(timeout=0.2))
        with pytest.raises(TrunklineError) as caught:
            contract.run(config)
    assert caught.value.exit_code is ExitCode.UNREACHABLE


def test_a_server_whose_head_comes_byte_by_byte(library_config):
    """Every byte renews a reading's timeout; the request has to be over all the same."""

    def drip(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-A: ")
        while True:
            connection.sendall(b"a")
            threading.Event().wait(0.05)

    with talking(drip) as url:
        config = library_config(url, budget=contract.Budget(timeout=0.4))
        with pytest.raises(TrunklineError) as caught:
            contract.run(config)
    assert caught.value.exit_code is ExitCode.UNREACHABLE
    assert "no answer within 0.4 s" in str(caught.value)


def test_a_server_that_talks_rubbish(library_config):
    with (
        talking(lambda connection: connection.sendall(b"\x00\xffrubbish\r\n\r\n")) as url,
        pytest.raises(TrunklineError) as caught,
    ):
        contract.run(library_config(url))
    assert caught.value.exit_code is ExitCode.UNREACHABLE


def test_a_server_that_is_another_api(library_config):
    body = b"<html>hello</html>"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: "
    answer = head + str(len(body)).encode() + b"\r\n\r\n" + body
    with talking(lambda connection: connection.sendall(answer)) as url:
        report = contract.run(library_config(url))
    assert report.exit_code is ExitCode.FINDINGS
    assert "content-type-documented" in {v.rule for v in report.violations}
    assert "not the one described" in summary(report)[0]
    assert "200 (text/html)" in summary(report)[0]
    assert report.requests < 200


def test_a_redirect_is_not_followed_with_credentials(library_config):
    seen = []

    def elsewhere(connection):
        seen.append(1)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with talking(elsewhere) as other:
        redirect = (
            f"HTTP/1.1 307 Temporary Redirect\r\nLocation: {other}\r\n"
            "Content-Length: 0\r\nConnection: close\r\n\r\n"
        ).encode()
        with talking(lambda connection: connection.sendall(redirect)) as url:
            report = contract.run(library_config(url, phases=True))
    assert seen == []
    assert "status-documented" in {v.rule for v in report.violations}


def test_a_body_without_end_is_given_up(library_config):
    def drip(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n")
        for _ in range(20):
            connection.sendall(b"x")
            threading.Event().wait(0.05)

    with talking(drip) as url, pytest.raises(TrunklineError) as caught:
        contract.run(library_config(url, budget=contract.Budget(timeout=0.1)))
    assert caught.value.exit_code is ExitCode.UNREACHABLE


@pytest.mark.parametrize("url", ["ftp://x/", "no address", "http://user:word@host/"])
def test_an_address_that_is_none(library_config, url):
    with pytest.raises(TrunklineError) as caught:
        contract.run(library_config(url))
    assert caught.value.exit_code is ExitCode.USAGE


def test_credentials_that_are_refused_are_named(library, library_config):
    with library() as url:
        config = library_config(url, credentials=contract.GivenCredentials("card-of-nobody"))
        report = contract.run(config)
    assert "refuses the credentials" in summary(report)[0]
    assert report.exit_code is ExitCode.FINDINGS
    assert report.requests < 300


def test_a_server_that_goes_away_in_the_middle(library_config):
    """Its process is killed after some hundred requests."""
    command = [sys.executable, str(Path(__file__).parent / "library_service.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip()

        def listen(progress):
            if progress.requests > 150:
                process.kill()

        report = contract.run(library_config(url, phases=True), listen)
    assert report.unreachable
    assert report.exit_code is ExitCode.UNREACHABLE
    assert report.count(contract.UnitVerdict.PASSED) > 0
    assert report.count(contract.UnitVerdict.NOT_REACHED) > 0
    assert "answers no more" in summary(report)[-1]


class Refusing(http.server.BaseHTTPRequestHandler):
    """Answers everything with 404, and what is worse: over TLS."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.do_GET
        raise AttributeError(name)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def tls_server(tmp_path):
    """A server with a certificate that it has signed itself; yields address and certificate."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-keyout", str(key), "-out", str(certificate), "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(made, check=True, capture_output=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}/api", certificate
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_certificate_that_nobody_vouches_for(library_config, tls_server):
    with pytest.raises(TrunklineError) as caught:
        contract.run(library_config(tls_server[0]))
    assert caught.value.exit_code is ExitCode.UNREACHABLE
    assert "its certificate is not trusted: self-signed certificate" in str(caught.value)
    assert "SSL_CERT_FILE" in str(caught.value)


def test_a_certificate_of_an_authority_of_ones_own(library_config, tls_server, monkeypatch):
    address, certificate = tls_server
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    report = contract.run(library_config(address, phases=True))
    assert report.unreachable == ""
    assert "not the one described" in report.mismatch
