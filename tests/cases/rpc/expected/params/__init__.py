"""Request objects of Rpc as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .sms import OptionsParam

__all__ = [
    "OptionsParam",
]

_MODULES = {
    "OptionsParam": "sms",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
