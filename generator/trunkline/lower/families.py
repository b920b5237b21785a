"""Schemas told apart by a tag without a union: those that extend one with a `discriminator`.

OpenAPI lets a schema with a discriminator stand for all that have it in their `allOf`. Where it is
used, it becomes the union that is meant; what it says itself stays, under a name of its own, as
the member for every other tag.
"""

from __future__ import annotations

from collections.abc import Mapping

from trunkline import ir
from trunkline.lower.context import Context
from trunkline.source import Node


def families(context: Context, schemas: Mapping[str, ir.Schema]) -> dict[str, ir.Schema]:
    """`schemas`, with a union in place of every head of a family that something refers to."""
    heads = {
        name: node
        for name, node in context.components.items()
        if _is_head(node) and _is_object(schemas.get(name))
    }
    found = dict(schemas)
    if not heads:
        return found
    extended = {name: _extended(context, node) for name, node in context.components.items()}
    own: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for name in heads:
        heirs = [h for h in _heirs(name, extended) if _is_object(schemas.get(h))]
        if heirs and name in context.used:
            own[name] = context.claim(f"{name}Base")
            members[name] = heirs
    for name, heirs in members.items():
        schema = schemas[name]
        tag = _tag(heads[name])
        assert tag is not None
        found[own[name]] = schema
        listed = [own.get(heir, heir) for heir in heirs] + [own[name]]
        mapping = _mapping(context, heads[name], tag, heirs, schemas)
        mapping.setdefault(name, name)
        found[name] = ir.Schema(
            shape=ir.Union(
                members=tuple(
                    ir.Schema(shape=ir.Reference(m), meta=ir.Meta(origin=schema.meta.origin))
                    for m in listed
                ),
                discriminator=ir.Discriminator(
                    property=tag,
                    mapping={value: own.get(target, target) for value, target in mapping.items()},
                    default=own[name],
                ),
            ),
            meta=schema.meta,
            nullable=schema.nullable,
        )
    return found


def _tag(node: Node) -> str | None:
    discriminator = node.get("discriminator")
    return discriminator.text("propertyName") if discriminator is not None else None


def _is_head(node: Node) -> bool:
    return _tag(node) is not None and "oneOf" not in node and "anyOf" not in node


def _is_object(schema: ir.Schema | None) -> bool:
    return (
        schema is not None and isinstance(schema.shape, ir.Object) and bool(schema.shape.properties)
    )


def _extended(context: Context, node: Node) -> set[str]:
    """The components that a component names in its `allOf`."""
    found: set[str] = set()
    members = node.get("allOf")
    for member in members.elements() if members is not None else ():
        target = context.document.target(member) if "$ref" in member else None
        name = context.names.get(target.place) if target is not None else None
        if name is not None:
            found.add(name)
    return found


def _heirs(head: str, extended: Mapping[str, set[str]]) -> list[str]:
    """What extends a schema, directly or through others, in the order written."""
    found = {head}
    grown = True
    while grown:
        more = {name for name, bases in extended.items() if bases & found} - found
        found |= more
        grown = bool(more)
    return [name for name in extended if name in found and name != head]


def _mapping(
    context: Context,
    node: Node,
    tag: str,
    heirs: list[str],
    schemas: Mapping[str, ir.Schema],
) -> dict[str, str]:
    """Value of the tag → heir: as mapped, else what the heir lists, else its name."""
    found: dict[str, str] = {}
    declared = node.at(("discriminator", "mapping"))
    for value, entry in declared.items() if declared is not None else ():
        if not isinstance(entry.value, str):
            continue
        name: str | None = entry.value
        if entry.value not in context.components:
            target = context.document.find(entry.value, entry)
            name = context.names.get(target.place) if target is not None else None
        if name in heirs:
            found[value] = name
    for heir in heirs:
        if heir in found.values():
            continue
        for value in _listed(schemas[heir], tag, schemas) or [heir]:
            found.setdefault(value, heir)
    return found


def _listed(schema: ir.Schema, tag: str, schemas: Mapping[str, ir.Schema]) -> list[str]:
    """The one text an heir allows for its tag; a list of several is the head's, not its own."""
    member = schema.shape.property(tag) if isinstance(schema.shape, ir.Object) else None
    shape = member.schema.shape if member is not None else None
    if isinstance(shape, ir.Reference):
        target = schemas.get(shape.name)
        shape = target.shape if target is not None else None
    if isinstance(shape, ir.Enumeration) and len(shape.values) == 1:
        return [str(shape.values[0])]
    return []
