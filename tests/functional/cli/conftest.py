"""The command line as its users have it: a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TRUNKLINE = Path(sys.executable).with_name("trunkline")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def trunkline() -> Run:
    """Run one command line; folder, environment additions and timeout may be given."""

    def run(
        *arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        command: Sequence[str] = [str(TRUNKLINE), *arguments]
        return subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run
