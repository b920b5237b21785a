"""Models of Styles."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .query import Filter, FilterName
    from .shared import Rgb

__all__ = [
    "Filter",
    "FilterName",
    "Rgb",
]

_MODULES = {
    "Filter": "query",
    "FilterName": "query",
    "Rgb": "shared",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
