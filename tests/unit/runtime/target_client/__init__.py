"""Unofficial client of the Telnyx API: what the generator should print, written by hand.

Copied next to the runtime (as `_runtime`) by the tests, which import and run it.
"""

from .client import AsyncTelnyx, Telnyx

__all__ = ["AsyncTelnyx", "Telnyx"]
