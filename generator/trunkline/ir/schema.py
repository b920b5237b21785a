"""Schemas: one `Schema` per place in the description, its meaning in one of a closed set of shapes.

Everything JSON Schema and OpenAPI 3.0, 3.1 and 3.2 can spell in several ways is spelled in one way
here: null is the flag `nullable`, `allOf` is merged where its parts agree, exclusive bounds are
numbers, `const` is an enumeration of one value, a tuple is not an array.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from trunkline.position import Position

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""A JSON value. Those held by the representation are never changed in place."""


class Absent(enum.Enum):
    """The type of `ABSENT`, which tells "nothing given" from a JSON null."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


class ProvenanceKind(enum.StrEnum):
    """How well a fact is established; see `Provenance`."""

    DOCUMENTED = "documented"
    PUBLIC = "public"
    OBSERVED = "observed"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Who says so.

    `documented` names a source document and lines (inclusive, from 1) in it; the other kinds carry
    a sentence instead: what public material says it, which client was observed, or the reason for
    the decision.
    """

    kind: ProvenanceKind
    source: str | None = None
    lines: tuple[tuple[int, int], ...] = ()
    note: str | None = None

    def __str__(self) -> str:
        if self.kind is ProvenanceKind.DOCUMENTED and self.source is not None:
            spans = ",".join(str(a) if a == b else f"{a}-{b}" for a, b in self.lines)
            return f"{self.source}:{spans}" if spans else self.source
        return f"{self.kind}: {self.note}" if self.note else str(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a thing stands in the description: a position, and a JSON pointer into that file."""

    position: Position
    pointer: str
    provenance: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Xml:
    """How a property is written in XML, where that is not as an element of its name; for a list,
    `wrapped` is whether its elements stand in one of their own."""

    name: str | None = None
    attribute: bool = False
    wrapped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What a schema says about a value without restricting it."""

    origin: Origin
    title: str | None = None
    description: str | None = None
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    default: Json | Absent = ABSENT
    examples: tuple[Json, ...] = ()
    extensions: Mapping[str, Json] = field(default_factory=dict[str, Json])
    """`x-…` keys as written, `x-trunkline-source` excepted (it is `origin.provenance`)."""
    xml: Xml | None = None


@dataclass(frozen=True, slots=True)
class Anything:
    """Every JSON value (`{}` or `true`)."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value at all (`false`)."""


@dataclass(frozen=True, slots=True)
class Null:
    """Only null."""


@dataclass(frozen=True, slots=True)
class Boolean:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer:
    """A whole number; bounds are inclusive unless named exclusive."""

    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: int | float | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number; bounds are inclusive unless named exclusive."""

    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: int | float | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class String:
    """Text. Lengths count Unicode code points; `pattern` is ECMA-262 and unanchored as written.

    Raw bytes (a file part, a binary body) are a `String` with `binary` set: `format: binary` of
    OpenAPI 3.0 and `contentMediaType` without encoding of 3.1.
    """

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    format: str | None = None
    content_media_type: str | None = None
    content_encoding: str | None = None
    binary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Enumeration:
    """One of `values`, which are distinct, in the order written, and never null (see `nullable`).

    `names` holds what `x-enum-varnames` or a `oneOf` of `const` with `title` calls the values:
    as long as `values`, or empty. `base` is the shape the values were declared with, if any.
    """

    values: tuple[Json, ...]
    names: tuple[str, ...] = ()
    base: Shape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Array:
    """A list of any length whose members all fit `items`."""

    items: Schema
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuple:
    """A list whose first members have schemas of their own; `rest` is None when closed."""

    prefix: tuple[Schema, ...]
    rest: Schema | None = None
    min_items: int | None = None
    max_items: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A named member of an object."""

    name: str
    schema: Schema
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """A mapping with string keys.

    `additional` is the schema of members not named: None when they are forbidden
    (`additionalProperties: false`), a `Schema` of `Anything` when nothing is said. `open` tells
    "nothing is said" from "any is allowed". An object without `properties` is a map.
    """

    properties: tuple[Property, ...] = ()
    additional: Schema | None = None
    open: bool = True
    pattern_properties: tuple[tuple[str, Schema], ...] = ()
    min_properties: int | None = None
    max_properties: int | None = None

    def property(self, name: str) -> Property | None:
        """The member called `name`, or None."""
        return next((p for p in self.properties if p.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discriminator:
    """The property whose value tells the members of a union apart.

    `mapping` is complete: every member that is a reference has at least one value. `default` is the
    member for every other value, and for none (3.2's `defaultMapping`).
    """

    property: str
    mapping: Mapping[str, str]
    """Value of the property → name of the schema in `Api.schemas`."""
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """A value that fits at least one member (`anyOf`), or exactly one (`oneOf`: `exclusive`)."""

    members: tuple[Schema, ...]
    exclusive: bool = False
    discriminator: Discriminator | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intersection:
    """A value that fits every member: an `allOf` whose parts could not be merged into one shape."""

    members: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The schema of that name in `Api.schemas`. The only way in which recursion appears."""

    name: str


Shape: TypeAlias = (
    Anything
    | Nothing
    | Null
    | Boolean
    | Integer
    | Number
    | String
    | Enumeration
    | Array
    | Tuple
    | Object
    | Union
    | Intersection
    | Reference
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A shape, whether null is allowed beside it, and what is said about it.

    `unmodelled` holds the validation keywords that no shape models (`not`, `if`, `contains`,
    `dependentRequired`, `propertyNames` …), as JSON Schema 2020-12 with references rewritten to
    `#/$defs/<name>`: validators obey them, types ignore them.
    """

    shape: Shape
    meta: Meta
    nullable: bool = False
    unmodelled: Mapping[str, Json] = field(default_factory=dict[str, Json])
