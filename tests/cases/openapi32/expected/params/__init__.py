"""Request objects of Version 3.2 as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .items import SearchItemsWholeParam
    from .shared import BookParam, ItemParam, OtherParam

__all__ = [
    "BookParam",
    "ItemParam",
    "OtherParam",
    "SearchItemsWholeParam",
]

_MODULES = {
    "BookParam": "shared",
    "ItemParam": "shared",
    "OtherParam": "shared",
    "SearchItemsWholeParam": "items",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
