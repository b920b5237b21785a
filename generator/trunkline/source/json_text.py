"""JSON text into data and marks. A scanner of our own: parsers give no positions or duplicates."""

from __future__ import annotations

import json
import math
import re
import sys
from typing import Final, TypeAlias

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

_TEXT: Final = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_TOKEN: Final = re.compile(rf'(?:({_TEXT})\s*+:\s*+)?+({_TEXT}|[{{\[]|[^\s{{}}\[\],:"]++)|[}}\]]')
"""A value, or what begins one, with its key if it has one; or the end of a container. Commas say
nothing that the containers do not."""
_DEPTH: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|([{\[])|([}\]])')
_OFTEN: Final = 64
"""Characters of a text that may well stand in thousands of places: keys, types, references."""
_Open: TypeAlias = tuple[dict[str, Value], dict[str, tuple[int, int]], list[Value], list[int]]
"""Members and elements of the containers that are open, each with their places; of each pair only
the one of the container itself is added to."""
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}


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


def _scalar(token: str) -> int | float | str | bool | None:
    """What a token that is no text stands for."""
    return _WORDS[token] if token in _WORDS else parse_number(token)


def _text(token: str, known: dict[str, str]) -> str:
    """The text that a token stands for, which is `known` from then on if it is short."""
    value = token[1:-1] if "\\" not in token else str(json.loads(token))
    if len(value) <= _OFTEN:
        value = known[token] = sys.intern(value)
    return value


def parse_json(name: str, text: str) -> ParsedFile:
    """`text` as JSON; `ParseError` for syntax errors and keys given twice."""
    _check(text)
    marks: Marks = {}
    faults: list[tuple[Code, str, int, str | None]] = []
    data: Value = None
    start = 0
    stack: list[_Open] = []
    members: dict[str, Value] = {}
    places: dict[str, tuple[int, int]] = {}
    elements: list[Value] = []
    starts: list[int] = []
    known: dict[str, str] = {}
    for match in _TOKEN.finditer(text):
        written, token = match.groups()
        if token is None:  # the end of a container
            stack.pop()
            if stack:
                members, places, elements, starts = stack[-1]
            continue
        at = match.start(2)
        first = token[0]
        value: Value
        if first == '"':
            value = known.get(token) or _text(token, known)
        elif first in "{[":
            value = {} if first == "{" else []
        else:
            value = _scalar(token)
        if written is not None:
            key = known.get(written) or _text(written, known)
            key_at = match.start(1)
            if key in members:
                faults.append(duplicate(key, key_at, text, places[key][0]))
            members[key] = value
            places[key] = (key_at, at)
        elif stack:
            elements.append(value)
            starts.append(at)
        else:
            data, start = value, at
        if first not in "{[":
            continue
        if isinstance(value, dict):
            members, places = value, {}
            marks[id(value)] = places
        elif isinstance(value, list):
            elements, starts = value, []
            marks[id(value)] = starts
        stack.append((members, places, elements, starts))
        if len(stack) > MAX_DEPTH:
            raise too_deep(at)
    if faults:
        raise ParseError(faults)
    return ParsedFile(name, text, data, start, marks)
