"""Writing: all texts are on disk before the first one takes its place."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError
from trunkline.output.changes import Change, Changes
from trunkline.output.manifest import MANIFEST


def write(changes: Changes, *, force: bool = False) -> None:
    """Bring the target folder to what was planned.

    Refuses with HAND_EDITED, before anything is touched, when somebody changed a file since it
    was generated, unless `force`. New texts are staged beside the target and then moved, the
    manifest last, so an interruption leaves whole files only.
    """
    from trunkline.diagnostics import Diagnostics

    if changes.hand_edited and not force:
        found = Diagnostics()
        changes.report_edits(found)
        raise TrunklineError(list(found), ExitCode.FINDINGS)
    if not changes:
        return
    target = changes.target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            _stage(changes, stage)
            _move(changes, stage)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        place = error.filename or target
        raise TrunklineError(
            [Diagnostic(Code.BAD_VALUE, f"Cannot write {place}: {error.strerror}")],
            ExitCode.USAGE,
        ) from error


def _stage(changes: Changes, stage: Path) -> None:
    for change in changes.changes:
        if change.new is not None:
            place = stage / change.path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("w", encoding="utf-8", newline="\n") as file:
                file.write(change.new)
                file.flush()


def _move(changes: Changes, stage: Path) -> None:
    target = changes.target
    ordered = sorted(changes.changes, key=lambda c: (c.path == MANIFEST, c.path))
    for change in ordered:
        place = target / change.path
        if change.new is None:
            place.unlink(missing_ok=True)
            _prune(change, target)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        (stage / change.path).replace(place)


def _prune(change: Change, target: Path) -> None:
    """Remove folders that became empty."""
    for parent in change.path.parents:
        folder = target / parent
        if folder == target or not folder.is_dir():
            return
        try:
            folder.rmdir()
        except OSError:
            return
