"""Generated packages as their users' tools see them: mypy, pyright and ruff find nothing."""

import subprocess
import sys
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


@pytest.mark.parametrize("package", PACKAGES)
def test_pyright_strict(package: str) -> None:
    succeeds(package, BIN / "pyright", "--pythonpath", sys.executable, f"trunkline_{package}")


@pytest.mark.parametrize("package", PACKAGES)
def test_ruff_changes_nothing(package: str) -> None:
    succeeds(package, BIN / "ruff", "check", "--no-cache", ".")
    succeeds(package, BIN / "ruff", "format", "--no-cache", "--check", ".")


@pytest.mark.parametrize("package", PACKAGES)
def test_its_own_tests_pass(package: str) -> None:
    succeeds(package, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
