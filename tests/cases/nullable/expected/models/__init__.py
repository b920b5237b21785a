"""Models of Nullable."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .things import Inner, Kind, Thing, ThingUpdate

__all__ = [
    "Inner",
    "Kind",
    "Thing",
    "ThingUpdate",
]

_MODULES = {
    "Inner": "things",
    "Kind": "things",
    "Thing": "things",
    "ThingUpdate": "things",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
