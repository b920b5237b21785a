"""The reserved prefix: what those who run a server see and set."""

from trunkline.emulator.admin.endpoints import Admin

__all__ = ["Admin"]
