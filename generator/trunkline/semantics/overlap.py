"""Whether a value can fit two schemas at once, as far as that can be decided."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final

from trunkline import ir
from trunkline.semantics.jsonvalue import equal
from trunkline.semantics.schemas import additional, members, resolve, types

_DEPTH: Final = 4
_NUMBERS: Final = frozenset({"integer", "number"})


class Overlap(enum.Enum):
    """What two schemas have in common."""

    NONE = "none"
    """No value fits both."""
    SOME = "some"
    """There is a value that fits both."""
    UNKNOWN = "unknown"


def overlap(
    schemas: Mapping[str, ir.Schema], one: ir.Schema, other: ir.Schema, _depth: int = 0
) -> Overlap:
    """What two schemas have in common; null is left aside."""
    mine, theirs = types(schemas, one) - {"null"}, types(schemas, other) - {"null"}
    if not mine & theirs and not (mine & _NUMBERS and theirs & _NUMBERS):
        return Overlap.NONE
    first, second = resolve(schemas, one), resolve(schemas, other)
    if first is second:
        return Overlap.SOME
    values, others = _values(first), _values(second)
    if values is not None and others is not None:
        common = any(equal(a, b) for a in values for b in others)
        return Overlap.SOME if common else Overlap.NONE
    if isinstance(first.shape, ir.Object) and isinstance(second.shape, ir.Object):
        return _objects(schemas, first, second, _depth)
    if first.unmodelled or second.unmodelled:
        return Overlap.UNKNOWN
    if first.shape == second.shape or ir.Anything() in (first.shape, second.shape):
        return Overlap.SOME
    if _is_plain(first.shape) and _is_plain(second.shape):
        return Overlap.SOME
    return Overlap.UNKNOWN


def _values(schema: ir.Schema) -> tuple[ir.Json, ...] | None:
    shape = schema.shape
    if isinstance(shape, ir.Enumeration):
        return shape.values
    return (True, False) if isinstance(shape, ir.Boolean) else None


def _is_plain(shape: ir.Shape) -> bool:
    """A type without a bound: every value of it fits."""
    return shape in (ir.String(), ir.Integer(), ir.Number())


def _objects(
    schemas: Mapping[str, ir.Schema], one: ir.Schema, other: ir.Schema, depth: int
) -> Overlap:
    mine, theirs = members(schemas, one), members(schemas, other)
    found = Overlap.SOME
    if one.unmodelled or other.unmodelled:
        found = Overlap.UNKNOWN
    sides = ((mine, theirs, _closed(schemas, other)), (theirs, mine, _closed(schemas, one)))
    for here, there, closed in sides:
        if closed and any(m.required and name not in there for name, m in here.items()):
            return Overlap.NONE
    for name in mine.keys() & theirs.keys():
        needed = mine[name].required or theirs[name].required
        common = (
            overlap(schemas, mine[name].schema, theirs[name].schema, depth + 1)
            if depth < _DEPTH
            else Overlap.UNKNOWN
        )
        if common is Overlap.NONE and needed:
            return Overlap.NONE
        if common is not Overlap.SOME and needed:
            found = Overlap.UNKNOWN
    return found


def _closed(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> bool:
    shape = resolve(schemas, schema).shape
    return (
        isinstance(shape, ir.Object)
        and additional(schemas, schema) is None
        and not shape.open
        and not shape.pattern_properties
    )
