"""The objects reference as a tree that prints back to the same text, character for character.

Nothing of a line is kept as a whole: each node holds what the line states (a name, a type, a list
of values) and, apart, the running text around it (`Prose`). `text_of` prints from these parts
alone, so a part the parser dropped would be missing from the printed text.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator
from dataclasses import dataclass

Literal = bool | int | str | list[str] | dict[str, str]
"""A value in an example; lists and objects are always empty there."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text: `line` counts from 1, `text` is never stored in an inventory."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A row of the table of contents."""

    line: int
    name: str
    summary: Prose


@dataclass(frozen=True, slots=True)
class ExampleMember:
    """A member of an object's example."""

    line: int
    name: str
    value: Literal


@dataclass(frozen=True, slots=True)
class Example:
    """The example of an object, from its opening to its closing brace."""

    first: int
    last: int
    members: tuple[ExampleMember, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """A named format and its explanation in brackets."""

    line: int
    name: str
    explanation: Prose


@dataclass(frozen=True, slots=True)
class Values:
    """A closed list of values."""

    line: int
    values: tuple[str, ...]


class ReferenceKind(enum.StrEnum):
    """How a property refers to other objects; the value is the label in the text."""

    ONE = "Object"
    ANY = "Objects"
    LIST = "Array of objects"


@dataclass(frozen=True, slots=True)
class ObjectReference:
    """The objects a property holds."""

    line: int
    kind: ReferenceKind
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PropertyRow:
    """A row of an object's table, with the lines that qualify it, in the order they stand."""

    line: int
    name: str
    type: str
    description: Prose
    qualifiers: tuple[Format | Values | ObjectReference, ...]

    @property
    def last(self) -> int:
        """The last line that belongs to the property."""
        return self.qualifiers[-1].line if self.qualifiers else self.line


@dataclass(frozen=True, slots=True)
class ObjectSection:
    """An object: heading, summary, example, table, and whether an empty "See Also" follows."""

    line: int
    name: str
    summary: Prose
    example: Example
    notice: Prose
    properties: tuple[PropertyRow, ...]
    table: int
    """Line of the table's heading."""
    see_also: int | None


@dataclass(frozen=True, slots=True)
class ObjectsReference:
    """The whole text."""

    preamble: tuple[Prose, ...]
    index: tuple[IndexEntry, ...]
    closing: tuple[Prose, ...]
    """What stands between the table of contents and the first object."""
    objects: tuple[ObjectSection, ...]
    ends_with_newline: bool


def text_of(reference: ObjectsReference) -> str:
    """Print the tree; for a tree made by `parse(text)` this is `text`."""
    lines = [
        *(prose.text for prose in reference.preamble),
        *(f"{entry.name} {entry.summary.text}" for entry in reference.index),
        *(prose.text for prose in reference.closing),
        *(line for section in reference.objects for line in _section(section)),
    ]
    return "\n".join(lines) + ("\n" if reference.ends_with_newline else "")


def _section(section: ObjectSection) -> Iterator[str]:
    yield from (section.name, "", "Description", "", section.summary.text, "", "{")
    members = section.example.members
    if not members:
        yield ""
    for number, member in enumerate(members, start=1):
        comma = "," if number < len(members) else ""
        yield f"  {json.dumps(member.name)}: {json.dumps(member.value)}{comma}"
    yield from ("}", section.notice.text, "", "Properties", "", "Property Type Description")
    for row in section.properties:
        yield f"{row.name} {row.type} {row.description.text}"
        yield from map(_qualifier, row.qualifiers)
    if section.see_also is not None:
        yield from ("", "See Also", "")


def _qualifier(qualifier: Format | Values | ObjectReference) -> str:
    match qualifier:
        case Format(name=name, explanation=explanation):
            return f"Format: {name} ({explanation.text})"
        case Values(values=values):
            return "Values: " + ", ".join(f'"{value}"' for value in values)
        case ObjectReference(kind=kind, targets=targets):
            return f"{kind.value}: " + ", ".join(targets)
