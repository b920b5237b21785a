"""The pre-commit hooks, run by pre-commit in a repository of somebody who edits descriptions."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[3]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


@pytest.fixture
def begun(trunkline: Run, tmp_path: Path) -> Path:
    """A project as `trunkline init` begins it, with its package."""
    folder = tmp_path / "begun"
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    for arguments in (("init", "shop"), ("generate", "shop")):
        assert trunkline(*arguments, cwd=folder).returncode == 0
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    return folder


@pytest.fixture
def hooked(begun: Path, tmp_path: Path) -> Callable[[], "subprocess.CompletedProcess[str]"]:
    """Runs all hooks over all files. They run in this environment, as `language: system` does:
    building one of their own would need an index."""
    local = [{**hook, "language": "system"} for hook in HOOKS]
    config = {"repos": [{"repo": "local", "hooks": local}]}
    (begun / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    subprocess.run(["git", "add", ".pre-commit-config.yaml"], cwd=begun, check=True)
    scripts = str(Path(sys.executable).parent)

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--all-files"],
            cwd=begun,
            env={
                **os.environ,
                "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
                "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
                "XDG_CACHE_HOME": str(tmp_path / "cache"),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_manifest_is_one_that_pre_commit_reads() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(HOOKS) == 3


def test_hooks_pass_what_is_in_order_and_stop_what_is_not(
    begun: Path, hooked: Callable[[], "subprocess.CompletedProcess[str]"]
) -> None:
    fine = hooked()
    assert fine.returncode == 0, fine.stdout
    assert fine.stdout.count("Passed") == 3

    description = begun / "specs" / "shop" / "openapi.yaml"
    description.write_text(description.read_text().replace("maxLength: 100", "maxLength: -1", 1))
    stopped = hooked()

    assert stopped.returncode == 1
    assert stopped.stdout.count("Failed") >= 2
    assert "specs/shop/openapi.yaml:" in stopped.stdout
