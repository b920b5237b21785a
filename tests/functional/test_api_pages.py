"""What the pages about APIs print works: programs and calls through the client and with curl."""

import contextlib
import io
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

from trunkline.emulator import Running, running
from trunkline.pipeline import load_api

ROOT = Path(__file__).resolve().parents[2]
APIS = ("telnyx", "opentact", "callr")
CLIENTS = {"telnyx": "Telnyx", "opentact": "OpenTact", "callr": "Callr"}
# What a program finds in its environment. The emulator takes its token as every credential.
VARIABLES = {
    "telnyx": ("TELNYX_API_KEY",),
    "opentact": ("OPENTACT_TOKEN", "OPENTACT_PASSWORD"),
    "callr": ("CALLR_API_KEY",),
}

NOT_THERE = (115, 151)
"""The JSON-RPC errors of CALLR for objects that are not there."""


@dataclass(frozen=True)
class Section:
    """An operation on a page: its heading, its blocks by language, the statuses it tells."""

    title: str
    python: list[str]
    curl: list[str]
    statuses: set[str]
    has_id: bool


def page(name: str) -> str:
    return (ROOT / "docs" / "apis" / f"{name}.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def sections(name: str) -> Iterator[Section]:
    operations = page(name).split("\n## Objects\n")[0]
    for text in re.split(r"^### ", operations, flags=re.MULTILINE)[1:]:
        yield Section(
            text.split("\n")[0],
            blocks(text, "python"),
            blocks(text, "sh"),
            set(re.findall(r"^- \*\*(\w+)\*\*", text, re.MULTILINE)),
            "{" in text.split("\n")[2],
        )


@pytest.fixture(params=APIS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    with running(load_api(name).api) as found:
        prefix = CLIENTS[name].upper()
        monkeypatch.setenv(f"{prefix}_BASE_URL", found.url)
        for variable in VARIABLES[name]:
            monkeypatch.setenv(variable, found.credentials["token"])
        monkeypatch.setenv("OPENTACT_USERNAME", "me")
        yield found


def test_the_first_program_runs(name: str, server: Running) -> None:
    start = page(name).split("\n## ")[1]
    (program,) = blocks(start, "python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program, {"__name__": "first_call"})  # the page's own
    # A failure would be printed too; it has a status in it.
    assert printed.getvalue().strip()
    assert not re.search(r"\b[45]\d\d\b.*(?:error|Error)|HTTP", printed.getvalue()), printed
    assert blocks(start, "json")


def test_every_call_runs(name: str, server: Running) -> None:
    module = import_module(f"trunkline_{name}")
    ran = 0
    with getattr(module, CLIENTS[name])() as client:
        for section in sections(name):
            assert len(section.python) == 1, section.title
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(section.python[0], {"client": client})  # the page's own
                ran += 1
            except module.NotFoundError:
                assert section.has_id, section
            except module.APIError as error:
                # Other calls make objects: these name one that is not there.
                if getattr(error, "code", None) not in NOT_THERE:
                    raise
    assert ran >= len(list(sections(name))) * (0.6 if name == "callr" else 0.3)


def test_every_request_of_curl_is_answered_as_told(
    name: str, server: Running, tmp_path: Path
) -> None:
    api = load_api(name).api
    address = api.servers[0].url.rstrip("/")
    for section in sections(name):
        (command,) = section.curl
        assert command.count(address) == 1
        told = command.replace(address, server.url).replace(
            "curl ", f"curl -sS -o {tmp_path / 'answer'} -w '%{{http_code}}' ", 1
        )
        done = subprocess.run(["sh", "-c", told], capture_output=True, text=True, check=False)
        status, error = done.stdout, done.stderr
        assert not error, section.title
        if name == "callr":
            assert status == "200", (section.title, (tmp_path / "answer").read_text())
        else:
            assert status in section.statuses, (section.title, status)
            assert section.has_id or status in ("200", "201"), (section.title, status)


def test_types_are_those_of_the_clients(tmp_path: Path) -> None:
    lines: list[str] = []
    for name in APIS:
        lines.append(f"import trunkline_{name}")
        for index, section in enumerate(sections(name)):
            lines.append(f"def {name}_{index}(client: trunkline_{name}.{CLIENTS[name]}) -> None:")
            lines.append(textwrap.indent(section.python[0], "    "))
    file = tmp_path / "calls.py"
    file.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-incremental", file],
        cwd=ROOT,
        env=os.environ | {"MYPYPATH": ":".join(str(ROOT / "generated" / name) for name in APIS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
