"""Query parameters that narrow a list without saying by which property, or how: a text that is
looked for anywhere (`q`), the beginning of a name (`prefix`), one of the things in a list that
objects hold (`tag` of `tags`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trunkline import ir
from trunkline.lower.bodyshape import BodyShapes, plain
from trunkline.lower.words import singular_phrase
from trunkline.semantics.schemas import read_only

Path = tuple[str, ...]

_ANYWHERE: Final = frozenset(
    {"fulltext", "keyword", "keywords", "q", "query", "search", "searchquery", "searchstring"}
    | {"searchterm", "searchtext", "term"}
)
_BEGINNING: Final = frozenset({"beginswith", "prefix", "startingwith", "startswith"})
_NAMES: Final = ("name", "title", "key", "path", "slug", "label", "filename", "displayname")
_TELLING: Final = ("id", "uuid", "name", "key", "slug", "code", "label", "value", "email")
"""Properties by which an object in a list is asked for."""
_UNTOLD: Final = frozenset({"date", "date-time", "time", "uuid", "binary", "byte"})
"""Formats of strings in which nobody looks for a word."""


def searches(
    shapes: BodyShapes, item: ir.Schema, parameters: Iterator[tuple[ir.Parameter, str]]
) -> Iterator[ir.Search]:
    """What these parameters, each with the name that it asks for, look for among items."""
    for parameter, name in parameters:
        if parameter.extensions.get("x-trunkline-filter") is False:
            continue
        wanted = plain(name)
        scalar = shapes.types(parameter.schema) - {"null"}
        members: tuple[Path, ...] = ()
        operator = ir.FilterOperator.EQUALS
        if wanted in _ANYWHERE and scalar == {"string"}:
            members, operator = tuple(_texts(shapes, item)), ir.FilterOperator.CONTAINS
        elif wanted in _BEGINNING and scalar == {"string"}:
            members, operator = tuple(_name(shapes, item)), ir.FilterOperator.STARTS_WITH
        elif scalar and scalar <= {"string", "integer", "array"}:
            members = tuple(_held(shapes, item, wanted))
        if members:
            yield ir.Search(parameter=parameter.name, members=members, operator=operator)


def _texts(shapes: BodyShapes, item: ir.Schema) -> Iterator[Path]:
    """The texts of an item: those that somebody writes, of an item that nobody does all."""
    found = list(_strings(shapes, item, ()))
    for name, member in shapes.members(item).items():
        inner = shapes.element(member) or member
        if shapes.types(inner) - {"null"} == {"object"}:
            found += _strings(shapes, inner, (name,))
    written = [path for path, schema in found if not read_only(shapes.schemas, schema)]
    return iter(written or [path for path, _ in found])


def _strings(
    shapes: BodyShapes, schema: ir.Schema, above: Path
) -> Iterator[tuple[Path, ir.Schema]]:
    for name, member in shapes.members(schema).items():
        text = shapes.element(member) or member
        shape = shapes.resolve(text).shape
        untold = isinstance(shape, ir.String) and shape.format in _UNTOLD
        is_id = plain(name).endswith(("id", "uuid")) and len(name) > 1
        if shapes.types(text) - {"null"} == {"string"} and not untold and not is_id:
            yield (*above, name), member


def _name(shapes: BodyShapes, item: ir.Schema) -> Iterator[Path]:
    known = {plain(path[0]): path for path, _ in _strings(shapes, item, ())}
    found = next((known[name] for name in _NAMES if name in known), None)
    if found is not None:
        yield found
    elif "id" in shapes.members(item):
        yield ("id",)


def _held(shapes: BodyShapes, item: ir.Schema, wanted: str) -> Iterator[Path]:
    """Where an item holds several of what is `wanted`: as values, or as objects with an id."""
    for name, member in shapes.members(item).items():
        element = shapes.element(member)
        if element is None:
            continue
        one = plain(singular_phrase(name))
        one = one.removesuffix("s") if one.endswith("ids") else one
        if shapes.types(element) & {"string", "integer", "number"}:
            if wanted in (one, plain(name)):
                yield (name,)
            continue
        known = {plain(inner): inner for inner in shapes.members(element)}
        for told in _TELLING:
            if told in known and wanted in (one, plain(name), f"{one}{told}"):
                yield (name, known[told])
