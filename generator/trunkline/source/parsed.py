"""One parsed file: plain data, and where every key and value of it stands."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError
from trunkline.position import Position

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"

Marks: TypeAlias = dict[int, "dict[str, tuple[int, int]] | list[int]"]
"""By `id` of a container: member → (offset of key, offset of value), or offsets of elements."""

Lines: TypeAlias = "array[int]"
"""Offsets at which lines start: a description of 3 MB has 150,000."""

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 200
"""Containers within containers. Real descriptions stay under 60; the stages above recurse."""
MAX_EXPANSION: Final = 5_000_000
"""Values after every YAML alias has been written out."""


@dataclass(frozen=True, slots=True, eq=False)
class ParsedFile:
    """The data of one file. `marks` may be asked only about containers inside `data`."""

    name: str
    """As shown to the user: the path given, or beside it."""
    text: str
    data: Value
    start: int
    marks: Marks
    lines: Lines = field(default_factory=lambda: array("q"))
    laid: tuple[tuple[int, ParsedFile], ...] = ()
    """Files that parts of the data come from, each with the offset that its own begin at here."""

    def position(self, offset: int) -> Position:
        """Line and column (from 1) of a character offset, in the file that it belongs to."""
        for start, other in reversed(self.laid):
            if offset >= start:
                return other.position(offset - start)
        return position_in(self.name, self.text, self.lines, offset)

    @property
    def end(self) -> int:
        """The first offset that belongs to no file yet."""
        if self.laid:
            start, last = self.laid[-1]
            return start + len(last.text) + 1
        return len(self.text) + 1


def position_in(name: str, text: str, lines: Lines, offset: int) -> Position:
    """Line and column (from 1) of `offset`; fills `lines` with the starts of lines when empty."""
    if not lines:
        lines.append(0)
        at = text.find("\n")
        while at >= 0:
            lines.append(at + 1)
            at = text.find("\n", at + 1)
    line = bisect_right(lines, offset)
    return Position(name, line, offset - lines[line - 1] + 1)


class ParseError(Exception):
    """Why a text does not parse, and where (offsets in characters)."""

    def __init__(self, faults: list[tuple[Code, str, int, str | None]]) -> None:
        super().__init__(faults)
        self.faults = faults

    @classmethod
    def one(cls, code: Code, message: str, offset: int, hint: str | None = None) -> ParseError:
        """A single fault."""
        return cls([(code, message, offset, hint)])

    def as_error(self, name: str, text: str) -> TrunklineError:
        """The same for the user."""
        lines: Lines = array("q")
        return TrunklineError(
            [
                Diagnostic(code, message, position_in(name, text, lines, offset), hint)
                for code, message, offset, hint in self.faults
            ],
            ExitCode.FINDINGS,
        )


def too_deep(offset: int) -> ParseError:
    """Containers nested beyond `MAX_DEPTH`."""
    return ParseError.one(Code.TOO_LARGE, f"Nested more than {MAX_DEPTH} levels deep", offset)


def duplicate(key: str, offset: int, text: str, first: int) -> tuple[Code, str, int, str | None]:
    """The fault of a key given twice in one mapping."""
    line = text.count("\n", 0, first) + 1
    return (Code.DUPLICATE_KEY, f"Key {key!r} is given twice, first on line {line}", offset, None)
