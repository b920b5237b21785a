"""Models of Unions."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .pets import Cat, Dog, DogPetType, Pet, Ticket, TicketShapeVariant1, TicketShapeVariant2

__all__ = [
    "Cat",
    "Dog",
    "DogPetType",
    "Pet",
    "Ticket",
    "TicketShapeVariant1",
    "TicketShapeVariant2",
]

_MODULES = {
    "Cat": "pets",
    "Dog": "pets",
    "DogPetType": "pets",
    "Pet": "pets",
    "Ticket": "pets",
    "TicketShapeVariant1": "pets",
    "TicketShapeVariant2": "pets",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
