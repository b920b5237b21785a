"""About how long a class is when it is printed, before anything is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trunkline.ir import Api, Array, Enumeration, Object, Schema, Union
from trunkline.names.describe import described

LONG: Final = 2_800
"""Lines, as estimated, above which a module of models is taken apart: the estimate is about right,
and what is printed stays below 3,000."""

_WIDTH: Final = 88
_SPACED: Final = 3
"""Lines between two classes, and the one that begins a class."""


def sizes(api: Api, classes: Mapping[str, str]) -> dict[str, int]:
    """Lines of every schema that becomes a class, 0 for the others. `classes` names those."""
    return {
        name: _lines(api, schema) if name in classes else 0 for name, schema in api.schemas.items()
    }


def _lines(api: Api, schema: Schema) -> int:
    return _SPACED + _told(api, schema) + _body(api, schema)


def _body(api: Api, schema: Schema) -> int:
    match schema.shape:
        case Enumeration(values=values):
            return 1 + len(values)
        case Object(properties=properties):
            return 1 + sum(1 + _spread(p.schema) + _told(api, p.schema) for p in properties)
        case Union(discriminator=discriminator):
            mapped = len(discriminator.mapping) if discriminator is not None else 0
            return _spread(schema) + (3 + mapped if mapped else 0)
        case _:
            return 0


def _spread(schema: Schema) -> int:
    """Further lines of a type that is too long for one."""
    match schema.shape:
        case Array(items=items):
            return _spread(items)
        case Union(members=members):
            return 0 if len(members) <= 2 else len(members) + 1
        case Enumeration(values=values):
            return 0 if len(values) <= 4 else len(values) + 2
        case _:
            return 0


def _told(api: Api, schema: Schema) -> int:
    """About how many lines a description takes."""
    text = described(api, schema).strip()
    found = sum(1 + len(line) // _WIDTH for line in text.splitlines())
    return found if found <= 1 else found + 1
