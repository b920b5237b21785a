"""Writing: all texts are on disk before the first one takes its place.

They are staged in a folder inside the target, the new manifest among them. A run that is killed
leaves whole files only, and leaves its stage, by which the next run knows that the files it finds
are not edits of somebody's.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.output.changes import Change, Changes, current
from trunkline.output.lock import busy, exclusive
from trunkline.output.manifest import MANIFEST, STAGE


def write(changes: Changes, *, force: bool = False) -> None:
    """Bring the target folder to what was planned.

    Refuses with HAND_EDITED, before anything is touched, when somebody changed a file since it
    was generated, unless `force`; with BUSY when another run is writing there, or has been since
    the plan was made; with CANNOT_WRITE when the disk does not take it.
    """
    if changes.hand_edited and not force:
        found = Diagnostics()
        changes.report_edits(found)
        raise TrunklineError(list(found), ExitCode.FINDINGS)
    target = changes.target
    stage = target / STAGE
    if not changes and not stage.exists():
        return
    try:
        target.mkdir(parents=True, exist_ok=True)
        with exclusive(target):
            if any(current(target, c.path) not in {c.old, c.new} for c in changes.changes):
                raise busy(target)
            shutil.rmtree(stage, ignore_errors=True)
            try:
                _stage(changes, stage)
            except BaseException:
                shutil.rmtree(stage, ignore_errors=True)
                raise
            _move(changes, stage)
            shutil.rmtree(stage)
    except OSError as error:
        place = error.filename or target
        raise TrunklineError(
            [Diagnostic(Code.CANNOT_WRITE, f"Cannot write {place}: {error.strerror}")],
            ExitCode.USAGE,
        ) from error


def _stage(changes: Changes, stage: Path) -> None:
    # The manifest is last: a stage that has one is complete.
    for change in _manifest_last(changes):
        if change.new is not None:
            place = stage / change.path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("w", encoding="utf-8", newline="\n") as file:
                file.write(change.new)


def _move(changes: Changes, stage: Path) -> None:
    target = changes.target
    for change in _manifest_last(changes):
        place = target / change.path
        if change.new is None:
            place.unlink(missing_ok=True)
            _prune(change, target)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        (stage / change.path).replace(place)


def _manifest_last(changes: Changes) -> list[Change]:
    return sorted(changes.changes, key=lambda c: (c.path == MANIFEST, c.path))


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
