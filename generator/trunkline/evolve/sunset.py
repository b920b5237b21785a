"""Deprecation with a date: what may be removed, and when."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping

from trunkline import ir

KEY = "x-sunset"


class Removal(enum.Enum):
    """Whether a removal was announced, and whether it waited for the day announced."""

    UNANNOUNCED = "unannounced"
    EARLY = "early"
    ON_TIME = "on time"


def sunset(extensions: Mapping[str, ir.Json]) -> datetime.date | None:
    """The day given as `x-sunset` (RFC 3339 date, or a time of which the day counts), or None."""
    value = extensions.get(KEY)
    if not isinstance(value, str):
        return None
    try:
        return datetime.date.fromisoformat(value[:10])
    except ValueError:
        return None


def removal(
    deprecated: bool, extensions: Mapping[str, ir.Json], today: datetime.date
) -> tuple[Removal, str]:
    """How a removal on `today` stands to what was announced, and the day as text."""
    day = sunset(extensions)
    if not deprecated or day is None:
        return Removal.UNANNOUNCED, ""
    return (Removal.ON_TIME if day <= today else Removal.EARLY), day.isoformat()
