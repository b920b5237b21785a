"""Answers that break what the description promises about them."""

from trunkline.emulator.defects.response import answers, objects

__all__ = ["answers", "objects"]
