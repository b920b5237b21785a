"""Plugins of another distribution: used everywhere, and one clear message where one is broken.

The distribution stands in a folder that is put on the path of a process of its own, as an
installed one does; how one is installed is run by the page on it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TRUNKLINE = Path(sys.executable).with_name("trunkline")
DESCRIPTION = """\
openapi: 3.1.0
info: {title: Orders, version: "1"}
servers: [{url: "http://127.0.0.1:9"}]
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
      responses:
        "201":
          description: Made.
          content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
        "422": {description: Wrong.}
  /orders/{id}:
    get:
      operationId: getOrder
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: The order.
          content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
        "404": {description: None.}
components:
  schemas:
    Order:
      type: object
      required: [number]
      properties:
        id: {type: string, readOnly: true}
        number: {type: string, format: acme-order}
"""
GOOD = """
import re
from trunkline.plugins import ValueFormat
from trunkline.rules import Finding, OwnRule

ORDER = ValueFormat(
    valid=lambda text: re.fullmatch("AC-[0-9]{6}", text) is not None,
    sample=lambda source: f"AC-{source.randrange(10**6):06}",
    invalid=("AC-7",),
)

def check(context):
    for node in context.of("operation"):
        if (node.text("operationId") or "").startswith("create"):
            yield Finding(node, "is not RESTful", "Say add.")

RULE = OwnRule(check)
STRICT = OwnRule(check, error=True)
def fails(context):
    raise KeyError("oops")
BROKEN = OwnRule(fails)
NOTHING = 7
RUDE = ValueFormat(valid=lambda text: 1 / 0, sample=lambda source: "x")
LAX = ValueFormat(valid=lambda text: True, sample=lambda source: "x", invalid=("y",))
MUTE = ValueFormat(valid=lambda text: True, sample=lambda source: {}["x"])
"""


class Acme:
    """An environment with a distribution of these entry points."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "orders.yaml").write_text(DESCRIPTION)
        (folder / "acme.py").write_text(GOOD)
        information = folder / "acme_trunkline-1.0.dist-info"
        information.mkdir()
        (information / "METADATA").write_text("Name: acme-trunkline\nVersion: 1.0\n")
        self.entries = information / "entry_points.txt"

    def has(self, *entries: str) -> None:
        groups: dict[str, list[str]] = {}
        for entry in entries:
            group, _, rest = entry.partition(": ")
            groups.setdefault(group, []).append(rest)
        lines = [line for group, found in groups.items() for line in (f"[{group}]", *found)]
        self.entries.write_text("\n".join(lines) + "\n")

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [TRUNKLINE, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), "XDG_STATE_HOME": str(self.folder)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def acme(tmp_path: Path) -> Acme:
    return Acme(tmp_path)


def sent_and_answered(archive: Path) -> Iterator[tuple[str, int]]:
    """The number of every order that was sent, and the status that answered it."""
    for entry in json.loads(archive.read_text())["log"]["entries"]:
        if entry["request"]["method"] != "POST":
            continue
        try:
            body = json.loads(entry["request"].get("postData", {}).get("text", ""))
        except (ValueError, RecursionError):
            continue  # sent to see what becomes of it
        if isinstance(body, dict) and isinstance(body.get("number"), str):
            yield body["number"], entry["response"]["status"]


FORMAT = "trunkline.formats: acme-order = acme:ORDER"


def test_a_format_is_checked_made_and_known(acme: Acme) -> None:
    without = acme.run("validate", "orders.yaml", "--select", "V006")
    assert "Nothing checks the format 'acme-order'" in without.stderr
    acme.has(FORMAT)
    assert "acme-order" not in acme.run("validate", "orders.yaml", "--select", "V006").stderr

    done = acme.run("test", "orders.yaml", "--har", "seen.har")
    assert done.returncode == 0, done.stdout + done.stderr
    sent = list(sent_and_answered(acme.folder / "seen.har"))
    made = {number for number, status in sent if status == 201}
    assert made
    assert all(number.startswith("AC-") and len(number) == 9 for number in made)
    assert ("AC-7", 422) in sent


def test_a_rule_finds_and_can_be_waived(acme: Acme) -> None:
    acme.has("trunkline.rules: acme-verbs = acme:RULE")
    done = acme.run("validate", "orders.yaml", "--select", "V100")
    assert "orders.yaml:6:5: warning: acme-verbs: is not RESTful [V100]" in done.stderr
    assert "hint: Say add." in done.stderr
    assert done.returncode == 0

    acme.has("trunkline.rules: acme-verbs = acme:STRICT")
    assert acme.run("validate", "orders.yaml", "--select", "V101").returncode == 1
    waiver = "{rule: V101, at: '#/paths/~1orders/post', in: [orders.yaml], reason: As ever was.}"
    (acme.folder / "waivers.yaml").write_text(f"waivers: [{waiver}]\n")
    done = acme.run("validate", "orders.yaml", "--select", "V101")
    assert (done.returncode, "1 accepted with a reason" in done.stdout) == (0, True), done.stdout


CHECK = """
from trunkline.contract.engine import CheckContext, Creatable, Family, collection_check, rule

rule("acme-{name}", Family.CRUD, "Orders have an id", "Nobody finds an order.", "Give it an id.")

@collection_check("acme-{name}", needs=Creatable.of)
def check(ctx: CheckContext, target: Creatable) -> None:
    \"\"\"An order that was made has an id.\"\"\"
    obj = ctx.objects.create(target.collection)
    ctx.expect({holds}, target.creator, f"the order {{obj.id}} has no id", obj.created)
"""


def test_a_check_of_ones_own(acme: Acme) -> None:
    (acme.folder / "acme_checks.py").write_text(CHECK.format(name="has-id", holds="bool(obj.id)"))
    acme.has("trunkline.checks: acme = acme_checks")
    reports = ["--html", "a.html", "--sarif", "a.sarif", "--wfc", "a.json", "--json", "a.jsonl"]
    done = acme.run("test", "orders.yaml", "--only", "acme-has-id", *reports)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "orders: no violations; done: 1 case " in done.stdout
    assert "Give it an id." in acme.run("explain", "acme-has-id").stdout

    (acme.folder / "acme_checks.py").write_text(CHECK.format(name="has-id", holds="not obj.id"))
    done = acme.run("test", "orders.yaml", "--only", "acme-has-id", *reports)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1. acme-has-id · createOrder" in done.stdout
    assert "acme-has-id" in (acme.folder / "a.html").read_text()
    assert acme.run("replay", "a.jsonl").returncode == 1


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import nowhere", "cannot be loaded: ModuleNotFoundError"),
        ("", "enters no check"),
        (CHECK.format(name="has-id", holds="obj.nothing"), "failed in the check acme-has-id: Attr"),
        (CHECK.format(name="x", holds="1").replace('check("acme-x"', 'check("other"'), "cannot be"),
    ],
)
def test_a_broken_check_is_one_message(acme: Acme, source: str, says: str) -> None:
    (acme.folder / "acme_checks.py").write_text(source)
    acme.has("trunkline.checks: acme = acme_checks")
    done = acme.run("test", "orders.yaml")
    assert done.returncode == 2, done.stdout + done.stderr
    assert f"error: The plugin 'acme' of acme-trunkline {says}" in done.stderr
    assert "Traceback" not in done.stderr


PAGED = """\
openapi: 3.1.0
info: {title: Notes, version: "1"}
paths:
  /notes:
    get:
      operationId: listNotes
      parameters: [{name: blatt, in: query, schema: {type: integer}}]
      responses:
        "200":
          description: Notes.
          content:
            application/json:
              schema:
                type: object
                required: [notes]
                properties:
                  notes: {type: array, items: {$ref: "#/components/schemas/Note"}}
                  blaetter: {type: integer}
    post:
      operationId: createNote
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}
      responses:
        "201":
          description: Made.
          content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}
components:
  schemas:
    Note: {type: object, required: [text], properties: {id: {type: string, readOnly: true}, \
text: {type: string}}}
"""
CONVENTION = """
from trunkline import ir
from trunkline.lower.paging_added import PagingConvention

def find(listed):
    if "blatt" in listed.inputs and "blaetter" in listed.members:
        return ir.Pagination(style=ir.PaginationStyle.PAGE, items=listed.items, page="blatt",
                             total_pages=("blaetter",))

PAGING = PagingConvention(find)
WRONG = PagingConvention(lambda listed: ir.Pagination(
    style=ir.PaginationStyle.PAGE, items=listed.items, page="page"))
FAILS = PagingConvention(lambda listed: listed.nothing)
TEXT = PagingConvention(lambda listed: "page")
"""


def test_a_paging_convention(acme: Acme) -> None:
    (acme.folder / "notes.yaml").write_text(PAGED)
    (acme.folder / "acme_paging.py").write_text(CONVENTION)
    generate = ("generate", "notes.yaml", "--out", "client")

    def method() -> str:
        (file,) = (acme.folder / "client").glob("trunkline_*/resources/notes.py")
        return file.read_text()

    assert acme.run(*generate).returncode == 0
    assert "Page[" not in method()
    acme.has("trunkline.paging: acme = acme_paging:PAGING")
    done = acme.run(*generate, "--force")
    assert done.returncode == 0, done.stderr
    assert "Page[" in method()
    done = acme.run("test", "notes.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("WRONG", "asks for pages of listNotes by 'page', which it lacks"),
        ("FAILS", "failed at listNotes: AttributeError"),
        ("TEXT", "gives a str, and no Pagination"),
    ],
)
def test_a_broken_convention_is_one_message(acme: Acme, name: str, says: str) -> None:
    (acme.folder / "notes.yaml").write_text(PAGED)
    (acme.folder / "acme_paging.py").write_text(CONVENTION)
    acme.has(f"trunkline.paging: acme = acme_paging:{name}")
    for command in ("generate", "validate", "test"):
        done = acme.run(command, "notes.yaml")
        assert done.returncode == 2, done.stderr
        assert f"error: The plugin 'acme' of acme-trunkline {says}" in done.stderr
        assert done.stderr.count("error:") == 1


def test_a_pack_of_templates(acme: Acme) -> None:
    template = acme.folder / "acme_templates" / "python" / "LICENSE.jinja"
    template.parent.mkdir(parents=True)
    template.write_text("Acme keeps all rights.\n")
    (acme.folder / "acme_templates" / "__init__.py").write_text(
        "from pathlib import Path\nfrom trunkline.plugins import TemplatePack\n"
        "PACK = TemplatePack(Path(__file__).parent)\nGONE = TemplatePack(Path('gone'))\n"
    )
    acme.has("trunkline.templates: acme = acme_templates:PACK")
    generate = ("generate", "orders.yaml", "--out", "client", "--templates")
    done = acme.run(*generate, "acme")
    assert done.returncode == 0, done.stderr
    assert (acme.folder / "client" / "LICENSE").read_text() == "Acme keeps all rights.\n"
    assert acme.run(*generate, "acme", "--check").returncode == 0

    done = acme.run(*generate, "acne")
    assert (done.returncode, "no folder or pack of templates 'acne'" in done.stderr) == (2, True)
    acme.has("trunkline.templates: acme = acme_templates:GONE")
    done = acme.run(*generate, "acme")
    assert (done.returncode, "has no folder gone [U004]" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("trunkline.rules: x = nowhere:RULE", "cannot be loaded: ModuleNotFoundError"),
        ("trunkline.rules: x = acme:NONE", "cannot be loaded: AttributeError"),
        ("trunkline.rules: x = acme:NOTHING", "is a int, and no OwnRule"),
        ("trunkline.rules: x = acme:BROKEN", "failed: KeyError: 'oops'"),
        ("trunkline.formats: x = acme:RULE", "is a OwnRule, and no ValueFormat"),
        ("trunkline.formats: x = acme:RUDE", "does not take its own sample 'x'"),
        ("trunkline.formats: x = acme:LAX", "takes 'y', which it says is invalid"),
        ("trunkline.formats: x = acme:MUTE", "gives no sample: KeyError"),
    ],
)
def test_a_broken_plugin_is_one_message(acme: Acme, entry: str, says: str) -> None:
    acme.has(entry)
    for command in (["validate", "orders.yaml"], ["test", "orders.yaml"]):
        if command[0] == "test" and "rules" in entry:
            continue
        done = acme.run(*command)
        assert done.returncode == 2, done.stderr
        assert f"error: The plugin 'x' of acme-trunkline {says}" in done.stderr
        assert "[U004]" in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stderr.count("error:") == 1
