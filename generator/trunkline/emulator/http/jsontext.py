"""JSON from strangers: exact or refused.

orjson is fast but silent about duplicate keys and turns whole numbers beyond 64 bits into floats.
Whether a text can hold either is decided from cheap counts; only such texts are parsed again with
the standard library, which can tell.
"""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from trunkline.ir import Json

MAX_DEPTH = 128
"""Deeper bodies are refused; above it, writing them back would fail (orjson stops at 254)."""

_LONG_NUMBER = re.compile(rb"\d{18}")


class JsonTextError(ValueError):
    """The text is not JSON, or is JSON in a form that means different things to different
    parsers. The message says which."""


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


def _count_keys(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum(
            _count_keys(member) for member in value.values() if isinstance(member, (dict, list))
        )
    return sum(_count_keys(member) for member in value if isinstance(member, (dict, list)))


def _depth(body: bytes) -> int:
    depth = deepest = 0
    text = False
    escaped = False
    for byte in body:
        if text:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                text = False
        elif byte == 0x22:
            text = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > MAX_DEPTH:
                break
        elif byte in b"]}":
            depth -= 1
    return deepest


def parse(body: bytes) -> Json:
    """The value of a JSON text; `JsonTextError` for anything else, duplicate keys and excessive
    depth included."""
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH and _depth(body) > MAX_DEPTH:
        raise JsonTextError(f"nested deeper than {MAX_DEPTH} levels")
    try:
        value: Json = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise JsonTextError(str(error)) from None
    if isinstance(value, (dict, list)):
        doubtful = body.count(b":") != _count_keys(value)
    else:
        doubtful = False
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
