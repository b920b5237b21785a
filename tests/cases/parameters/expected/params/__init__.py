"""Request objects of Parameters as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .matrix import ReadAllDeepNestedParam, ReadAllDeepParam

__all__ = [
    "ReadAllDeepNestedParam",
    "ReadAllDeepParam",
]

_MODULES = {
    "ReadAllDeepNestedParam": "matrix",
    "ReadAllDeepParam": "matrix",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
