"""Schemas that no value fits: bounds that cross, parts that exclude each other, what needs itself.

Nothing here guesses: a schema is called impossible only where that follows from what it says.
Patterns and formats are taken to leave something.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trunkline import ir
from trunkline.semantics.schemas import children, facets, resolve


@dataclass(frozen=True, slots=True)
class Impossible:
    """A schema that nothing fits, and why: a clause without a final stop."""

    schema: ir.Schema
    reason: str


def impossible(api: ir.Api, roots: Iterator[ir.Schema]) -> list[Impossible]:
    """The schemas in `roots`, in the components and inside both that nothing fits, each where it
    begins: what is impossible for that alone is not listed again."""
    judge = _Judge(api)
    found: dict[int, Impossible] = {}
    stack = [*roots, *api.schemas.values()]
    seen: set[int] = set()
    while stack:
        schema = stack.pop()
        if id(schema) in seen:
            continue
        seen.add(id(schema))
        stack.extend(children(schema))
        reason = judge.own_reason(schema)
        if reason is not None:
            found[id(schema)] = Impossible(schema, reason)
    for name in judge.circular:
        schema = api.schemas[name]
        found.setdefault(
            id(schema), Impossible(schema, f"every {name} needs another {name} inside")
        )
    return sorted(found.values(), key=lambda one: _place(one.schema))


def _place(schema: ir.Schema) -> tuple[str, int, int]:
    position = schema.meta.origin.position
    return position.file, position.line, position.column


class _Judge:
    """What fits nothing by itself, and, by the least fixed point, through what it refers to."""

    def __init__(self, api: ir.Api) -> None:
        self._schemas: Mapping[str, ir.Schema] = api.schemas
        self._possible: set[str] = set()
        self._assumed = True
        """Whether a reference counts as possible, whatever it leads to."""
        broken = {name for name, s in api.schemas.items() if self._fails(s)}
        self._assumed = False
        while True:
            new = {
                name
                for name, schema in api.schemas.items()
                if name not in self._possible and not self._fails(schema)
            }
            if not new:
                break
            self._possible |= new
        self.circular = self._circles(set(api.schemas) - self._possible - broken)
        self._assumed = True

    def _circles(self, names: set[str]) -> list[str]:
        """Of those that fail through others: the ones that lead back to themselves."""
        needs = {name: self._needed(self._schemas[name]) & names for name in names}

        def leads_back(start: str) -> bool:
            stack, seen = [*needs[start]], set[str]()
            while stack:
                name = stack.pop()
                if name == start:
                    return True
                if name not in seen:
                    seen.add(name)
                    stack += needs[name]
            return False

        return sorted(name for name in names if leads_back(name))

    def _needed(self, schema: ir.Schema) -> set[str]:
        """The components without which nothing fits."""
        shape = schema.shape
        match shape:
            case ir.Reference(name=name):
                return {name}
            case ir.Object():
                required = [p.schema for p in shape.properties if p.required]
                return set[str]().union(*map(self._needed, required))
            case ir.Array():
                return self._needed(shape.items) if shape.min_items else set()
            case ir.Intersection(members=members) | ir.Union(members=members):
                return set[str]().union(*map(self._needed, members))
            case _:
                return set()

    def own_reason(self, schema: ir.Schema) -> str | None:
        """Why nothing fits a schema, for what it says itself."""
        return None if facets(self._schemas, schema).nullable else self._own(schema)

    def _fails(self, schema: ir.Schema) -> bool:
        if facets(self._schemas, schema).nullable:
            return False
        if self._own(schema) is not None:
            return True
        shape = schema.shape
        match shape:
            case ir.Reference(name=name):
                return not self._assumed and name not in self._possible
            case ir.Object():
                return any(p.required and self._fails(p.schema) for p in shape.properties)
            case ir.Array():
                return bool(shape.min_items) and self._fails(shape.items)
            case ir.Union(members=members):
                return bool(members) and all(map(self._fails, members))
            case ir.Intersection(members=members):
                return any(map(self._fails, members))
            case _:
                return False

    def _own(self, schema: ir.Schema) -> str | None:
        shape = schema.shape
        match shape:
            case ir.Nothing():
                return None  # `false` is said on purpose
            case ir.Integer() | ir.Number():
                return _number(shape)
            case ir.String():
                return _crossed("minLength", shape.min_length, "maxLength", shape.max_length)
            case ir.Array():
                return self._array(shape)
            case ir.Enumeration():
                return self._enumeration(shape)
            case ir.Object():
                return _object(shape)
            case _:
                return None

    def _array(self, shape: ir.Array) -> str | None:
        crossed = _crossed("minItems", shape.min_items, "maxItems", shape.max_items)
        if crossed is not None:
            return crossed
        inner = resolve(self._schemas, shape.items).shape
        least = shape.min_items or 0
        if shape.unique_items and isinstance(inner, ir.Enumeration) and len(inner.values) < least:
            return (
                f"{least} different items are asked for, and there are {len(inner.values)} values"
            )
        return None

    def _enumeration(self, shape: ir.Enumeration) -> str | None:
        if shape.base is None or not shape.values:
            return None
        base = shape.base
        fitting = [v for v in shape.values if _within(base, v)]
        return None if fitting else "none of the values of enum is within the bounds beside it"


def _object(shape: ir.Object) -> str | None:
    required = sum(p.required for p in shape.properties)
    if shape.max_properties is not None and required > shape.max_properties:
        return f"{required} properties are required, and maxProperties is {shape.max_properties}"
    return _crossed("minProperties", shape.min_properties, "maxProperties", shape.max_properties)


def _crossed(low: str, least: int | None, high: str, most: int | None) -> str | None:
    if least is not None and most is not None and least > most:
        return f"{low} {least} is above {high} {most}"
    return None


def _number(shape: ir.Integer | ir.Number) -> str | None:
    lows = [x for x in (shape.minimum, shape.exclusive_minimum) if x is not None]
    highs = [x for x in (shape.maximum, shape.exclusive_maximum) if x is not None]
    if not lows or not highs:
        return None
    low, high = max(lows), min(highs)
    open_end = low == shape.exclusive_minimum or high == shape.exclusive_maximum
    if low > high or (low == high and open_end):
        return f"no number is above {low:g} and below {high:g}"
    if isinstance(shape, ir.Integer) and not shape.multiple_of:
        least = math.floor(low) + 1 if low == shape.exclusive_minimum else math.ceil(low)
        most = math.ceil(high) - 1 if high == shape.exclusive_maximum else math.floor(high)
        if least > most:
            return f"no whole number is between {low:g} and {high:g}"
    step = shape.multiple_of
    if step and math.floor(high / step + 1e-9) < math.ceil(low / step - 1e-9):
        return f"no multiple of {step:g} is between {low:g} and {high:g}"
    return None


def _within(base: ir.Shape, value: ir.Json) -> bool:
    if isinstance(base, ir.String) and isinstance(value, str):
        least, most = base.min_length, base.max_length
        return (least is None or len(value) >= least) and (most is None or len(value) <= most)
    if isinstance(base, ir.Integer | ir.Number) and isinstance(value, int | float):
        return (
            (base.minimum is None or value >= base.minimum)
            and (base.maximum is None or value <= base.maximum)
            and (base.exclusive_minimum is None or value > base.exclusive_minimum)
            and (base.exclusive_maximum is None or value < base.exclusive_maximum)
        )
    return True
