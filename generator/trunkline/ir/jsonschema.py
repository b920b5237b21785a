"""Schemas of the representation printed as JSON Schema 2020-12.

A value is valid under what is printed exactly when it is valid under the schema: validators use
it as it is, and it is what the model generator is fed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias

from trunkline.ir.api import Api
from trunkline.ir.schema import (
    ABSENT,
    Anything,
    Array,
    Boolean,
    Enumeration,
    Integer,
    Intersection,
    Json,
    Meta,
    Nothing,
    Null,
    Number,
    Object,
    Reference,
    Schema,
    Shape,
    String,
    Tuple,
    Union,
)
from trunkline.pointer import escape, unescape

Direction: TypeAlias = Literal["request", "response"]
"""Which way a value travels; decides what `readOnly` and `writeOnly` mean."""

JsonSchema: TypeAlias = dict[str, Any]

DEFINITIONS = "#/$defs/"
_WIDTHS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}


def json_schema(
    schema: Schema,
    *,
    ref_prefix: str = DEFINITIONS,
    direction: Direction | None = None,
    annotations: bool = False,
) -> JsonSchema:
    """`schema` as JSON Schema 2020-12; named schemas are referred to below `ref_prefix`.

    In a request `readOnly` members are not required, and numbers are as wide as their format says;
    in a response `writeOnly` members are forbidden. With `annotations`, titles, descriptions,
    defaults, examples, `readOnly`, `writeOnly` and `deprecated` are printed too.
    """
    return _Printer(ref_prefix, direction, annotations).schema(schema)


def definitions(
    api: Api,
    names: Iterable[str] | None = None,
    *,
    ref_prefix: str = DEFINITIONS,
    direction: Direction | None = None,
    annotations: bool = False,
) -> dict[str, JsonSchema]:
    """The named schemas of `api`, or those in `names`, in its order. KeyError for unknown names."""
    printer = _Printer(ref_prefix, direction, annotations)
    wanted = api.schemas if names is None else dict.fromkeys(names)
    return {name: printer.schema(api.schemas[name]) for name in wanted}


def document(
    api: Api, schema: Schema, direction: Direction | None = None, *, annotations: bool = False
) -> JsonSchema:
    """`schema` with, under `$defs`, the named schemas that can be reached from it."""
    printer = _Printer(DEFINITIONS, direction, annotations)
    printed = printer.schema(schema)
    found: dict[str, JsonSchema] = {}
    pending = list(_references(printed))
    while pending:
        name = pending.pop()
        if name not in found and name in api.schemas:
            found[name] = printer.schema(api.schemas[name])
            pending.extend(_references(found[name]))
    if found:
        printed["$defs"] = {name: found[name] for name in api.schemas if name in found}
    return printed


def _references(printed: Any) -> Iterator[str]:
    """The names referred to; members called `$ref` inside constants do not matter here."""
    pending = [printed]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            ref = value.get("$ref")
            if isinstance(ref, str) and ref.startswith(DEFINITIONS):
                yield unescape(ref[len(DEFINITIONS) :])
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)


class _Printer:
    def __init__(
        self,
        ref_prefix: str,
        direction: Direction | None,
        annotations: bool,
    ) -> None:
        self.ref_prefix = ref_prefix
        self.direction: Direction | None = direction
        self.annotations = annotations

    def schema(self, schema: Schema) -> JsonSchema:
        printed = self.shape(schema.shape)
        if schema.nullable:
            printed = _with_null(printed)
        if schema.unmodelled:
            self._add_unmodelled(printed, schema.unmodelled)
        if self.annotations:
            printed = _annotated(schema.meta, printed)
        return printed

    def reference(self, name: str) -> str:
        return self.ref_prefix + escape(name)

    def shape(self, shape: Shape) -> JsonSchema:
        match shape:
            case Anything():
                return {}
            case Nothing():
                return {"not": {}}
            case Null():
                return {"type": "null"}
            case Boolean():
                return {"type": "boolean"}
            case Integer() | Number():
                return _number(shape, self.direction)
            case String():
                return _string(shape)
            case Enumeration():
                printed = {} if shape.base is None else self.shape(shape.base)
                return {**printed, "enum": list(shape.values)}
            case Array():
                return _given(
                    {"type": "array", "items": self.schema(shape.items)},
                    minItems=shape.min_items,
                    maxItems=shape.max_items,
                    uniqueItems=shape.unique_items or None,
                )
            case Tuple():
                return _given(
                    {
                        "type": "array",
                        "prefixItems": [self.schema(s) for s in shape.prefix],
                        "items": False if shape.rest is None else self.schema(shape.rest),
                    },
                    minItems=shape.min_items,
                    maxItems=shape.max_items,
                )
            case Object():
                return self._object(shape)
            case Union():
                return self._union(shape)
            case Intersection():
                return {"allOf": [self.schema(s) for s in shape.members]}
            case Reference():
                return {"$ref": self.reference(shape.name)}

    def _object(self, shape: Object) -> JsonSchema:
        printed: JsonSchema = {"type": "object"}
        properties: JsonSchema = {}
        required: list[str] = []
        for member in shape.properties:
            meta = member.schema.meta
            if self.direction == "response" and meta.write_only:
                properties[member.name] = {"not": {}}
                continue
            properties[member.name] = self.schema(member.schema)
            if member.required and not (self.direction == "request" and meta.read_only):
                required.append(member.name)
        if properties:
            printed["properties"] = properties
        if required:
            printed["required"] = required
        if shape.pattern_properties:
            printed["patternProperties"] = {
                pattern: self.schema(s) for pattern, s in shape.pattern_properties
            }
        if shape.additional is None:
            if not shape.open:
                printed["additionalProperties"] = False
        elif not shape.open:
            additional = self.schema(shape.additional)
            printed["additionalProperties"] = additional or True
        return _given(
            printed, minProperties=shape.min_properties, maxProperties=shape.max_properties
        )

    def _union(self, shape: Union) -> JsonSchema:
        printed: JsonSchema = {
            "oneOf" if shape.exclusive else "anyOf": [self.schema(s) for s in shape.members]
        }
        if shape.discriminator is not None:
            printed["discriminator"] = {
                "propertyName": shape.discriminator.property,
                "mapping": {
                    value: self.reference(name)
                    for value, name in shape.discriminator.mapping.items()
                },
            }
        return printed

    def _add_unmodelled(self, printed: JsonSchema, unmodelled: Any) -> None:
        for keyword, value in self._renamed(dict(unmodelled)).items():
            if keyword == "allOf":
                printed.setdefault("allOf", []).extend(value)
            elif keyword in printed:
                printed.setdefault("allOf", []).append({keyword: value})
            else:
                printed[keyword] = value

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._renamed(v) for v in value]
        if not isinstance(value, dict):
            return value
        return {
            k: self.ref_prefix + v[len(DEFINITIONS) :]
            if k == "$ref" and isinstance(v, str) and v.startswith(DEFINITIONS)
            else self._renamed(v)
            for k, v in value.items()
        }


def _with_null(printed: JsonSchema) -> JsonSchema:
    """The same, or null."""
    declared = printed.get("type")
    if isinstance(declared, str) and declared != "null":
        changed = {**printed, "type": [declared, "null"]}
        if "enum" in changed:
            changed["enum"] = [*changed["enum"], None]
        return changed
    if printed.keys() == {"enum"}:
        return {"enum": [*printed["enum"], None]}
    if not printed:
        return printed
    return {"anyOf": [printed, {"type": "null"}]}


def _number(shape: Integer | Number, direction: Direction | None) -> JsonSchema:
    low, high = shape.minimum, shape.maximum
    if direction == "request" and shape.format in _WIDTHS:
        # What is sent has to go into the type; what is there has gone into it.
        least, most = _WIDTHS[shape.format]
        low = least if low is None else max(low, least)
        high = most if high is None else min(high, most)
    return _given(
        {"type": "integer" if isinstance(shape, Integer) else "number"},
        minimum=low,
        maximum=high,
        exclusiveMinimum=shape.exclusive_minimum,
        exclusiveMaximum=shape.exclusive_maximum,
        multipleOf=shape.multiple_of,
        format=shape.format,
    )


def _string(shape: String) -> JsonSchema:
    return _given(
        {"type": "string"},
        minLength=shape.min_length,
        maxLength=shape.max_length,
        pattern=shape.pattern,
        format=shape.format,
        contentMediaType=shape.content_media_type,
        contentEncoding=shape.content_encoding,
    )


def _given(printed: JsonSchema, **keywords: Json) -> JsonSchema:
    """`printed` with the keywords that are not None."""
    printed.update((k, v) for k, v in keywords.items() if v is not None)
    return printed


def _annotated(meta: Meta, printed: JsonSchema) -> JsonSchema:
    annotations = _given(
        {},
        title=meta.title,
        description=meta.description,
        deprecated=meta.deprecated or None,
        readOnly=meta.read_only or None,
        writeOnly=meta.write_only or None,
        examples=list(meta.examples) or None,
    )
    if meta.default is not ABSENT:
        annotations["default"] = meta.default
    return {**annotations, **printed}
