"""Objects kept in SQLite, and the clock they are stamped with."""

from trunkline.emulator.storage.store import Store

__all__ = ["Store"]
