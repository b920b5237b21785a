"""Print the objects reference from its inventory: the proof that the inventory lost nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from callr_inventory.tree import (
    Example,
    ExampleMember,
    Format,
    IndexEntry,
    ObjectReference,
    ObjectSection,
    ObjectsReference,
    PropertyRow,
    Prose,
    ReferenceKind,
    Values,
    text_of,
)

_TYPES = {"integer": "int", "boolean": "bool"}
_BEFORE_SUMMARY = 4
"""From an object's heading to its summary."""
_SEE_ALSO = 3
"""Lines between the last row and the next heading where a "See Also" stands."""

Facts = list[Mapping[str, Any]]


@dataclass
class _Row:
    line: int
    name: str
    type: str = ""
    qualifiers: dict[int, Format | Values | ObjectReference] = field(
        default_factory=dict[int, Format | Values | ObjectReference]
    )


def rebuild(data: Mapping[str, Any], prose: Mapping[str, str]) -> str:
    """The text from an inventory as data and the pieces of running text, digest → piece.

    KeyError when a piece is missing. Only the hash tells whether the last line is ended.
    """
    pieces = {line: Prose(line, prose[digest]) for line, digest in data["prose"].items()}
    by_object: dict[str, Facts] = {}
    for fact in data["facts"]:
        if fact["kind"] == "schema":
            by_object[fact["value"]] = []
        if (name := _object_of(fact)) in by_object:
            by_object[name].append(fact)
    headings = {name: _lines(facts[0]) for name, facts in by_object.items()}
    index = tuple(IndexEntry(lines[0], name, pieces[lines[0]]) for name, lines in headings.items())
    first, end = index[0].line, index[-1].line
    starts = [lines[1] for lines in headings.values()]
    sections = tuple(
        _section(name, facts, pieces, following)
        for (name, facts), following in zip(
            by_object.items(), [*starts[1:], data["lines"] + 1], strict=True
        )
    )
    reference = ObjectsReference(
        tuple(pieces[line] for line in range(1, first)),
        index,
        tuple(pieces[line] for line in range(end + 1, starts[0])),
        sections,
        ends_with_newline=False,
    )
    text = text_of(reference)
    return text if hashlib.sha256(text.encode()).hexdigest() == data["sha256"] else text + "\n"


def _object_of(fact: Mapping[str, Any]) -> str:
    at = fact["at"]
    place = at if isinstance(at, str) else at[0]
    return "" if fact["id"].startswith("format.") else str(place.split("/")[3])


def _lines(fact: Mapping[str, Any]) -> list[int]:
    return [int(number) for number in str(fact["lines"]).split(",")]


def _section(name: str, facts: Facts, pieces: Mapping[int, Prose], following: int) -> ObjectSection:
    line = _lines(facts[0])[1]
    shown = next(fact for fact in facts if fact["kind"] == "example" and "file" not in fact)
    first, last = (int(number) for number in shown["lines"].split("-"))
    members = tuple(
        ExampleMember(first + number, member, value)
        for number, (member, value) in enumerate(shown["value"].items(), start=1)
    )
    rows = tuple(
        PropertyRow(
            row.line,
            row.name,
            row.type,
            pieces[row.line],
            tuple(row.qualifiers[at] for at in sorted(row.qualifiers)),
        )
        for row in _rows(facts, pieces)
    )
    table = last + 5
    end = rows[-1].last if rows else table
    see_also = end + 2 if following - end - 1 == _SEE_ALSO else None
    return ObjectSection(
        line,
        name,
        pieces[line + _BEFORE_SUMMARY],
        Example(first, last, members),
        pieces[last + 1],
        rows,
        table,
        see_also,
    )


def _rows(facts: Facts, pieces: Mapping[int, Prose]) -> Iterator[_Row]:
    row: _Row | None = None
    for fact in facts:
        if fact["kind"] == "field":
            if row is not None:
                yield row
            row = _Row(int(fact["lines"]), fact["value"])
        elif row is not None:
            _add(row, fact, pieces)
    if row is not None:
        yield row


def _add(row: _Row, fact: Mapping[str, Any], pieces: Mapping[int, Prose]) -> None:
    line, value = int(fact["lines"]), fact.get("value")
    if fact["kind"] == "type":
        name = value if isinstance(value, str) else next(v for v in value or () if v != "null")
        row.type = _TYPES.get(name, name)
    elif line == row.line:
        return  # stated in the description's running text, which is printed as a piece
    elif fact["kind"] == "format":
        row.qualifiers[line] = Format(line, str(value), pieces[line])
    elif fact["kind"] == "enum":
        had = row.qualifiers.get(line)
        values = had.values if isinstance(had, Values) else ()
        row.qualifiers[line] = Values(line, (*values, str(value)))
    elif fact["kind"] == "reference":
        had = row.qualifiers.get(line)
        targets = (*had.targets, str(value)) if isinstance(had, ObjectReference) else (str(value),)
        one = ReferenceKind.LIST if row.type == "array" else ReferenceKind.ONE
        kind = ReferenceKind.ANY if len(targets) > 1 else one
        row.qualifiers[line] = ObjectReference(line, kind, targets)
