"""What a run may cost: requests, seconds, and how fast they may follow each other."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from trunkline.contract.model import Budget


class BudgetSpentError(Exception):
    """The run has used the requests or seconds it was given."""


class RequestMeter:
    """Counts requests and keeps to the budget; shared by everything that sends."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._next = 0.0
        self._started = time.monotonic()
        self._free = False
        self.sent = 0
        self.stopped = False
        """Set when the user wants to end: the next request raises `KeyboardInterrupt`. Requests
        under way are finished first, so that what they create is known."""

    @property
    def spent(self) -> bool:
        """Whether nothing may be sent any more."""
        if self._free:
            return False
        if self._budget.requests is not None and self.sent >= self._budget.requests:
            return True
        return self._budget.seconds is not None and self.elapsed >= self._budget.seconds

    @property
    def elapsed(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self._started

    @contextmanager
    def free(self) -> Iterator[None]:
        """Cleaning up goes beyond the budget rather than leaving things behind."""
        self._free = True
        try:
            yield
        finally:
            self._free = False

    def hold(self, seconds: float) -> None:
        """No request before so many seconds have gone by: the server asks for it."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)

    def take(self) -> None:
        """Wait for the rate limit and count one request; `BudgetSpentError` when none is left."""
        with self._lock:
            if self.stopped and not self._free:
                raise KeyboardInterrupt
            if self.spent:
                raise BudgetSpentError
            self.sent += 1
            now = time.monotonic()
            wait = max(0.0, self._next - now)
            if self._budget.rate:
                self._next = max(now, self._next) + 1 / self._budget.rate
        if wait:
            time.sleep(wait)
