"""Models of Version 3.2."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .items import SearchItemsWhole
    from .shared import Book, Item, Other

__all__ = [
    "Book",
    "Item",
    "Other",
    "SearchItemsWhole",
]

_MODULES = {
    "Book": "shared",
    "Item": "shared",
    "Other": "shared",
    "SearchItemsWhole": "items",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
