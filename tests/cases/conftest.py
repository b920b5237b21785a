"""`pytest tests/cases --regenerate` writes the expected files anew; a server for their clients."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

SHOWN = ("accept", "authorization", "content-type", "cookie")
"""Headers that are part of the record, those that start with `x-` besides."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option; known when `tests/cases` is named on the command line."""
    try:
        parser.addoption("--regenerate", action="store_true", help="write expected files anew")
    except ValueError:
        return


@pytest.fixture(scope="session")
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be written."""
    return bool(request.config.getoption("--regenerate", default=False))


class Service:
    """A server on loopback that answers as it is told and records what it is asked.

    `answers` maps `METHOD /path` to `{status, type, headers, body}`, a list of them being given one
    after the other; everything else is answered with 204. A body that is not text is JSON.
    """

    def __init__(self, answers: dict[str, object]) -> None:
        self.record: list[str] = []
        self._answers = answers
        service = self

        class Handler(BaseHTTPRequestHandler):
            def __getattr__(self, name: str) -> Callable[[], None]:
                if not name.startswith("do_"):
                    raise AttributeError(name)
                return lambda: service.answer(self)

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Note the request, and send what it is answered with."""
        length = int(request.headers.get("content-length") or 0)
        self._note(request, request.rfile.read(length))
        found = self._answers.get(f"{request.command} {request.path.partition('?')[0]}", {})
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        assert isinstance(found, dict)
        body = found.get("body", "")
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        request.send_response(found.get("status", 200 if found else 204))
        if found:
            request.send_header("Content-Type", found.get("type", "application/json"))
            request.send_header("Content-Length", str(len(content)))
        for name, value in found.get("headers", {}).items():
            request.send_header(name, value)
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(content)

    def _note(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        lines = [f"{request.command} {request.path}"]
        text = body.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
        for name in sorted({key.lower() for key in request.headers}):
            if name in SHOWN or name.startswith("x-"):
                value = ", ".join(request.headers.get_all(name) or [])
                boundary = re.search(r"boundary=(\S+)", value)
                if boundary is not None:
                    value, text = (t.replace(boundary[1], "BOUNDARY") for t in (value, text))
                lines.append(f"{name}: {value}")
        if text:
            lines += ["", text.rstrip("\n")]
        self.record.append("\n".join(lines) + "\n")


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Service]]:
    """Start the server of a case, which answers as the case's `answers.json` says."""
    started: list[Service] = []

    def start(case: Path) -> Service:
        script = case / "answers.json"
        started.append(Service(json.loads(script.read_text()) if script.is_file() else {}))
        return started[-1]

    yield start
    for service in started:
        service.server.shutdown()
        service.server.server_close()
