"""Whether everything that fits one schema fits another, and which alternatives can be met alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trunkline import ir
from trunkline.semantics.schemas import members, nullable, resolve, says_nothing

_DEPTH: Final = 6
_UNBOUNDED: Final = (ir.String(), ir.Number(), ir.Integer())


def contained(
    schemas: Mapping[str, ir.Schema], one: ir.Schema, other: ir.Schema, _depth: int = 0
) -> bool:
    """Whether every value of a response that fits `one` fits `other` too. False where that does
    not follow from shapes, required members and listed values: nothing is guessed."""
    first, second = resolve(schemas, one), resolve(schemas, other)
    if first is second:
        return not nullable(schemas, one) or nullable(schemas, other)
    if says_nothing(second):
        return True
    if _depth > _DEPTH or (nullable(schemas, one) and not nullable(schemas, other)):
        return False
    if first.shape == second.shape and first.unmodelled == second.unmodelled:
        return True
    match first.shape:
        case ir.Nothing() | ir.Null():
            return True
        case ir.Union(members=parts) if parts:
            return all(contained(schemas, part, other, _depth + 1) for part in parts)
        case _:
            return not second.unmodelled and _within(schemas, first, second, _depth)


def _within(
    schemas: Mapping[str, ir.Schema], first: ir.Schema, second: ir.Schema, depth: int
) -> bool:
    shape, wider = first.shape, second.shape
    match wider:
        case ir.Intersection(members=parts):
            return all(contained(schemas, first, part, depth + 1) for part in parts)
        case ir.Union(members=parts, exclusive=False):
            return any(contained(schemas, first, part, depth + 1) for part in parts)
        case ir.Object():
            return _object_within(schemas, first, wider, depth)
        case ir.Array(items=items, min_items=None | 0, max_items=None, unique_items=False):
            return isinstance(shape, ir.Array) and contained(schemas, shape.items, items, depth + 1)
        case ir.String() | ir.Number() | ir.Integer() if wider in _UNBOUNDED:
            return _scalar_within(shape, wider)
        case ir.Enumeration(values=values):
            return isinstance(shape, ir.Enumeration) and all(
                any(type(v) is type(w) and v == w for w in values) for v in shape.values
            )
        case _:
            return False


def _scalar_within(shape: ir.Shape, wider: ir.String | ir.Number | ir.Integer) -> bool:
    """Whether values of a shape are all of a type without bounds."""
    if isinstance(shape, ir.Enumeration):
        kinds = {ir.String: str, ir.Integer: int, ir.Number: int | float}
        kind = kinds[type(wider)]
        return all(isinstance(v, kind) and not isinstance(v, bool) for v in shape.values)
    return isinstance(shape, type(wider)) or (
        isinstance(wider, ir.Number) and isinstance(shape, ir.Integer)
    )


def _object_within(
    schemas: Mapping[str, ir.Schema], one: ir.Schema, wider: ir.Object, depth: int
) -> bool:
    anything = wider.additional is not None and says_nothing(wider.additional)
    bounded = wider.min_properties is not None or wider.max_properties is not None
    if bounded or wider.pattern_properties or not (wider.open or anything):
        return False
    if not _only_objects(schemas, one, 0):
        return False
    mine = members(schemas, one)
    for prop in wider.properties:
        member = mine.get(prop.name)
        if prop.schema.meta.write_only:  # a response does not have it
            if member is None or not member.schema.meta.write_only:
                return False
        elif member is None or member.schema.meta.write_only:
            # Anything may stand where nothing is described.
            if prop.required or not says_nothing(resolve(schemas, prop.schema)):
                return False
        else:
            lacking = prop.required and not member.required
            if lacking or not contained(schemas, member.schema, prop.schema, depth + 1):
                return False
    return True


def _only_objects(schemas: Mapping[str, ir.Schema], schema: ir.Schema, depth: int) -> bool:
    """Whether what fits is an object whose members are those of all its parts."""
    shape = resolve(schemas, schema).shape
    if isinstance(shape, ir.Intersection):
        return depth < _DEPTH and any(_only_objects(schemas, m, depth + 1) for m in shape.members)
    return isinstance(shape, ir.Object)


def met_alone(schemas: Mapping[str, ir.Schema], union: ir.Union) -> tuple[ir.Schema, ...]:
    """The alternatives of which a value may fit one and no other: what is contained in another is
    none of them where exactly one may fit. All of them where several may."""
    if not union.exclusive:
        return union.members
    return tuple(
        one
        for place, one in enumerate(union.members)
        if not any(
            contained(schemas, one, other)
            for index, other in enumerate(union.members)
            if index != place
        )
    )
