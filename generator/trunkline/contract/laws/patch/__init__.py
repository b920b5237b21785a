"""What an update leaves alone, clears and replaces."""

from trunkline.contract.laws.patch import changes, replace

__all__ = ["changes", "replace"]
