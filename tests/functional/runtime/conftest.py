"""A real server that does as it is told, and a client of either kind to talk to it."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from trunkline.runtime import AsyncClient, Operation, SyncClient
from trunkline.runtime.service import ApiKey, HttpBasic, HttpBearer, OAuth2, Service

SERVICE = Service(
    package="demo_client",
    version="1.2",
    base_url="https://unreachable.invalid/v2",
    base_url_env="DEMO_BASE_URL",
    schemes={
        "bearer": HttpBearer("token", env="DEMO_TOKEN"),
        "basic": HttpBasic(("login", "password")),
        "key": ApiKey("X-Demo-Key", "header", "api_key"),
        "query": ApiKey("api_key", "query", "query_key"),
        "cookie": ApiKey("sid", "cookie", "session"),
        "oauth": OAuth2("/token", ("client_id", "client_secret")),
    },
)


@dataclass
class Seen:
    """A request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    """What the server does with one request.

    `drop` closes the connection without an answer, `cut` sends the head and half of the body;
    `chunks` are sent one by one.
    """

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes] | None = None
    drop: bool = False
    cut: bool = False
    wait: threading.Event | None = None


class ScriptedServer:
    """Answers in the order given; the last answer is repeated. 127.0.0.1, a free port."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.answers: list[Answer] = []
        self.by_path: dict[str, Callable[[Seen], Answer]] = {}
        script = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                script.handle(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any  # noqa: N815

            def log_message(self, *args: object) -> None:
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: object) -> None:
                pass  # connections are broken on purpose

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def handle(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        if handler.headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(handler.rfile.readline(), 16):
                body += handler.rfile.read(size)
                handler.rfile.readline()
            handler.rfile.readline()
        else:
            body = handler.rfile.read(int(handler.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        seen = Seen(handler.command, handler.path, headers, body)
        self.seen.append(seen)
        special = self.by_path.get(handler.path.partition("?")[0])
        if special is not None:
            answer = special(seen)
        else:
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer.wait is not None:
            answer.wait.wait(20)
        if answer.drop:
            handler.close_connection = True
            with contextlib.suppress(OSError):
                handler.connection.shutdown(socket.SHUT_RDWR)
            return
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.chunks is not None:
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            for chunk in answer.chunks:
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                handler.wfile.flush()
            if answer.cut:
                handler.close_connection = True
                return
            handler.wfile.write(b"0\r\n\r\n")
            return
        if "Content-Type" not in answer.headers and answer.body:
            handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        if answer.cut:
            handler.wfile.write(answer.body[: len(answer.body) // 2])
            handler.close_connection = True
            return
        handler.wfile.write(answer.body)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Caller:
    """A client of either kind behind one blocking surface."""

    def __init__(self, kind: str, url: str, **settings: Any) -> None:
        self.kind = kind
        settings = {"base_url": url, "credentials": {"bearer": "T0KEN"}} | settings
        if kind == "sync":
            self.client: Any = SyncClient(SERVICE, **settings)
        else:
            self.runner = asyncio.Runner()
            self.client = AsyncClient(SERVICE, **settings)

    def run(self, value: Any) -> Any:
        if self.kind == "sync":
            return value

        async def waiting() -> Any:
            return await value

        return self.runner.run(waiting())

    def call(self, operation: Operation[Any], **arguments: Any) -> Any:
        return self.run(self.client.call(operation, **arguments))

    def items(self, operation: Operation[Any], **arguments: Any) -> list[Any]:
        found = self.client.list(operation, **arguments)
        return list(found) if self.kind == "sync" else self.run(self.collect(found))

    def events(self, operation: Operation[Any], **arguments: Any) -> list[Any]:
        stream = self.run(self.client.stream(operation, **arguments))
        return list(stream) if self.kind == "sync" else self.run(self.collect(stream))

    @staticmethod
    async def collect(source: Any) -> list[Any]:
        return [item async for item in source]

    def close(self) -> None:
        self.run(self.client.close())
        if self.kind == "async":
            self.runner.close()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    yield scripted
    scripted.close()


@pytest.fixture
def answer() -> type[Answer]:
    return Answer


@pytest.fixture
def reply() -> Callable[..., Answer]:
    """An answer with a JSON body."""

    def make(value: object, status: int = 200, **headers: str) -> Answer:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return Answer(status, json.dumps(value).encode(), named)

    return make


@pytest.fixture(params=["sync", "async"])
def connect(
    request: pytest.FixtureRequest, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Caller]]:
    """Makes clients of the scripted server; retries do not wait."""
    monkeypatch.setattr("trunkline.runtime.retry.BACKOFF", 0.001)
    made: list[Caller] = []

    def make(**settings: Any) -> Caller:
        caller = Caller(request.param, server.url, **settings)
        made.append(caller)
        return caller

    yield make
    for caller in made:
        caller.close()


@pytest.fixture
def http_client(connect: Callable[..., Caller], request: pytest.FixtureRequest) -> Any:
    """Makes httpx2 clients of the kind that `connect` takes."""
    kind = request.node.callspec.params["connect"]
    return httpx2.Client if kind == "sync" else httpx2.AsyncClient
