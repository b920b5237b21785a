"""Text of descriptions and servers, in everything that is printed and written, tried on what reads
it: a shell, a terminal, a browser, parsers, a CI system's runner."""

import json
import os
import pty
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
SHELL = "$(touch CANARY) `touch CANARY` ; touch CANARY #' \" \\ ${HOME} !x *"
TERMINAL = "\x1b]0;owned\x07\x1b[2J\x9b31m\r\b\x7f"
BIDI = "\u202eevil\u2066\u200f\u2028"
RUNNER = "\n::error::owned\n##[error]owned\n::set-output name=a::b"
MARKUP = "]]> --> %0A `x` ](javascript:1) |"
EVERYTHING = SHELL + SCRIPT + TERMINAL + BIDI + RUNNER + MARKUP
HEADER = (SHELL + SCRIPT + MARKUP).encode("ascii", "ignore").decode()
"""What fits into a header line."""
ACTS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]"
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def description(text: str) -> dict:
    item = {
        "type": "object",
        "required": ["id"],
        "description": text,
        "properties": {
            "id": {"type": "string"},
            text: {"type": "string", "description": text},
            "mode": {"type": "string", "enum": ["a", text], "default": text, "example": text},
        },
    }
    body = {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}
    parameter = {"name": "X-Mode", "in": "header", "schema": {"type": "string", "enum": [HEADER]}}
    query = {"name": text, "in": "query", "schema": {"type": "string", "enum": [text]}}
    return {
        "openapi": "3.1.0",
        "info": {"title": text, "version": text, "description": text},
        "tags": [{"name": text, "description": text}],
        "paths": {
            "/items": {
                "get": {
                    "operationId": "listItems",
                    "summary": text,
                    "description": text,
                    "tags": [text],
                    "parameters": [parameter, query],
                    "responses": {"200": {"description": text, "content": body}},
                },
                "post": {
                    "operationId": "createItem",
                    "requestBody": {"required": True, "content": body},
                    "responses": {"201": {"description": text, "content": body}},
                },
            }
        },
        "components": {"schemas": {"Item": item}},
    }


pytestmark = pytest.mark.xdist_group("sinks")
"""One process makes the run whose reports all of them read."""


@pytest.fixture(scope="module")
def world(new_world, tmp_path_factory):
    return new_world(tmp_path_factory.mktemp("sinks"))


@pytest.fixture(scope="module")
def spec(world):
    path = world.here / "hostile.yaml"
    path.write_text(yaml.safe_dump(description(EVERYTHING), allow_unicode=True))
    return path


def hostile(method, path, headers, body):
    """A server whose every answer is wrong, and says so with what it has."""
    content = json.dumps({"id": 5, "said": EVERYTHING}) if method == "GET" else EVERYTHING
    return 500, {"Content-Type": "text/plain", "X-Said": HEADER}, content.encode()


@pytest.fixture(scope="module")
def run(world, spec, answering):
    """A run of the suite with every kind of report."""
    with answering(hostile) as url:
        return world.run(
            "test", spec, "--base-url", url, "--html", "r.html", "--junit", "r.xml",
            "--json", "r.jsonl", "--max-seconds", "15", "--verbose",
            code=1,
        )  # fmt: skip


def assert_harmless(text: str) -> None:
    found = ACTS.findall(COLOUR.sub("", text))
    shown = [repr(text[max(0, m.start() - 20) : m.end() + 20]) for m in ACTS.finditer(text)]
    assert not found, shown[:5]


def test_what_is_pasted_into_a_shell(world, run):
    """Every command that is printed runs nothing but curl."""
    lines = [line.strip()[2:] for line in run.stdout.splitlines() if line.strip()[:2] == "$ "]
    assert len(lines) > 3
    binaries = world.folder / "bin"
    binaries.mkdir()
    fake = binaries / "curl"
    fake.write_text('#!/bin/sh\nprintf "called\\n" >> "$CALLS"\ncat > /dev/null < /dev/null\n')
    fake.chmod(0o755)
    calls = world.folder / "calls"
    environment = {
        **world.environment, "PATH": f"{binaries}:/usr/bin:/bin", "CALLS": str(calls),
    }  # fmt: skip
    for line in lines:
        subprocess.run(
            ["sh", "-c", line], cwd=world.here, env=environment, capture_output=True, check=False
        )
    assert calls.read_text().count("called") == len(lines)
    assert not list(world.folder.rglob("*CANARY*"))


def test_what_reaches_a_terminal(world, spec, answering):
    """On a terminal of its own, where colours are printed."""
    for arguments in (["validate", str(spec)], ["diff", str(spec), str(changed(world))]):
        assert_harmless(on_a_terminal(world, arguments))
    with answering(hostile) as url:
        options = ["--base-url", url, "--max-seconds", "8"]
        said = on_a_terminal(world, ["test", str(spec), *options])
    assert "owned" in said, "nothing of the server's was shown"
    assert_harmless(said)


def changed(world):
    path = world.here / "changed.yaml"
    document = description(EVERYTHING)
    document["components"]["schemas"]["Item"]["required"].append(EVERYTHING)
    path.write_text(yaml.safe_dump(document, allow_unicode=True))
    return path


def on_a_terminal(world, arguments: list[str]) -> str:
    """What a command writes to a pseudo terminal."""
    leader, follower = pty.openpty()
    child = subprocess.Popen(
        [Path(sys.executable).with_name("trunkline"), *arguments],
        cwd=world.here, env={**world.environment, "TERM": "xterm"},
        stdin=follower, stdout=follower, stderr=follower,
    )  # fmt: skip
    os.close(follower)
    pieces = []
    while True:
        try:
            piece = os.read(leader, 65_536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(leader)
    child.wait(60)
    # The terminal itself writes line ends as two characters; progress begins its line anew.
    text = b"".join(pieces).decode("utf-8", "replace").replace("\r\n", "\n")
    return re.sub(r"\r(?=\S|\x1b\[)|\x1b\[2?K|\x1b\[\?25[lh]", "", text)


def test_reports_are_what_their_readers_take(world, run):
    ET.parse(world.here / "r.xml")
    lines = (world.here / "r.jsonl").read_text(encoding="utf-8").split("\n")
    assert all(json.loads(line) for line in lines if line)
    assert_harmless((world.here / "r.html").read_text(encoding="utf-8"))


def test_pages_in_a_browser(world, run, spec, browser):
    pages = [world.here / "r.html"]
    done = world.run("diff", spec, changed(world), "--format", "html")
    (world.here / "diff.html").write_text(done.stdout)
    pages.append(world.here / "diff.html")
    for page in pages:
        browser.get(page.as_uri())
        assert "owned" not in browser.title or "<script>" in browser.title
        assert browser.title != "owned"
        assert not browser.execute_script("return document.querySelectorAll('img').length")
    with world.serving(spec) as url:
        browser.get(f"{url}/__trunkline__/")
        assert browser.title != "owned"
        assert not browser.execute_script("return document.querySelectorAll('img[src=x]').length")


def test_what_a_ci_runner_reads_of_a_run(run):
    """No line is made by anybody's text: each would be a command."""
    assert "owned" in run.stdout
    begun = [line for line in run.stdout.splitlines() if line.lstrip().startswith(("::", "##["))]
    assert not begun


def test_what_a_ci_runner_reads(world, spec):
    done = world.run("diff", spec, changed(world), "--format", "github")
    lines = done.stdout.splitlines()
    assert lines
    for line in lines:
        assert re.match(r"::(error|warning|notice) (title|file)=", line), line
        assert "##[" not in line


def test_what_is_generated_is_only_text(world, spec):
    world.run("generate", spec, "--name", "hostile", "--out", "out", code=0)
    package = world.here / "out"
    python = sorted(package.rglob("*.py"))
    assert python
    for path in python:
        compile(path.read_text(encoding="utf-8"), str(path), "exec")
    for path in package.rglob("*"):
        if path.is_file() and path.suffix != ".json":
            assert_harmless(path.read_text(encoding="utf-8"))
    outside = [p for p in world.folder.rglob("*") if "owned" in p.name or "CANARY" in p.name]
    assert not outside
