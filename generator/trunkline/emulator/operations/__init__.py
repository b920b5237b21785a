"""What operations do: objects created, shown, listed, changed and deleted."""

from trunkline.emulator.operations.crud import Operations

__all__ = ["Operations"]
