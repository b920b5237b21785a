"""One writer at a time: a lock on the folder itself, which ends with the process that holds it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError

PATIENCE = 10.0
"""Seconds to wait for another run."""


@contextmanager
def exclusive(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold `folder`, which must exist, for this process alone.

    Raises `TrunklineError` (BUSY) when another one holds it for longer than `patience` seconds.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise busy(folder) from None
                time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


def busy(folder: Path) -> TrunklineError:
    """Another run is at work in `folder`."""
    message = f"Another run is writing to {folder}; nothing was changed"
    return TrunklineError(
        [Diagnostic(Code.BUSY, message, hint="run again when it has ended")], ExitCode.FINDINGS
    )
