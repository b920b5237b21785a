"""One writer at a time: a lock in the folder, which ends with the process that holds it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError

PATIENCE = 10.0
"""Seconds to wait for another run."""
_FILE = ".trunkline.lock"


@contextmanager
def exclusive(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold `folder`, which must exist, for this process alone.

    Raises `TrunklineError` (BUSY) when another one holds it for longer than `patience` seconds.
    """
    lock = FileLock(folder / _FILE, timeout=patience)
    try:
        lock.acquire(poll_interval=0.05)
    except Timeout:
        raise busy(folder) from None
    try:
        yield
    finally:
        # Whoever waits for it notices that the file is gone, and begins with a new one. Windows
        # keeps a file that is open.
        with contextlib.suppress(OSError):
            (folder / _FILE).unlink()
        lock.release()


def busy(folder: Path) -> TrunklineError:
    """Another run is at work in `folder`."""
    message = f"Another run is writing to {folder}; nothing was changed"
    return TrunklineError(
        [Diagnostic(Code.BUSY, message, hint="run again when it has ended")], ExitCode.FINDINGS
    )
