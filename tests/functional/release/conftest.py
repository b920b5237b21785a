"""Indexes to publish to: a real one, and one that does what a test tells it to."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCRIPTS = Path(sys.executable).parent

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass
class Script:
    """What the scripted index does; tests change it while it runs."""

    url: str = ""
    listing: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """File name → (digest fragment, content)."""
    answers: list[str] = field(default_factory=list)
    """What the next uploads meet: a status, `hang`, `cut` (connection closed half-way) or
    `lost` (taken, but the answer is never sent); `200` when there is nothing left."""
    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    json: bool = False
    audience: str | None = None
    minted: tuple[int, object] = (200, {"success": True, "token": "pypi-minted"})
    identity: str = ""

    @property
    def uploads(self) -> list[tuple[dict[str, str], bytes]]:
        return [
            (headers, body)
            for method, path, headers, body in self.requests
            if method == "POST" and path == "/upload/"
        ]


def uploaded_name(body: bytes) -> str:
    found = re.search(rb'name="content"; filename="([^"]+)"', body)
    assert found is not None
    return found[1].decode()


def content_of(body: bytes) -> bytes:
    """The file in a multipart body."""
    boundary = body.split(b"\r\n", 1)[0]
    start = body.index(b"\r\n\r\n", body.index(b'name="content"')) + 4
    return body[start : body.index(b"\r\n" + boundary, start)]


@pytest.fixture
def scripted() -> Iterator[Script]:
    """An index on a real socket."""
    script = Script()
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def reply(self, status: int, body: bytes, kind: str = "text/plain") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def body(self) -> bytes:
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def do_GET(self) -> None:
            script.requests.append(("GET", self.path, dict(self.headers), b""))
            if self.path == "/_/oidc/audience":
                if script.audience is None:
                    return self.reply(404, b"")
                text = json.dumps({"audience": script.audience})
                return self.reply(200, text.encode(), "application/json")
            if self.path.startswith("/identity"):
                text = json.dumps({"value": script.identity})
                return self.reply(200, text.encode(), "application/json")
            if self.path.startswith("/files/"):
                return self.reply(200, script.listing[self.path.rsplit("/", 1)[-1]][1])
            if self.path.startswith("/upload/simple/") and script.listing:
                if script.json:
                    files = [
                        {
                            "filename": name,
                            "url": f"/files/{name}",
                            "hashes": dict([digest.split("=")]) if digest else {},
                        }
                        for name, (digest, _) in script.listing.items()
                    ]
                    text = json.dumps({"meta": {"api-version": "1.0"}, "files": files})
                    kind = "application/vnd.pypi.simple.v1+json"
                    return self.reply(200, text.encode(), kind)
                text = "".join(
                    f'<a href="/files/{name}{"#" + digest if digest else ""}">{name}</a>'
                    for name, (digest, _) in script.listing.items()
                )
                return self.reply(200, text.encode(), "text/html")
            return self.reply(404, b"")

        def do_POST(self) -> None:
            answer = script.answers.pop(0) if script.answers and "upload" in self.path else "200"
            if answer == "cut":
                self.rfile.read(100)
                self.close()
                return
            body = self.body()
            script.requests.append(("POST", self.path, dict(self.headers), body))
            if self.path == "/_/oidc/mint-token":
                status, said = script.minted
                self.reply(status, json.dumps(said).encode(), "application/json")
                return
            if answer in {"200", "lost"}:
                script.listing[uploaded_name(body)] = ("", content_of(body))
            if answer == "hang":
                over.wait(30)
            if answer in {"hang", "lost"}:
                self.close()
                return
            self.reply(int(answer), b"said by the index")

        def close(self) -> None:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_port}"
    yield script
    over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def trunkline(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run one command line, away from the user's cache, keyring and tokens."""
    cache = tmp_path_factory.mktemp("cache")

    def run(
        *arguments: str | Path,
        cwd: Path,
        env: dict[str, str] | None = None,
        timeout: float = 200,
        **more: object,
    ) -> subprocess.CompletedProcess[str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TRUNKLINE_", "GITHUB_", "GITLAB_", "ACTIONS_"))
        }
        clean = {
            "XDG_CACHE_HOME": str(cache),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        return subprocess.run(
            [SCRIPTS / "trunkline", *arguments],
            cwd=cwd,
            env={**kept, **clean, **(env or {})},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            **more,  # type: ignore[call-overload]
        )

    return run


@pytest.fixture
def index_url(tmp_path: Path) -> Iterator[str]:
    """pypiserver on loopback, which takes uploads from anybody."""
    packages = tmp_path / "index"
    packages.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [SCRIPTS / "pypi-server", "run", "-p", str(port), "-i", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, "-P", ".", "-a", ".", "--hash-algo", "sha256", packages],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            assert time.monotonic() < deadline, "pypiserver does not answer"
            assert server.poll() is None, "pypiserver ended"
            time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/"
    server.terminate()
    server.wait(10)


SHOP = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
security: [{token: []}]
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: All pets.
          content:
            application/json:
              schema:
                type: object
                required: [data]
                properties:
                  data: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        '401': {$ref: '#/components/responses/Refused'}
    post:
      operationId: createPet
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/NewPet'}
      responses:
        '201':
          description: The new pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '400': {$ref: '#/components/responses/Refused'}
        '401': {$ref: '#/components/responses/Refused'}
  /pets/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
    get:
      operationId: getPet
      responses:
        '200':
          description: The pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '401': {$ref: '#/components/responses/Refused'}
        '404': {$ref: '#/components/responses/Refused'}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
  responses:
    Refused:
      description: Refused.
      content:
        application/json:
          schema:
            type: object
            required: [error]
            properties: {error: {type: string}}
  schemas:
    NewPet:
      type: object
      required: [name]
      properties:
        name: {type: string, minLength: 1, maxLength: 40}
    Pet:
      type: object
      required: [id, name]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string, minLength: 1, maxLength: 40}
"""


def make_project(folder: Path) -> Path:
    """A project with one small description, without its package, in a git repository."""
    (folder / "specs" / "shop").mkdir(parents=True)
    (folder / "specs" / "shop" / "openapi.yaml").write_text(SHOP)
    (folder / "specs" / "shop" / "package.toml").write_text('version = "1.0.0"\n')
    (folder / ".gitignore").write_text("build/\ndist/\n__pycache__/\n")
    git(folder, "init", "--quiet")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def made_ready(trunkline: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_project(tmp_path_factory.mktemp("ready") / "project")
    generated = trunkline("generate", cwd=folder)
    assert generated.returncode == 0, generated.stderr
    tested = trunkline("test", "shop", cwd=folder)
    assert tested.returncode == 0, tested.stdout
    commit_all(folder)
    return folder


@pytest.fixture
def ready(made_ready: Path, tmp_path: Path) -> Path:
    """A project whose package was generated, tested and committed."""
    return shutil.copytree(made_ready, tmp_path / "project")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"},
    )
    return done.stdout


def commit_all(folder: Path) -> None:
    """Commit everything in a project."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "Change")


@pytest.fixture
def commit() -> Callable[[Path], None]:
    """Commit everything in a project."""
    return commit_all


@pytest.fixture(scope="session")
def uv() -> Path:
    found = shutil.which("uv", path=f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}")
    assert found is not None, "uv is one of the development tools"
    return Path(found)
