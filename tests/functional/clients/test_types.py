"""Generated packages as their users' tools see them: mypy, pyright and ruff find nothing."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BIN = Path(sys.executable).parent
PACKAGES = sorted(path.parent.name for path in (ROOT / "generated").glob("*/pyproject.toml"))


def succeeds(package: str, *command: object) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT / "generated" / package,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_every_description_has_a_package() -> None:
    assert sorted(path.parent.name for path in (ROOT / "specs").glob("*/openapi.yaml")) == PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_mypy_strict(package: str) -> None:
    succeeds(package, BIN / "mypy", "--strict", f"trunkline_{package}", "tests", "examples")


def test_pyright_strict(tmp_path: Path) -> None:
    """All in one process, each in an environment of its own with the settings of its project."""
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": [f"{package}/trunkline_{package}" for package in PACKAGES],
        "executionEnvironments": [{"root": package} for package in PACKAGES],
    }
    for package in PACKAGES:
        own = tomllib.loads((ROOT / "generated" / package / "pyproject.toml").read_text())
        assert own["tool"]["pyright"] == {"typeCheckingMode": "strict", "pythonVersion": "3.11"}
        (tmp_path / package).symlink_to(ROOT / "generated" / package)
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [BIN / "pyright", "-p", tmp_path, "--pythonpath", sys.executable, "--stats"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    checked = re.search(r"Total files checked: (\d+)", done.stdout)
    files = [f for p in PACKAGES for f in (ROOT / "generated" / p / f"trunkline_{p}").rglob("*.py")]
    assert checked is not None
    assert int(checked[1]) == len(files)


@pytest.mark.parametrize("package", PACKAGES)
def test_ruff_changes_nothing(package: str) -> None:
    succeeds(package, BIN / "ruff", "check", "--no-cache", ".")
    succeeds(package, BIN / "ruff", "format", "--no-cache", "--check", ".")


@pytest.mark.parametrize("package", PACKAGES)
def test_its_own_tests_pass(package: str) -> None:
    succeeds(package, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
