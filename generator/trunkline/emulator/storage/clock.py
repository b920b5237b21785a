"""The server's clock: the machine's, unless frozen or moved."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time in UTC; can be frozen at an instant and moved by seconds."""

    def __init__(self) -> None:
        self._frozen: datetime | None = None
        self._offset = timedelta()
        self.changed: Callable[[], None] = lambda: None
        """Called when it was frozen, moved or let run."""

    @property
    def setting(self) -> tuple[str | None, float]:
        """The instant it stands at, and the seconds that it is ahead of the machine's."""
        frozen = self._frozen.isoformat() if self._frozen is not None else None
        return frozen, self._offset.total_seconds()

    def set(self, frozen: str | None, ahead: float) -> None:
        """Back to a `setting`; ValueError when it is none."""
        self._frozen = datetime.fromisoformat(frozen) if frozen is not None else None
        self._offset = timedelta(seconds=ahead)

    def seconds(self) -> float:
        """The current instant, in seconds since 1970: for what is noted and seldom read."""
        if self._frozen is not None:
            return self._frozen.timestamp()
        return time.time() + self._offset.total_seconds() if self._offset else time.time()

    def now(self) -> datetime:
        """The current instant, in UTC."""
        if self._frozen is not None:
            return self._frozen
        now = datetime.fromtimestamp(time.time(), UTC)
        return now + self._offset if self._offset else now

    def freeze(self, at: datetime | None = None) -> datetime:
        """Stop at `at`, or at the current instant."""
        self._frozen = at.astimezone(UTC) if at is not None else self.now()
        self.changed()
        return self._frozen

    def move(self, seconds: float) -> datetime:
        """Go forward (or back) by `seconds`; OverflowError outside the calendar."""
        step = timedelta(seconds=seconds)
        if self._frozen is not None:
            self._frozen += step
            self.changed()
        else:
            offset = self._offset + step
            # Outside the calendar this raises, and the clock stays as it was.
            moved = datetime.fromtimestamp(time.time(), UTC) + offset
            self._offset = offset
            self.changed()
            return moved
        return self._frozen

    def run(self) -> None:
        """Back to the machine's clock."""
        self._frozen = None
        self._offset = timedelta()
        self.changed()
