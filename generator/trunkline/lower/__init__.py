"""What a description means: null, unions, merged `allOf`, resources, lists, RPC."""

from trunkline.lower.api import lower

__all__ = ["lower"]
