"""What every command line tool is asked first."""

import subprocess
import sys

from trunkline import __version__


def test_the_version_and_the_module(trunkline):
    said = trunkline("--version")
    assert (said.returncode, said.stdout) == (0, f"trunkline {__version__}\n")
    module = subprocess.run(
        [sys.executable, "-m", "trunkline", "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (module.returncode, module.stdout) == (0, said.stdout)
