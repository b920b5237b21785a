"""Request objects of Ambiguous as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .event_groups import GroupParam
    from .parcels import (
        AddressParam,
        ListParcelsOrderParam,
        NewParcelBoxExtraParam,
        NewParcelBoxParam,
        NewParcelLetterExtraParam,
        NewParcelLetterParam,
        NewParcelParam,
    )

__all__ = [
    "AddressParam",
    "GroupParam",
    "ListParcelsOrderParam",
    "NewParcelBoxExtraParam",
    "NewParcelBoxParam",
    "NewParcelLetterExtraParam",
    "NewParcelLetterParam",
    "NewParcelParam",
]

_MODULES = {
    "AddressParam": "parcels",
    "GroupParam": "event_groups",
    "ListParcelsOrderParam": "parcels",
    "NewParcelBoxExtraParam": "parcels",
    "NewParcelBoxParam": "parcels",
    "NewParcelLetterExtraParam": "parcels",
    "NewParcelLetterParam": "parcels",
    "NewParcelParam": "parcels",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
