"""Models of External."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .orders import Line, Order

__all__ = [
    "Line",
    "Order",
]

_MODULES = {
    "Line": "orders",
    "Order": "orders",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
