"""Models of Callbacks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .webhooks import Data, OnData3Request, OnEndRequest

__all__ = [
    "Data",
    "OnData3Request",
    "OnEndRequest",
]

_MODULES = {
    "Data": "webhooks",
    "OnData3Request": "webhooks",
    "OnEndRequest": "webhooks",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
