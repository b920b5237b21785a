"""Models of Depot.Api."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .bins import BinDto, BinKind, CreateBinCommand, PagedBins, ProblemDetails

__all__ = [
    "BinDto",
    "BinKind",
    "CreateBinCommand",
    "PagedBins",
    "ProblemDetails",
]

_MODULES = {
    "BinDto": "bins",
    "BinKind": "bins",
    "CreateBinCommand": "bins",
    "PagedBins": "bins",
    "ProblemDetails": "bins",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
