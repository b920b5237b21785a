"""Where decisions of the server can be observed and changed."""

from trunkline.emulator.hooks.hooks import Hooks

__all__ = ["Hooks"]
