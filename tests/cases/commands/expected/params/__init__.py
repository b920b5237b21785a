"""Request objects of Commands as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .webhooks import PlaceParam

__all__ = [
    "PlaceParam",
]

_MODULES = {
    "PlaceParam": "webhooks",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
