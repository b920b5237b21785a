"""A stranger's way, from the built wheel: an empty environment, an empty folder, a service of their
own, and a description that the project does not ship. Nothing of the checkout is within reach."""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).with_name("uv")
SERVICE = '''
"""Books, kept in memory."""
import itertools
from fastapi import Depends, FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

def known(given=Depends(HTTPBearer(auto_error=False))):
    if given is None or given.credentials != "secret-of-ann":
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})

class Wrong(BaseModel):
    detail: object = None

app = FastAPI(
    title="Book Store API", version="1.0.0", dependencies=[Depends(known)],
    responses={401: {"model": Wrong, "description": "Who are you?"}},
)
kept: dict[int, dict] = {}
numbers = itertools.count(1)
MISSING = {404: {"model": Wrong, "description": "There is no such book."}}

@app.exception_handler(RequestValidationError)
def invalid(request, error):
    """As FastAPI does, without what was sent: not every number of JSON can be sent back."""
    said = [{"loc": one["loc"], "msg": one["msg"], "type": one["type"]} for one in error.errors()]
    return JSONResponse({"detail": said}, 422)

class New(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    title: str = Field(min_length=1, max_length=100, pattern=r"^[ -~]*$")
    pages: int = Field(default=1, ge=1, le=9999)

class Book(New):
    id: int

@app.post("/books", status_code=201, operation_id="createBook")
def create(book: New) -> Book:
    """Keep a book."""
    number = next(numbers)
    kept[number] = {"id": number, **book.model_dump()}
    return kept[number]

@app.get("/books/{id}", operation_id="getBook", responses=MISSING)
def one(id: int) -> Book:
    """Show a book."""
    if id not in kept:
        raise HTTPException(404)
    return kept[id]

@app.delete("/books/{id}", status_code=204, operation_id="deleteBook", responses=MISSING)
def delete(id: int) -> None:
    """Forget a book."""
    if kept.pop(id, None) is None:
        raise HTTPException(404)
'''
USE = """
from trunkline_book_store import BookStore, NotFoundError

with BookStore({credential}, base_url={url!r}) as client:
    book = client.books.create(title="Ulysses", pages=732)
    assert client.books.retrieve(book.id).title == "Ulysses"
    client.books.delete(book.id)
    try:
        client.books.retrieve(book.id)
    except NotFoundError as error:
        print(error.status_code)
"""

pytestmark = pytest.mark.xdist_group("wheel")
Say = Callable[..., str]


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programs of an empty environment are that the wheel was installed in."""
    folder = tmp_path_factory.mktemp("stranger")
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(folder / "dist")))
    environment = folder / "environment"
    subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, environment], check=True)
    into = [UV, "pip", "install", "--quiet", "--python", environment / "bin" / "python"]
    pins = ["--constraint", ROOT / "constraints.txt"]
    subprocess.run([*into, *pins, wheel, "fastapi", "uvicorn"], check=True)
    return environment / "bin"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder with the stranger's service and what it says of itself."""
    return tmp_path_factory.mktemp("books")


@pytest.fixture(scope="module")
def environment(scripts: Path, home: Path) -> dict[str, str]:
    machine = {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "UV_", "SSL_"))}
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    return {**machine, "PATH": path, "HOME": str(home), "LANG": "C.UTF-8"}


@pytest.fixture(scope="module")
def say(environment: dict[str, str], home: Path) -> Say:
    """Runs a command as it is typed; what it printed, the exit code being the one expected."""

    def typed(command: str, code: int = 0) -> str:
        done = subprocess.run(
            shlex.split(command), cwd=home, env=environment, capture_output=True, text=True,
            timeout=200, check=False,
        )  # fmt: skip
        assert done.returncode == code, f"{command}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    return typed


@contextmanager
def background(command: list[str], home: Path, environment: dict[str, str]) -> Iterator[str]:
    """A server of the stranger's; the first line that it prints."""
    server = subprocess.Popen(
        command, cwd=home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        yield server.stdout.readline()
    finally:
        server.terminate()
        server.communicate(timeout=30)


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def answered(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError as error:
            if getattr(error, "code", None) is not None:
                return
            time.sleep(0.05)
        else:
            return


def test_the_whole_way(say: Say, home: Path, environment: dict[str, str], unused_port: int) -> None:
    assert re.fullmatch(r"trunkline \d+\.\d+\.\d+\n", say("trunkline --version"))
    (home / "service.py").write_text(SERVICE)
    show = "import json, service; print(json.dumps(service.app.openapi()))"
    (home / "openapi.json").write_text(say(f"python -c '{show}'"))

    # Validate, generate, install, all of it from one file.
    assert "openapi.json: " in say("trunkline validate openapi.json")
    assert "trunkline-book-store: " in say("trunkline generate openapi.json")
    say("trunkline generate openapi.json --check")
    package = home / "generated" / "book-store"
    python = Path(environment["PATH"].partition(os.pathsep)[0]) / "python"
    subprocess.run(
        [UV, "pip", "install", "--quiet", "--no-deps", "--python", python, package], check=True
    )

    # Use the client on the emulator.
    with background(["trunkline", "serve", "openapi.json", "--json"], home, environment) as line:
        server = json.loads(line)
        assert server["api"] == "book-store"
        credential = f"api_key={server['credentials']['token']!r}"
        (home / "use.py").write_text(USE.format(url=server["url"], credential=credential))
        assert say("python use.py").strip() == "404"
    assert "book-store: no violations" in say("trunkline test openapi.json")

    # The service itself: beside the command, and in its process.
    serve = ["python", "-m", "uvicorn", "service:app", "--port", str(unused_port)]
    url = f"http://127.0.0.1:{unused_port}"
    with background(serve, home, environment):
        answered(url)
        said = say(f"trunkline test openapi.json --base-url {url} --token secret-of-ann")
        assert "book-store: no violations" in said
        assert "error: given up: the server refuses the credentials" in say(
            f"trunkline test openapi.json --base-url {url} --token wrong", 1
        )
    said = say("trunkline test openapi.json --app service:app --token secret-of-ann")
    assert "book-store: no violations" in said

    # A fault in it is found.
    (home / "service.py").write_text(SERVICE.replace("kept.pop(id, None)", "kept.get(id)"))
    said = say("trunkline test openapi.json --app service:app --token secret-of-ann", 1)
    assert re.search(r"^\d+\. delete-", said, re.MULTILINE), said
    (home / "service.py").write_text(SERVICE)

    # What an edit breaks; workflows; a release.
    old = json.loads((home / "openapi.json").read_text())
    del old["paths"]["/books/{id}"]["delete"]
    (home / "new.json").write_text(json.dumps(old))
    assert "DELETE /books/{id} was removed" in say("trunkline diff openapi.json new.json", 1)
    say("trunkline ci github --install vendor/trunkline.whl")
    assert (home / ".github" / "workflows" / "trunkline-check.yml").is_file()
    say("trunkline build openapi.json")
    built = sorted(path.name for path in (home / "dist").iterdir())
    assert built == [
        "trunkline_book_store-0.1.0-py3-none-any.whl",
        "trunkline_book_store-0.1.0.provenance.json",
        "trunkline_book_store-0.1.0.tar.gz",
    ]


def test_the_thirty_seconds_of_the_readme(
    say: Say, home: Path, environment: dict[str, str], unused_port: int
) -> None:
    """Each command as it is printed there; only the port is one that is free."""
    readme = (ROOT / "README.md").read_text("utf-8")
    (block,) = re.findall(r"```text\n(trunkline validate .*?)```", readme, re.DOTALL)
    typed = [line.partition("#")[0].strip() for line in block.splitlines()]
    assert [line.split()[1] for line in typed] == ["validate", "generate", "serve", "test"]
    (home / "service.py").write_text(SERVICE)
    show = "import json, service; print(json.dumps(service.app.openapi()))"
    (home / "openapi.yaml").write_text(say(f"python -c '{show}'"))
    validate, generate, serve, test = typed
    say(validate)
    assert "trunkline-shop: " in say(generate)
    assert (home / "generated" / "shop" / "pyproject.toml").is_file()
    with background(serve.split(), home, environment) as line:
        assert line.startswith("Book Store API at http://127.0.0.1:")
    command = ["python", "-m", "uvicorn", "service:app", "--port", str(unused_port)]
    with background(command, home, environment):
        answered(f"http://127.0.0.1:{unused_port}")
        said = say(test.replace(":8000", f":{unused_port}") + " --token secret-of-ann")
    assert "book-store: no violations" in said
