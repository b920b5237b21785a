"""JSON from strangers: exact or refused.

orjson is fast but silent about duplicate keys and turns whole numbers beyond 64 bits into floats.
Whether a text can hold either is decided from cheap counts; only such texts are parsed again with
the standard library, which can tell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import orjson

from trunkline.ir import Json

MAX_DEPTH = 128
"""Deeper bodies are refused; above it, writing them back would fail (orjson stops at 254)."""

_LONG_NUMBER = re.compile(rb"\d{18}")


MAX_VALUES = 100_000
"""More in one body are refused: while they are looked at, nobody else is served."""


class JsonTextError(ValueError):
    """The text is not JSON, or is JSON in a form that means different things to different
    parsers. The message says which."""


class TooManyValuesError(JsonTextError):
    """There are more than `MAX_VALUES` of them."""


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise JsonTextError(f"duplicate key {key!r}")
            seen.add(key)
    return result


def _no_constant(name: str) -> Json:
    raise JsonTextError(f"{name} is not JSON")


def _keys(body: bytes, value: dict[str, Json] | list[Json]) -> int:
    """How many members all objects in a text have together, its value is looked into only where
    its bytes leave a doubt; `JsonTextError` beyond the limits."""
    flat = body.count(b"{") == 1 and body.count(b"[") < MAX_DEPTH and len(body) < MAX_VALUES
    return len(value) if flat and isinstance(value, dict) else _count_keys(value)


def _count_keys(value: dict[str, Json] | list[Json]) -> int:
    """How many members all objects have together; `JsonTextError` for a value beyond the limits."""
    keys = 0
    values = 1
    level = [value]
    for _ in range(MAX_DEPTH):
        below: list[dict[str, Json] | list[Json]] = []
        for container in level:
            values += len(container)
            if values > MAX_VALUES:
                raise TooManyValuesError(f"more than {MAX_VALUES} values")
            inner: Iterable[Json] = container
            if isinstance(container, dict):
                keys += len(container)
                inner = container.values()
            for one in inner:
                if isinstance(one, (dict, list)):
                    below.append(one)
        if not below:
            return keys
        level = below
    raise JsonTextError(f"nested deeper than {MAX_DEPTH} levels")


def parse(body: bytes) -> Json:
    """The value of a JSON text; `JsonTextError` for anything else, duplicate keys, excessive depth
    and too many values included."""
    try:
        value: Json = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise JsonTextError(str(error)) from None
    doubtful = isinstance(value, (dict, list)) and body.count(b":") != _keys(body, value)
    if doubtful or _LONG_NUMBER.search(body):
        try:
            value = json.loads(body, object_pairs_hook=_unique, parse_constant=_no_constant)
        except JsonTextError:
            raise
        except (ValueError, RecursionError) as error:
            # Whole numbers of thousands of digits are refused by the interpreter itself.
            raise JsonTextError(str(error)) from None
    return value


def dump(value: Json) -> bytes:
    """JSON text without spaces; whole numbers of any size are kept."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
