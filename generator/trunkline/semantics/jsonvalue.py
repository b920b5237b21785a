"""JSON values: their types, members at a path, equality as JSON has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, TypeAlias

from trunkline.ir import ABSENT, Absent, Json

Path: TypeAlias = tuple[str, ...]
"""Property names from the outside in; `()` is the value itself."""

TYPES: Final = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})


def parsed(text: bytes | str | None) -> Json:
    """What JSON says; None where there is none, or something else."""
    try:
        value: Json = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    return value


def json_type(value: Json) -> str:
    """The JSON Schema type of a value; a float is `number`, even a whole one."""
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
        case dict():
            return "object"


def find(value: Json, path: Path) -> Json | Absent:
    """The value at a path of property names; `ABSENT` where it leads nowhere."""
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return ABSENT
        value = value[name]
    return value


def get(value: Json, path: Path) -> Json:
    """The value at a path of property names; None where it leads nowhere."""
    found = find(value, path)
    return None if isinstance(found, Absent) else found


def put(value: dict[str, Json], path: Path, new: Json) -> None:
    """Set the value at a non-empty path, in place, making objects on the way."""
    for name in path[:-1]:
        child = value.get(name)
        if not isinstance(child, dict):
            child = {}
            value[name] = child
        value = child
    value[path[-1]] = new


def remove(value: dict[str, Json], path: Path) -> None:
    """Take the property at a non-empty path out, in place, if it is there."""
    for name in path[:-1]:
        child = value.get(name)
        if not isinstance(child, dict):
            return
        value = child
    value.pop(path[-1], None)


def equal(one: Json, other: Json) -> bool:
    """Whether two values are the same JSON value: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[k], other[k]) for k in one)
    return type(one) is type(other) and one == other


def scalar_text(value: Json) -> str:
    """A single value as paths, queries, headers and forms carry it: `true`, `1.5`, `` for null.

    A whole float is written without its fraction, as JavaScript and Go do.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
        case list() | dict():
            raise TypeError("a list or an object is not a single value")


def merge(target: Json, patch: Json) -> Json:
    """`patch` applied to `target` as a JSON merge patch (RFC 7396); neither is changed."""
    if not isinstance(patch, dict):
        return patch
    result: dict[str, Json] = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merge(result.get(name), value)
    return result
