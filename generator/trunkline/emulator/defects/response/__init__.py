"""Responses that break what the description promises about them."""

from trunkline.emulator.defects.response import objects, responses

__all__ = ["objects", "responses"]
