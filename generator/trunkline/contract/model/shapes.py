"""Reading schemas: references followed, intersections of objects flattened, leaves listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trunkline import ir

Path = tuple[str, ...]

_DEPTH = 6


def resolve(api: ir.Api, schema: ir.Schema) -> ir.Schema:
    """The schema that `schema` refers to, through any number of references, and itself otherwise.

    What is said beside a reference (read-only, default) is found in `facets`.
    """
    for _ in range(len(api.schemas) + 1):
        if not isinstance(schema.shape, ir.Reference):
            return schema
        target = api.schemas.get(schema.shape.name)
        if target is None:
            return schema
        schema = target
    return schema


@dataclass(frozen=True, slots=True)
class Facets:
    """What is said about a value on the way through its references; the nearest word counts."""

    nullable: bool
    read_only: bool
    write_only: bool
    default: ir.Json | ir.Absent
    examples: tuple[ir.Json, ...]
    extensions: Mapping[str, ir.Json]


def facets(api: ir.Api, schema: ir.Schema) -> Facets:
    """Collect the facets of `schema` and of everything it refers to."""
    nullable = read_only = write_only = False
    default: ir.Json | ir.Absent = ir.ABSENT
    examples: tuple[ir.Json, ...] = ()
    extensions: dict[str, ir.Json] = {}
    for _ in range(len(api.schemas) + 1):
        nullable |= schema.nullable or isinstance(schema.shape, ir.Null)
        read_only |= schema.meta.read_only
        write_only |= schema.meta.write_only
        if isinstance(default, ir.Absent):
            default = schema.meta.default
        examples = examples or schema.meta.examples
        extensions = {**schema.meta.extensions, **extensions}
        if not isinstance(schema.shape, ir.Reference) or schema.shape.name not in api.schemas:
            break
        schema = api.schemas[schema.shape.name]
    return Facets(nullable, read_only, write_only, default, examples, extensions)


def properties(api: ir.Api, schema: ir.Schema) -> dict[str, ir.Property]:
    """The named members of an object, those of all parts of an intersection; {} for others."""
    target = resolve(api, schema)
    match target.shape:
        case ir.Object(properties=own):
            return {p.name: p for p in own}
        case ir.Intersection(members=parts):
            merged: dict[str, ir.Property] = {}
            for part in parts:
                for name, found in properties(api, part).items():
                    merged.setdefault(name, found)
            return merged
    return {}


def is_closed(api: ir.Api, schema: ir.Schema) -> bool:
    """Whether the object forbids members it does not name."""
    shape = resolve(api, schema).shape
    return isinstance(shape, ir.Object) and shape.additional is None and not shape.open


def descend(api: ir.Api, schema: ir.Schema, path: Path) -> ir.Schema | None:
    """The schema of the member at `path`; None where there is no such member."""
    for name in path:
        member = properties(api, schema).get(name)
        if member is None:
            return None
        schema = member.schema
    return schema


def items(api: ir.Api, schema: ir.Schema) -> ir.Schema | None:
    """The schema of an array's members; None when it is not an array."""
    shape = resolve(api, schema).shape
    return shape.items if isinstance(shape, ir.Array) else None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A member that holds one value: no object with named members, though perhaps a list.

    `required`: it and every object it stands in must be given.
    """

    path: Path
    schema: ir.Schema
    required: bool
    parents: tuple[ir.Schema, ...]

    @property
    def name(self) -> str:
        """The path as shown to people."""
        return ".".join(self.path)


def leaves(api: ir.Api, schema: ir.Schema) -> Iterator[Leaf]:
    """Every leaf of an object, depth first, recursion cut at a few levels."""
    yield from _leaves(api, schema, (), required=True, parents=())


def _leaves(
    api: ir.Api, schema: ir.Schema, path: Path, *, required: bool, parents: tuple[ir.Schema, ...]
) -> Iterator[Leaf]:
    for name, member in properties(api, schema).items():
        here = (*path, name)
        needed = required and member.required
        above = (*parents, schema)
        if properties(api, member.schema) and len(here) < _DEPTH:
            yield from _leaves(api, member.schema, here, required=needed, parents=above)
        else:
            yield Leaf(here, member.schema, needed, above)


def is_json_media(media_type: str) -> bool:
    """Whether a media type is JSON (`application/json`, `application/problem+json` …)."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence == "application/json" or essence.endswith("+json")


def json_content(contents: tuple[ir.Content, ...]) -> ir.Content | None:
    """The JSON alternative of a body, if there is one."""
    return next((c for c in contents if is_json_media(c.media_type) and c.schema), None)
