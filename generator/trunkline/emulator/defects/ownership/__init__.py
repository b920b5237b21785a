"""A server that loses sight of what is its own: ids, points in time, refusals without effect."""

from trunkline.emulator.defects.ownership import effects, ids, times

__all__ = ["effects", "ids", "times"]
