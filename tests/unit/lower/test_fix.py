"""`validate --fix` over the table of slips: what it puts right is told no more, and means the
same."""

from pathlib import Path

import pytest
import slips as table

from trunkline.cli.main import run
from trunkline.diagnostics import Code, Diagnostics
from trunkline.openapi.mending import mended
from trunkline.overlay import laid_over, read_description
from trunkline.pipeline import load_api
from trunkline.rules.fix import fix
from trunkline.source import Document, parse, written

CHOICES = {
    "a server without an address": "which address?",
    "a path without a slash": "the address that it gives today has none either",
    "a place that nothing describes": "of which type?",
    "an operationId of two": "which keeps it?",
    "responses that are a list": "of which statuses?",
    "headers that are a list": "which schemas?",
    "a type of nobody": "which type?",
    "a bound below nothing": "which bound?",
    "an empty enum": "which values?",
    "a value of another type": "the value, or the type?",
    "a pattern of nobody": "which pattern?",
}
"""Slips that are read all the same, and that somebody has to decide: they stay as they are."""
GAINS = {"misspelt responses": ("¦respones:", "responses:")}
"""What reading leaves out, and writing brings back: how it is read then."""
SLIPS = {name: row for name, row in table.ROWS.items() if row.level == table.WARNING}
CASES = [(name, version) for name, row in SLIPS.items() for version in row.versions]


def put_right(text):
    found = Diagnostics()
    document = Document(parse("api.yaml", text.encode()), Path(), found, None)
    return written(mended(document, found).file.data), found


@pytest.mark.parametrize(("name", "version"), CASES)
def test_it_is_told_no_more_and_means_the_same(name, version):
    row = SLIPS[name]
    text, _ = table.edited(row.part, row.slip, version)
    before, said = table.read(text)
    after, told = put_right(text)
    seen, left = table.read(after)
    if name in CHOICES or (name, version) == ("responses that are null", "3.0.3"):
        assert list(left)
        return
    assert not list(left)
    if name == "a status that is a number":
        assert not list(told)
    else:
        assert list(said)
        assert all(one.code is Code.NONCONFORMING and one.position for one in told)
    if name in GAINS:
        right, _ = table.edited(row.part, row.slip.replace(*GAINS[name]), version)
        before, _ = table.read(right)
    assert seen == before


def test_every_choice_is_in_the_table():
    assert SLIPS.keys() >= CHOICES.keys()


def test_what_is_right_stays_as_it_is():
    for version in table.BOTH:
        text = table.BASE.replace("{version}", version)
        _, told = put_right(text)
        assert not list(told)


DESCRIPTION = """\
# Whose this is
openapi: 3.1.0
info: {title: Shop, version: "1"} # kept
paths:
  /things:
    gett:
      operationId: listThings
      sumary: List
      parameters:
        - {name: limit, in: query, schema: {type: int, minimum: "1"}}
      respones:
        "200":
          content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
components:
  schemas:
    Thing:
      type: object
      properties:
        size: {type: string, nullable: true, enum: [s, m]}
        colour: {type: gizmo}
"""


def test_the_command_writes_an_overlay_and_tells_what_is_left(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("shop.yaml").write_text(DESCRIPTION)
    assert run(["validate", "shop.yaml"]) == 1
    capsys.readouterr()
    assert run(["validate", "shop.yaml", "--fix", "slips.yaml"]) == 1
    shown = capsys.readouterr()
    assert "gizmo" in shown.out + shown.err
    assert "gett" not in shown.out + shown.err
    assert Path("shop.yaml").read_text() == DESCRIPTION
    overlay = Path("slips.yaml").read_text()
    for line in (
        "# shop.yaml:6:5: 'gett' is not known here: written get",
        "# shop.yaml:10:51: Type 'int' is not known: read as integer",
        '# shop.yaml:13:11: description is required: written ""',
    ):
        assert line in overlay.splitlines()
    assert run(["validate", "shop.yaml", "--fix", "slips.yaml"]) == 2
    with laid_over([Path("slips.yaml")]):
        api = load_api("shop.yaml").api
        assert fix(read_description(Path("shop.yaml"), Diagnostics()), "shop").text == ""
    (operation,) = api.operations
    assert (operation.method, operation.summary) == ("get", "List")
    assert api.schemas["Thing"].shape.property("size").schema.nullable


def test_a_key_that_may_be_two_others_stays():
    text = table.BASE.replace("{version}", "3.1.0").replace(
        "schema: {type: string}}\n    get", "exampl: {}, schema: {type: string}}\n    get"
    )
    assert "exampl: {}" in text
    after, told = put_right(text)
    assert "exampl: {}" in after
    assert not list(told)


def test_it_is_for_one_description(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("one.yaml", "two.yaml"):
        Path(name).write_text(table.BASE.replace("{version}", "3.1.0"))
    assert run(["validate", "one.yaml", "two.yaml", "--fix", "x.yaml"]) == 2
    assert "one description" in capsys.readouterr().err
    assert run(["validate", "one.yaml", "--fix", "x.yaml"]) == 0
    assert "nothing to put right" in capsys.readouterr().err
    assert not Path("x.yaml").exists()
