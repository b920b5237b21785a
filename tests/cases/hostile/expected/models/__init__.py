"""Models of \"\"\" ''' \\ {{ 7*7 }} {% raw %} ${x} import os; os.system("x") # end\\."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .a_7_7 import TE, Schema77XEnd77RawXImportOsOsSystemXEnd, T

__all__ = [
    "Schema77XEnd77RawXImportOsOsSystemXEnd",
    "T",
    "TE",
]

_MODULES = {
    "Schema77XEnd77RawXImportOsOsSystemXEnd": "a_7_7",
    "T": "a_7_7",
    "TE": "a_7_7",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
