"""The README's example, run as it is printed."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_example_runs_as_printed() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (command,) = re.findall(r"`trunkline (serve telnyx --port \d+)`", text)
    server = subprocess.Popen(
        [Path(sys.executable).with_name("trunkline"), *command.split(), "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("{")
        ran = subprocess.run(
            [sys.executable, "-c", example],
            cwd=ROOT / "generated" / "telnyx",
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        server.kill()
        server.communicate()

    assert ran.returncode == 0, ran.stderr
    profile, status = ran.stdout.splitlines()
    assert re.fullmatch(r"[1-9][0-9]{18} office 10", profile)
    assert status == "404"
