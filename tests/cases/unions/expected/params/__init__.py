"""Request objects of Unions as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .pets import CatParam, DogParam, PetParam

__all__ = [
    "CatParam",
    "DogParam",
    "PetParam",
]

_MODULES = {
    "CatParam": "pets",
    "DogParam": "pets",
    "PetParam": "pets",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
