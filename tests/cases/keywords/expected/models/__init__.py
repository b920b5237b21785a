"""Models of Keywords."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .account import Account, Days, Limits, Open, Points, Range, Sealed
    from .shared import Base

__all__ = [
    "Account",
    "Base",
    "Days",
    "Limits",
    "Open",
    "Points",
    "Range",
    "Sealed",
]

_MODULES = {
    "Account": "account",
    "Base": "shared",
    "Days": "account",
    "Limits": "account",
    "Open": "account",
    "Points": "account",
    "Range": "account",
    "Sealed": "account",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
