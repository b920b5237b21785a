"""What numbers must be: a multiple of something, and how wide."""

from __future__ import annotations

from trunkline import ir
from trunkline.evolve.schemas.pair import Pair
from trunkline.evolve.table import narrows, replaces, undecided, widens

MULTIPLE_ADDED = narrows("multiple-of", "added", "the value must be a multiple of {now} now")
MULTIPLE_REMOVED = widens(
    "multiple-of", "removed", "the value need no longer be a multiple of {was}"
)
MULTIPLE_COARSER = narrows(
    "multiple-of", "coarser", "the value must be a multiple of {now}, not only of {was}"
)
MULTIPLE_FINER = widens(
    "multiple-of", "finer", "the value may be a multiple of {now}, not only of {was}"
)
MULTIPLE_CHANGED = replaces(
    "multiple-of", "changed", "the value must be a multiple of {now}, not of {was}"
)
WIDTH_NARROWED = narrows("number-format", "narrowed", "numbers are {now}, not {was}")
WIDTH_WIDENED = widens("number-format", "widened", "numbers are {now}, not {was}")
FORMAT_CHANGED = undecided("number-format", "changed", "the numbers' format is {now}, not {was}")

ROWS = (
    MULTIPLE_ADDED,
    MULTIPLE_REMOVED,
    MULTIPLE_COARSER,
    MULTIPLE_FINER,
    MULTIPLE_CHANGED,
    WIDTH_NARROWED,
    WIDTH_WIDENED,
    FORMAT_CHANGED,
)

WIDTHS = {
    "int8": 0,
    "uint8": 0,
    "int16": 1,
    "int32": 2,
    "int64": 3,
    "float": 2,
    "double": 3,
    None: 4,
}
"""Formats that say how many bits there are; of two, the greater holds the other."""


def compare(pair: Pair, old: ir.Integer | ir.Number, new: ir.Integer | ir.Number) -> None:
    """Multiples and formats; bounds are compared apart."""
    _multiple(pair, old.multiple_of, new.multiple_of)
    if old.format == new.format:
        return
    was, now = old.format or "of any size", new.format or "of any size"
    if old.format not in WIDTHS or new.format not in WIDTHS:
        pair.note(FORMAT_CHANGED, was=was, now=now)
    elif WIDTHS[new.format] > WIDTHS[old.format]:
        pair.note(WIDTH_WIDENED, was=was, now=now)
    elif WIDTHS[new.format] < WIDTHS[old.format]:
        pair.note(WIDTH_NARROWED, was=was, now=now)
    else:
        pair.note(FORMAT_CHANGED, was=was, now=now)


def _multiple(pair: Pair, old: float | None, new: float | None) -> None:
    if old == new:
        return
    if old is None:
        pair.note(MULTIPLE_ADDED, now=new)
    elif new is None:
        pair.note(MULTIPLE_REMOVED, was=old)
    elif new % old == 0:
        pair.note(MULTIPLE_COARSER, was=old, now=new)
    elif old % new == 0:
        pair.note(MULTIPLE_FINER, was=old, now=new)
    else:
        pair.note(MULTIPLE_CHANGED, was=old, now=new)
