"""Following a description that somebody else owns: fetched, compared, its overlays held to it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from trunkline import emulate
from trunkline.pipeline.upstream import Upstream, upstream_text

FIRST = """\
openapi: 3.0.3
info: {title: Books, version: 1.0, license: {name: MIT, url: https://mit.test}}
servers: [{url: http://127.0.0.1:9}]
paths:
  /books:
    get:
      operationId: listBooks
      parameters:
        - {name: author, in: Query, schema: {type: str}}
      responses:
        "200":
          description: All
          content: {application/json: {schema: {$ref: "#/components/schemas/Books"}}}
    post:
      operationId: createBook
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}
      responses:
        "201":
          description: Made
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}
        "422": {description: Wrong}
  /books/{id}:
    get:
      operationId: getBook
      parameters:
        - {name: id, in: path, schema: {type: string}}
      responses:
        "200":
          description: One
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}
        "404": {description: None}
components:
  schemas:
    Books: {type: array, items: {$ref: "#/components/schemas/Book"}}
    Book:
      type: object
      required: title
      properties:
        id: {type: string, readonly: true}
        title: {type: string, minLength: "1"}
        page_count: {type: int}
"""
SECOND = FIRST.replace("version: 1.0,", "version: 1.1,").replace("page_count", "pages")
FIX = """\
overlay: 1.0.0
info: {title: What the owner does not say, version: "1"}
actions:
  - target: $.components.schemas.Book.properties.title
    update: {maxLength: 200}
  - target: $.components.schemas.Book.properties.page_count
    update: {minimum: 1}
"""


class Owner:
    """A web server on loopback that has one file."""

    def __init__(self) -> None:
        self.text = FIRST
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = owner.text.encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/books.yaml"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def owner() -> Iterator[Owner]:
    found = Owner()
    yield found
    found.close()


@pytest.fixture
def books(trunkline, owner: Owner, tmp_path: Path) -> Path:
    """A project that follows the owner's description."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "pyproject.toml").write_text("")
    done = trunkline("init", "books", "--from", owner.address, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def overlay(project: Path, text: str, name: str = "10-fix.yaml") -> Path:
    file = project / "specs/books/overlays" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return file


def test_init_notes_where_it_came_from(books: Path, owner: Owner) -> None:
    text = (books / "specs/books/upstream.toml").read_text()
    assert text.startswith(f'address = "{owner.address}"\nsha256 = "')


def test_nothing_new(trunkline, books: Path, owner: Owner) -> None:
    done = trunkline("pull", cwd=books)
    assert (done.returncode, done.stdout) == (0, f"books: nothing new at {owner.address}\n")


def test_what_is_new_is_compared_and_taken(trunkline, books: Path, owner: Owner) -> None:
    owner.text = SECOND
    checked = trunkline("pull", "books", "--check", cwd=books)
    assert checked.returncode == 1
    assert "page_count" in (books / "specs/books/openapi.yaml").read_text()
    done = trunkline("pull", "books", cwd=books)
    assert done.returncode == 0, done.stderr
    assert done.stdout == checked.stdout
    assert "page_count" in done.stdout
    assert "breaking" in done.stdout
    assert "published nothing" in done.stdout
    assert (books / "specs/books/openapi.yaml").read_text() == SECOND
    noted = (books / "specs/books/upstream.toml").read_text()
    assert 'revision = "1.1"' in noted
    assert 'license = "MIT"' in noted
    assert "nothing new" in trunkline("pull", cwd=books).stdout


def test_an_action_that_went_stale_is_told_with_its_place(
    trunkline, books: Path, owner: Owner
) -> None:
    overlay(books, FIX)
    assert trunkline("overlay", "check", "books", cwd=books).returncode == 0
    owner.text = SECOND
    done = trunkline("pull", "books", cwd=books)
    assert done.returncode == 1
    assert "10-fix.yaml:6:13: warning: This action matches nothing" in done.stderr
    assert "10-fix.yaml: 2 actions, 1 without a match, none without effect" in done.stdout
    assert (books / "specs/books/openapi.yaml").read_text() == SECOND


def test_an_overlay_that_does_not_fit_any_more_is_told(trunkline, books: Path, owner: Owner):
    overlay(books, FIX.replace("{minimum: 1}", "{type: {a: 1}}"))
    owner.text = SECOND.replace("pages", "page_count").replace("Made", "Done")
    done = trunkline("pull", "books", cwd=books)
    assert done.returncode == 1
    assert "10-fix.yaml:7:20: error: " in done.stderr


def test_edits_by_hand_are_not_lost(trunkline, books: Path, owner: Owner) -> None:
    file = books / "specs/books/openapi.yaml"
    file.write_text(FIRST.replace("Made", "Created"))
    owner.text = SECOND
    done = trunkline("pull", "books", cwd=books)
    assert done.returncode == 1
    assert "Edited since it was taken" in done.stderr
    assert "Created" in file.read_text()
    assert trunkline("pull", "books", "--force", cwd=books).returncode == 0
    assert file.read_text() == SECOND


def test_offline_it_says_so_in_one_line(trunkline, books: Path, owner: Owner) -> None:
    owner.close()
    done = trunkline("pull", "books", cwd=books)
    assert done.returncode == 3
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert owner.address in done.stderr


def test_what_cannot_be_read_is_not_taken(trunkline, books: Path, owner: Owner) -> None:
    owner.text = "<html>moved</html>"
    before = (books / "specs/books/openapi.yaml").read_text()
    done = trunkline("pull", "books", cwd=books)
    assert done.returncode == 1
    assert (books / "specs/books/openapi.yaml").read_text() == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("address = 7\n", "address cannot be 7"),
        ('address = "ftp://x.test/a.yaml"\n', "address cannot be"),
        ('adress = "https://x.test/a.yaml"\n', "Unknown key 'adress'"),
        ('sha256 = "0"\n', "address is missing"),
        ("address = \n", "Not valid TOML"),
    ],
)
def test_a_bad_file_is_one_message(trunkline, books: Path, text: str, message: str) -> None:
    (books / "specs/books/upstream.toml").write_text(text)
    done = trunkline("pull", "books", cwd=books)
    assert done.returncode == 2
    assert message in done.stderr
    assert "specs/books/upstream.toml:1:" in done.stderr


def test_without_the_file_it_says_what_is_missing(trunkline, books: Path) -> None:
    (books / "specs/books/upstream.toml").unlink()
    assert "where this description comes from" in trunkline("pull", "books", cwd=books).stderr
    assert trunkline("pull", cwd=books).returncode == 2


def test_comments_are_kept() -> None:
    before = '# Ask first.\naddress = "https://x.test"\nsha256 = "0" # old\n'
    noted = Upstream(path=Path(), address="https://x.test", sha256="1", revision='a"b')
    assert upstream_text(noted, before) == (
        '# Ask first.\naddress = "https://x.test"\nsha256 = "1"\nrevision = "a\\"b"\n'
    )


@pytest.mark.exhaustive  # each step has a test of its own above, and strangers a way of theirs
def test_a_description_of_somebody_else_from_slips_to_release(
    trunkline, books: Path, owner: Owner
) -> None:
    def run(*arguments: str, code: int = 0) -> str:
        done = trunkline(*arguments, cwd=books)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def bound(name: str) -> str:
        models = books / "generated/books/trunkline_books/models/books.py"
        found = re.search(rf'(?m)^ +{name}: .*\n +"""(.*)"""', models.read_text())
        assert found is not None
        return found[1]

    # Its slips are read as they are meant, and an overlay says what the owner does not.
    overlay(books, FIX)
    said = run("generate", "books")
    assert "specs/books/openapi.yaml" in said
    assert "read as string" in said
    assert "At least 1" in bound("page_count")
    assert "no violations" in run("test", "books", "--only", "create-read")
    use = "from trunkline_books import Books; assert Books.books"
    subprocess.run(
        [sys.executable, "-c", use],
        cwd=books / "generated/books",
        check=True,
        capture_output=True,
    )

    # The owner renames a property: the action about it goes stale, and the client breaks.
    published = books / "specs/books/published"
    published.mkdir()
    files = {
        "openapi.yaml": (books / "specs/books/openapi.yaml").read_text(),
        "overlays/10-fix.yaml": FIX,
    }
    record = {
        "distribution": "trunkline-books",
        "version": "1.0.0",
        "package": "",
        "root": "openapi.yaml",
        "files": files,
    }
    (published / "1.0.0.json").write_text(json.dumps(record))
    owner.text = SECOND
    said = run("pull", "books", code=1)
    assert "10-fix.yaml:6:13: warning: This action matches nothing" in said
    assert "published trunkline-books==1.0.0, bump major, next 2.0.0" in said

    # Corrected, everything fits again, and version and changelog follow.
    overlay(books, FIX.replace("page_count", "pages"))
    run("overlay", "check", "books")
    run("version", "books", "--write")
    assert 'version = "2.0.0"' in (books / "specs/books/package.toml").read_text()
    log = (books / "specs/books/CHANGELOG.md").read_text()
    assert "## 2.0.0" in log
    assert "page_count" in log
    run("generate", "books")
    assert "At least 1" in bound("pages")
    assert "no violations" in run("test", "books")

    # The server deviates in one way: an overlay says so, and the suite is clean again.
    live = (books / "specs/books/openapi.yaml").read_text()
    (books / "live.yaml").write_text(live.replace('"201":', '"200":', 1).replace("Made", "Done"))
    with emulate(str(books / "live.yaml")) as server:
        against = ("test", "books", "--base-url", server.url)
        run(*against, "--json", "report.jsonl", code=1)
        observed = ("--format", "overlay", "--out", "specs/books/overlays/50-observed.yaml")
        run("drift", "books", "report.jsonl", *observed, code=1)
        assert "no violations" in run(*against)
    run("overlay", "check", "books")
