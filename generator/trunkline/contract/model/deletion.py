"""Objects that say of themselves that they were deleted: what a server keeps for a while, to be
looked at or restored, is no ghost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trunkline.ir import Json

_WORDS: Final = ("delet", "remov", "trash", "archiv", "discard", "cancel", "terminat")
_STATES: Final = ("stat", "phase", "lifecycle")


def reads_deleted(shown: Json, before: Mapping[str, Json] | None = None) -> bool:
    """Whether an object says that it was deleted: by a time, a mark or its state; with `before`
    only what did not say so then counts."""
    if not isinstance(shown, dict):
        return False
    known = before or {}
    return any(
        _says(name.lower(), value) and known.get(name) != value for name, value in shown.items()
    )


def _says(name: str, value: Json) -> bool:
    if not isinstance(value, str | bool) or not value:
        return False
    if any(word in name for word in _WORDS):
        return True
    state = isinstance(value, str) and any(word in name for word in _STATES)
    return state and any(word in str(value).lower() for word in _WORDS)
