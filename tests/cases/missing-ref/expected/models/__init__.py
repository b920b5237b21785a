"""Models of Missing."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .shared import Order

__all__ = [
    "Order",
]

_MODULES = {
    "Order": "shared",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
