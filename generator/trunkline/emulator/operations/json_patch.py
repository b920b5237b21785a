"""JSON Patch (RFC 6902)."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from trunkline import pointer
from trunkline.ir import Json
from trunkline.semantics.jsonvalue import equal

MEDIA_TYPE: Final = "application/json-patch+json"
_MOST = 1_000


class PatchError(ValueError):
    """The patch cannot be applied; the message says which step, and why."""


def apply(document: Json, patch: Json) -> Json:
    """The document changed step by step; neither argument is changed. Raises `PatchError`."""
    if not isinstance(patch, list) or len(patch) > _MOST:
        raise PatchError(f"a patch is a list of at most {_MOST} operations")
    holder: list[Json] = [deepcopy(document)]
    for index, step in enumerate(patch):
        if not isinstance(step, dict):
            raise PatchError(f"operation {index} is not an object")
        try:
            _step(holder, step)
        except (PatchError, ValueError) as error:
            raise PatchError(f"operation {index}: {error}") from None
    return holder[0]


def _step(holder: list[Json], step: dict[str, Json]) -> None:
    match step.get("op"):
        case "add":
            _add(holder, _tokens(step, "path"), deepcopy(_value(step)))
        case "remove":
            _remove(holder, _tokens(step, "path"))
        case "replace":
            path = _tokens(step, "path")
            _remove(holder, path)
            _add(holder, path, deepcopy(_value(step)))
        case "move":
            _add(holder, _tokens(step, "path"), _remove(holder, _tokens(step, "from")))
        case "copy":
            _add(holder, _tokens(step, "path"), deepcopy(_get(holder, _tokens(step, "from"))))
        case "test":
            if not equal(_get(holder, _tokens(step, "path")), _value(step)):
                raise PatchError("the test fails")
        case other:
            raise PatchError(f"there is no operation {other!r}")


def _tokens(step: dict[str, Json], name: str) -> list[str]:
    text = step.get(name)
    if not isinstance(text, str):
        raise PatchError(f"{name} is missing")
    return pointer.split(text)


def _value(step: dict[str, Json]) -> Json:
    if "value" not in step:
        raise PatchError("value is missing")
    return step["value"]


def _get(holder: list[Json], path: list[str]) -> Json:
    value = holder[0]
    for key in path:
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list):
            value = value[_index(key, len(value) - 1)]
        else:
            raise PatchError(f"there is nothing at {pointer.join(path)}")
    return value


def _index(key: str, last: int) -> int:
    if not key.isdecimal() or (len(key) > 1 and key[0] == "0") or int(key) > last:
        raise PatchError(f"{key!r} is not an index of the list")
    return int(key)


def _add(holder: list[Json], path: list[str], value: Json) -> None:
    if not path:
        holder[0] = value
        return
    parent, key = _get(holder, path[:-1]), path[-1]
    if isinstance(parent, dict):
        parent[key] = value
    elif isinstance(parent, list):
        parent.insert(len(parent) if key == "-" else _index(key, len(parent)), value)
    else:
        raise PatchError(f"nothing can be added at {pointer.join(path)}")


def _remove(holder: list[Json], path: list[str]) -> Json:
    found = _get(holder, path)
    if not path:
        holder[0] = None
        return found
    parent, key = _get(holder, path[:-1]), path[-1]
    if isinstance(parent, dict):
        del parent[key]
    elif isinstance(parent, list):
        del parent[_index(key, len(parent) - 1)]
    return found
