"""The normalised schema: what datamodel-code-generator is given.

It names our modules and classes, spells every property as its attribute, and holds nothing that
would be enforced on a response: no lengths, bounds or patterns. Formats that Python has a type
for are kept; the others are plain strings.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeAlias

from trunkline.ir import (
    Anything,
    Api,
    Array,
    Boolean,
    Enumeration,
    Integer,
    Intersection,
    Json,
    Null,
    Number,
    Object,
    Property,
    Reference,
    Schema,
    String,
    Tuple,
    Union,
)
from trunkline.names import ClassName, Kind, NamePlan
from trunkline.semantics.schemas import has_null_flag, write_only

JsonSchema: TypeAlias = dict[str, Any]

FORMATS: Final = frozenset({"date-time", "date", "uuid", "decimal"})
_NULL: Final[JsonSchema] = {"type": "null"}
_ANY: Final[JsonSchema] = {}
_LONGEST_LITERAL: Final = 100


def promised(api: Api, prop: Property) -> bool:
    """Whether every object has the member, answers too: those never show what is only written."""
    return prop.required and not write_only(api.schemas, prop.schema)


def key(cls: ClassName) -> str:
    """What a class is called in the schema: `module.Class`, which puts it in that module."""
    return f"{cls.module}.{cls.name}"


def document(api: Api, plan: NamePlan) -> JsonSchema:
    """The schema of every class, under `$defs`."""
    types = Types(api, plan)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {key(cls): types.definition(name) for name, cls in plan.classes.items()},
    }


class Types:
    """Schemas as the model generator needs them."""

    def __init__(self, api: Api, plan: NamePlan) -> None:
        self._api = api
        self._plan = plan

    def definition(self, name: str) -> JsonSchema:
        """One class."""
        cls = self._plan.classes[name]
        schema = self._api.schemas[name]
        match schema.shape:
            case Object() as shape if cls.kind is Kind.MODEL:
                return {
                    "type": "object",
                    "properties": {cls.fields[p.name]: self.of(p.schema) for p in shape.properties},
                    "required": [
                        cls.fields[p.name] for p in shape.properties if promised(self._api, p)
                    ],
                }
            case _ if cls.kind is Kind.ENUM:
                # Our template prints the members; the generator only has to know of the class.
                return {"type": "integer", "enum": list(range(len(cls.members)))}
            case Array(items=Schema(shape=Reference(name=inner))) if inner == name:
                # A list of itself alone: the generator has no spelling for it.
                return {"type": "array", "items": {}}
            case _:
                return self.bare(schema)

    def of(self, schema: Schema) -> JsonSchema:
        """A schema where it is used, null included."""
        return (
            _or_null(self.bare(schema))
            if has_null_flag(self._api.schemas, schema)
            else self.bare(schema)
        )

    def bare(self, schema: Schema) -> JsonSchema:
        """A schema, null aside."""
        match schema.shape:
            case Reference(name=name):
                cls = self._plan.classes.get(name)
                if cls is not None:
                    return {"$ref": f"#/$defs/{key(cls)}"}
                target = self._api.schemas.get(name)
                return self.bare(target) if target is not None else dict(_ANY)
            case Boolean():
                return {"type": "boolean"}
            case Integer():
                return {"type": "integer"}
            case Number():
                return union([{"type": "integer"}, {"type": "number"}])
            case Null():
                return dict(_NULL)
            case String() as shape:
                return _string(shape)
            case Enumeration(values=values):
                return literals(values)
            case Array(items=items):
                return {"type": "array", "items": self.of(items)}
            case Tuple() as shape:
                return self._tuple(shape)
            case Object() as shape:
                return self._map(shape)
            case Union(members=members):
                return union([self.of(m) for m in members])
            case Intersection(members=members):
                return self._intersection(members)
            case _:
                return dict(_ANY)

    def _tuple(self, shape: Tuple) -> JsonSchema:
        prefix = [self.of(s) for s in shape.prefix]
        length = len(prefix)
        if shape.rest is None and (shape.min_items or 0) >= length > 0:
            return {
                "type": "array",
                "prefixItems": prefix,
                "items": False,
                "minItems": length,
                "maxItems": length,
            }
        rest = [self.of(shape.rest)] if shape.rest is not None else []
        return {"type": "array", "items": union([*prefix, *rest])}

    def _map(self, shape: Object) -> JsonSchema:
        values = [inner for _, inner in shape.pattern_properties]
        if shape.additional is not None and not (values and shape.open):
            values.append(shape.additional)
        if shape.properties:
            # Inline and with members of its own: lowering names those, so this is a rare rest.
            values = []
        return {
            "type": "object",
            "additionalProperties": union([self.of(v) for v in values]) or True,
        }

    def _intersection(self, members: tuple[Schema, ...]) -> JsonSchema:
        telling = [m for m in members if not isinstance(m.shape, Anything)]
        named = [m for m in telling if isinstance(m.shape, Reference)]
        if len(telling) == 1:
            return self.bare(telling[0])
        if len(named) == 1 and all(_is_refinement(m) for m in telling if m is not named[0]):
            return self.bare(named[0])
        return dict(_ANY)


def _is_refinement(schema: Schema) -> bool:
    """Whether a part of an intersection names no members of its own."""
    return isinstance(schema.shape, Object) and not schema.shape.properties


def _string(shape: String) -> JsonSchema:
    if shape.binary:
        return {"type": "string", "format": "binary"}
    if shape.format in FORMATS:
        return {"type": "string", "format": shape.format}
    return {"type": "string"}


def literals(values: Iterable[Json]) -> JsonSchema:
    """Values as an `enum` that becomes a `Literal`; those it cannot hold as their type."""
    kept: list[Json] = []
    rest: list[JsonSchema] = []
    for value in values:
        match value:
            case bool() | int():
                kept.append(value)
            case str() if printable(value):
                kept.append(value)
            case None:
                rest.append(dict(_NULL))
            case str():
                rest.append({"type": "string"})
            case float():
                rest.append({"type": "number"})
            case list():
                rest.append({"type": "array", "items": {}})
            case _:
                rest.append({"type": "object", "additionalProperties": True})
    return union([{"enum": kept}, *rest] if kept else rest)


def printable(value: str) -> bool:
    """Whether a text can stand in a `Literal` as it is."""
    plain = value.isprintable() and value.isascii() and len(value) <= _LONGEST_LITERAL
    return plain and not set(value) & set("\"'\\")


def union(members: Iterable[JsonSchema]) -> JsonSchema:
    """One of several; nested unions are opened and repetitions dropped."""
    flat: list[JsonSchema] = []
    for item in members:
        for part in item["anyOf"] if set(item) == {"anyOf"} else [item]:
            if not part:
                return dict(_ANY)
            if part not in flat:
                flat.append(part)
    if not flat:
        return dict(_ANY)
    if _NULL in flat and len(flat) > 1:
        # Null comes last, as people write it.
        flat = [*(p for p in flat if p != _NULL), dict(_NULL)]
    return flat[0] if len(flat) == 1 else {"anyOf": flat}


def _or_null(schema: JsonSchema) -> JsonSchema:
    return union([schema, _NULL]) if schema else schema
