"""Questions about schemas that several parts ask: references followed, members found."""

from __future__ import annotations

from collections.abc import Iterator

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


def resolve(api: Api, schema: Schema) -> Schema:
    """The schema behind references; a circle of bare references ends at its first member."""
    seen: set[str] = set()
    while isinstance(schema.shape, Reference) and schema.shape.name not in seen:
        seen.add(schema.shape.name)
        schema = api.schemas[schema.shape.name]
    return schema


def nullable(api: Api, schema: Schema) -> bool:
    """Whether null fits, as far as shapes tell."""
    seen: set[str] = set()
    while True:
        if schema.nullable or isinstance(schema.shape, (Null, Anything)):
            return True
        if isinstance(schema.shape, Enumeration):
            return None in schema.shape.values
        if not isinstance(schema.shape, Reference) or schema.shape.name in seen:
            break
        seen.add(schema.shape.name)
        schema = api.schemas[schema.shape.name]
    if isinstance(schema.shape, Union):
        return any(nullable(api, member) for member in schema.shape.members)
    return False


def members(api: Api, schema: Schema, value: Json = None, _depth: int = 0) -> list[Property]:
    """The properties that an object of this schema can have, over all members of unions and
    intersections; the first definition of a name wins."""
    found: dict[str, Property] = {}
    shape = resolve(api, schema).shape
    if isinstance(shape, Object):
        found = {prop.name: prop for prop in shape.properties}
    elif isinstance(shape, (Union, Intersection)) and _depth < 8:
        for member in shape.members:
            for prop in members(api, member, value, _depth + 1):
                found.setdefault(prop.name, prop)
    return list(found.values())


def member(api: Api, schema: Schema, path: tuple[str, ...]) -> Schema | None:
    """The schema at a path of property names, None where the path leads nowhere."""
    for name in path:
        prop = next((p for p in members(api, schema) if p.name == name), None)
        if prop is not None:
            schema = prop.schema
            continue
        shape = resolve(api, schema).shape
        if not isinstance(shape, Object) or shape.additional is None:
            return None
        schema = shape.additional
    return schema


def item(api: Api, schema: Schema) -> Schema | None:
    """The schema of an array's members, None unless it is an array."""
    shape = resolve(api, schema).shape
    if isinstance(shape, Array):
        return shape.items
    if isinstance(shape, Union):
        for alternative in shape.members:
            found = item(api, alternative)
            if found is not None:
                return found
    return None


def kinds(api: Api, schema: Schema, _depth: int = 0) -> frozenset[str]:
    """The JSON types that can fit: `integer`, `number`, `boolean`, `string`, `null`, `array`,
    `object`; all of them for a schema that says nothing."""
    found = set[str]()
    if schema.nullable:
        found.add("null")
    target = resolve(api, schema)
    if target.nullable:
        found.add("null")
    shape = target.shape
    match shape:
        case Integer():
            found.add("integer")
        case Number():
            found |= {"integer", "number"}
        case Boolean():
            found.add("boolean")
        case String():
            found.add("string")
        case Null():
            found.add("null")
        case Array() | Tuple():
            found.add("array")
        case Object():
            found.add("object")
        case Enumeration():
            found.update(map(kind_of, shape.values))
        case Union() | Intersection():
            if _depth < 8:
                parts = [kinds(api, part, _depth + 1) for part in shape.members]
                if isinstance(shape, Union):
                    found.update(*parts)
                elif parts:
                    found |= frozenset.intersection(*parts)
        case _:
            found |= {"integer", "number", "boolean", "string", "null", "array", "object"}
    return frozenset(found)


def kind_of(value: Json) -> str:
    """The JSON type of a value; whole floats are `number`."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def at(document: Json, path: tuple[str, ...]) -> Json:
    """The value at a path of property names; None where there is none."""
    for name in path:
        if not isinstance(document, dict) or name not in document:
            return None
        document = document[name]
    return document


def put(document: dict[str, Json], path: tuple[str, ...], value: Json) -> None:
    """Set the value at a non-empty path, making objects on the way."""
    for name in path[:-1]:
        child = document.get(name)
        if not isinstance(child, dict):
            child = {}
            document[name] = child
        document = child
    document[path[-1]] = value


def walk(
    api: Api, schema: Schema, _path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Property]]:
    """Every property an object can have, nested ones included, with its path. Recursion stops
    at the second visit of a schema."""
    yield from _walk(api, schema, _path, frozenset())


def _walk(
    api: Api, schema: Schema, path: tuple[str, ...], seen: frozenset[int]
) -> Iterator[tuple[tuple[str, ...], Property]]:
    target = resolve(api, schema)
    if id(target) in seen or len(path) > 8:
        return
    seen |= {id(target)}
    for prop in members(api, target):
        yield (*path, prop.name), prop
        yield from _walk(api, prop.schema, (*path, prop.name), seen)


def read_only(api: Api, prop: Property) -> bool:
    """Whether the server alone sets the property."""
    return prop.schema.meta.read_only or resolve(api, prop.schema).meta.read_only


def write_only(api: Api, prop: Property) -> bool:
    """Whether the property never appears in an answer."""
    return prop.schema.meta.write_only or resolve(api, prop.schema).meta.write_only


def remove(document: dict[str, Json], path: tuple[str, ...]) -> None:
    """Take a member out, in place, if it is there."""
    for name in path[:-1]:
        child = document.get(name)
        if not isinstance(child, dict):
            return
        document = child
    document.pop(path[-1], None)


def plain_name(name: str) -> str:
    """A name as it is compared with others, whatever the spelling: `userId`, `user_id`."""
    return name.lower().replace("_", "").replace("-", "")


def plain_text(value: object) -> str:
    """A value as it stands in a path."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if value is not None else ""
