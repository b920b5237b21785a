"""Models of Null in every spelling."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .things import Cat, Colour, Dog, Inner, Pet, Thing, ThingEnumerated

__all__ = [
    "Cat",
    "Colour",
    "Dog",
    "Inner",
    "Pet",
    "Thing",
    "ThingEnumerated",
]

_MODULES = {
    "Cat": "things",
    "Colour": "things",
    "Dog": "things",
    "Inner": "things",
    "Pet": "things",
    "Thing": "things",
    "ThingEnumerated": "things",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
