"""A short text equal for schemas alike: how members of unions find their counterparts.

Only a hint for pairing: whatever it pairs is compared in full, so its limited depth loses nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from trunkline import ir

DEPTH = 3


def kind(shape: ir.Shape) -> str:
    """The shape's JSON type in words."""
    match shape:
        case ir.Anything():
            return "any value"
        case ir.Nothing():
            return "no value"
        case ir.Enumeration(base=None, values=values):
            kinds = {_json_kind(value) for value in values}
            return kinds.pop() if len(kinds) == 1 else "any value"
        case ir.Enumeration(base=base) if base is not None:
            return kind(base)
        case ir.Tuple() | ir.Array():
            return "list"
        case _:
            return type(shape).__name__.lower()


def _json_kind(value: ir.Json) -> str:
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "list"}
    return names.get(type(value), "object")


class Fingerprints:
    """Of the schemas of one API."""

    def __init__(self, schemas: Mapping[str, ir.Schema]) -> None:
        self._schemas = schemas
        self._known: dict[tuple[int, int], str] = {}

    def of(self, schema: ir.Schema, depth: int = DEPTH) -> str:
        """Alike down to `depth` levels, names and prose aside: the same text."""
        key = (id(schema), depth)
        if key not in self._known:
            parts = [self._shape(schema.shape, depth), schema.nullable, dict(schema.unmodelled)]
            digest = hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode())
            self._known[key] = digest.hexdigest()[:16]
        return self._known[key]

    def _shape(self, shape: ir.Shape, depth: int) -> object:
        if isinstance(shape, ir.Reference):
            return self.of(self._schemas[shape.name], depth - 1) if depth > 0 else "deep"
        if depth == 0:
            return type(shape).__name__
        below = depth - 1
        match shape:
            case ir.Object():
                return {
                    "object": {
                        p.name: (self.of(p.schema, below), p.required) for p in shape.properties
                    },
                    "additional": shape.additional and self.of(shape.additional, below),
                    "patterns": {k: self.of(v, below) for k, v in shape.pattern_properties},
                    "size": (shape.min_properties, shape.max_properties),
                }
            case ir.Array():
                return (
                    "list",
                    self.of(shape.items, below),
                    (shape.min_items, shape.max_items, shape.unique_items),
                )
            case ir.Tuple():
                rest = shape.rest and self.of(shape.rest, below)
                return ("tuple", [self.of(item, below) for item in shape.prefix], rest)
            case ir.Union() | ir.Intersection():
                return (type(shape).__name__, sorted(self.of(m, below) for m in shape.members))
            case _:
                return repr(shape)
