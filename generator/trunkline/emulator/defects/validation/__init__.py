"""Requests that should be refused and are not, or should not be and are."""

from trunkline.emulator.defects.validation import bodies, bounds, keywords, parameters

__all__ = ["bodies", "bounds", "keywords", "parameters"]
