"""The suites under pytest-xdist: two workers on one server, each tidying up after itself."""

import os
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

SUITES = Path(__file__).parents[3] / "contract_tests"


@pytest.mark.parametrize("bugs", [(), ("change-not-stored",)])
def test_two_workers_on_one_server(bugs, library, library_loaded, tmp_path):
    command = [sys.executable, "-m", "pytest", str(SUITES / "test_checks.py"), "-n", "2", "-q"]
    command += ["-p", "no:cacheprovider", "-k", "update-visible or create-read or null-clears"]
    command += ["--api", library_loaded.document.file.name, "-rf"]
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    environment |= {"TRUNKLINE_TOKEN": "card-of-ada", "TRUNKLINE_OTHER_TOKEN": "card-of-bob"}
    with library(*bugs) as url:
        result = subprocess.run(
            [*command, "--base-url", url],
            env=environment,
            cwd=SUITES.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        answer = httpx2.get(f"{url}/shelves", headers={"X-Library-Card": "card-of-ada"})
    assert answer.json()["count"] == 0
    assert result.returncode == (1 if bugs else 0), result.stdout
    assert " passed" in result.stdout
    if bugs:
        assert "shelves/update-visible" in result.stdout
        assert ">>> client.shelves.update(" in result.stdout
