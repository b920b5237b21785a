"""Models of Composition."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .shared import Base, Closed, Either, EitherMixin, EitherObject, Extended, Held, Mixin
    from .things import Derived

__all__ = [
    "Base",
    "Closed",
    "Derived",
    "Either",
    "EitherMixin",
    "EitherObject",
    "Extended",
    "Held",
    "Mixin",
]

_MODULES = {
    "Base": "shared",
    "Closed": "shared",
    "Derived": "things",
    "Either": "shared",
    "EitherMixin": "shared",
    "EitherObject": "shared",
    "Extended": "shared",
    "Held": "shared",
    "Mixin": "shared",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
