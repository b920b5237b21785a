"""What a schema says: references followed, properties under unions and `allOf`, types, leaves."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, assert_never

from trunkline import ir
from trunkline.semantics.jsonvalue import TYPES, Path, json_type

_DEPTH: Final = 12
"""How deep unions and intersections are looked into: they may contain themselves."""

_MOST: Final = 2_500
"""More properties than this are not listed, nested ones counted."""


@dataclass(frozen=True, slots=True)
class Facets:
    """What is said about a value on the way through references; the nearest word counts."""

    nullable: bool
    read_only: bool
    write_only: bool
    deprecated: bool
    default: ir.Json | ir.Absent
    examples: tuple[ir.Json, ...]
    extensions: Mapping[str, ir.Json]
    description: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """A property that values of a schema can have.

    `required`: every object that fits has it. `always`: every alternative describes it, so that it
    may be relied on whichever alternative a value follows.
    """

    name: str
    schema: ir.Schema
    required: bool
    always: bool = True


def resolve(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> ir.Schema:
    """The schema behind references. A circle of bare references ends at one of its members; a
    name that `schemas` does not have stays a reference.

    What is said beside a reference (null, read-only, default) is found in `facets`.
    """
    seen: set[str] = set()
    while isinstance(schema.shape, ir.Reference) and schema.shape.name not in seen:
        target = schemas.get(schema.shape.name)
        if target is None:
            break
        seen.add(schema.shape.name)
        schema = target
    return schema


def chain(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> Iterator[ir.Schema]:
    """The schema and everything that it refers to, in order."""
    seen: set[str] = set()
    while True:
        yield schema
        if not isinstance(schema.shape, ir.Reference) or schema.shape.name in seen:
            return
        seen.add(schema.shape.name)
        target = schemas.get(schema.shape.name)
        if target is None:
            return
        schema = target


def facets(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> Facets:
    """What is said of the schema and of everything that it refers to."""
    passed = list(chain(schemas, schema))
    extensions: dict[str, ir.Json] = {}
    for one in passed:
        extensions = {**one.meta.extensions, **extensions}
    return Facets(
        nullable=nullable(schemas, schema),
        read_only=any(s.meta.read_only for s in passed),
        write_only=any(s.meta.write_only for s in passed),
        deprecated=any(s.meta.deprecated for s in passed),
        default=next(
            (s.meta.default for s in passed if not isinstance(s.meta.default, ir.Absent)),
            ir.ABSENT,
        ),
        examples=next((s.meta.examples for s in passed if s.meta.examples), ()),
        extensions=extensions,
        description=next((s.meta.description for s in passed if s.meta.description), None),
    )


def nullable(schemas: Mapping[str, ir.Schema], schema: ir.Schema, _depth: int = 0) -> bool:
    """Whether null fits, as far as shapes tell: said of the schema, of what it refers to, of one
    alternative, or of all parts."""
    target = schema
    for target in chain(schemas, schema):
        if target.nullable:
            return True
    match target.shape:
        case ir.Null() | ir.Anything():
            return True
        case ir.Enumeration(values=values):
            return None in values
        case ir.Union(members=members):
            return _depth < _DEPTH and any(nullable(schemas, m, _depth + 1) for m in members)
        case ir.Intersection(members=members):
            return _depth < _DEPTH and all(nullable(schemas, m, _depth + 1) for m in members)
        case _:
            return False


def has_null_flag(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> bool:
    """Whether the schema itself, or one that it refers to, is marked as nullable: what is left for
    whoever prints a type once its alternatives have printed theirs."""
    return any(link.nullable for link in chain(schemas, schema))


def read_only(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> bool:
    """Whether the server alone sets the value."""
    return any(s.meta.read_only for s in chain(schemas, schema))


def write_only(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> bool:
    """Whether the value is sent and never shown."""
    return any(s.meta.write_only for s in chain(schemas, schema))


def members(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> dict[str, Member]:
    """The properties that an object of this schema can have, by name: its own, those of all parts
    of an intersection and of all alternatives of a union. {} for what is not an object.

    A name that several alternatives describe differently has a union of their schemas; one that
    several parts describe has an intersection of them.
    """
    return _members(schemas, schema, frozenset())


def _members(
    schemas: Mapping[str, ir.Schema], schema: ir.Schema, seen: frozenset[int]
) -> dict[str, Member]:
    target = resolve(schemas, schema)
    if id(target) in seen or len(seen) > _DEPTH:
        return {}
    match target.shape:
        case ir.Object(properties=own):
            return {p.name: Member(p.name, p.schema, p.required) for p in own}
        case ir.Intersection(members=parts):
            inside = seen | {id(target)}
            return _all_of([_members(schemas, part, inside) for part in parts])
        case ir.Union(members=alternatives):
            inside = seen | {id(target)}
            objects = [a for a in alternatives if "object" in types(schemas, a)]
            return _one_of([_members(schemas, a, inside) for a in objects])
        case _:
            return {}


def _all_of(parts: list[dict[str, Member]]) -> dict[str, Member]:
    merged: dict[str, Member] = {}
    for part in parts:
        for name, member in part.items():
            known = merged.get(name)
            if known is None:
                merged[name] = member
                continue
            merged[name] = Member(
                name,
                _both(known.schema, member.schema),
                known.required or member.required,
                known.always or member.always,
            )
    return merged


def _one_of(alternatives: list[dict[str, Member]]) -> dict[str, Member]:
    merged: dict[str, Member] = {}
    for name in dict.fromkeys(name for a in alternatives for name in a):
        having = [a[name] for a in alternatives if name in a]
        everywhere = len(having) == len(alternatives)
        merged[name] = Member(
            name,
            _either([m.schema for m in having]),
            everywhere and all(m.required for m in having),
            everywhere and all(m.always for m in having),
        )
    return merged


def says_nothing(schema: ir.Schema) -> bool:
    """Whether any value fits, and nothing is said about it."""
    return isinstance(schema.shape, ir.Anything) and not schema.unmodelled


def _alike(one: ir.Schema, other: ir.Schema) -> bool:
    if one is other:
        return True
    return (
        one.nullable == other.nullable
        and one.unmodelled == other.unmodelled
        and one.meta.read_only == other.meta.read_only
        and one.meta.write_only == other.meta.write_only
        and one.shape == other.shape
    )


def _both(one: ir.Schema, other: ir.Schema) -> ir.Schema:
    if _alike(one, other) or says_nothing(other):
        return one
    if says_nothing(one):
        return other
    meta = replace(
        one.meta,
        read_only=one.meta.read_only or other.meta.read_only,
        write_only=one.meta.write_only or other.meta.write_only,
        description=one.meta.description or other.meta.description,
        extensions={**other.meta.extensions, **one.meta.extensions},
    )
    return ir.Schema(shape=ir.Intersection(members=(one, other)), meta=meta)


def _either(found: list[ir.Schema]) -> ir.Schema:
    distinct: list[ir.Schema] = []
    for schema in found:
        if not any(_alike(schema, known) for known in distinct):
            distinct.append(schema)
    if len(distinct) == 1:
        return distinct[0]
    meta = replace(
        distinct[0].meta,
        read_only=all(s.meta.read_only for s in distinct),
        write_only=all(s.meta.write_only for s in distinct),
        default=ir.ABSENT,
        examples=tuple(e for s in distinct for e in s.meta.examples),
    )
    return ir.Schema(shape=ir.Union(members=tuple(distinct), exclusive=False), meta=meta)


def additional(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> ir.Schema | None:
    """The schema of properties that an object does not name; None where they are forbidden, or
    where the schema is not an object."""
    shape = resolve(schemas, schema).shape
    return shape.additional if isinstance(shape, ir.Object) else None


def mapped(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> ir.Schema | None:
    """What a map holds by names that nobody knows ahead, where that is objects; None for anything
    else."""
    shape = resolve(schemas, schema).shape
    if not isinstance(shape, ir.Object) or shape.properties or shape.additional is None:
        return None
    held = shape.additional
    return held if members(schemas, held) and types(schemas, held) == {"object"} else None


def is_closed(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> bool:
    """Whether the object forbids properties that it does not name."""
    shape = resolve(schemas, schema).shape
    return isinstance(shape, ir.Object) and shape.additional is None and not shape.open


def descend(schemas: Mapping[str, ir.Schema], schema: ir.Schema, path: Path) -> ir.Schema | None:
    """The schema of the property at `path`, those not named by an object included; None where
    the path leads nowhere."""
    for name in path:
        member = members(schemas, schema).get(name)
        below = member.schema if member is not None else additional(schemas, schema)
        if below is None:
            return None
        schema = below
    return schema


def items(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> ir.Schema | None:
    """The schema of an array's items: of any alternative that is an array; None when no array
    fits."""
    found = _items(schemas, schema, 0)
    return _either(found) if found else None


def _items(schemas: Mapping[str, ir.Schema], schema: ir.Schema, depth: int) -> list[ir.Schema]:
    shape = resolve(schemas, schema).shape
    match shape:
        case ir.Array(items=found):
            return [found]
        case ir.Union(members=parts) | ir.Intersection(members=parts) if depth < _DEPTH:
            return [item for part in parts for item in _items(schemas, part, depth + 1)]
        case _:
            return []


def types(  # noqa: C901  # a closed union, one branch a member
    schemas: Mapping[str, ir.Schema], schema: ir.Schema, _depth: int = 0
) -> frozenset[str]:
    """The JSON types that can fit (`integer` beside `number` where both do); all seven for a
    schema that says nothing."""
    found: set[str] = set()
    target = schema
    for target in chain(schemas, schema):
        if target.nullable:
            found.add("null")
    shape = target.shape
    match shape:
        case ir.Integer():
            found.add("integer")
        case ir.Number():
            found |= {"integer", "number"}
        case ir.Boolean():
            found.add("boolean")
        case ir.String():
            found.add("string")
        case ir.Null():
            found.add("null")
        case ir.Array() | ir.Tuple():
            found.add("array")
        case ir.Object():
            found.add("object")
        case ir.Enumeration(values=values):
            found.update(map(json_type, values))
        case ir.Union(members=parts):
            if _depth < _DEPTH:
                found.update(*(types(schemas, part, _depth + 1) for part in parts))
        case ir.Intersection(members=parts):
            if _depth < _DEPTH and parts:
                inside = [types(schemas, part, _depth + 1) for part in parts]
                found |= frozenset.intersection(*inside)
        case ir.Nothing():
            pass
        case ir.Anything() | ir.Reference():
            found |= TYPES
        case _:
            assert_never(shape)
    return frozenset(found)


def children(schema: ir.Schema) -> Iterator[ir.Schema]:
    """The schemas directly inside one."""
    shape = schema.shape
    match shape:
        case ir.Array():
            yield shape.items
        case ir.Tuple():
            yield from shape.prefix
            if shape.rest is not None:
                yield shape.rest
        case ir.Object():
            for prop in shape.properties:
                yield prop.schema
            if shape.additional is not None:
                yield shape.additional
            for _, inner in shape.pattern_properties:
                yield inner
        case ir.Union() | ir.Intersection():
            yield from shape.members
        case (
            ir.Anything()
            | ir.Nothing()
            | ir.Null()
            | ir.Boolean()
            | ir.Integer()
            | ir.Number()
            | ir.String()
            | ir.Enumeration()
            | ir.Reference()
        ):
            return
        case _:
            assert_never(shape)


def references(schema: ir.Schema) -> Iterator[str]:
    """The names of all schemas referred to, by inline ones and discriminators too."""
    stack = [schema]
    while stack:
        current = stack.pop()
        if isinstance(current.shape, ir.Reference):
            yield current.shape.name
        if isinstance(current.shape, ir.Union) and current.shape.discriminator is not None:
            yield from current.shape.discriminator.mapping.values()
        stack.extend(children(current))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A property that holds one value: not an object with properties of its own, though perhaps a
    list.

    `required`: it and every object that it stands in must be given. `parents`: the objects that it
    stands in, outermost first.
    """

    path: Path
    schema: ir.Schema
    required: bool
    parents: tuple[ir.Schema, ...]
    always: bool = True
    """Whether every alternative describes it, and everything that it stands in."""

    @property
    def name(self) -> str:
        """The path as shown to people."""
        return ".".join(self.path)


def describes(
    schemas: Mapping[str, ir.Schema],
    fits: Callable[[ir.Schema, ir.Json], bool],
    schema: ir.Schema,
    value: ir.Json,
    path: Path,
) -> bool:
    """Whether a schema says something about what stands at `path` of this very value: of a union
    only the alternatives that the value fits do, and all of them have to."""
    if not path:
        return True
    shape = resolve(schemas, schema).shape
    match shape:
        case ir.Object():
            inner = next((p.schema for p in shape.properties if p.name == path[0]), None)
            below = value.get(path[0]) if isinstance(value, dict) else None
            return inner is not None and describes(schemas, fits, inner, below, path[1:])
        case ir.Intersection(members=parts):
            return any(describes(schemas, fits, part, value, path) for part in parts)
        case ir.Union(members=alternatives):
            fitting = [a for a in alternatives if fits(a, value)]
            return bool(fitting) and all(describes(schemas, fits, a, value, path) for a in fitting)
        case _:
            return False


KnownMembers: TypeAlias = dict[int, tuple[ir.Schema, dict[str, Member]]]
"""Schemas by id, with their properties; holding a schema keeps its id from being used again."""


def leaves(
    schemas: Mapping[str, ir.Schema],
    schema: ir.Schema,
    *,
    depth: int = 6,
    known: KnownMembers | None = None,
) -> list[Leaf]:
    """The leaves of an object, depth first, at most `depth` levels down: fewer where object types
    that contain each other would make more than some thousands of them.

    `known` may be kept between calls for the same `schemas`.
    """
    tops = [_Node(Leaf((), schema, required=True, parents=()), frozenset())]
    nodes = _expanded(schemas, tops, depth, {} if known is None else known, again=True)
    return [node.leaf for node in nodes if not node.below]


def walk(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> list[tuple[Path, Member]]:
    """Every property that an object can have, nested ones included, each with its path. A schema
    is not entered again below itself; bounded as `leaves` is."""
    tops = [_Node(Leaf((), schema, required=True, parents=()), frozenset())]
    return [
        (node.leaf.path, node.member)
        for node in _expanded(schemas, tops, 8, {}, again=False)
        if node.member is not None
    ]


@dataclass(slots=True)
class _Node:
    """A property in a tree of them, with those `below` it. `seen`: the schemas above it."""

    leaf: Leaf
    seen: frozenset[int]
    member: Member | None = None
    below: list[_Node] = field(default_factory=list["_Node"])


def _expanded(
    schemas: Mapping[str, ir.Schema],
    tops: list[_Node],
    depth: int,
    known: KnownMembers,
    *,
    again: bool,
) -> Iterator[_Node]:
    """The nodes below `tops`, depth first: with as many levels, at most `depth`, as keep them under
    the limit. The number of paths through types that contain each other grows exponentially.

    `again`: whether a schema is entered below itself.
    """
    level, total = tops, 0
    for _ in range(depth):
        made: list[_Node] = []
        for node in level:
            made += _below(schemas, node, known, again=again)
            if total + len(made) > _MOST and level is not tops:
                break
        if total + len(made) > _MOST and level is not tops:
            for node in level:
                node.below = []
            break
        total, level = total + len(made), made
    yield from itertools.islice(_depth_first(tops), _MOST)


def _below(
    schemas: Mapping[str, ir.Schema],
    node: _Node,
    known: KnownMembers,
    *,
    again: bool,
) -> list[_Node]:
    """The properties of one; they are worked out once for each schema."""
    leaf = node.leaf
    target = resolve(schemas, leaf.schema)
    if not again and id(target) in node.seen:
        return []
    found = known.get(id(target))
    if found is None:
        found = known[id(target)] = (target, members(schemas, target))
    seen = node.seen if again else node.seen | {id(target)}
    above = (*leaf.parents, leaf.schema)
    node.below = [
        _Node(
            Leaf(
                (*leaf.path, name),
                member.schema,
                leaf.required and member.required,
                above,
                leaf.always and member.always,
            ),
            seen,
            member,
        )
        for name, member in found[1].items()
    ]
    return node.below


def _depth_first(nodes: list[_Node]) -> Iterator[_Node]:
    for node in nodes:
        if node.leaf.path:
            yield node
        yield from _depth_first(node.below)
