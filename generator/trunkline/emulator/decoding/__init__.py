"""From the text of a request to values, and who is asking."""

from trunkline.emulator.decoding.security import Security

__all__ = ["Security"]
