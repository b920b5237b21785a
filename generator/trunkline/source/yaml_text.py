"""YAML text into data and marks, by the core schema of YAML 1.2 over libyaml's events.

`yes`, `on`, dates and sexagesimal numbers stay text; keys are always text, so that `200:` under
`responses` is "200"; merge keys (`<<`) are honoured because descriptions in the wild use them.
"""

from __future__ import annotations

import math
import re
from typing import Final

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out

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

_INT: Final = re.compile(r"[-+]?[0-9]+\Z")
_BASED: Final = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: Final[dict[str, Value]] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMERIC_START: Final = frozenset("-+.0123456789")
_TAG: Final = "tag:yaml.org,2002:"


def plain_scalar(text: str) -> Value:
    """What an unquoted scalar means."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC_START or len(text) > 400:
        return text
    if _INT.match(text):
        return int(text)
    if _BASED.match(text):
        return int(text, 0)
    if _FLOAT.match(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text


def _offset(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.index if mark is not None else 0


class _Frame:
    """A container being filled; `key` is the pending key of a mapping."""

    __slots__ = ("data", "key", "key_at", "merges", "places", "weight")

    def __init__(
        self,
        data: dict[str, Value] | list[Value],
        places: dict[str, tuple[int, int]] | list[int],
    ) -> None:
        self.data = data
        self.places = places
        self.key: str | None = None
        self.key_at = 0
        self.merges: list[Value] = []
        self.weight = 1


class _Builder:
    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.marks: Marks = {}
        self.faults: list[tuple[Code, str, int, str | None]] = []
        self.holder: list[Value] = []
        self.starts: list[int] = []
        self.frames = [_Frame(self.holder, self.starts)]
        self.anchors: dict[str, Value] = {}
        self.open_anchors: dict[str, int] = {}
        self.weights: dict[int, int] = {}

    def put(self, value: Value, at: int, weight: int, *, plain: bool = False) -> None:
        """Add `value` to the innermost container, as a key where one is due."""
        frame = self.frames[-1]
        frame.weight += weight
        if frame.weight > MAX_EXPANSION:
            raise ParseError.one(
                Code.TOO_LARGE, f"Aliases expand to more than {MAX_EXPANSION:,} values", at
            )
        data, places = frame.data, frame.places
        if isinstance(data, list):
            assert isinstance(places, list)
            data.append(value)
            places.append(at)
            return
        assert isinstance(places, dict)
        if frame.key is None:
            if not isinstance(value, str):
                raise ParseError.one(Code.SYNTAX, "A key must be text", at)
            if value in data and not (plain and value == "<<"):
                self.faults.append(duplicate(value, at, self.text, places[value][0]))
            frame.key, frame.key_at = value, at
            return
        if frame.key == "<<" and isinstance(value, (dict, list)):
            frame.merges.append(value)
        else:
            data[frame.key] = value
            places[frame.key] = (frame.key_at, at)
        frame.key = None

    def scalar(self, event: yaml.ScalarEvent) -> None:
        at = _offset(event)
        frame = self.frames[-1]
        text: str = event.value
        value: Value = text
        is_key = frame.key is None and isinstance(frame.data, dict)
        if not is_key:
            if event.tag is not None and event.tag != "!":
                value = self.tagged(event.tag, text, at)
            elif event.implicit[0]:
                value = plain_scalar(text)
        if event.anchor is not None:
            self.anchors[event.anchor] = value
        self.put(value, at, 1, plain=bool(event.implicit[0]))

    def tagged(self, tag: str, text: str, at: int) -> Value:
        kind = tag.removeprefix(_TAG)
        if kind == "str":
            return text
        value = plain_scalar(text)
        kinds: dict[str, tuple[type, ...]] = {
            "int": (int,),
            "float": (int, float),
            "bool": (bool,),
            "null": (type(None),),
        }
        if kind not in kinds or not isinstance(value, kinds[kind]):
            raise ParseError.one(Code.SYNTAX, f"Tag {tag!r} is not understood here", at)
        return value

    def start(self, event: yaml.CollectionStartEvent, data: dict[str, Value] | list[Value]) -> None:
        at = _offset(event)
        if event.tag not in (None, "!", _TAG + "map", _TAG + "seq"):
            raise ParseError.one(Code.SYNTAX, f"Tag {event.tag!r} is not understood here", at)
        if len(self.frames) > MAX_DEPTH:
            raise too_deep(at)
        frame = self.frames[-1]
        if frame.key is None and isinstance(frame.data, dict):
            raise ParseError.one(Code.SYNTAX, "A key must be text", at)
        if event.anchor is not None:
            self.anchors[event.anchor] = data
            self.open_anchors[event.anchor] = id(data)
        self.put(data, at, 0)
        places: dict[str, tuple[int, int]] | list[int] = {} if isinstance(data, dict) else []
        self.marks[id(data)] = places
        self.frames.append(_Frame(data, places))

    def end(self) -> None:
        frame = self.frames.pop()
        if frame.merges:
            self.merge(frame)
        self.weights[id(frame.data)] = frame.weight
        parent = self.frames[-1]
        parent.weight += frame.weight

    def merge(self, frame: _Frame) -> None:
        assert isinstance(frame.data, dict)
        assert isinstance(frame.places, dict)
        sources: list[Value] = []
        for merged in frame.merges:
            sources.extend(merged if isinstance(merged, list) else [merged])
        for source in sources:
            if not isinstance(source, dict):
                continue
            places = self.marks[id(source)]
            assert isinstance(places, dict)
            for key, value in source.items():
                if key not in frame.data:
                    frame.data[key] = value
                    frame.places[key] = places[key]

    def alias(self, event: yaml.AliasEvent) -> None:
        at = _offset(event)
        if event.anchor not in self.anchors:
            raise ParseError.one(Code.SYNTAX, f"Alias of unknown anchor {event.anchor!r}", at)
        value = self.anchors[event.anchor]
        if isinstance(value, (dict, list)) and any(f.data is value for f in self.frames):
            raise ParseError.one(Code.TOO_LARGE, f"Alias {event.anchor!r} contains itself", at)
        frame = self.frames[-1]
        if frame.key is None and isinstance(frame.data, dict) and not isinstance(value, str):
            raise ParseError.one(Code.SYNTAX, "A key must be text", at)
        self.put(value, at, self.weights.get(id(value), 1))


def parse_yaml(name: str, text: str) -> ParsedFile:
    """`text` as one YAML document; `ParseError` for syntax errors and keys given twice."""
    builder = _Builder(name, text)
    documents = 0
    try:
        parser = CParser(text)
        while (event := parser.get_event()) is not None:
            if isinstance(event, yaml.ScalarEvent):
                builder.scalar(event)
            elif isinstance(event, yaml.MappingStartEvent):
                builder.start(event, {})
            elif isinstance(event, yaml.SequenceStartEvent):
                builder.start(event, [])
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                builder.end()
            elif isinstance(event, yaml.AliasEvent):
                builder.alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise ParseError.one(Code.SYNTAX, "More than one YAML document", _offset(event))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = ", ".join(part for part in (error.context, error.problem) if part)
        at = mark.index if mark else 0
        if text[at : at + 1] == "\t":
            raise ParseError.one(
                Code.SYNTAX,
                "Not valid YAML: a tab, where only spaces indent",
                at,
                "Use spaces; most editors convert tabs by a setting.",
            ) from None
        raise ParseError.one(Code.SYNTAX, f"Not valid YAML: {what}", at) from None
    except yaml.reader.ReaderError as error:
        raise ParseError.one(
            Code.SYNTAX, f"Not valid YAML: {error.reason}", min(error.position, len(text))
        ) from None
    if builder.faults:
        raise ParseError(builder.faults)
    if not builder.holder:
        builder.holder.append(None)
        builder.starts.append(0)
    return ParsedFile(name, text, builder.holder[0], builder.starts[0], builder.marks)
