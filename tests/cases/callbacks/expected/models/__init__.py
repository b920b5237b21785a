"""Models of Callbacks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .webhooks import CreateFileOnDataRequest, CreateStreamOnEndRequest, Data

__all__ = [
    "CreateFileOnDataRequest",
    "CreateStreamOnEndRequest",
    "Data",
]

_MODULES = {
    "CreateFileOnDataRequest": "webhooks",
    "CreateStreamOnEndRequest": "webhooks",
    "Data": "webhooks",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
