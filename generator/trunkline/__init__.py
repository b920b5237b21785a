"""Typed clients, a stateful emulated server and a contract suite from one OpenAPI description.

`load`, `generate`, `emulate`, `test`, `replay` and `diff` are what the commands of these names do
(`serve` is `emulate`). They are imported when they are first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from trunkline.version import __version__

if TYPE_CHECKING:
    from trunkline.interface import diff, emulate, generate, load, replay, test

__all__ = ["__version__", "diff", "emulate", "generate", "load", "replay", "test"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(import_module("trunkline.interface"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
