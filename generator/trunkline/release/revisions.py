"""Files as a git revision has them, read without touching the working tree."""

from __future__ import annotations

import posixpath
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trunkline.diagnostics import Code, TrunklineError
from trunkline.overlay import FOLDER
from trunkline.source import RefusedError

_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of the repository at `top`; `name` is what the user called it."""

    top: Path
    name: str
    commit: str

    def read(self, path: str) -> bytes:
        """The file at `path`, relative to the repository; `OSError` where the commit has none."""
        content = _git(self.top, ["cat-file", "blob", f"{self.commit}:{path}"])
        if content is None:
            raise OSError(f"{self.name} has no such file")
        return content

    def has(self, path: str) -> bool:
        """Whether the commit has a file there."""
        return _git(self.top, ["cat-file", "-e", f"{self.commit}:{path}"]) is not None

    def overlays(self, root: str) -> dict[str, str]:
        """Path → text: the overlays that belong to the description at `root`, in name order."""
        folder = posixpath.dirname(root)
        packaged = posixpath.basename(posixpath.dirname(folder)) == "specs"
        packaged = packaged or self.has(_join(folder, "package.toml"))
        if posixpath.basename(root) != "openapi.yaml" or not packaged:
            return {}
        there = _join(folder, FOLDER)
        listed = _git(self.top, ["ls-tree", "-z", "--name-only", self.commit, f"{there}/"]) or b""
        names = [name for name in listed.decode().split("\0") if name.endswith(".yaml")]
        return {name: self.read(name).decode("utf-8", "replace") for name in sorted(names)}

    def fetcher(self, root: str) -> Inside:
        """Reads the references of the description at `root`."""
        folder = posixpath.dirname(root)
        outer = posixpath.dirname(folder)
        # As on disk: older versions in `history/` share the files of the newest.
        if posixpath.basename(folder) == "history" and self.has(_join(outer, "package.toml")):
            folder = outer
        return Inside(self, folder)


@dataclass(frozen=True, slots=True)
class Inside:
    """What may be read: the files of a revision in a folder and below."""

    revision: Revision
    folder: str

    def __call__(self, name: str) -> bytes:
        """The file `name`; `RefusedError` outside the folder."""
        path = posixpath.normpath(name)
        if "://" in name or not (self.folder == "" or path.startswith(f"{self.folder}/")):
            raise RefusedError
        if path.startswith(("../", "/")):
            raise RefusedError
        return self.revision.read(path)


def repository(folder: Path) -> Path | None:
    """The top of the working tree around `folder`; None where there is none."""
    said = _git(folder, ["rev-parse", "--show-toplevel"])
    return Path(said.decode().rstrip("\n")) if said else None


def find_revision(folder: Path, name: str) -> Revision | None:
    """The commit that `name` leads to in the repository around `folder`; None where to none."""
    top = repository(folder)
    if top is None or not name:
        return None
    said = _git(top, ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"])
    return Revision(top, name, said.decode().strip()) if said else None


def unknown_revision(name: str, hint: str) -> TrunklineError:
    """The one message for a revision that is none."""
    return TrunklineError.usage(Code.UNKNOWN_REVISION, f"{name!r} is no revision here", hint=hint)


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _git(folder: Path, arguments: Sequence[str]) -> bytes | None:
    """What git prints; None when it says no, takes too long, or is not installed."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
