"""The project's own Dockerfile and action: well-formed, and their steps run here.

There is no Docker: what the file copies is copied to an empty folder, and its command is run as an
account of its own would run it. Installing is left to the exhaustive tests."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from trunkline.emulator import running
from trunkline.pipeline import load_api

ROOT = Path(__file__).parents[3]
SCRIPTS = Path(sys.executable).parent
DOCKERFILE = ROOT / "Dockerfile"
ACTION = ROOT / "action.yml"
WORKFLOW = ROOT / ".github" / "workflows" / "test.yml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def instructions() -> list[tuple[str, str]]:
    """Keyword and rest of every instruction, continued lines joined."""
    text = re.sub(r"(?m)^\s*#.*\n", "", DOCKERFILE.read_text())
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    found = [line.partition(" ") for line in lines if line.strip()]
    return [(keyword, rest.strip()) for keyword, _, rest in found]


def of(keyword: str) -> list[str]:
    return [rest for name, rest in instructions() if name == keyword]


def copies() -> Iterator[tuple[Path, str]]:
    for rest in of("COPY"):
        *sources, target = shlex.split(rest)
        for source in sources:
            yield ROOT / source, f"{target}{source}" if target.endswith("/") else target


def test_the_order_of_its_instructions() -> None:
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "EXPOSE", "ENTRYPOINT", "CMD"}
    names = [name for name, _ in instructions()]
    assert names[0] == "FROM"
    assert set(names) <= known
    assert names.index("RUN") < names.index("USER") < names.index("ENTRYPOINT")
    assert names.count("ENTRYPOINT") == names.count("CMD") == 1


def hadolint(file: Path) -> list[str]:
    program = ROOT / ".peers" / "linters" / "hadolint" / "bin" / "hadolint"
    if not program.is_file():
        pytest.skip("hadolint is not installed (make peers)")
    done = subprocess.run([program, file], capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.stdout.splitlines()


def test_hadolint_finds_nothing() -> None:
    assert hadolint(DOCKERFILE) == []


def test_hadolint_would_find_a_slip(tmp_path: Path) -> None:
    slip = tmp_path / "Dockerfile"
    slip.write_text(DOCKERFILE.read_text().replace("FROM python:3.12-slim", "FROM python"))
    assert any("DL3006" in line for line in hadolint(slip))


def test_what_it_copies_is_there_and_is_let_in() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored[0] == "**"
    let_in = [line[1:] for line in ignored if line.startswith("!")]
    for source, _ in copies():
        assert source.exists(), source
        assert any(fnmatch(source.name, pattern) for pattern in let_in), source
    # All that goes into the wheel.
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {Path(name).parts[0] for name in (*wheel["packages"], *wheel["force-include"])}
    assert needed <= {target for _, target in copies()}


def test_it_does_not_run_as_root_and_the_python_is_one_that_is_tested() -> None:
    (user,) = of("USER")
    assert user.partition(":")[0] not in {"0", "root"}
    (image,) = of("FROM")
    version = re.fullmatch(r"python:(3\.\d+)-slim", image)
    assert version is not None
    assert version[1] in matrix()


def laid_out(folder: Path) -> Path:
    """What the container's first folder holds."""
    for source, target in copies():
        if source.is_dir():
            shutil.copytree(source, folder / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / target)
    return folder


def served(command: list[str], folder: Path) -> dict[str, Any]:
    """What the container's command says when it listens; on a port and address of the test's."""
    command = ["0" if part == "8000" else part for part in command]
    command = ["127.0.0.1" if part == "0.0.0.0" else part for part in command]
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    with subprocess.Popen(
        [*command, "--json"], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            said: dict[str, Any] = json.loads(server.stdout.readline())
        finally:
            server.terminate()
    return said


def container_command() -> list[str]:
    """Both are lists: a shell between them would keep signals from the server."""
    (entry,), (given,) = of("ENTRYPOINT"), of("CMD")
    return [*json.loads(entry), *json.loads(given)]


def test_its_command_serves(tmp_path: Path) -> None:
    program, *arguments = container_command()
    assert served([str(SCRIPTS / program), *arguments], tmp_path)["api"] == "telnyx"


@pytest.mark.exhaustive
def test_its_steps_in_an_empty_environment(tmp_path: Path) -> None:
    folder = tmp_path / "opt"
    folder.mkdir()
    laid_out(folder)
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
    for step in of("RUN"):
        subprocess.run(
            ["bash", "-euo", "pipefail", "-c", step],
            cwd=folder,
            env={**os.environ, "PATH": path},
            check=True,
        )
    program, *arguments = container_command()
    empty = tmp_path / "work"
    empty.mkdir()
    told = served([str(environment / "bin" / program), *arguments], empty)
    assert told["api"] == "telnyx"


def fits_schema(schema: str, file: Path) -> bool:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    return subprocess.run([*command, file], capture_output=True, check=False).returncode == 0


def test_the_action_fits_its_schema(tmp_path: Path) -> None:
    assert fits_schema("github-actions", ACTION)
    slip = tmp_path / "action.yml"
    slip.write_text(ACTION.read_text().replace("using: composite", "using: compost"))
    assert not fits_schema("github-actions", slip)
    assert fits_schema("github-workflows", WORKFLOW)


def action() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(ACTION.read_text())
    return read


def steps() -> list[dict[str, Any]]:
    return [step for step in action()["runs"]["steps"] if "run" in step]


def test_its_scripts_hold_no_expressions_and_use_known_inputs() -> None:
    """An expression within a script can be injected into: values come by the environment."""
    inputs = action()["inputs"]
    for step in steps():
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
    used = re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", ACTION.read_text())
    assert set(used) == set(inputs)
    assert all("description" in one for one in inputs.values())


def run_steps(
    given: dict[str, str], folder: Path, environment: dict[str, str], *, install: bool = False
) -> list[subprocess.CompletedProcess[str]]:
    """The action's shell steps with the inputs given, as a runner would, until one fails."""
    inputs = {name: one.get("default", "") for name, one in action()["inputs"].items()} | given
    done = []
    for step in steps():
        if step["name"].startswith("Install") and not install:
            continue
        own = {
            name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda m: inputs[m[1]], value)
            for name, value in step.get("env", {}).items()
        }
        script = folder / "step.sh"
        script.write_text(step["run"])
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done.append(
            subprocess.run(
                command,
                cwd=folder,
                env={**environment, **own},
                capture_output=True,
                text=True,
                check=False,
            )
        )
        if done[-1].returncode:
            break
    return done


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """The environment of a runner, with Trunkline there already."""
    return {
        "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }


def test_the_action_on_a_server(tmp_path: Path, runner: dict[str, str]) -> None:
    with running(load_api("telnyx").api) as server:
        token = server.credentials["token"]
        done = run_steps(
            {"spec": "telnyx", "base-url": server.url, "token": token}, tmp_path, runner
        )
    assert [one.returncode for one in done] == [0, 0], done[-1].stdout + done[-1].stderr
    assert token not in "".join(one.stdout + one.stderr for one in done)
    reports = tmp_path / "trunkline-reports"
    assert {path.name for path in reports.iterdir()} == {
        "report.jsonl", "report.html", "junit.xml", "report.sarif",
    }  # fmt: skip
    assert "Telnyx" in (tmp_path / "summary.md").read_text()


def test_the_action_on_the_emulator(tmp_path: Path, runner: dict[str, str]) -> None:
    """Whatever the name of the description holds."""
    (tmp_path / "my $(touch hacked) api.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: Shop, version: '1', description: A shop.}\n"
        "security: []\npaths:\n  /items:\n    get:\n      operationId: listItems\n"
        "      description: Lists.\n      responses: {'200': {description: Items.}}\n"
    )
    done = run_steps({"spec": "my $(touch hacked) api.yaml"}, tmp_path, runner)
    assert [one.returncode for one in done] == [0, 0], done[-1].stdout + done[-1].stderr
    assert not (tmp_path / "hacked").exists()


def test_the_action_fails_where_a_step_does(tmp_path: Path, runner: dict[str, str]) -> None:
    (tmp_path / "bad.yaml").write_text("openapi: 3.1.0\npaths: {}\n")
    (done,) = run_steps({"spec": "bad.yaml"}, tmp_path, runner)
    assert done.returncode == 1
    assert "::error " in done.stdout
    assert "file=bad.yaml" in done.stdout


@pytest.mark.exhaustive
def test_the_action_installs_itself(tmp_path: Path, runner: dict[str, str]) -> None:
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    keep = {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "SSL_"))}
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
    own = {**runner, **keep, "PATH": path}
    done = run_steps({"spec": "telnyx"}, tmp_path, own, install=True)
    assert [one.returncode for one in done] == [0, 0, 0], done[-1].stdout + done[-1].stderr


def matrix() -> list[str]:
    read = yaml.safe_load(WORKFLOW.read_text())
    versions: list[str] = read["jobs"]["test"]["strategy"]["matrix"]["python-version"]
    return versions


def test_the_matrix_holds_every_python_that_is_promised() -> None:
    prefix = "Programming Language :: Python :: "
    promised = [
        text.removeprefix(prefix)
        for text in PROJECT["project"]["classifiers"]
        if text.startswith(prefix)
    ]
    assert promised == matrix()
    assert PROJECT["project"]["requires-python"] == f">={promised[0]}"
    (default,) = {action()["inputs"]["python-version"]["default"]}
    assert default in promised
