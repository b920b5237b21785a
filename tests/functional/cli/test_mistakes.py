"""Mistakes that people make: one clear message each, what to do about it, an exit code.

A row is a command line, run in a folder that holds a good description, `openapi.yaml`, and what
else the row puts there (`None` makes a folder). What must be printed was written down before the
command was run: what is wrong, in the words of whoever typed it, and the way out.
"""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from trunkline.cli.main import run
from trunkline.pipeline import find
from trunkline.source.parsed import MAX_BYTES

TRUNKLINE = Path(sys.executable).with_name("trunkline")

SHOP = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "http://127.0.0.1:9"}]
paths:
  /items:
    get:
      operationId: listItems
      responses:
        "200":
          description: Items.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Item'}
components:
  schemas:
    Item: {type: object, properties: {name: {type: string}}}
"""
REPORT = """\
{"kind": "run", "api": "shop", "title": "Shop", "base_url": "http://127.0.0.1:9", "seed": 0, \
"profile": "smoke", "shard": [1, 2], "spec": "openapi.yaml"}
{"kind": "summary", "requests": 1, "seconds": 1.0, "cases": 0, "fuzzed": 0, "notes": [], \
"left": [], "left_out": {}, "spent": false, "interrupted": false, "unreachable": false, \
"mismatch": "", "coverage": {}}
"""
HTML = "<!doctype html>\n<html><head><title>404 Not Found</title></head><body></body></html>\n"
MINE = '[project]\nname = "mine"\n'
OVERLAY = """\
overlay: 1.0.0
info: {title: Corrections, version: "1"}
actions: [{target: $.info, update: {title: Store}}]
"""
Files = Mapping[str, str | bytes | None]


@dataclass(frozen=True)
class Mistake:
    """A command line and what comes of it; `hint` empty where the message says all there is."""

    typed: str
    says: str
    hint: str = ""
    code: int = 2
    files: Files = field(default_factory=dict[str, str | bytes | None])


def shop(old: str, new: str) -> Files:
    """The description with one thing wrong."""
    assert old in SHOP
    return {"openapi.yaml": SHOP.replace(old, new)}


READING = [
    Mistake("validate nowhere.yaml", "Cannot read nowhere.yaml: No such file"),
    Mistake("validate opanapi.yaml", "Cannot read opanapi.yaml: No such file", "openapi.yaml"),
    Mistake("validate telnix", "No description called 'telnix'", "Did you mean 'telnyx'?"),
    Mistake("validate folder", "folder is a folder", "Give the file", files={"folder": None}),
    Mistake("validate ./folder", "folder is a folder", "Give the file", files={"folder": None}),
    Mistake("validate openapi.yaml/x", "Cannot read openapi.yaml/x: Not a directory"),
    Mistake("validate ''", "SPEC is empty", "a path"),
    Mistake("validate a.yaml", "a.yaml:1:1: error: The file is empty", "", 1, {"a.yaml": b""}),
    Mistake("validate a.yaml", "The file is empty", "", 1, {"a.yaml": "# only this\n"}),
    Mistake("validate a.yaml", "Not UTF-8 text", "", 1, {"a.yaml": b"\x89PNG\r\n\x1a\n\0\0\xff"}),
    Mistake(
        "validate a.yaml", "Not UTF-8 text", "save it as UTF-8", 1,
        {"a.yaml": SHOP.encode("utf-16")},
    ),
    Mistake("validate a.yaml", "larger than", "", 1, {"a.yaml": b"\0" * (MAX_BYTES + 1)}),
    Mistake(
        "validate a.yaml", "Not an OpenAPI description: a page of the web", "", 1,
        {"a.yaml": HTML},
    ),
    Mistake("validate a.json", "a.json:1:10: error:", "", 1, {"a.json": '{"info": '}),
    Mistake("validate a.json", "a.json:1:", "", 1, {"a.json": '{"openapi": "3.1.0",}'}),
    Mistake(
        "validate a.yaml", "a.yaml:4:1: error:", "", 1,
        {"a.yaml": "openapi: 3.1.0\ninfo: [\n\n"},
    ),
    Mistake(
        "validate openapi.yaml", "openapi.yaml:5:1: error:", "tab", 1, shop("  /items", "\t/items")
    ),
    Mistake(
        "validate a.yaml", "no 'openapi' member", "Add `openapi: 3.1.0`", 1,
        {"a.yaml": "type: object\n"},
    ),
    Mistake(
        "validate a.yaml", "no 'openapi'", "an AsyncAPI document: convert it", 1,
        {"a.yaml": "asyncapi: 3.0.0\ninfo: {title: a}\n"},
    ),
    Mistake(
        "validate a.json", "no 'openapi'", "a Postman collection: convert it", 1,
        {"a.json": '{"info": {"_postman_id": "1", "name": "Shop"}, "item": []}'},
    ),
    Mistake(
        "validate a.yaml", "Swagger '1.2' is not known", "Swagger 2.0", 1,
        {"a.yaml": "swagger: '1.2'\npaths: {}\n"},
    ),
    Mistake("validate openapi.yaml", "4.0.0", "", 1, shop("3.1.0", "4.0.0")),
    Mistake("validate openapi.yaml", "openapi.yaml:4:1:", "'paths'", 1, shop("paths:", "pathes:")),
    Mistake("validate openapi.yaml", "openapi.yaml:6:5:", "'get'", 1, shop("get:", "gte:")),
    Mistake(
        "validate openapi.yaml", "openapi.yaml:10:11:", "'description'", 1,
        shop("description:", "descripton:"),
    ),
    Mistake(
        "validate openapi.yaml", '"responses" is a required property', "", 1,
        {"openapi.yaml": SHOP[: SHOP.index("      responses")].replace("3.1.0", "3.0.3")},
    ),
    Mistake("validate openapi.yaml", '"title"', "'title'", 1, shop("title:", "titel:")),
    Mistake("validate openapi.yaml", "openapi.yaml:16:52", "'string'", 1, shop("string", "strin")),
    Mistake(
        "validate openapi.yaml", "openapi.yaml:7:", "'operationId'", 1,
        shop("operationId", "operationID"),
    ),
    Mistake(
        "generate openapi.yaml", "schemas/Itme' leads to nothing", "Did you mean 'Item'?", 1,
        shop("schemas/Item'", "schemas/Itme'"),
    ),
    Mistake(
        "generate openapi.yaml", "Cannot read 'item.yaml'", "", 1,
        shop("'#/components/schemas/Item'", "item.yaml"),
    ),
    Mistake(
        "generate openapi.yaml", "outside the description's folder", "--allow-ref", 1,
        shop("'#/components/schemas/Item'", "../item.yaml"),
    ),
    Mistake("validate openapi.yaml", "Key 'paths' is given twice", "", 1,
        {"openapi.yaml": SHOP + "paths: {}\n"}),
    Mistake("validate openapi.yaml --select X9", "'X9'", "explain"),
    Mistake("validate openapi.yaml --format xml", "'xml'", "validate --help"),
    Mistake("validate openapi.yaml --max -1", "'--max'", "validate --help"),
    Mistake("validate openapi.yaml", "waivers.yaml:1:1", "", 1, {"waivers.yaml": "V002\n"}),
    Mistake("validate ftp://127.0.0.1/a.yaml", "ftp://", "https://"),
    Mistake("validate http://127.0.0.1:9/a.yaml", "http://127.0.0.1:9/a.yaml", "Download it"),
    Mistake("validate http://user:pass@127.0.0.1:9/a.yaml", "credentials in it", "Download it"),
    Mistake("validate openapi.yaml --overlay no.yaml", "Cannot read no.yaml: No such file"),
]  # fmt: skip
GENERATING = [
    Mistake("generate nowhere.yaml", "Cannot read nowhere.yaml: No such file"),
    Mistake(
        "generate openapi.yaml --check", "Nothing was generated",
        "trunkline generate openapi.yaml", 1,
    ),
    Mistake("generate openapi.yaml --out a.txt", "a.txt", "", 2, {"a.txt": "mine"}),
    Mistake("generate openapi.yaml --out a.txt/b", "a.txt", "", 2, {"a.txt": "mine"}),
    Mistake(
        "generate openapi.yaml --out mine", "mine/pyproject.toml", "--force", 1,
        {"mine/pyproject.toml": MINE},
    ),
    Mistake("generate openapi.yaml openapi.yaml --out a", "--out", ""),
    Mistake("generate openapi.yaml --name ''", "--name", ""),
    Mistake("generate openapi.yaml --name '!!!'", "'!!!'", "letters"),
    Mistake("generate openapi.yaml --watch --check", "--check", ""),
    Mistake("generate openapi.yaml --templates no", "no", ""),
    Mistake(
        "generate openapi.yaml --templates t", "client.py.jinja:1", "", 1,
        {"t/python/client.py.jinja": "{% for %}"},
    ),
    Mistake("generate openapi.yaml", "package.toml:1:", "", 1, {"package.toml": "version = 1.2.3"}),
    Mistake(
        "generate openapi.yaml", "Unknown key 'versoin'", "'version'", 1,
        {"package.toml": 'versoin = "1"'},
    ),
    Mistake(
        "generate openapi.yaml", "version cannot be 'one'", "1.0.0", 1,
        {"package.toml": 'version = "one"'},
    ),
    Mistake(
        "generate openapi.yaml", "module cannot be 'my-shop'", "my_shop", 1,
        {"package.toml": 'module = "my-shop"'},
    ),
    Mistake("generate openapi.yaml --overlay o.yaml", "o.yaml", "overlay", 1, {"o.yaml": SHOP}),
    Mistake(
        "generate openapi.yaml --overlay o.yaml", "o.yaml:3:20", "", 1,
        {"o.yaml": OVERLAY.replace("$.info", '"$.[["')},
    ),
    Mistake("generate --chek", "--chek", "--check"),
    Mistake("genrate openapi.yaml", "'genrate'", "'generate'"),
    Mistake("init Shop", "'Shop'", "Lower-case"),
    Mistake("init shop", "is there already", "", 2, {"specs/shop/openapi.yaml": SHOP}),
    Mistake("init shop --from nowhere.yaml", "nowhere.yaml"),
    Mistake("init", "Missing argument 'name'", "init --help"),
]  # fmt: skip
SERVING = [
    Mistake("serve", "Missing argument 'spec'", "serve --help"),
    Mistake("serve openapi.yaml --port 99999", "99999", "65535"),
    Mistake("serve openapi.yaml --port http", "'--port'", "serve --help"),
    Mistake("serve openapi.yaml --host 203.0.113.1", "203.0.113.1", "127.0.0.1"),
    Mistake("serve openapi.yaml --host no.invalid", "no.invalid", "127.0.0.1"),
    Mistake("serve openapi.yaml --defect lost-updat", "'lost-updat'", "did you mean"),
    Mistake("serve openapi.yaml --data .", "it is a directory", ""),
    Mistake("serve openapi.yaml --data no/a.sqlite", "no/a.sqlite", ""),
    Mistake("serve openapi.yaml --data openapi.yaml", "openapi.yaml", "file"),
    Mistake("serve openapi.yaml --replay no.jsonl", "no.jsonl", ""),
    Mistake("serve openapi.yaml --replay openapi.yaml", "openapi.yaml", "--proxy"),
    Mistake("serve openapi.yaml --proxy http://a --replay b", "--proxy and --replay", ""),
    Mistake("serve openapi.yaml --proxy 127.0.0.1:8000", "127.0.0.1:8000", "http://127.0.0.1:8000"),
    Mistake("serve http://127.0.0.1:9/a.yaml --reload", "--reload", ""),
    Mistake("serve openapi.yaml", "emulator.yaml:1:", "", 1, {"emulator.yaml": "seed: ["}),
    Mistake("serve openapi.yaml", "emulator.yaml:1:", "", 1, {"emulator.yaml": "sed: {}\n"}),
    Mistake("serve openapi.yaml --cors example.org", "example.org", "https://example.org"),
]  # fmt: skip
TESTING = [
    Mistake("test openapi.yaml --base-url 127.0.0.1:8000", "127.0.0.1:8000", "http://127.0.0.1:8000"),
    Mistake("test openapi.yaml --base-url ftp://127.0.0.1", "ftp://127.0.0.1", "http://"),
    Mistake("test openapi.yaml --base-url http://127.0.0.1:9", "127.0.0.1:9", "", 3),
    Mistake("test openapi.yaml --base-url http://no.invalid", "no.invalid", "", 3),
    Mistake("test openapi.yaml --profile smok", "'smok'", "smoke"),
    Mistake("test openapi.yaml --fail-on everything", "'everything'", "violations"),
    Mistake("test openapi.yaml --shard 3/2", "3/2", ""),
    Mistake("test openapi.yaml --shard one", "'one'", "1/3"),
    Mistake("test openapi.yaml --only create-reed", "'create-reed'", "create-read"),
    Mistake("test openapi.yaml --header X-Key", "header 'X-Key' is not 'Name: value'", "quote"),
    Mistake("test openapi.yaml --credential hush", "NAME=SECRET", ""),
    Mistake("test openapi.yaml --credential nobody=x", "'nobody'", "", 2),
    Mistake("test openapi.yaml --token @no.txt", "no.txt", ""),
    Mistake("test openapi.yaml --include-operation-id listItem", "'listItem'", "listItems"),
    Mistake("test openapi.yaml --include-method FETCH", "'FETCH'", "GET"),
    Mistake("test openapi.yaml --include-path /orders", "'/orders'", "/items"),
    Mistake("test openapi.yaml --exclude-path '*'", "no operation is left", ""),
    Mistake("test openapi.yaml --max-requests 0", "--max-requests", "1"),
    Mistake("test openapi.yaml --max-seconds -1", "--max-seconds", ""),
    Mistake("test openapi.yaml --rate 0", "--rate", ""),
    Mistake("test openapi.yaml --baseline no.yaml", "no.yaml", "--write-baseline"),
    Mistake("test openapi.yaml --baseline openapi.yaml", "openapi.yaml", "--write-baseline", 1),
    Mistake("test openapi.yaml --json no/report.jsonl", "there is no folder no", ""),
    Mistake("test openapi.yaml --html .", "it is a folder", ""),
    Mistake("test openapi.yaml --since no.jsonl", "no.jsonl", "--json"),
    Mistake("test openapi.yaml --auth no.yaml", "no.yaml", ""),
    Mistake("test openapi.yaml --defect lost-updat", "'lost-updat'", "did you mean"),
    Mistake("test openapi.yaml --defect x --base-url http://127.0.0.1:9", "--base-url", ""),
    Mistake("test openapi.yaml --app shop", "'shop'", "package.module:name"),
    Mistake("test openapi.yaml --app noshop:app", "noshop", ""),
    Mistake("test openapi.yaml --app shop1:ap", "'ap'", "'app'", 2, {"shop1.py": "app = print\n"}),
    Mistake(
        "test openapi.yaml --app shop2:app", "7, and no ASGI", "", 2,
        {"shop2.py": "app = 7\n"},
    ),
    Mistake(
        "test openapi.yaml --app shop3:app", "ZeroDivisionError", "import shop3", 2,
        {"shop3.py": "1 / 0\n"},
    ),
    Mistake("test callr --receiver nowhere", "nowhere", "http"),
    Mistake("test openapi.yaml --examples redis://127.0.0.1:9", "redis://127.0.0.1:9", ""),
    Mistake("merge no.jsonl", "no.jsonl", "--json"),
    Mistake("merge openapi.yaml", "openapi.yaml:1:1", "--json"),
    Mistake("merge a.jsonl", "2/2 is missing", "--shard N/2", 2, {"a.jsonl": REPORT}),
    Mistake("merge a.jsonl a.jsonl", "1/2 is there 2 times", "once", 2, {"a.jsonl": REPORT}),
    Mistake("merge a.jsonl", "killed", "", 2, {"a.jsonl": REPORT.partition("\n")[0] + "\n"}),
    Mistake("replay no.jsonl", "no.jsonl", "--json"),
    Mistake("replay a.jsonl 1f3a90bc", "'1f3a90bc'", "ids", 2, {"a.jsonl": REPORT}),
    Mistake("drift openapi.yaml no.jsonl", "no.jsonl", "--json"),
    Mistake("drift openapi.yaml a.jsonl --out b", "b is there already", "", 2,
        {"a.jsonl": REPORT, "b": ""}),
]  # fmt: skip
RELEASING = [
    Mistake("build openapi.yaml", "Nothing was generated", "trunkline generate openapi.yaml", 1),
    Mistake("build nowhere", "No description called 'nowhere'", "Known:"),
    Mistake("publish", "--index", "publish --help"),
    Mistake("publish openapi.yaml --index pipy", "'pipy'", "pypi"),
    Mistake(
        "publish openapi.yaml --index http://127.0.0.1:9/ --allow-dirty", "Nothing was generated",
        "trunkline generate openapi.yaml", 1,
    ),
    Mistake("ci jenkins", "'jenkins'", "ci --help"),
    Mistake(
        "ci github --install trunkline==1", ".github/workflows", "--force", 1,
        {".github/workflows/trunkline-check.yml": "on: push\n"},
    ),
    Mistake("version nowhere.yaml", "Cannot read nowhere.yaml: No such file"),
    Mistake("diff openapi.yaml nowhere.yaml", "nowhere.yaml", ""),
    Mistake("diff openapi.yaml", "NEW", "diff --help"),
    Mistake("diff openapi.yaml openapi.yaml --format xml", "'xml'", "diff --help"),
    Mistake("diff no-rev:openapi.yaml openapi.yaml", "no-rev", ""),
    Mistake("diff openapi.yaml openapi.yaml --waivers no.yaml", "no.yaml", ""),
    Mistake("diff openapi.yaml a.yaml", "a.yaml:1:1", "", 1, {"a.yaml": ""}),
    Mistake("diff shop==1.0 openapi.yaml --index http://127.0.0.1:9/", "127.0.0.1:9", "--index", 3),
    Mistake("pull openapi.yaml", "upstream.toml", "address ="),
    Mistake("pull shop", "upstream.toml", "address =", 2, {"specs/shop/openapi.yaml": SHOP}),
    Mistake(
        "pull shop", "upstream.toml:1", "", 2,
        {"specs/shop/openapi.yaml": SHOP, "specs/shop/upstream.toml": "address"},
    ),
    Mistake("overlay check openapi.yaml", "overlay", ""),
    Mistake("overlay apply openapi.yaml no.yaml", "Cannot read no.yaml: No such file"),
    Mistake("overlay diff openapi.yaml nowhere.yaml", "Cannot read nowhere.yaml: No such file"),
    Mistake("overlay aply", "'aply'", "'apply'"),
    Mistake("explain S0044", "'S0044'", "S004"),
    Mistake("explain ''", "''", ""),
    Mistake("docs --check", "shop.md:1:1", "trunkline docs", 1,
        {"specs/shop/openapi.yaml": SHOP, "pyproject.toml": ""}),
    Mistake(
        "run", "specs holds no description", "trunkline init", 2,
        {"specs": None, "pyproject.toml": ""},
    ),
    Mistake(
        "generate", "specs holds no description", "trunkline init", 2,
        {"specs": None, "pyproject.toml": ""},
    ),
]  # fmt: skip
ROWS = [*READING, *GENERATING, *SERVING, *TESTING, *RELEASING]


def lay(folder: Path, files: Files) -> None:
    for name, content in {"openapi.yaml": SHOP, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.mkdir()
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def held(mistake: Mistake, code: int, out: str, err: str) -> None:
    """One message, in full and in a person's words."""
    assert code == mistake.code, out + err
    assert "Traceback" not in out + err
    assert "fault of Trunkline's own" not in err
    errors = re.findall(r"(?m)^(?:\S+: )?error: .*$", err)
    # Of a description all that is wrong is said; everything else is one message.
    judged = mistake.typed.startswith("validate") and code == 1
    assert errors if judged else len(errors) == 1, out + err
    assert mistake.says in "\n".join(errors), err
    assert mistake.hint.lower() in err.lower()
    # The machine's words are not the user's.
    assert not re.search(r"\[Errno|\bNoneType\b|Error\(|object at 0x|None\b", err), err
    if code == 2:
        assert out == ""


@pytest.mark.parametrize("row", ROWS, ids=[f"{n:03}-{row.typed}" for n, row in enumerate(ROWS)])
def test_mistakes(
    row: Mistake,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lay(tmp_path, row.files)
    monkeypatch.chdir(tmp_path)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    code = run(shlex.split(row.typed))
    shown = capsys.readouterr()
    held(row, code, shown.out, shown.err)
    if code == 2:
        assert {path for path in tmp_path.rglob("*") if path.is_file()} == before


def test_nothing_piped_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    find._standard_input.cache_clear()
    try:
        code = run(["validate", "-"])
    finally:
        find._standard_input.cache_clear()
    shown = capsys.readouterr()
    held(Mistake("validate -", "The file is empty", "", 1), code, shown.out, shown.err)


def test_a_hand_edit_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, {})
    monkeypatch.chdir(tmp_path)
    assert run(["generate", "openapi.yaml", "--out", "client"]) == 0
    (client,) = tmp_path.glob("client/trunkline_*/client.py")
    edited = client.read_text() + "\n# mine\n"
    client.write_text(edited)
    (tmp_path / "openapi.yaml").write_text(SHOP.replace("title: Shop", "title: Shop API"))
    capsys.readouterr()

    code = run(["generate", "openapi.yaml", "--out", "client"])
    shown = capsys.readouterr()
    row = Mistake("generate", "client.py:1:1: error: The file was changed since", "--force", 1)
    held(row, code, shown.out, shown.err)
    assert client.read_text() == edited
    assert run(["generate", "openapi.yaml", "--out", "client", "--force"]) == 0
    assert "# mine" not in client.read_text()


def process(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None, weak: bool = False
) -> "subprocess.CompletedProcess[str]":
    """One command in a process of its own; `weak` without root's right to write everywhere."""
    command = [str(TRUNKLINE), *arguments]
    if weak and os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root may write everywhere, and there is no setpriv to give that up")
        without = "-dac_override,-dac_read_search"
        command = [setpriv, "--bounding-set", without, "--inh-caps", without, *command]
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize(
    "row",
    [
        Mistake("validate openapi.yaml", "Cannot read openapi.yaml: Permission denied"),
        Mistake("generate good.yaml --out shut/client", "Permission denied"),
        Mistake("generate good.yaml", "Cannot write"),
        Mistake("test telnyx --max-requests 5 --json shut/report.jsonl", "Permission denied"),
        Mistake("serve telnyx --data shut/state.sqlite", "shut/state.sqlite"),
        Mistake("init shop", "Cannot write"),
        Mistake("ci github --install trunkline==1", "Cannot write"),
        Mistake("overlay apply good.yaml o.yaml --out shut/a.yaml", "Permission denied"),
    ],
    ids=lambda row: row.typed,
)
def test_folders_that_may_not_be_written(row: Mistake, tmp_path: Path) -> None:
    lay(tmp_path, {"good.yaml": SHOP, "shut": None, "o.yaml": OVERLAY})
    (tmp_path / "openapi.yaml").chmod(0)
    (tmp_path / "shut").chmod(0o555)
    tmp_path.chmod(0o555)
    try:
        done = process(*shlex.split(row.typed), cwd=tmp_path, weak=True)
    finally:
        tmp_path.chmod(0o755)
        (tmp_path / "shut").chmod(0o755)
    held(row, done.returncode, "", done.stderr)


@pytest.mark.parametrize("home", [None, "/nonexistent", "/dev/null"])
def test_no_home(home: str | None, tmp_path: Path) -> None:
    lay(tmp_path, {})
    environment = {"PATH": os.environ["PATH"], **({"HOME": home} if home else {})}
    for command in ("validate openapi.yaml", "generate openapi.yaml", "test openapi.yaml"):
        done = process(*shlex.split(command), cwd=tmp_path, env=environment)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    lay(tmp_path, {})
    for command in ("explain S001", "test --help", "validate openapi.yaml --json"):
        done = subprocess.run(
            ["bash", "-c", f"{TRUNKLINE} {command} | true; echo ${{PIPESTATUS[0]}}"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.stdout.strip() in {"0", "141"}, done.stdout
        assert "Broken pipe" not in done.stderr
        assert "Traceback" not in done.stderr
