"""Models of Recursion."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .tree import JsonValue, Nested, Node, Ping, Pong

__all__ = [
    "JsonValue",
    "Nested",
    "Node",
    "Ping",
    "Pong",
]

_MODULES = {
    "JsonValue": "tree",
    "Nested": "tree",
    "Node": "tree",
    "Ping": "tree",
    "Pong": "tree",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
