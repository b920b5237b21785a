"""The objects reference as a fact inventory, and the text again from the inventory.

The inventory holds no running text: of each piece only its line and the start of its SHA-256, so
that the text can be rebuilt from the inventory by anybody who has the pieces, and by nobody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from callr_inventory.stated import Json, Stated, stated
from callr_inventory.tree import (
    Format,
    ObjectReference,
    ObjectSection,
    ObjectsReference,
    PropertyRow,
    Prose,
    ReferenceKind,
    Values,
    text_of,
)

SOURCE = "callr-objects"
_TYPES = {"int": "integer", "bool": "boolean"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of the document; see the documentation of inventories."""

    id: str
    lines: str
    kind: str
    subject: str
    value: Json = None
    at: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Json]:
        """The entry of the inventory; a null value is written only where it is the statement."""
        data: dict[str, Json] = {
            "id": self.id,
            "lines": self.lines,
            "kind": self.kind,
            "subject": self.subject,
        }
        if self.value is not None or self.kind == "default":
            data["value"] = self.value
        data["at"] = self.at[0] if len(self.at) == 1 else list(self.at)
        return data


@dataclass(slots=True)
class _FormatUses:
    lines: list[int] = field(default_factory=list[int])
    places: list[str] = field(default_factory=list[str])
    stated: Stated = field(default_factory=Stated)


def digest(text: str) -> str:
    """What the inventory keeps of a piece of running text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def inventory(reference: ObjectsReference) -> dict[str, object]:
    """The inventory as data, ready to be written as YAML."""
    text = text_of(reference)
    return {
        "source": SOURCE,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "lines": text.count("\n") + (not reference.ends_with_newline),
        "facts": [fact.as_data() for fact in facts(reference)],
        "prose": {piece.line: digest(piece.text) for piece in pieces(reference)},
    }


def pieces(reference: ObjectsReference) -> Iterator[Prose]:
    """Every piece of running text, in the order of the lines; at most one to a line."""
    yield from reference.preamble
    yield from (entry.summary for entry in reference.index)
    yield from reference.closing
    for section in reference.objects:
        yield from (section.summary, section.notice)
        for row in section.properties:
            yield row.description
            yield from (q.explanation for q in row.qualifiers if isinstance(q, Format))


def facts(reference: ObjectsReference) -> Iterator[Fact]:
    """Every statement, object by object, then those of the named formats."""
    rows_of_index = {entry.name: entry.line for entry in reference.index}
    formats: dict[str, _FormatUses] = {}
    for section in reference.objects:
        yield from _object_facts(section, rows_of_index[section.name])
        for row in section.properties:
            yield from _property_facts(section, row, formats)
    for name, uses in formats.items():
        yield from _stated_facts(
            uses.stated, f"format.{name}", ",".join(map(str, uses.lines)), name, uses.places
        )


def _object_facts(section: ObjectSection, index_line: int) -> Iterator[Fact]:
    key = section.name.lower()
    place = f"#/components/schemas/{section.name}"
    heading = f"{index_line},{section.line}"
    yield Fact(f"{key}.schema", heading, "schema", section.name, section.name, (place,))
    example: dict[str, object] = {m.name: m.value for m in section.example.members}
    lines = f"{section.example.first}-{section.example.last}"
    yield Fact(f"{key}.example", lines, "example", section.name, example, (place,))
    summary = f"{index_line},{section.summary.line}"
    yield from _stated_facts(stated(section.summary.text), key, summary, section.name, [place])


def _property_facts(
    section: ObjectSection, row: PropertyRow, formats: dict[str, _FormatUses]
) -> Iterator[Fact]:
    key = f"{section.name}.{row.name}".lower()
    subject = f"{section.name}.{row.name}"
    place = f"#/components/schemas/{section.name}/properties/{row.name}"
    is_array = row.type == "array"
    inner = f"{place}/items" if is_array else place
    found = stated(row.description.text, array=is_array)
    line = str(row.line)
    yield Fact(f"{key}.field", line, "field", subject, row.name, (place,))
    type_name = _TYPES.get(row.type, row.type)
    types: Json = [type_name, "null"] if found.nullable else type_name
    yield Fact(f"{key}.type", line, "type", subject, types, (place,))
    yield from _stated_facts(found, key, line, subject, [place])
    for qualifier in row.qualifiers:
        line = str(qualifier.line)
        match qualifier:
            case Format(name=name, explanation=explanation):
                yield Fact(f"{key}.format", line, "format", subject, name, (inner,))
                uses = formats.setdefault(name, _FormatUses())
                uses.lines.append(qualifier.line)
                uses.places.append(inner)
                uses.stated = stated(explanation.text, quotes=False)
            case Values(values=values):
                for value in values:
                    yield Fact(
                        f"{key}.enum.{value.lower()}", line, "enum", subject, value, (inner,)
                    )
            case ObjectReference(kind=kind, targets=targets):
                label = "any" if kind is ReferenceKind.ANY else "reference"
                for target in targets:
                    number = f".{target.lower()}" if label == "any" else ""
                    yield Fact(
                        f"{key}.reference{number}", line, "reference", subject, target, (place,)
                    )


def _stated_facts(
    found: Stated, key: str, lines: str, subject: str, places: Iterable[str]
) -> Iterator[Fact]:
    at = tuple(places)
    if found.limit:
        yield Fact(f"{key}.limit", lines, "limit", subject, {**found.limit}, at)
    for default in found.default:
        yield Fact(f"{key}.default", lines, "default", subject, default, at)
    for value in found.values:
        yield Fact(f"{key}.only.{value.lower()}", lines, "enum", subject, value, at)
    if found.required is not None:
        yield Fact(f"{key}.required", lines, "required", subject, found.required, at)
    if found.read_only:
        yield Fact(f"{key}.read-only", lines, "read-only", subject, None, at)
    if found.deprecated:
        yield Fact(f"{key}.deprecated", lines, "deprecated", subject, None, at)
    for number, example in enumerate(found.examples, start=1):
        yield Fact(f"{key}.example.{number}", lines, "example", subject, example, at)
    if found.words:
        described = tuple(dict.fromkeys(place.removesuffix("/items") for place in at))
        yield Fact(f"{key}.text", lines, "text", subject, list(found.words), described)
