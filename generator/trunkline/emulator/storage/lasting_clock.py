"""A clock whose setting is kept with the objects that it stamped."""

from __future__ import annotations

import contextlib
from typing import Final

from trunkline.emulator.storage.clock import Clock
from trunkline.emulator.storage.query import Table
from trunkline.emulator.storage.records import Scope
from trunkline.emulator.storage.store import Store
from trunkline.ir import Json

_TABLE: Final = Table("\0clock", (), stays=True)
"""No resource is called so."""
_NOBODY: Final = Scope("")


def lasting_clock(store: Store) -> Clock:
    """The clock as it was set when the server ended; the machine's where nothing was kept."""
    clock = Clock()
    if not store.lasts:
        return clock
    row = store.get(_TABLE, _NOBODY, "clock")
    if row is not None:
        frozen, ahead = row.document.get("frozen"), row.document.get("ahead")
        with contextlib.suppress(ValueError, OverflowError):
            clock.set(
                frozen if isinstance(frozen, str) else None,
                ahead if isinstance(ahead, float | int) else 0.0,
            )

    def keep() -> None:
        frozen, ahead = clock.setting
        document: dict[str, Json] = {"frozen": frozen, "ahead": ahead}
        known = store.get(_TABLE, _NOBODY, "clock")
        if known is None:
            store.insert(_TABLE, _NOBODY, "clock", document)
        else:
            store.replace(_TABLE, _NOBODY, known, document)

    clock.changed = keep
    return clock
