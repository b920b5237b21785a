"""Servers that are down, hang, talk rubbish, or lead elsewhere: verdicts, never a traceback."""

import socket
import threading
from contextlib import contextmanager

import pytest

from trunkline import contract
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
    assert {"content-type-documented", "auth-missing"} <= {v.rule for v in report.violations}


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
