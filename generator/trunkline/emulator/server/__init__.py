"""Sockets, connections and threads."""

from trunkline.emulator.server.serving import serve

__all__ = ["serve"]
