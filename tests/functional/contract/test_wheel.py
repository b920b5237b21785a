"""The suite as people get it: a wheel in an empty environment, a server of somebody else's."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PASSIVE = {"no-server-error", "status-documented", "response-schema"}
"""Rules every response is held to, whichever check asked for it."""

pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The command `trunkline` of an environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("wheel")
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(folder / "dist")))
    uv = Path(sys.executable).with_name("uv")
    environment = folder / "environment"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, environment], check=True)
    python = environment / "bin" / "python"
    constraints = ROOT / "constraints.txt"
    install = [uv, "pip", "install", "--quiet", "--python", python, "--constraint", constraints]
    subprocess.run([*install, wheel], check=True)
    shutil.copy(HERE / "library.yaml", folder)
    return environment / "bin" / "trunkline"


@pytest.fixture
def run(installed, tmp_path):
    """Runs `trunkline test` beside a copy of the description; exit code and rules broken."""

    def started(url, *arguments):
        command = [installed, "test", "library.yaml", "--base-url", url, *arguments]
        done = subprocess.run(
            [*command, "--json", str(tmp_path / "report.jsonl")],
            cwd=installed.parents[2],
            # Nothing of the checkout, and no credentials on the command line.
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "TRUNKLINE_TOKEN": "card-of-ada",
                "TRUNKLINE_OTHER_TOKEN": "card-of-bob",
            },
            check=False,
            capture_output=True,
            text=True,
        )
        lines = (tmp_path / "report.jsonl").read_text().splitlines()
        records = [json.loads(line) for line in lines]
        broken = {r["rule"] for r in records if r["kind"] == "violation"}
        return done.returncode, broken, done.stdout + done.stderr

    return started


def test_a_correct_service(library, run):
    with library() as url:
        code, broken, said = run(url)
    assert (code, broken) == (0, set()), said


def test_one_bug_in_a_whole_run(library, run):
    with library("removed-still-listed") as url:
        code, broken, said = run(url)
    assert code == 1, said
    assert "delete-unlisted" in broken


@pytest.mark.exhaustive
def test_every_bug(library, run, bug, rules):
    only = () if rules <= PASSIVE else sorted(rules - PASSIVE)
    options = [part for rule in only for part in ("--only", rule)]
    with library(bug) as url:
        code, broken, said = run(url, "--profile", "full" if only else "smoke", *options)
    assert code == 1, said
    assert broken & rules
