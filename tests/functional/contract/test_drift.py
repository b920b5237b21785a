"""A server that differs from its description: the patch that drift proposes makes them agree."""

import shutil
import subprocess

import pytest

from trunkline import contract
from trunkline.cli.main import run
from trunkline.contract.model import bundle
from trunkline.contract.reports import json_lines
from trunkline.overlay import laid_over
from trunkline.pipeline import load_api

ANCHOR = "    ShelfChange:"


def edited(text, *changes):
    for before, after in changes:
        assert text.count(before) >= 1, before
        text = text.replace(before, after, 1)
    return text


# Each: what the description says otherwise than the server does, as replacements in its text.
DIFFERENCES = {
    "a status that is not documented": [
        ("        \"409\": {$ref: '#/components/responses/Problem'}\n", ""),
    ],
    "a limit that the server does not have": [
        (
            "label: {type: string, minLength: 2, maxLength: 60",
            "label: {type: string, minLength: 2, maxLength: 50",
        ),
    ],
    "a value that the description lacks": [
        (
            "room: {type: string, enum: [attic, hall, cellar]}\n"
            "        capacity: {type: integer}\n",
            "room: # where it stands\n          type: string\n          enum: # rooms\n"
            "            - attic # up\n            - cellar # down\n"
            "        capacity: {type: integer}\n",
        ),
    ],
    "another default": [("default: 40", "default: 41")],
    "null where none is documented": [
        ("note: {type: string, nullable: true}", "note: {type: string}"),
    ],
    "a member that is not documented": [
        (
            "                  count: {type: integer, minimum: 0}\n",
            "",
        ),
        (
            "              schema:\n                type: object\n"
            "                required: [shelves, count",
            "              schema:\n                type: object\n"
            "                additionalProperties: false # strict\n"
            "                required: [shelves",
        ),
    ],
    "a member that is not always there": [
        (
            "                required: [shelves, count, more]",
            "                required: [shelves, count, more, total]",
        ),
        (
            "                  more: {type: boolean}",
            "                  more: {type: boolean}\n"
            "                  total: {type: integer} # of all",
        ),
    ],
    "a header that is not sent": [
        (
            "            Location: {required: true, schema: {type: string}}\n",
            "            Location: {required: true, schema: {type: string}}\n"
            "            X-Shelf-Count: {required: true, schema: {type: integer}}\n",
        ),
    ],
}
QUICK = (
    "a status that is not documented",
    "a value that the description lacks",
    "a member that is not documented",
)
"""A response, a schema and an object that lack something, tried by default."""
EACH = [pytest.param(d, marks=() if d in QUICK else pytest.mark.exhaustive) for d in DIFFERENCES]
ONE = [pytest.param(d, marks=() if d == QUICK[0] else pytest.mark.exhaustive) for d in DIFFERENCES]
"""A patch is the same edits as an overlay, written into the file."""


@pytest.fixture
def tested(library, library_config):
    """The report of a run on a description against the library."""

    def test(path, **settings):
        loaded = load_api(path)
        with library() as url:
            config = library_config(
                url, api=loaded.api, description=bundle(loaded.document), **settings
            )
            return contract.run(config)

    return test


def drifted(monkeypatch, folder, description, report, capsys):
    """Runs the command in `folder`; returns its exit code, the patch and the messages."""
    file = folder / "report.jsonl"
    file.write_text("\n".join(json_lines(report)))
    monkeypatch.chdir(folder)
    capsys.readouterr()
    code = run(["drift", description, str(file)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.mark.parametrize("difference", ONE)
@pytest.mark.parametrize("tool", ["git", pytest.param("patch", marks=pytest.mark.exhaustive)])
def test_the_patch_makes_the_suite_clean(
    difference, tool, library_loaded, tested, tmp_path, monkeypatch, capsys
):
    if tool == "patch" and shutil.which("patch") is None:
        pytest.skip("the patch command is not installed")
    changes = DIFFERENCES[difference]
    original = library_loaded.document.file.text
    text = edited(original, *changes)
    (tmp_path / "sub").mkdir()
    description = tmp_path / "sub" / "library.yaml"
    description.write_text(text)
    before = tested(description)
    assert before.violations or before.gaps
    code, patch, errors = drifted(monkeypatch, tmp_path, "sub/library.yaml", before, capsys)
    assert code == 1
    assert "no edit" not in errors
    file = tmp_path / "drift.patch"
    file.write_text(patch)
    command = ["git", "apply", str(file)] if tool == "git" else ["patch", "-p1", "-i", str(file)]
    subprocess.run(command, check=True, cwd=tmp_path)
    kept = [line for line in text.splitlines() if "#" in line and "$ref" not in line]
    assert all(line in description.read_text() for line in kept)
    after = tested(description)
    assert after.violations == after.gaps == []


@pytest.mark.parametrize("difference", EACH)
def test_the_overlay_makes_the_suite_clean(
    difference, library_loaded, tested, tmp_path, monkeypatch, capsys
):
    text = edited(library_loaded.document.file.text, *DIFFERENCES[difference])
    description = tmp_path / "library.yaml"
    description.write_text(text)
    before = tested(description)
    file = tmp_path / "report.jsonl"
    file.write_text("\n".join(json_lines(before)))
    monkeypatch.chdir(tmp_path)
    command = ["drift", "library.yaml", str(file), "--format", "overlay", "--out", "seen.yaml"]
    assert run(command) == 1
    assert "no edit" not in capsys.readouterr().err
    assert description.read_text() == text
    overlay = (tmp_path / "seen.yaml").read_text()
    rules = {finding.rule for finding in (*before.violations, *before.gaps)}
    assert all(f"  # {rule} · " in overlay or rule in overlay for rule in rules)
    with laid_over([tmp_path / "seen.yaml"]):
        after = tested(description)
    assert after.violations == after.gaps == []
    # Written once; what is there is not overwritten.
    assert run(command) == 2
