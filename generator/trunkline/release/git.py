"""What git knows about the files of a release."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path


def revision(folder: Path) -> str | None:
    """The commit that is checked out around `folder`; None outside a repository."""
    said = _git(folder, "rev-parse", "--verify", "HEAD")
    return said.strip() if said else None


def uncommitted(folder: Path, paths: Sequence[Path]) -> list[str] | None:
    """Files below `paths` that differ from what is committed, relative to the repository.

    None outside a repository, and where git is not installed.
    """
    wanted = [str(path.resolve()) for path in paths]
    said = _git(folder, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--", *wanted)
    if said is None:
        return None
    # `XY path`; a rename has its old path as an entry of its own, without a state.
    entries = [one for one in said.split("\0") if one]
    return sorted(one[3:] if one[2:3] == " " else one for one in entries)


def released(folder: Path, name: str) -> list[str]:
    """The tags `NAME-v…` around `folder`: what was released; none outside a repository."""
    said = _git(folder, "tag", "--list", f"{name}-v*")
    return sorted(said.split()) if said else []


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
