"""Models of Enums."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .shared import Empty
    from .things import (
        Colour,
        Level,
        ListThingsSort,
        Named,
        Single,
        Thing,
        ThingInline,
        ThingMaybe,
        ThingQuoted,
        Titled,
    )

__all__ = [
    "Colour",
    "Empty",
    "Level",
    "ListThingsSort",
    "Named",
    "Single",
    "Thing",
    "ThingInline",
    "ThingMaybe",
    "ThingQuoted",
    "Titled",
]

_MODULES = {
    "Colour": "things",
    "Empty": "shared",
    "Level": "things",
    "ListThingsSort": "things",
    "Named": "things",
    "Single": "things",
    "Thing": "things",
    "ThingInline": "things",
    "ThingMaybe": "things",
    "ThingQuoted": "things",
    "Titled": "things",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
