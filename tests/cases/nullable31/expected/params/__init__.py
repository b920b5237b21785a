"""Request objects of Null in every spelling as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .things import CatParam, DogParam, InnerParam, PetParam

__all__ = [
    "CatParam",
    "DogParam",
    "InnerParam",
    "PetParam",
]

_MODULES = {
    "CatParam": "things",
    "DogParam": "things",
    "InnerParam": "things",
    "PetParam": "things",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
