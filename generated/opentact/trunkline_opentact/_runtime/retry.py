# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""When a request is sent again, and how long to wait before.

An idempotent request (by its method, by the description, or by an idempotency key) is repeated
after a lost connection, a timeout, 408, 429, 500, 502, 503 and 504. Any other is repeated only
where the server surely has not processed it: no connection was made, or it answered 429. A body
that cannot be read twice is never sent twice.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Mapping
from typing import Final

import httpx2

BACKOFF: Final = 0.5
"""Seconds before the first repetition; each further one waits twice as long."""

BACKOFF_LIMIT: Final = 8.0
RETRY_AFTER_LIMIT: Final = 60.0
"""Seconds that a server may make the caller wait; asked for longer, the error is raised."""

_STATUSES: Final = frozenset({408, 429, 500, 502, 503, 504})
_NOT_SENT: Final = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_LOST: Final = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)


def after_status(status: int, *, idempotent: bool) -> bool:
    """Whether an answer with this status lets the request be repeated."""
    return status in _STATUSES if idempotent else status == 429


def after_failure(error: Exception, *, idempotent: bool) -> bool:
    """Whether a failure without answer lets the request be repeated."""
    return isinstance(error, _LOST if idempotent else _NOT_SENT)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that `Retry-After` asks for, as number or as date; None without a good one."""
    value = headers.get("retry-after")
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        from email.utils import parsedate_to_datetime

        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
        seconds = moment.timestamp() - time.time()
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def delay(attempt: int, headers: Mapping[str, str] | None) -> float | None:
    """Seconds to wait after attempt number `attempt` (from 0); None: do not try again."""
    asked = None if headers is None else retry_after(headers)
    if asked is not None:
        return None if asked > RETRY_AFTER_LIMIT else asked
    longest = min(BACKOFF * 2.0**attempt, BACKOFF_LIMIT)
    return longest * (0.5 + random.random() / 2)  # noqa: S311
