"""Parse the objects reference: strict, line by line; what does not fit the grammar is an error."""

from __future__ import annotations

import json
import re
from typing import NoReturn, cast

from callr_inventory.tree import (
    Example,
    ExampleMember,
    Format,
    IndexEntry,
    Literal,
    ObjectReference,
    ObjectSection,
    ObjectsReference,
    PropertyRow,
    Prose,
    ReferenceKind,
    Values,
)
from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError
from trunkline.position import Position

_INDEX_HEADING = "Object Description"
_ROW = re.compile(r"(?P<name>\w+) (?P<type>string|int|bool|array|object|mixed) (?P<text>.+)")
_FORMAT = re.compile(r"Format: (?P<name>\w+) \((?P<text>.*)\)")
_VALUES = re.compile(r'Values: (?P<values>"[^"]+"(?:, "[^"]+")*)')
_REFERENCE = re.compile(
    r"(?P<kind>Object|Objects|Array of objects): (?P<targets>[\w.]+(?:, [\w.]+)*)"
)
_MEMBER = re.compile(r'  (?P<name>"\w+"): (?P<value>.+?)(?P<comma>,?)')


def parse(text: str, file: str = "callr-objects.txt") -> ObjectsReference:
    """Parse the reference; `TrunklineError` with file and line when a line does not fit."""
    return _Parser(text, file).reference()


class _Parser:
    def __init__(self, text: str, file: str) -> None:
        self._newline = text.endswith("\n")
        self._lines = (text[:-1] if self._newline else text).split("\n")
        self._file = file
        self._at = 0

    def reference(self) -> ObjectsReference:
        preamble: list[Prose] = []
        while not preamble or preamble[-1].text != _INDEX_HEADING:
            preamble.append(self._prose())
        index: list[IndexEntry] = []
        while self._peek():
            line = self._line
            name, space, summary = self._take().partition(" ")
            if not space:
                self._fail("a row of the table of contents: a name and a summary", line)
            index.append(IndexEntry(line, name, Prose(line, summary)))
        names = {entry.name for entry in index}
        closing: list[Prose] = []
        while self._peek() not in names:
            closing.append(self._prose())
        objects: list[ObjectSection] = []
        while self._at < len(self._lines):
            objects.append(self._object(names))
        return ObjectsReference(
            tuple(preamble), tuple(index), tuple(closing), tuple(objects), self._newline
        )

    def _object(self, names: set[str]) -> ObjectSection:
        line = self._line
        name = self._take()
        if name not in names:
            self._fail("the name of an object in the table of contents", line)
        for label in ("", "Description", ""):
            self._expect(label)
        summary = self._prose()
        self._expect("")
        example = self._example()
        notice = self._prose()
        for label in ("", "Properties", ""):
            self._expect(label)
        table = self._line
        self._expect("Property Type Description")
        rows: list[PropertyRow] = []
        while self._at < len(self._lines) and self._peek() and self._peek() not in names:
            rows.append(self._row())
        see_also: int | None = None
        if self._at < len(self._lines) and not self._peek():
            self._expect("")
            see_also = self._line
            self._expect("See Also")
            self._expect("")
        return ObjectSection(line, name, summary, example, notice, tuple(rows), table, see_also)

    def _example(self) -> Example:
        first = self._line
        self._expect("{")
        members: list[ExampleMember] = []
        empty = not self._peek()
        if empty:
            self._expect("")
        elif self._peek() == "}":
            self._fail("a member, or an empty line in an empty example", self._line)
        while not empty and self._peek() != "}":
            line = self._line
            match = _MEMBER.fullmatch(self._take())
            if match is None or bool(match["comma"]) == (self._peek() == "}"):
                self._fail("a member of an example", line)
            members.append(ExampleMember(line, json.loads(match["name"]), self._literal(match)))
        last = self._line
        self._expect("}")
        return Example(first, last, tuple(members))

    def _literal(self, match: re.Match[str]) -> Literal:
        try:
            value = json.loads(match["value"])
        except ValueError:
            self._fail("a JSON value", self._line - 1)
        if not isinstance(value, bool | int | str) and value not in ([], {}):
            self._fail("a string, a whole number, a boolean, [] or {}", self._line - 1)
        return cast("Literal", value)

    def _row(self) -> PropertyRow:
        line = self._line
        match = _ROW.fullmatch(self._take())
        if match is None:
            self._fail("a row of properties: name, type, description", line)
        qualifiers: list[Format | Values | ObjectReference] = []
        while self._at < len(self._lines):
            here = self._line
            if found := _FORMAT.fullmatch(self._peek()):
                qualifiers.append(Format(here, found["name"], Prose(here, found["text"])))
            elif found := _VALUES.fullmatch(self._peek()):
                values = tuple(re.findall(r'"([^"]+)"', found["values"]))
                qualifiers.append(Values(here, values))
            elif found := _REFERENCE.fullmatch(self._peek()):
                targets = tuple(found["targets"].split(", "))
                qualifiers.append(ObjectReference(here, ReferenceKind(found["kind"]), targets))
            else:
                break
            self._at += 1
        return PropertyRow(
            line, match["name"], match["type"], Prose(line, match["text"]), tuple(qualifiers)
        )

    @property
    def _line(self) -> int:
        return self._at + 1

    def _peek(self) -> str:
        if self._at >= len(self._lines):
            self._fail("more text", len(self._lines))
        return self._lines[self._at]

    def _take(self) -> str:
        text = self._peek()
        self._at += 1
        return text

    def _prose(self) -> Prose:
        line = self._line
        return Prose(line, self._take())

    def _expect(self, wanted: str) -> None:
        line = self._line
        if self._take() != wanted:
            self._fail(f"`{wanted}`" if wanted else "an empty line", line)

    def _fail(self, wanted: str, line: int) -> NoReturn:
        message = f"Expected {wanted}"
        position = Position(self._file, line, 1)
        raise TrunklineError(
            [Diagnostic(Code.INVENTORY_SOURCE, message, position)], ExitCode.FINDINGS
        )
