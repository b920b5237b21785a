"""A server of the suite's own on the loopback: what the service under test sends is heard here."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from trunkline.ir import Json

LARGEST = 10_000_000
"""Bytes of a request that are read."""


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """One request, complete. Header names are in lower case."""

    path: str
    headers: Mapping[str, str]
    raw: bytes
    status: int
    """With which it was answered."""

    @property
    def json(self) -> Json:
        """The body, None where it is not JSON."""
        try:
            found: Json = json.loads(self.raw)
        except (ValueError, RecursionError):
            return None
        return found

    @property
    def object(self) -> dict[str, Json]:
        """The body where it is an object, else an empty one."""
        found = self.json
        return found if isinstance(found, dict) else {}

    def show(self) -> str:
        """For messages: the beginning of the body."""
        return self.raw[:300].decode("utf-8", "backslashreplace")


Answer = tuple[int, bytes]
Policy = Callable[[str, bytes, int], Answer]
"""Path, body and how many came at this path before → status and body."""


@dataclass
class Listener:
    """What was heard, and how to answer."""

    url: str
    policy: Policy
    heard: list[ReceivedRequest] = field(default_factory=list[ReceivedRequest])
    changed: threading.Condition = field(default_factory=threading.Condition)

    def at(self, path: str) -> list[ReceivedRequest]:
        """Requests at a path, in the order they came."""
        with self.changed:
            return [one for one in self.heard if one.path == path]

    def wait(
        self,
        path: str,
        count: int,
        seconds: float,
        which: Callable[[ReceivedRequest], bool] | None = None,
    ) -> list[ReceivedRequest]:
        """Until so many (of those that are meant) came at a path, or the time is up."""
        end = time.monotonic() + seconds
        with self.changed:
            while (
                sum(one.path == path and (which is None or which(one)) for one in self.heard)
                < count
            ):
                left = end - time.monotonic()
                if left <= 0 or not self.changed.wait(left):
                    break
        return self.at(path)


@contextmanager
def serve_callbacks(policy: Policy) -> Iterator[Listener]:
    """A listener on a port of its own, until the block ends."""

    class _Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_POST(self) -> None:
            length = self.headers.get("content-length", "0")
            size = int(length) if length.isdecimal() else 0
            raw = self.rfile.read(min(size, LARGEST))
            with found.changed:
                before = sum(one.path == self.path for one in found.heard)
                status, body = policy(self.path, raw, before)
                headers = {name.lower(): value for name, value in self.headers.items()}
                found.heard.append(ReceivedRequest(self.path, headers, raw, status))
                found.changed.notify_all()
            self.send_response(status)
            if body:
                self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    found = Listener(f"http://127.0.0.1:{server.server_port}", policy)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
