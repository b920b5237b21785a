"""Filters and orders without effect, or with another one than was asked for."""

from trunkline.emulator.defects.finding import filters, lagging, sorting

__all__ = ["filters", "lagging", "sorting"]
