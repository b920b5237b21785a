"""Models of Sparse."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .crates import Crate, CrateChange, GetSealResponse, Label, Link, LinkKind, Made, NewCrate
    from .depots import GetDepotResponse
    from .shared import NewTag
    from .stamps import Stamp
    from .tags import Tag, TagLine

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
    "NewTag",
    "Stamp",
    "Tag",
    "TagLine",
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
    "NewTag": "shared",
    "Stamp": "stamps",
    "Tag": "tags",
    "TagLine": "tags",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
