"""A representation as plain data without positions: what two descriptions must have in common to
mean the same."""

import dataclasses
import enum
from collections.abc import Mapping
from typing import Any

_PLACES = ("origin", "position")


def plain(value: Any, *, without: tuple[str, ...] = ()) -> Any:
    """`value` as mappings, lists and scalars; fields that say where something stands, and those in
    `without`, are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        shown = {
            field.name: plain(getattr(value, field.name), without=without)
            for field in dataclasses.fields(value)
            if field.name not in _PLACES and field.name not in without
        }
        return {"": type(value).__name__, **shown}
    if isinstance(value, Mapping):
        return {str(k): plain(v, without=without) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one, without=without) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return value.value if isinstance(value, enum.Enum) else value
