"""Where a contract run stands: one line rewritten on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import shutil
import sys
import time

from trunkline.contract import Progress

_PAUSE = 5.0
"""Seconds between two lines where lines cannot be rewritten."""


class ProgressLine:
    """Shows progress on stderr."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._started = self._last = time.monotonic()
        self._rewrite = sys.stderr.isatty()

    def __call__(self, progress: Progress) -> None:
        """Show `progress`, unless something was shown a moment ago."""
        now = time.monotonic()
        if now - self._last < (0.1 if self._rewrite else _PAUSE):
            return
        self._last = now
        elapsed = now - self._started
        left = elapsed / progress.done * (progress.total - progress.done) if progress.done else 0
        remaining = f"about {left:.0f} s left, " if elapsed > 1 and progress.done else ""
        text = (
            f"{self._title}: {progress.done}/{progress.total}, {remaining}"
            f"{progress.requests} requests, {progress.violations} violations, {progress.doing}"
        )
        if self._rewrite:
            width = shutil.get_terminal_size().columns - 1
            shown = text if len(text) <= width else f"{text[: width - 1]}…"
            sys.stderr.write(f"\r\x1b[2K{shown}")
        else:
            sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Take the line away."""
        if self._rewrite:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
