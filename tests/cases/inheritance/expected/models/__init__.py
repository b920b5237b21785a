"""Models of Inheritance."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .pets import Cat, Dog, Pet, PetBase, Puppy
    from .shared import Unused

__all__ = [
    "Cat",
    "Dog",
    "Pet",
    "PetBase",
    "Puppy",
    "Unused",
]

_MODULES = {
    "Cat": "pets",
    "Dog": "pets",
    "Pet": "pets",
    "PetBase": "pets",
    "Puppy": "pets",
    "Unused": "shared",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
