"""JSON text into data and marks. A scanner of our own: parsers give no positions or duplicates."""

from __future__ import annotations

import json
import math
import re
import sys
from typing import Final

from trunkline.diagnostics import Code
from trunkline.source.parsed import (
    MAX_DEPTH,
    MAX_EXPANSION,
    Marks,
    ParsedFile,
    ParseError,
    Value,
    duplicate,
    too_deep,
)

_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]|[^\s{}\[\],:"]+')
"""Commas and colons say nothing that the containers do not."""
_DEPTH: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|([{\[])|([}\]])')
_OFTEN: Final = 64
"""Characters of a text that may well stand in thousands of places: keys, types, references."""
_WORDS: Final[dict[str, Value]] = {"true": True, "false": False, "null": None}


def _check(text: str) -> None:
    """Raise `ParseError` where `text` is not JSON; the scanner below relies on it."""
    if text.count(",") > MAX_EXPANSION:
        # Every value keeps its place, which costs a hundred times what the text does.
        raise ParseError.one(Code.TOO_LARGE, f"More than {MAX_EXPANSION} values", 0)
    try:
        json.loads(text, parse_constant=_refuse_constant, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise ParseError.one(Code.SYNTAX, f"Not valid JSON: {error.msg}", error.pos) from None
    except ValueError as error:
        raise ParseError.one(Code.SYNTAX, str(error), 0) from None
    except RecursionError:
        _check_depth(text)
        raise


def _check_depth(text: str) -> None:
    """Raise `ParseError` where containers are nested beyond `MAX_DEPTH`."""
    depth = 0
    for match in _DEPTH.finditer(text):
        depth += 1 if match.group(1) else -1 if match.group(2) else 0
        if depth > MAX_DEPTH:
            raise too_deep(match.start()) from None


def _refuse_constant(word: str) -> Value:
    raise ValueError(f"Not valid JSON: {word} is not a JSON value")


def parse_number(token: str) -> int | float | str:
    """A JSON number; those beyond what a float or an int can hold stay text."""
    if token.lstrip("-").isdigit():
        return int(token) if len(token) <= 400 else token
    number = float(token)
    return number if math.isfinite(number) else token


def _text(token: str) -> str:
    value = token[1:-1] if "\\" not in token else str(json.loads(token))
    return sys.intern(value) if len(value) <= _OFTEN else value


def parse_json(name: str, text: str) -> ParsedFile:
    """`text` as JSON; `ParseError` for syntax errors and keys given twice."""
    _check(text)
    marks: Marks = {}
    faults: list[tuple[Code, str, int, str | None]] = []
    holder: list[Value] = []
    starts: list[int] = []
    stack: list[tuple[dict[str, Value] | list[Value], dict[str, tuple[int, int]] | list[int]]] = []
    container: dict[str, Value] | list[Value] = holder
    places: dict[str, tuple[int, int]] | list[int] = starts
    key: str | None = None
    key_at = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        first = token[0]
        value: Value
        at = match.start()
        if first in "}]":
            container, places = stack.pop()
            continue
        if first == '"':
            value = _text(token)
            if key is None and isinstance(container, dict):
                key, key_at = value, at
                if key in container:
                    assert isinstance(places, dict)
                    faults.append(duplicate(key, at, text, places[key][0]))
                continue
        elif first == "{":
            value = {}
        elif first == "[":
            value = []
        elif token in _WORDS:
            value = _WORDS[token]
        else:
            value = parse_number(token)
        if isinstance(container, dict):
            assert isinstance(places, dict)
            assert key is not None
            container[key] = value
            places[key] = (key_at, at)
            key = None
        else:
            assert isinstance(places, list)
            container.append(value)
            places.append(at)
        if first in "{[":
            stack.append((container, places))
            if len(stack) > MAX_DEPTH:
                raise too_deep(at)
            assert isinstance(value, (dict, list))
            container = value
            places = marks[id(value)] = {} if first == "{" else []
    if faults:
        raise ParseError(faults)
    return ParsedFile(name, text, holder[0], starts[0], marks)
