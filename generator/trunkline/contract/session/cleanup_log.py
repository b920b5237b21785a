"""What a run has created and not yet deleted, on disk, so that a killed run can be cleaned up."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import lock_descriptor


def cleanup_log_folder() -> Path:
    """Where journals are kept for the user: the same for all runs, so that one finds another's."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "trunkline" / "cleanup log"


@dataclass(frozen=True, slots=True)
class CleanupEntry:
    """One object to delete: by `operation`, at `path` (parameters filled in), as `actor`.

    `body` is sent where the operation takes one: the call of a JSON-RPC method.
    """

    operation: str
    path: str
    actor: str
    body: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other objects."""
        return self.path, self.body


class CleanupLog:
    """A file with one line when an object is created and one when it is gone.

    Lines are appended whole and at once, so a line cut short by a kill can only be the last. The
    log of a run that is alive holds a lock on its file: one that can be locked was left behind by
    a dead run. A log with nothing left to delete is removed. Without a folder nothing is kept.
    """

    def __init__(self, folder: Path | None, server: str) -> None:
        self._open: dict[tuple[str, str], CleanupEntry] = {}
        self._descriptor: int | None = None
        self._path: Path | None = None
        self._folder = folder
        self._prefix = hashlib.sha256(server.encode()).hexdigest()[:16]
        self.markers: list[str] = []
        """Marks of the texts that the dead runs taken over by `adopt` wrote."""
        self.adopted: set[tuple[str, str]] = set()
        """Keys of the entries that were taken over."""
        if folder is not None:
            self._path = folder / f"{self._prefix}-{uuid.uuid4().hex}.jsonl"

    def adopt(self) -> list[CleanupEntry]:
        """Take over what dead runs against the same server left behind; their files go."""
        if self._folder is None or not self._folder.is_dir():
            return []
        taken: list[CleanupEntry] = []
        for path in sorted(self._folder.glob(f"{self._prefix}-*.jsonl")):
            with contextlib.suppress(OSError), path.open("r+", encoding="utf-8") as file:
                if not lock_descriptor(file.fileno(), blocking=False):
                    continue
                text = file.read()
                entries = list(_read(text))
                self.markers += _markers(text)
                self.adopted |= {entry.key for entry in entries}
                for entry in entries:
                    self.created(entry)
                taken += entries
                path.unlink()
        return taken

    def begin(self, marker: str) -> None:
        """Note the mark of this run's texts: what a kill leaves unnoted is found by it."""
        self._append({"marker": marker})

    def created(self, entry: CleanupEntry) -> None:
        """Note an object before anything else is done with it."""
        self._open[entry.key] = entry
        body = [entry.body] if entry.body else []
        self._append({"created": [entry.operation, entry.path, entry.actor, *body]})

    def gone(self, path: str, body: str = "") -> None:
        """Note that an object is deleted."""
        if self._open.pop((path, body), None) is not None:
            self._append({"gone": [path, body] if body else path})

    @property
    def entries(self) -> list[CleanupEntry]:
        """What is still there, newest first: children before their parents."""
        return list(reversed(self._open.values()))

    def close(self) -> None:
        """Close the file, and remove it when nothing is left to delete."""
        if self._path is not None and not self._open:
            self._path.unlink(missing_ok=True)
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _append(self, line: dict[str, object]) -> None:
        if self._path is None:
            return
        if self._descriptor is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._descriptor = os.open(self._path, flags, 0o600)
            lock_descriptor(self._descriptor)
        os.write(self._descriptor, (json.dumps(line) + "\n").encode())


def _markers(text: str) -> list[str]:
    return re.findall(r'^\{"marker": "(\w{8,})"\}$', text, re.MULTILINE)


def _read(text: str) -> Iterator[CleanupEntry]:
    alive: dict[tuple[str, str], CleanupEntry] = {}
    for line in text.splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if not isinstance(record, dict):
            continue
        created, gone = _texts(record.get("created")), _texts(record.get("gone"))
        if len(created) in {3, 4}:
            entry = CleanupEntry(*created)
            alive[entry.key] = entry
        elif len(gone) in {1, 2}:
            alive.pop((gone[0], gone[1] if len(gone) == 2 else ""), None)
    yield from alive.values()


def _texts(value: object) -> list[str]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(part, str) for part in found):
        return []
    return found
