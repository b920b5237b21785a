"""What is to happen later, by the server's clock."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

from trunkline.emulator.storage.clock import Clock


class Timers:
    """Work with a time at which it is due. Nothing runs by itself: `due` hands it out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = itertools.count(1)
        self.at: datetime | None = None
        """The time for which work is being done, which a moved clock may have left behind."""
        self.added: Callable[[], None] = lambda: None
        """Called when there is more to wait for."""

    def __len__(self) -> int:
        return len(self._queue)

    def now(self) -> datetime:
        """The time that work in progress was due at, else the clock's."""
        return self.at if self.at is not None else self._clock.now()

    def after(
        self, seconds: float, work: Callable[[], None], *, since: datetime | None = None
    ) -> datetime | None:
        """Remember `work`, due so long after `since` (now); returns when that is. What is beyond
        the calendar never happens: None."""
        try:
            due = (since or self.now()) + timedelta(seconds=max(seconds, 0.0))
        except OverflowError:
            return None
        self.at_time(due, work)
        return due

    def at_time(self, due: datetime, work: Callable[[], None]) -> None:
        """Remember `work`, due at an instant."""
        heapq.heappush(self._queue, (due, next(self._order), work))
        self.added()

    def next_in(self) -> float | None:
        """Seconds until something is due; None when nothing waits."""
        if not self._queue:
            return None
        return max(0.0, (self._queue[0][0] - self._clock.now()).total_seconds())

    def due(self) -> tuple[datetime, Callable[[], None]] | None:
        """The oldest work whose time has come, taken from the queue."""
        if self._queue and self._queue[0][0] <= self._clock.now():
            due, _, work = heapq.heappop(self._queue)
            return due, work
        return None

    def clear(self) -> None:
        """Forget everything."""
        self._queue.clear()
        self.at = None
