"""Models of Rpc."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .sms import Options, Text

__all__ = [
    "Options",
    "Text",
]

_MODULES = {
    "Options": "sms",
    "Text": "sms",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
