"""What can be decided only when every schema is known: discriminators, schemas without a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.context import Context
from trunkline.lower.families import families


def finish(context: Context) -> dict[str, ir.Schema]:
    """All named schemas, circles without a value broken and discriminators completed."""
    schemas = families(context, _break_circles(context, context.schemas))
    return {name: _discriminated(schema, schemas) for name, schema in schemas.items()}


def _break_circles(context: Context, schemas: Mapping[str, ir.Schema]) -> dict[str, ir.Schema]:
    """A schema that is itself, or has itself among its alternatives, says nothing by that."""
    found = dict(schemas)
    state: dict[str, int] = {}

    def visit(name: str) -> None:
        state[name] = 1
        schema = found[name]
        for target in _same_value(schema.shape):
            if state.get(target, 0) == 0:
                visit(target)
            elif state[target] == 1:
                position = schema.meta.origin.position
                context.diagnostics.add(
                    Code.CYCLIC_ALL_OF, f"Schema {name!r} leads back to itself", position
                )
                found[name] = replace(schema, shape=_without(found[name].shape, target))
        state[name] = 2

    for name in schemas:
        if state.get(name, 0) == 0:
            visit(name)
    return found


def _same_value(shape: ir.Shape) -> list[str]:
    """The named schemas that a value of this shape is itself a value of, or may be."""
    match shape:
        case ir.Reference(name):
            return [name]
        case ir.Union(members=members) | ir.Intersection(members=members):
            return [name for member in members for name in _same_value(member.shape)]
        case _:
            return []


def _without(shape: ir.Shape, name: str) -> ir.Shape:
    match shape:
        case ir.Union(members=members):
            kept = tuple(m for m in members if name not in _same_value(m.shape))
            return replace(shape, members=kept) if kept else ir.Anything()
        case _:
            return ir.Anything()


def _discriminated(schema: ir.Schema, schemas: Mapping[str, ir.Schema]) -> ir.Schema:
    shape = schema.shape
    if not isinstance(shape, ir.Union):
        return schema
    names = [m.shape.name for m in shape.members if isinstance(m.shape, ir.Reference)]
    if len(names) < len(shape.members) or len(set(names)) < len(names):
        return replace(schema, shape=replace(shape, discriminator=None))
    if shape.discriminator is None:
        discriminator = _inferred(names, schemas)
    else:
        discriminator = _completed(shape.discriminator, names, schemas)
    if discriminator == shape.discriminator:
        return schema
    return replace(schema, shape=replace(shape, discriminator=discriminator))


def _completed(
    declared: ir.Discriminator, names: list[str], schemas: Mapping[str, ir.Schema]
) -> ir.Discriminator | None:
    """Every member with its values: those mapped and its constants, else its own name."""
    mapping = {value: name for value, name in declared.mapping.items() if name in names}
    default = declared.default if declared.default in names else None
    listed = {name: _constants(name, declared.property, schemas, 0) for name in names}
    for name in names:
        if name not in mapping.values():
            for value in listed[name] or [name]:
                mapping.setdefault(value, name)
    # A value that only one member lists is that member's, whatever else is mapped to it.
    claims = Counter(value for values in listed.values() for value in set(values))
    for name, values in listed.items():
        mapping.update((v, name) for v in values if claims[v] == 1 and v not in mapping)
    if set(mapping.values()) != set(names):
        return None
    return ir.Discriminator(property=declared.property, mapping=mapping, default=default)


def _inferred(names: list[str], schemas: Mapping[str, ir.Schema]) -> ir.Discriminator | None:
    """The one property that every member requires with constants of its own, if there is one."""
    if len(names) < 2:
        return None
    first = _object(names[0], schemas)
    for candidate in first.properties if first is not None else ():
        mapping: dict[str, str] = {}
        for name in names:
            shape = _object(name, schemas)
            member = shape.property(candidate.name) if shape is not None else None
            told = member is not None and member.required and not member.schema.nullable
            values = _values(member.schema, schemas, 0) if member and told else []
            if not values or any(value in mapping for value in values):
                break
            mapping.update(dict.fromkeys(values, name))
        else:
            return ir.Discriminator(property=candidate.name, mapping=mapping)
    return None


def _object(name: str, schemas: Mapping[str, ir.Schema], depth: int = 0) -> ir.Object | None:
    schema = schemas.get(name)
    if schema is None or schema.nullable:
        return None
    if isinstance(schema.shape, ir.Object):
        return schema.shape
    if isinstance(schema.shape, ir.Reference) and depth < 20:
        return _object(schema.shape.name, schemas, depth + 1)
    return None


def _constants(name: str, key: str, schemas: Mapping[str, ir.Schema], depth: int) -> list[str]:
    """The values a named schema's property `key` can have, through unions."""
    schema = schemas.get(name)
    if schema is None or depth > 20:
        return []
    match schema.shape:
        case ir.Object():
            member = schema.shape.property(key)
            return _values(member.schema, schemas, 0) if member is not None else []
        case ir.Reference(target):
            return _constants(target, key, schemas, depth + 1)
        case ir.Union(members=members):
            return [
                value
                for m in members
                if isinstance(m.shape, ir.Reference)
                for value in _constants(m.shape.name, key, schemas, depth + 1)
            ]
        case _:
            return []


def _values(schema: ir.Schema, schemas: Mapping[str, ir.Schema], depth: int) -> list[str]:
    match schema.shape:
        case ir.Enumeration(values=values) if all(isinstance(v, str) for v in values):
            return [str(v) for v in values]
        case ir.Reference(name) if depth < 20 and name in schemas:
            return _values(schemas[name], schemas, depth + 1)
        case _:
            return []
