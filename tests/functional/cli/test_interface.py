"""`import trunkline`: small, typed, quick, and what the commands do."""

import subprocess
import sys
from pathlib import Path

import pytest

import trunkline
from trunkline.diagnostics import TrunklineError

PROGRAM = """
from pathlib import Path
import trunkline

api = trunkline.load("telnyx").api
names: list[str] = [operation.id for operation in api.operations]
with trunkline.emulate("telnyx", seed=3) as server:
    url: str = server.url
    report = trunkline.test("telnyx", base_url=url, profile="smoke", max_requests=5)
folder: Path = trunkline.generate("telnyx", out=Path("x")).folder
bump: str = trunkline.diff("telnyx", "telnyx").bump
"""


def test_types_are_known(tmp_path: Path):
    """The checker has read the modules themselves in `make lint`, and its cache is used."""
    root = Path(trunkline.__file__).parents[2]
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", root / ".mypy_cache", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
    )
    assert done.returncode == 0, done.stdout


def test_importing_it_imports_nothing_slow():
    code = "import trunkline, sys; print([m for m in sys.modules if m.startswith('trunkline.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['trunkline.version']"


def test_only_what_is_listed_is_there():
    assert set(trunkline.__all__) == {
        "__version__",
        "diff",
        "emulate",
        "generate",
        "load",
        "replay",
        "test",
    }
    assert callable(trunkline.load)
    with pytest.raises(AttributeError, match="no attribute 'serve'"):
        trunkline.serve  # noqa: B018  # reading it is what raises


def test_mistakes_are_errors_with_a_position(tmp_path: Path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: 5\n")
    for act in (
        lambda: trunkline.load(broken),
        lambda: trunkline.generate(broken, out=tmp_path / "out"),
        lambda: trunkline.emulate(broken).__enter__(),
        lambda: trunkline.test(broken),
        lambda: trunkline.diff(broken, broken),
    ):
        with pytest.raises(TrunklineError) as caught:
            act()
        positions = [d.position for d in caught.value.diagnostics if d.position is not None]
        assert positions[0].line == 3
    assert not (tmp_path / "out").exists()


def test_a_defect_is_found():
    report = trunkline.test("telnyx", defects=["update-not-kept"], only=["update-visible"])
    assert report.violations
