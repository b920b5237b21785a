"""What writing would change."""

from __future__ import annotations

import difflib
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.output.manifest import (
    MANIFEST,
    STAGE,
    digest,
    is_inside,
    manifest_text,
    read_manifest,
)
from trunkline.position import Position


class ChangeKind(enum.Enum):
    """What happens to a file."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One file that differs; `old` and `new` are None where there is no such file."""

    path: PurePosixPath
    kind: ChangeKind
    old: str | None
    new: str | None

    def diff(self) -> str:
        """A unified diff; texts without an end of line get git's remark."""
        lines = difflib.unified_diff(
            (self.old or "").splitlines(keepends=True),
            (self.new or "").splitlines(keepends=True),
            f"a/{self.path}" if self.old is not None else "/dev/null",
            f"b/{self.path}" if self.new is not None else "/dev/null",
        )
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All files that differ, by path; `hand_edited` are those someone changed since."""

    target: Path
    changes: tuple[Change, ...]
    hand_edited: tuple[PurePosixPath, ...]
    known: frozenset[PurePosixPath] = frozenset()
    """Files that were generated there before."""

    def __bool__(self) -> bool:
        return bool(self.changes)

    def diff(self) -> str:
        """One unified diff of everything, "" when nothing differs."""
        return "".join(change.diff() for change in self.changes)

    def report_stale(self, diagnostics: Diagnostics) -> None:
        """Add an OUT_OF_DATE finding per file that differs."""
        words = {
            ChangeKind.ADD: "is missing",
            ChangeKind.CHANGE: "differs",
            ChangeKind.REMOVE: "is no longer generated",
        }
        for change in self.changes:
            where = Position(str(self.target / change.path), 1, 1)
            diagnostics.add(Code.OUT_OF_DATE, f"Generated file {words[change.kind]}", where)

    def report_edits(self, diagnostics: Diagnostics) -> None:
        """Add a HAND_EDITED finding per file that someone changed."""
        for path in self.hand_edited:
            where = Position(str(self.target / path), 1, 1)
            what = "was changed since it was generated" if path in self.known else "is not ours"
            diagnostics.add(
                Code.HAND_EDITED,
                f"The file {what}",
                where,
                "--force overwrites it; --out FOLDER generates somewhere else",
            )


def plan_changes(files: Mapping[PurePosixPath, str], target: Path) -> Changes:
    """Compare `files` with what is in `target`, the manifest included.

    Files that the manifest lists and `files` lacks are to be removed; files it does not list are
    left alone. Files that a killed run had moved already are known by its stage. Raises
    `TrunklineError` for a path that leads out of the folder, and for symbolic links in the way.
    """
    for path in files:
        if not is_inside(path):
            raise _refused(f"{str(path)!r} leads outside the package's folder", target)
    if target.is_symlink():
        raise _refused("A symbolic link is in the way", target)
    wanted = {**files, MANIFEST: manifest_text(files)}
    listed, staged = read_manifest(target), read_manifest(target / STAGE)
    changes: list[Change] = []
    edited: list[PurePosixPath] = []
    for path in sorted({*wanted, *listed, *staged}):
        old = current(target, path)
        new = wanted.get(path)
        if old == new:
            continue
        ours = {listed.get(path), staged.get(path)}
        if old is not None and path != MANIFEST and digest(old) not in ours:
            edited.append(path)
        kind = (
            ChangeKind.REMOVE
            if new is None
            else ChangeKind.ADD
            if old is None
            else ChangeKind.CHANGE
        )
        changes.append(Change(path=path, kind=kind, old=old, new=new))
    return Changes(
        target=target,
        changes=tuple(changes),
        hand_edited=tuple(edited),
        known=frozenset(listed),
    )


def current(target: Path, path: PurePosixPath) -> str | None:
    """The text of a file in `target`, None where there is none; `TrunklineError` for what is in
    the way."""
    place = target
    for part in path.parts:
        place = place / part
        if place.is_symlink():
            raise _refused("A symbolic link is in the way", place)
    if not place.exists():
        return None
    if not place.is_file():
        raise _refused("A folder is where a file has to go", place)
    # A checkout of Git for Windows has other line ends, and is the same file all the same.
    return place.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")


def _refused(message: str, place: Path) -> TrunklineError:
    where = Position(str(place), 1, 1)
    return TrunklineError([Diagnostic(Code.BAD_VALUE, message, where)], ExitCode.USAGE)
