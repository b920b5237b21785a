"""Moving about in schemas."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.ir import (
    Api,
    Array,
    Intersection,
    Object,
    Reference,
    Schema,
    Tuple,
    Union,
)


def children(schema: Schema) -> Iterator[Schema]:
    """The schemas directly inside one."""
    match schema.shape:
        case Array(items=items):
            yield items
        case Tuple(prefix=prefix, rest=rest):
            yield from prefix
            if rest is not None:
                yield rest
        case Object() as shape:
            for prop in shape.properties:
                yield prop.schema
            if shape.additional is not None:
                yield shape.additional
            for _, inner in shape.pattern_properties:
                yield inner
        case Union(members=members) | Intersection(members=members):
            yield from members
        case _:
            return


def references(schema: Schema) -> Iterator[str]:
    """Names of all component schemas referred to, inside inline ones too."""
    stack = [schema]
    while stack:
        current = stack.pop()
        if isinstance(current.shape, Reference):
            yield current.shape.name
        if isinstance(current.shape, Union) and current.shape.discriminator is not None:
            yield from current.shape.discriminator.mapping.values()
        stack.extend(children(current))


def resolve(api: Api, schema: Schema) -> Schema:
    """The schema behind references. A circle of references alone ends at one of its members."""
    seen: set[str] = set()
    while isinstance(schema.shape, Reference) and schema.shape.name not in seen:
        seen.add(schema.shape.name)
        if schema.shape.name not in api.schemas:
            return schema
        schema = api.schemas[schema.shape.name]
    return schema


def nullable(api: Api, schema: Schema) -> bool:
    """Whether null is allowed, by the schema or by one it refers to."""
    seen: set[str] = set()
    while True:
        if schema.nullable:
            return True
        if not isinstance(schema.shape, Reference) or schema.shape.name in seen:
            return False
        seen.add(schema.shape.name)
        if schema.shape.name not in api.schemas:
            return False
        schema = api.schemas[schema.shape.name]


def member(api: Api, schema: Schema, path: tuple[str, ...]) -> Schema | None:
    """The schema of the value at a path of property names, or None where there is none."""
    for name in path:
        shape = resolve(api, schema).shape
        if isinstance(shape, Object):
            prop = shape.property(name)
            if prop is not None:
                schema = prop.schema
                continue
        return None
    return schema
