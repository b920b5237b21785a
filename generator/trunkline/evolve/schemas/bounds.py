"""Bounds: how big, how long, how many."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline import ir
from trunkline.evolve.schemas.pair import Pair
from trunkline.evolve.table import SchemaRule, narrows, widens


@dataclass(frozen=True, slots=True)
class Bound:
    """The four things that can happen to one bound."""

    added: SchemaRule
    removed: SchemaRule
    increased: SchemaRule
    decreased: SchemaRule

    @property
    def rows(self) -> tuple[SchemaRule, ...]:
        """As rows of the table."""
        return (self.added, self.removed, self.increased, self.decreased)


def lower(kind: str, words: str) -> Bound:
    """Values below it do not fit."""
    return Bound(
        narrows(kind, "added", f"{words} is now at least {{now}}"),
        widens(kind, "removed", f"{words} need no longer be at least {{was}}"),
        narrows(kind, "increased", f"{words} must be at least {{now}}, not {{was}}"),
        widens(kind, "decreased", f"{words} may go down to {{now}}, not only to {{was}}"),
    )


def upper(kind: str, words: str) -> Bound:
    """Values above it do not fit."""
    return Bound(
        narrows(kind, "added", f"{words} is now at most {{now}}"),
        widens(kind, "removed", f"{words} is no longer limited to {{was}}"),
        widens(kind, "increased", f"{words} may go up to {{now}}, not only to {{was}}"),
        narrows(kind, "decreased", f"{words} may go up to {{now}} only, not to {{was}}"),
    )


MINIMUM = lower("minimum", "the value")
MAXIMUM = upper("maximum", "the value")
MIN_LENGTH = lower("min-length", "the length")
MAX_LENGTH = upper("max-length", "the length")
MIN_ITEMS = lower("min-items", "the number of items")
MAX_ITEMS = upper("max-items", "the number of items")
MIN_PROPERTIES = lower("min-properties", "the number of properties")
MAX_PROPERTIES = upper("max-properties", "the number of properties")

BOUNDS = (
    MINIMUM,
    MAXIMUM,
    MIN_LENGTH,
    MAX_LENGTH,
    MIN_ITEMS,
    MAX_ITEMS,
    MIN_PROPERTIES,
    MAX_PROPERTIES,
)
LOWER = (MINIMUM, MIN_LENGTH, MIN_ITEMS, MIN_PROPERTIES)
ROWS = tuple(row for bound in BOUNDS for row in bound.rows)

Limit = tuple[int | float, bool] | None
"""A bound, and for a lower one whether it is excluded itself, for an upper one whether included:
so that the greater of two is the greater bound. None: unbounded."""


def compare(pair: Pair, old: ir.Shape, new: ir.Shape) -> None:
    """Every bound that the two shapes, which are of one kind or both numbers, can have."""
    match old, new:
        case ((ir.Integer() | ir.Number()), (ir.Integer() | ir.Number())):
            whole = isinstance(old, ir.Integer) and isinstance(new, ir.Integer)
            _note(pair, MINIMUM, floor_of(old, whole=whole), floor_of(new, whole=whole))
            _note(pair, MAXIMUM, ceiling_of(old, whole=whole), ceiling_of(new, whole=whole))
        case ir.String(), ir.String():
            _note(pair, MIN_LENGTH, _least(old.min_length), _least(new.min_length))
            _note(pair, MAX_LENGTH, _most(old.max_length), _most(new.max_length))
        case ((ir.Array() | ir.Tuple()), (ir.Array() | ir.Tuple())):
            _note(pair, MIN_ITEMS, _least(old.min_items), _least(new.min_items))
            _note(pair, MAX_ITEMS, _most(old.max_items), _most(new.max_items))
        case ir.Object(), ir.Object():
            _note(pair, MIN_PROPERTIES, _least(old.min_properties), _least(new.min_properties))
            _note(pair, MAX_PROPERTIES, _most(old.max_properties), _most(new.max_properties))
        case _:
            pass


def floor_of(shape: ir.Integer | ir.Number, *, whole: bool) -> Limit:
    """The stricter of the inclusive and the exclusive minimum; of whole numbers, inclusive."""
    limits: list[tuple[int | float, bool]] = []
    if shape.minimum is not None:
        limits.append((shape.minimum, False))
    if shape.exclusive_minimum is not None:
        value = shape.exclusive_minimum
        limits.append((value + 1, False) if whole and value == int(value) else (value, True))
    return max(limits, default=None)


def ceiling_of(shape: ir.Integer | ir.Number, *, whole: bool) -> Limit:
    """The stricter of the inclusive and the exclusive maximum; of whole numbers, inclusive."""
    limits: list[tuple[int | float, bool]] = []
    if shape.maximum is not None:
        limits.append((shape.maximum, True))
    if shape.exclusive_maximum is not None:
        value = shape.exclusive_maximum
        limits.append((value - 1, True) if whole and value == int(value) else (value, False))
    return min(limits, default=None)


def _least(value: int | None) -> Limit:
    """No count is below zero, so a minimum of zero is none."""
    return (value, False) if value else None


def _most(value: int | None) -> Limit:
    return None if value is None else (value, True)


def _note(pair: Pair, bound: Bound, old: Limit, new: Limit) -> None:
    inclusive = bound not in LOWER
    was, now = _show(old, inclusive), _show(new, inclusive)
    if old == new:
        return
    if old is None or new is None:
        pair.note(bound.added if old is None else bound.removed, was=was, now=now)
    else:
        pair.note(bound.increased if new > old else bound.decreased, was=was, now=now)


def _show(limit: Limit, plain: bool) -> str:
    if limit is None:
        return "none"
    value, flag = limit
    return str(value) if flag is plain else f"{value} (itself excluded)"
