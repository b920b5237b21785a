"""Whether there is a value that fits a schema, and where it says what excludes every value.

Only what can be told from the schema itself: bounds, lengths, members that must be there and may
hold nothing, types that need themselves without end, alternatives that whatever fits one of fits
another of, where exactly one may fit. What is said of a union is said of responses, where read-only
members are required. Patterns are not solved.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from trunkline import ir
from trunkline.diagnostics import Code, Diagnostic
from trunkline.semantics.containment import met_alone
from trunkline.semantics.responses import success_schema
from trunkline.semantics.schemas import children, references


class Fillable:
    """Tells which schemas of one API have values."""

    def __init__(self, api: ir.Api, *, exactly: bool = True) -> None:
        """`exactly`: of the alternatives of oneOf a value has to fit one and no other."""
        self._api = api
        self._exactly = exactly
        self._alone: dict[int, tuple[ir.Union, tuple[ir.Schema, ...]]] = {}
        self._filled: set[str] = set()
        left = set(api.schemas)
        while found := {name for name in left if self(api.schemas[name])}:
            self._filled |= found
            left -= found
        self.endless = frozenset(left)
        """The named schemas without a value."""

    def __call__(self, schema: ir.Schema) -> bool:
        """Whether some value fits a schema."""
        if schema.nullable:
            return True
        shape = schema.shape
        match shape:
            case ir.Reference(name):
                return name in self._filled
            case ir.Nothing():
                return False
            case ir.Enumeration():
                return bool(shape.values)
            case ir.Union():
                return any(map(self, self._met_alone(shape) if self._exactly else shape.members))
            case ir.Intersection():
                return all(map(self, shape.members))
            case ir.Object():
                if excluded(shape) is not None or _forbidden(schema, shape) is not None:
                    return False
                return all(self(p.schema) for p in shape.properties if p.required)
            case ir.Array():
                return excluded(shape) is None and (not shape.min_items or self(shape.items))
            case ir.Tuple():
                return excluded(shape) is None
            case _:
                return excluded(shape) is None

    def _met_alone(self, union: ir.Union) -> tuple[ir.Schema, ...]:
        known = self._alone.get(id(union))
        if known is None:
            # Holding the union keeps its id from being used again.
            known = self._alone[id(union)] = (union, met_alone(self._api.schemas, union))
        return known[1]

    def can_succeed(self, operation: ir.Operation) -> bool:
        """Whether some body fits the success response that an operation describes."""
        schema = success_schema(operation)
        return schema is None or self(schema)

    def problems(self) -> Iterator[Diagnostic]:
        """The schemas that say themselves what excludes every value, in the order written."""
        seen: set[int] = set()
        shown = self._shown()
        for name, root in self._api.schemas.items():
            yield from self._problems(root, seen, shown=name in shown)
        for root in self._sent():
            yield from self._problems(root, seen, shown=False)
        for root in self._responses():
            yield from self._problems(root, seen, shown=True)

    def _shown(self) -> set[str]:
        """The named schemas that responses refer to."""
        found: set[str] = set()
        left = [name for schema in self._responses() for name in references(schema)]
        while left:
            name = left.pop()
            if name not in found and name in self._api.schemas:
                found.add(name)
                left.extend(references(self._api.schemas[name]))
        return found

    def _responses(self) -> Iterator[ir.Schema]:
        for operation in self._api.operations:
            for response in operation.responses:
                yield from (c.schema for c in response.contents if c.schema is not None)

    def _sent(self) -> Iterator[ir.Schema]:
        for operation in self._api.operations:
            for parameter in operation.parameters:
                yield parameter.schema
            bodies = operation.body.contents if operation.body is not None else ()
            yield from (c.schema for c in bodies if c.schema is not None)

    def _problems(self, root: ir.Schema, seen: set[int], *, shown: bool) -> Iterator[Diagnostic]:
        left = [root]
        while left:
            schema = left.pop()
            if id(schema) in seen:
                continue
            seen.add(id(schema))
            shape = schema.shape
            why = excluded(shape)
            if why is not None and not schema.nullable:
                yield _problem(f"No value fits: {why}", schema)
            if shown and isinstance(shape, ir.Union) and self._is_mixed(schema, shape):
                yield _problem(
                    "No value fits: whatever fits one alternative of oneOf fits another", schema
                )
            if isinstance(shape, ir.Object):
                name = _forbidden(schema, shape)
                if name is not None:
                    yield _problem(f"No value fits: {name!r} must be there, and may not be", schema)
                for prop in shape.properties:
                    if prop.required and isinstance(prop.schema.shape, ir.Nothing):
                        message = f"{prop.name!r} must be there, and no value is allowed for it"
                        yield _problem(message, prop.schema)
                    if prop.required and self._is_endless(prop.schema):
                        message = f"{prop.name!r} must be there, and needs itself without end"
                        yield _problem(message, prop.schema)
            left.extend(reversed(list(children(schema))))

    def _is_mixed(self, schema: ir.Schema, union: ir.Union) -> bool:
        return bool(union.members) and not schema.nullable and not self._met_alone(union)

    def _is_endless(self, schema: ir.Schema) -> bool:
        """Whether what is required leads back to the schema itself."""
        name = schema.shape.name if isinstance(schema.shape, ir.Reference) else None
        if name not in self.endless or schema.nullable:
            return False
        left, met = [name], set[str]()
        while left:
            for needed in _needed(self._api.schemas[left.pop()]):
                if needed == name:
                    return True
                if needed in self.endless and needed not in met:
                    met.add(needed)
                    left.append(needed)
        return False


def _needed(schema: ir.Schema) -> Iterator[str]:
    """The named schemas that every value of a schema has inside."""
    if schema.nullable:
        return
    shape = schema.shape
    match shape:
        case ir.Reference(name):
            yield name
        case ir.Object():
            for prop in shape.properties:
                if prop.required:
                    yield from _needed(prop.schema)
        case ir.Array():
            if shape.min_items:
                yield from _needed(shape.items)
        case ir.Union() | ir.Intersection():
            for member in shape.members:
                yield from _needed(member)
        case _:
            return


def excluded(shape: ir.Shape) -> str | None:
    """What a shape's own bounds exclude, in words; None where they leave something."""
    match shape:
        case ir.Integer() | ir.Number():
            return _between(shape)
        case ir.String():
            return _above("minLength", shape.min_length, "maxLength", shape.max_length)
        case ir.Array() | ir.Tuple():
            return _above("minItems", shape.min_items, "maxItems", shape.max_items)
        case ir.Object():
            most = shape.max_properties
            required = sum(p.required for p in shape.properties)
            if most is not None and required > most:
                return f"{required} properties are required, maxProperties is {most}"
            return _above("minProperties", shape.min_properties, "maxProperties", most)
        case _:
            return None


def _forbidden(schema: ir.Schema, shape: ir.Object) -> str | None:
    """A member that an object has to have and may not; None where there is none."""
    names = schema.unmodelled.get("required")
    closed = shape.additional is None and not shape.open and not shape.pattern_properties
    if not closed or not isinstance(names, list):
        return None
    return next((str(name) for name in names), None)


def _above(low_name: str, low: float | None, high_name: str, high: float | None) -> str | None:
    if low is None or high is None or low <= high:
        return None
    return f"{low_name} {low} is above {high_name} {high}"


def _between(shape: ir.Integer | ir.Number) -> str | None:
    why = _above("minimum", shape.minimum, "maximum", shape.maximum)
    lows = [n for n in (shape.minimum, shape.exclusive_minimum) if n is not None]
    highs = [n for n in (shape.maximum, shape.exclusive_maximum) if n is not None]
    if why is not None or not lows or not highs:
        return why
    low, high = max(lows), min(highs)
    strict = low == shape.exclusive_minimum or high == shape.exclusive_maximum
    if low > high or (low == high and strict):
        return f"there is no number between {low} and {high}"
    if isinstance(shape, ir.Integer):
        first = math.ceil(low) + (low == shape.exclusive_minimum and low == math.ceil(low))
        last = math.floor(high) - (high == shape.exclusive_maximum and high == math.floor(high))
        if first > last:
            return f"there is no whole number between {low} and {high}"
    return None


def _problem(message: str, schema: ir.Schema) -> Diagnostic:
    return Diagnostic(Code.CONTRADICTION, message, schema.meta.origin.position)
