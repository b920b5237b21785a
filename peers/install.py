"""Install what the tests and benchmarks run beside Trunkline: official clients and peer tools.

    python peers/install.py clients [tools]

Each folder here is a group. Its `package.json` is installed by npm into `.peers/<group>/`
(so programs are in `.peers/<group>/node_modules/.bin/`), and each `NAME.txt` by uv into an
environment of its own, `.peers/<group>/NAME/`. What is there already is left alone.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / ".peers"
UV = Path(sys.executable).parent / "uv"


def install(group: str) -> None:
    """Bring one group up to date."""
    for wanted in sorted((HERE / group).iterdir()):
        folder = TARGET / group
        stamp = folder / f".{wanted.name}.installed"
        text = wanted.read_text(encoding="utf-8")
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == text:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        if wanted.name == "package.json":
            shutil.copy(wanted, folder / wanted.name)
            run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", cwd=folder)
        else:
            environment = folder / wanted.stem
            run(UV, "venv", "--quiet", "--allow-existing", environment)
            python = environment / "bin" / "python"
            run(UV, "pip", "install", "--quiet", "--python", python, "--requirement", wanted)
        stamp.write_text(text, encoding="utf-8")


def run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a command; an absent program or a failure ends the installation with one line."""
    try:
        subprocess.run(command, cwd=cwd, check=True)
    except FileNotFoundError:
        sys.exit(f"peers: {command[0]} is not installed")
    except subprocess.CalledProcessError as error:
        sys.exit(f"peers: {' '.join(map(str, command))} ended with {error.returncode}")


if __name__ == "__main__":
    groups = sys.argv[1:]
    known = sorted(path.name for path in HERE.iterdir() if path.is_dir())
    if not groups or set(groups) - set(known):
        sys.exit(f"usage: python peers/install.py GROUP…   groups: {', '.join(known)}")
    for group in groups:
        install(group)
