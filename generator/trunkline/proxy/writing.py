"""The file that exchanges are added to: one process's alone, whole after each of them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import lock_descriptor

from trunkline.diagnostics import Code, TrunklineError
from trunkline.proxy import har
from trunkline.proxy.recording import Recorded, put, taken

_LINE = b'{"method":'
"""What every line of a recording begins with."""


class _Lines:
    """Adds exchanges as JSON lines."""

    def __init__(self, descriptor: int) -> None:
        self._file = descriptor
        if taken(descriptor, 0, len(_LINE)) not in (b"", _LINE):
            raise ValueError("it is no recording")
        end = os.fstat(descriptor).st_size
        if end and taken(descriptor, end - 1, 1) != b"\n":
            put(descriptor, end, b"\n")  # a process that was killed has left half a line

    def write(self, recorded: Recorded) -> None:
        """Add one exchange."""
        end = os.fstat(self._file).st_size
        try:
            put(self._file, end, recorded.line().encode())
        except OSError:
            os.ftruncate(self._file, end)  # half a line would spoil those after it
            raise


@contextlib.contextmanager
def writing(path: Path, upstream: str) -> Iterator[Callable[[Recorded], None]]:
    """What adds an exchange to a file that only its owner may read; `TrunklineError` where it
    cannot be written to, is something else, or is another process's."""
    with contextlib.ExitStack() as opened:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            opened.callback(os.close, descriptor)
            _take(descriptor)
            write = (
                har.HarWriter(descriptor, upstream.rstrip("/")).write
                if path.suffix == har.SUFFIX
                else _Lines(descriptor).write
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise TrunklineError.usage(
                Code.BAD_VALUE, f"cannot write to {path}: {reason}"
            ) from None
        yield write


def _take(descriptor: int) -> None:
    """Keep other processes from writing to a file until it is closed."""
    if not lock_descriptor(descriptor, blocking=False):
        raise ValueError("another process records to it")
