"""How many objects fit some conditions: corrected with every write instead of counted again."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.emulator.storage.query import Condition, holds
from trunkline.ir import Json

_COUNTED = 16
"""Totals kept for each scope: each costs every write a look at the object,"""
_IDLE = 16
"""so those that nobody asks for while so much is written are forgotten."""


@dataclass(slots=True)
class _Total:
    """How many objects fit some conditions, and how much was written since somebody asked."""

    number: int
    idle: int = 0


class CountCache:
    """The totals known for each table and scope."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], dict[tuple[Condition, ...], _Total]] = {}

    def get(self, table: str, scope: str, conditions: tuple[Condition, ...]) -> int | None:
        """How many objects fit, None if that must be counted."""
        known = self._known.get((table, scope), {}).get(conditions)
        if known is None:
            return None
        known.idle = 0
        return known.number

    def keep(self, table: str, scope: str, conditions: tuple[Condition, ...], number: int) -> None:
        """Know from now on what was counted; the oldest total makes room for it."""
        totals = self._known.setdefault((table, scope), {})
        if len(totals) >= _COUNTED:
            del totals[next(iter(totals))]
        totals[conditions] = _Total(number)

    def changed(self, table: str, scope: str, before: Json, after: Json) -> None:
        """An object was written over another; None stands for no object."""
        totals = self._known.get((table, scope))
        if totals is None:
            return
        for conditions, total in list(totals.items()):
            total.idle += 1
            if total.idle > _IDLE:
                del totals[conditions]
                continue
            if before is not None and holds(conditions, before):
                total.number -= 1
            if after is not None and holds(conditions, after):
                total.number += 1

    def clear(self) -> None:
        """Know nothing any more."""
        self._known.clear()
