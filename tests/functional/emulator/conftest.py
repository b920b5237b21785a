"""Emulators, and a user's server on a real socket, which notes what it is sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from trunkline import ir
from trunkline.emulator import Running, running
from trunkline.pipeline import load_api


@pytest.fixture(scope="module")
def api(request: pytest.FixtureRequest) -> ir.Api:
    """The API that the module names in `API`."""
    return load_api(request.module.API).api


@pytest.fixture(scope="module")
def server(api: ir.Api) -> Iterator[Running]:
    with running(api) as handle:
        yield handle


@dataclass
class Heard:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


Reply = tuple[int, Any] | tuple[int, Any, dict[str, str]]


@dataclass
class Listener:
    """`reply` is asked for status, body and perhaps headers; bytes are sent as they are."""

    url: str
    heard: list[Heard] = field(default_factory=list)
    reply: Callable[[Heard], Reply] = lambda _: (204, None)


@pytest.fixture
def listener() -> Iterator[Listener]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length", 0)))
            heard = Heard(self.path, {k.lower(): v for k, v in self.headers.items()}, raw)
            found.heard.append(heard)
            status, body, *more = found.reply(heard)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            content = b"" if body is None else content
            self.send_response(status)
            for name, value in (more[0] if more else {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Listener(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()
