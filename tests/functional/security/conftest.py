"""A world of its own for each test: home, caches and working folder are empty folders."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

SCRIPTS = Path(sys.executable).parent


class World:
    """Folders that Trunkline may write to, and everything that it said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []
        self.here = folder / "here"
        for name in ("here", "home", "cache", "temporary"):
            (folder / name).mkdir()

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TRUNKLINE_", "GITHUB_", "GITLAB_", "ACTIONS_", "XDG_"))
        }
        return {
            **kept,
            "HOME": str(self.folder / "home"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "TMPDIR": str(self.folder / "temporary"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }

    def run(
        self, *arguments: str | Path, env: dict[str, str] | None = None, code: int | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """One command line."""
        done = subprocess.run(
            [SCRIPTS / "trunkline", *arguments],
            cwd=self.here,
            env={**self.environment, **(env or {})},
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        self.said += [done.stdout, done.stderr]
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done

    @contextmanager
    def serving(self, *arguments: str | Path) -> Iterator[str]:
        """`trunkline serve`; the URL."""
        child = subprocess.Popen(
            [SCRIPTS / "trunkline", "serve", *arguments, "--json"],
            cwd=self.here,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        line = child.stdout.readline()
        if not line.startswith("{"):
            raise AssertionError(child.communicate()[1])
        try:
            yield json.loads(line)["url"]
        finally:
            child.terminate()
            self.said += [line, *child.communicate(timeout=30)]

    def written(self) -> dict[str, bytes]:
        """Every file below the world, and what was said."""
        found = {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }
        return {**found, "what was said": "\n".join(self.said).encode()}


@pytest.fixture(scope="session")
def new_world() -> Callable[[Path], World]:
    """A world in an empty folder."""
    return World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


Answer = Callable[[str, str, dict[str, str], bytes], tuple[int, dict[str, str], bytes]]


@contextmanager
def _answering(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except (ConnectionError, TimeoutError):
                self.close_connection = True

        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more, content = answer(self.command, self.path, headers, body)
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def __getattr__(self, name: str) -> object:
            """`do_GET` and the like: every method is answered in one way."""
            if name.startswith("do_"):
                return self._any
            raise AttributeError(name)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def answering() -> Callable[[Answer], "contextmanager[str]"]:
    """A server on a real socket that answers what a function says."""
    return _answering
