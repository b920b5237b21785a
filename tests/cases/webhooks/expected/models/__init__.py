"""Models of Webhooks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .webhooks import OrderDeletedRequest, OrderEvent

__all__ = [
    "OrderDeletedRequest",
    "OrderEvent",
]

_MODULES = {
    "OrderDeletedRequest": "webhooks",
    "OrderEvent": "webhooks",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
