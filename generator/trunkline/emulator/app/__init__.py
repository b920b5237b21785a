"""One description as an ASGI application."""

from trunkline.emulator.app.application import Emulator

__all__ = ["Emulator"]
