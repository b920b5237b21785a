"""One pass of ruff over everything that was printed."""

from __future__ import annotations

import os
import subprocess
import sysconfig
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from trunkline.diagnostics import Code, Diagnostics


def _ruff() -> str:
    """The ruff that was installed with this interpreter, else the one on the path."""
    beside = Path(sysconfig.get_path("scripts")) / f"ruff{sysconfig.get_config_var('EXE') or ''}"
    return str(beside) if beside.is_file() else "ruff"


def formatted(
    files: Mapping[PurePosixPath, str], diagnostics: Diagnostics
) -> dict[PurePosixPath, str]:
    """The same files: Python with unused imports removed, imports sorted, and formatted.

    Python in Markdown is formatted too.

    The rules are those of the `pyproject.toml` among the files. Text that ruff cannot read comes
    back as it was, with a FORMATTER finding.
    """
    shown = [path for path in files if path.suffix in {".py", ".md"}]
    with tempfile.TemporaryDirectory(prefix="trunkline-") as name:
        root = Path(name)
        for path, text in files.items():
            if path.suffix in {".py", ".md", ".toml"}:
                target = root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, "utf-8", newline="\n")
        if not (root / "pyproject.toml").exists():
            (root / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n", "utf-8")
        for command in (["check", "--select", "F401,I", "--fix-only"], ["format"]):
            done = subprocess.run(
                [_ruff(), *command, "--no-cache", "--quiet", "."],
                cwd=root,
                env={**os.environ, "NO_COLOR": "1"},
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
            if done.returncode:
                said = (done.stderr or done.stdout).strip().splitlines()
                diagnostics.add(
                    Code.FORMATTER, f"ruff {command[0]} failed: {said[0] if said else 'no output'}"
                )
        result = dict(files)
        for path in shown:
            result[path] = (root / path).read_text("utf-8")
    return result
