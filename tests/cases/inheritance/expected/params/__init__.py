"""Request objects of Inheritance as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .pets import CatParam, DogParam, PetBaseParam, PetParam, PuppyParam

__all__ = [
    "CatParam",
    "DogParam",
    "PetBaseParam",
    "PetParam",
    "PuppyParam",
]

_MODULES = {
    "CatParam": "pets",
    "DogParam": "pets",
    "PetBaseParam": "pets",
    "PetParam": "pets",
    "PuppyParam": "pets",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
