"""One description, three witnesses: a generated client, the emulator, and plain servers that were
written without looking at either."""

from __future__ import annotations

import importlib
import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType
from typing import Any

import pytest
import yaml

from trunkline.diagnostics import Diagnostics
from trunkline.generation import generate_package
from trunkline.ir import Api
from trunkline.names import default_package
from trunkline.output import plan_changes, write
from trunkline.pipeline.load import load_api


@dataclass
class Package:
    """A description, lowered and generated, with its client imported."""

    api: Api
    module: ModuleType
    diagnostics: list[str]

    def client(self, url: str, **arguments: Any) -> Any:
        """A client of the package."""
        return self._named("")(base_url=url, **arguments)

    def async_client(self, url: str, **arguments: Any) -> Any:
        """An asynchronous client of the package."""
        return self._named("Async")(base_url=url, **arguments)

    def _named(self, prefix: str) -> Any:
        base = self.module._runtime.AsyncClient if prefix else self.module._runtime.SyncClient
        return next(
            value
            for value in vars(self.module).values()
            if isinstance(value, type) and issubclass(value, base) and value is not base
        )


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Package]]:
    """A description (as data), generated under a name and imported."""
    folders: list[str] = []

    def make(name: str, description: dict[str, Any]) -> Package:
        folder = tmp_path_factory.mktemp(name)
        file = folder / "openapi.yaml"
        file.write_text(yaml.safe_dump(description, sort_keys=False))
        loaded = load_api(file)
        found = Diagnostics()
        files = generate_package(loaded.api, default_package(name), found)
        found.raise_errors()
        write(plan_changes(files, folder / "out"))
        sys.path.insert(0, str(folder / "out"))
        folders.append(str(folder / "out"))
        module = importlib.import_module(f"trunkline_{name}")
        importlib.import_module(f"trunkline_{name}._runtime")
        importlib.import_module(f"trunkline_{name}.errors")
        return Package(loaded.api, module, [str(d) for d in (*loaded.diagnostics, *found)])

    yield make
    for one in folders:
        sys.path.remove(one)


@dataclass
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Plain:
    """A server that responds with what a function says."""

    url: str
    seen: list[Seen] = field(default_factory=list)


Answer = Callable[[Seen], tuple[int, dict[str, str], Any]]


@contextmanager
def plain_server(answer: Answer) -> Iterator[Plain]:
    """Serve on a port of its own until the block ends; dicts and lists go out as JSON."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

        def _handle(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {k.lower(): v for k, v in self.headers.items()}
            seen = Seen(self.command, self.path, headers, self.rfile.read(length))
            server.seen.append(seen)
            status, sent, body = answer(seen)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"content-type": "application/json", **sent}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _handle  # noqa: N815

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Plain(f"http://127.0.0.1:{listener.server_port}")
    thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


@pytest.fixture
def serving() -> Callable[[Answer], Any]:
    """A plain server for a `with` block."""
    return plain_server
