"""Models of Commands."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .webhooks import (
        Command,
        Go,
        GoWith,
        Import,
        Look,
        Place,
        State,
        Take,
        TakeWith,
        TakeWithHow,
        Thing,
    )

__all__ = [
    "Command",
    "Go",
    "GoWith",
    "Import",
    "Look",
    "Place",
    "State",
    "Take",
    "TakeWith",
    "TakeWithHow",
    "Thing",
]

_MODULES = {
    "Command": "webhooks",
    "Go": "webhooks",
    "GoWith": "webhooks",
    "Import": "webhooks",
    "Look": "webhooks",
    "Place": "webhooks",
    "State": "webhooks",
    "Take": "webhooks",
    "TakeWith": "webhooks",
    "TakeWithHow": "webhooks",
    "Thing": "webhooks",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
