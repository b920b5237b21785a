"""Models of Sparse."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .crates import Crate, CrateChange, GetSealResponse, Label, Link, LinkKind, Made, NewCrate
    from .depots import GetDepotResponse
    from .stamps import Stamp

__all__ = [
    "Crate",
    "CrateChange",
    "GetDepotResponse",
    "GetSealResponse",
    "Label",
    "Link",
    "LinkKind",
    "Made",
    "NewCrate",
    "Stamp",
]

_MODULES = {
    "Crate": "crates",
    "CrateChange": "crates",
    "GetDepotResponse": "depots",
    "GetSealResponse": "crates",
    "Label": "crates",
    "Link": "crates",
    "LinkKind": "crates",
    "Made": "crates",
    "NewCrate": "crates",
    "Stamp": "stamps",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
