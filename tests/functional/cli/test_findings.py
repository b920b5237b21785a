"""What `trunkline validate` shows: the line, what was meant, and many of one kind as a count."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n"


@pytest.mark.parametrize(
    ("body", "line", "column", "meant"),
    [
        ("  /a:\n    gett: {}\n", 5, 5, "get"),
        ("  /a:\n    get:\n      respones: {'200': {description: x}}\n", 6, 7, "responses"),
        ("  /a:\n    get: {responses: {'200': {descripton: x}}}\n", 5, 31, "description"),
        ("  /a:\n    get: {operationID: x, responses: {'200': {description: x}}}\n", 5, 11,
         "operationId"),
        ("  {}\ncomponents: {schema: {}}\n", 5, 14, "schemas"),
    ],
)  # fmt: skip
def test_a_key_that_is_not_known(trunkline, tmp_path: Path, body, line, column, meant):
    file = tmp_path / "api.yaml"
    file.write_text(HEAD + body)
    done = trunkline("validate", str(file))
    assert done.returncode == 1
    said = done.stderr.splitlines()
    first = next(n for n, text in enumerate(said) if "not known here" in text)
    assert said[first].startswith(f"{file}:{line}:{column}: error: ")
    assert said[first + 1] == f"  hint: Did you mean {meant!r}?"
    source = file.read_text().splitlines()[line - 1]
    assert said[first + 2] == f"{line:>5} | {source}"
    assert said[first + 3] == f"      | {' ' * (column - 1)}^"


def test_many_of_one_kind_are_counted(trunkline, tmp_path: Path):
    file = tmp_path / "api.yaml"
    names = "".join(f"        p{n}: {{type: string}}\n" for n in range(300))
    file.write_text(
        HEAD
        + "  {}\ncomponents:\n  schemas:\n    A:\n      type: object\n      properties:\n"
        + names
    )
    done = trunkline("validate", str(file))
    assert "301 V002 warning" in done.stdout
    assert done.stderr.count("[V002]") == 20
    assert "and 281 more of V002; --max 0 prints all" in done.stderr
    whole = trunkline("validate", str(file), "--max", "0")
    assert whole.stderr.count("[V002]") == 301


def test_what_is_found_on_the_way_is_told_in_short(trunkline, tmp_path: Path):
    file = tmp_path / "api.yaml"
    names = "".join(f"        p{n}: {{type: string, nullable: true}}\n" for n in range(40))
    file.write_text(
        HEAD
        + "  /a: {get: {responses: {'200': {description: x}}}}\n"
        + "components:\n  schemas:\n    A:\n      type: object\n      properties:\n"
        + names
    )
    out = str(tmp_path / "out")
    for arguments in (["generate", str(file), "--out", out], ["diff", str(file), str(file)]):
        done = trunkline(*arguments)
        assert done.stderr.count("[D004]") == 3
        assert "and 37 more of D004; trunkline validate shows them" in done.stderr
        assert done.returncode == 0


def test_a_line_that_acts_on_a_terminal_is_shown_as_text(trunkline, tmp_path: Path):
    file = tmp_path / "api.yaml"
    file.write_text(HEAD + '  /a:\n    gett: {x: "\u202eevil\u2066"}\n', encoding="utf-8")
    done = trunkline("validate", str(file))
    assert "\u202e" not in done.stderr
    assert "\\u202eevil" in done.stderr
    long = tmp_path / "long.json"
    long.write_text(
        '{"openapi": "3.1.0", "info": {"title": "A", "version": "1", "' + "x-" + "a" * 9000
        + '": 1}, "paths": {"/a": {"gett": {}}}}'
    )  # fmt: skip
    done = trunkline("validate", str(long))
    assert max(map(len, done.stderr.splitlines())) < 9000
    assert '"gett": {}' in done.stderr


PETS = """
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get: {operationId: listPets, responses: {'200': {description: ok}}}
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["validate", "-"], "findings"),
        (["generate", "-", "--name", "piped", "--out", "out"], "trunkline-piped"),
        (["test", "-", "--max-requests", "40"], "no violations"),
        (["diff", "-", "pets.yaml"], "Nothing changed."),
    ],
)
def test_standard_input(tmp_path: Path, arguments, said):
    (tmp_path / "pets.yaml").write_text(PETS)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [Path(sys.executable).with_name("trunkline"), *arguments],
        cwd=tmp_path,
        input=PETS,
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode in (0, 4), done.stderr
    assert said in done.stdout
    assert not list(temporary.glob("trunkline-*"))
