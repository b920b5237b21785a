"""Which schemas become classes, what those, their fields and their members are called."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from pydantic import BaseModel

from trunkline.ir import (
    Anything,
    Api,
    Array,
    Enumeration,
    Intersection,
    Json,
    Object,
    Property,
    Reference,
    Schema,
    Tuple,
    Union,
)
from trunkline.names.scope import Scope
from trunkline.names.short import LONGEST, SHORT, shorter
from trunkline.names.words import constant, pascal, snake
from trunkline.semantics.schemas import children, read_only, references

CLASSES_RESERVED: Final = frozenset(
    {
        "Annotated",
        "Any",
        "AsyncPager",
        "AsyncResource",
        "AwareDatetime",
        "Decimal",
        "DraftModel",
        "Field",
        "Final",
        "Required",
        "TypedDict",
        "Literal",
        "Mapping",
        "Model",
        "OpenIntEnum",
        "OpenStrEnum",
        "Operation",
        "Page",
        "Paging",
        "PartEncoding",
        "RequestOptions",
        "Sequence",
        "Style",
        "SyncResource",
        "Tagged",
        "TaggedModel",
        "TypeAliasType",
        "TYPE_CHECKING",
        "UNSET",
        "UUID",
        "Union",
        "UnknownVariant",
        "Unset",
        "AsyncStream",
        "Stream",
        "File",
        "None",
        "True",
        "False",
        "Sse",
        "Lines",
        "BaseModel",
        "ReadOnly",
        "RootModel",
        "Self",
        "TypeAlias",
        "Generic",
    }
)
"""Names that modules of models or resources import."""

FIELDS_RESERVED: Final = frozenset(dir(BaseModel)) | {
    "self",
    "cls",
    "list",
    "dict",
    "set",
    "tuple",
    "str",
    "int",
    "float",
    "bool",
    "bytes",
    "object",
    "root",
}
"""Attributes of every model, and builtins that annotations in a class body use."""

MAX_LITERALS: Final = 1


class Kind(enum.Enum):
    """What a named schema is printed as."""

    MODEL = "model"
    ENUM = "enum"
    ALIAS = "alias"
    INLINE = "inline"
    """Nothing of its own: its type is written wherever it is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassName:
    """The Python side of one named schema.

    `fields` maps a property to its attribute; `members` are (attribute, value) of an enumeration
    in order. Both are empty for other kinds.
    """

    name: str
    kind: Kind
    module: str
    fields: Mapping[str, str]
    members: tuple[tuple[str, str | int], ...]
    param: str = ""
    """The dictionary that a request may have instead, "" where that is any mapping."""
    file: str = ""
    """The file of the module that the class stands in, "" for a module of one file."""


def kinds(api: Api) -> dict[str, Kind]:
    """The kind of every named schema."""
    found = {
        name: _kind(schema, named=name in api.components) for name, schema in api.schemas.items()
    }
    for name in _recursive(api, {n for n, kind in found.items() if kind is Kind.INLINE}):
        found[name] = Kind.ALIAS
    return found


def open_values(shape: Enumeration) -> bool:
    """Whether the values are all strings or all whole numbers."""
    return bool(shape.values) and (
        all(isinstance(v, str) for v in shape.values)
        or all(isinstance(v, int) and not isinstance(v, bool) for v in shape.values)
    )


def enumeration(schema: Schema) -> Enumeration | None:
    """The enumeration a schema is, a union of single values included (their titles name them)."""
    shape = schema.shape
    if isinstance(shape, Enumeration):
        return shape
    if not isinstance(shape, Union):
        return None
    values: list[Json] = []
    names: list[str] = []
    for part in shape.members:
        if not isinstance(part.shape, Enumeration) or len(part.shape.values) != 1:
            return None
        if part.nullable or part.shape.values[0] in values:
            return None
        values.append(part.shape.values[0])
        names.append(part.meta.title or str(part.shape.values[0]))
    return Enumeration(values=tuple(values), names=tuple(names))


def _kind(schema: Schema, *, named: bool) -> Kind:
    found = enumeration(schema)
    match found if found is not None and open_values(found) else schema.shape:
        case Object(properties=properties) if properties:
            return Kind.MODEL
        case Enumeration() as shape if open_values(shape):
            single = len(shape.values) <= MAX_LITERALS
            return Kind.INLINE if single and not named else Kind.ENUM
        case Union(members=members, discriminator=discriminator):
            plain = discriminator is None and not named and len(members) <= 4
            return Kind.INLINE if plain else Kind.ALIAS
        case Tuple():
            return Kind.ALIAS
        case _:
            return Kind.INLINE


def inline_references(schema: Schema) -> Iterator[str]:
    """Names of the schemas that the type of this one spells out."""
    stack = [schema]
    while stack:
        current = stack.pop()
        if isinstance(current.shape, Reference):
            yield current.shape.name
        elif isinstance(current.shape, Array | Tuple | Union | Intersection | Object):
            stack.extend(children(current))


def _recursive(api: Api, inline: set[str]) -> set[str]:
    """Those of `inline` from which a chain of inline schemas leads back."""
    edges = {
        name: [n for n in inline_references(api.schemas[name]) if n in inline] for name in inline
    }
    circular: set[str] = set()
    state: dict[str, int] = {}
    for start in api.schemas:
        if start not in inline or start in state:
            continue
        trail: list[str] = []
        pending: list[tuple[str, Iterator[str]]] = [(start, iter(edges[start]))]
        state[start] = 1
        trail.append(start)
        while pending:
            node, following = pending[-1]
            target = next(following, None)
            if target is None:
                state[node] = 2
                trail.pop()
                pending.pop()
            elif state.get(target) == 1:
                # One name of each circle is enough to write the others inline.
                circular.add(target)
            elif target not in state:
                state[target] = 1
                trail.append(target)
                pending.append((target, iter(edges[target])))
    return circular


def kept(api: Api, roots: Iterable[str]) -> set[str]:
    """Schemas worth a class: those the description names, those `roots` need, and what they need.

    What is left out are envelopes that no signature shows.
    """
    found: set[str] = set()
    stack = [name for name in api.schemas if name in api.components]
    stack.extend(name for name in roots if name in api.schemas)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(n for n in references(api.schemas[name]) if n in api.schemas)
    return found


def class_names(api: Api, found: Mapping[str, Kind], worth: Collection[str]) -> dict[str, str]:
    """A class name for every named schema in `worth` that is not written inline."""
    scope = Scope(CLASSES_RESERVED, fold=True)
    named = [name for name in api.schemas if found[name] is not Kind.INLINE and name in worth]
    # Names the description gave come before those that lowering made up.
    order = sorted(
        range(len(named)),
        key=lambda i: (
            named[i] not in api.components,
            pascal(named[i]) != named[i],
            i,
        ),
    )
    names: dict[str, str] = {}
    for index in order:
        original = named[index]
        wanted = pascal(original, empty="Schema", longest=LONGEST)
        if wanted in CLASSES_RESERVED:
            wanted = f"{wanted}Model"
        told: Iterable[str] = [f"{wanted}{word}" for word in _told_apart(api.schemas[original])]
        if len(wanted) > SHORT and original not in api.components:
            candidates = shorter(wanted)
            wanted, told = next(candidates), chain(candidates, told)
        names[original] = scope.take(wanted, original, alternatives=told)
    return {name: names[name] for name in named}


def _told_apart(schema: Schema) -> tuple[str, ...]:
    """Words that tell a class from another of the same name."""
    match schema.shape:
        case Object():
            return ("Object", "Schema")
        case Enumeration():
            return ("Enum", "Schema")
        case Array() | Tuple():
            return ("List", "Schema")
        case Union():
            return ("Union", "Schema")
        case _:
            return ("Schema",)


def param_names(api: Api, classes: Mapping[str, str]) -> dict[str, str]:
    """The name of the dictionary that may stand for each class; those with further
    properties of a described kind have none. `classes` has the name of every class."""
    scope = Scope({*CLASSES_RESERVED, *classes.values()}, fold=True)
    return {
        name: scope.take(f"{cls}Param", name)
        for name, cls in classes.items()
        if _has_known_keys(api, api.schemas[name])
    }


def _has_known_keys(api: Api, schema: Schema) -> bool:
    match schema.shape:
        case Object() as shape:
            # Any further property being allowed, said or not, is the rule, and tells nothing.
            further = shape.additional
            known = further is None or isinstance(further.shape, Anything)
            return known and not shape.pattern_properties and bool(sent_properties(api, shape))
        case Union(discriminator=discriminator):
            return discriminator is not None
        case _:
            return False


def sent_properties(api: Api, shape: Object) -> tuple[Property, ...]:
    """The properties that a request may hold: not those that only the server sets."""
    return tuple(p for p in shape.properties if not read_only(api.schemas, p.schema))


def field_names(shape: Object) -> dict[str, str]:
    """An attribute for every property."""
    scope = Scope(FIELDS_RESERVED)
    wanted = [(snake(p.name, empty="field"), p.name) for p in shape.properties]
    return dict(zip((p.name for p in shape.properties), scope.take_all(wanted), strict=True))


def member_names(shape: Enumeration) -> tuple[tuple[str, str | int], ...]:
    """An attribute for every value."""
    scope = Scope({"MRO"})
    given = shape.names or tuple(str(v) for v in shape.values)
    pairs: list[tuple[str, str]] = []
    values: list[str | int] = []
    for text, value in zip(given, shape.values, strict=True):
        if not isinstance(value, str | int):
            continue
        if isinstance(value, int) and text == str(value):
            wanted = f"VALUE_{value}" if value >= 0 else f"VALUE_MINUS_{-value}"
        else:
            wanted = constant(text)
        pairs.append((wanted, text))
        values.append(value)
    return tuple(zip(scope.take_all(pairs), values, strict=True))
