"""Building a package: complete, checked, reproducible, and nothing left when it cannot be done."""

import tarfile
import zipfile
from pathlib import Path

import pytest

from trunkline.diagnostics import Code, ExitCode, TrunklineError
from trunkline.release import build

PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "trunkline-example"
version = "1.2.3"
readme = "README.md"
requires-python = ">=3.11"
license = "MIT"
license-files = ["LICENSE"]

[tool.hatch.build.targets.wheel]
packages = ["trunkline_example"]
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    root = tmp_path / "example"
    code = root / "trunkline_example"
    code.mkdir(parents=True)
    (root / "pyproject.toml").write_text(PROJECT)
    (root / "README.md").write_text("# Example\n\nText.\n")
    (root / "LICENSE").write_text("MIT License\n")
    (code / "__init__.py").write_text("ANSWER = 42\n")
    (code / "py.typed").write_text("")
    return root


def test_wheel_and_sdist_hold_the_package(package: Path, tmp_path: Path) -> None:
    made = build(package, tmp_path / "dist")

    assert (made.name, made.version) == ("trunkline-example", "1.2.3")
    assert made.wheel.name == "trunkline_example-1.2.3-py3-none-any.whl"
    wheel = zipfile.ZipFile(made.wheel).namelist()
    assert "trunkline_example/__init__.py" in wheel
    assert "trunkline_example/py.typed" in wheel
    with tarfile.open(made.sdist) as sdist:
        assert "trunkline_example-1.2.3/pyproject.toml" in sdist.getnames()


def test_two_builds_in_different_folders_are_the_same_bytes(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "deeper"
    copy.parent.mkdir()
    package.rename(copy)
    first = build(copy, tmp_path / "one")
    copy.rename(package)
    (package / "trunkline_example" / "__init__.py").touch()
    second = build(package, tmp_path / "two")

    assert first.digests == second.digests


def test_the_day_of_the_build_is_not_in_it(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = build(package, tmp_path / "plain")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert build(package, tmp_path / "dated").digests == plain.digests


def test_folder_without_a_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrunklineError) as caught:
        build(tmp_path, tmp_path / "dist")

    assert caught.value.exit_code is ExitCode.USAGE
    assert caught.value.diagnostics[0].code is Code.FILE_MISSING
    assert not (tmp_path / "dist").exists()


def test_package_without_type_marker_leaves_nothing_behind(package: Path, tmp_path: Path) -> None:
    (package / "trunkline_example" / "py.typed").unlink()

    with pytest.raises(TrunklineError, match=r"no type marker"):
        build(package, tmp_path / "dist")

    assert not (tmp_path / "dist").exists()
