"""What a description says beyond its documents: recorded value by value, so that none gets lost.

Public facts, observations and decisions have a reason, but no line. `sources/beyond*.yaml` lists
them: a value that is taken away, or added without anybody's saying so, is found like a documented
one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trunkline.audit.model import Kind, Sources
from trunkline.audit.place import find
from trunkline.audit.seals import seals
from trunkline.diagnostics import Code, Diagnostics
from trunkline.ir import ABSENT, Absent, Json
from trunkline.pointer import escape
from trunkline.rules.walk import Part, elements, members, parts
from trunkline.source import Document, Node

_BOUNDS: Final = (
    *("minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum"),
    *("exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems"),
    *("minProperties", "maxProperties"),
)
_WHOLE: Final = {
    "operation": Kind.OPERATION,
    "parameter": Kind.PARAMETER,
    "response": Kind.RESPONSE,
    "request body": Kind.REQUEST,
    "header": Kind.HEADER,
    "property": Kind.FIELD,
    "security scheme": Kind.SECURITY,
    "method": Kind.METHOD,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a description says: kind, pointer to the place (without `#`), value."""

    kind: Kind
    place: str
    value: Json | Absent
    node: Node

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal for items that say the same."""
        return (str(self.kind), self.place, _text(self.value))


def _text(value: Json | Absent) -> str:
    return "" if isinstance(value, Absent) else json.dumps(value, sort_keys=True)


def items(document: Document) -> Iterator[Item]:
    """Everything the description says that could be lost unnoticed, in its order."""
    for part in parts(document):
        yield from _of(part)


def _of(part: Part) -> Iterator[Item]:
    node, at = part.node, part.node.pointer
    if part.what in _WHOLE:
        yield Item(_WHOLE[part.what], at, ABSENT, node)
    if part.what in ("schema", "property"):
        yield from _schema(node, at)
    if part.what in ("media type", "parameter", "header"):
        named = node.get("examples")
        for name, example in members(named):
            yield Item(Kind.EXAMPLE, f"{at}/examples/{escape(name)}", ABSENT, example)
        example_node = node.get("example")
        if example_node is not None:
            yield Item(Kind.EXAMPLE, at, example_node.value, example_node)
    if part.what == "parameter" and node.flag("required"):
        yield Item(Kind.REQUIRED, at, True, node)


def _schema(node: Node, at: str) -> Iterator[Item]:
    for value in elements(node.get("enum")):
        yield Item(Kind.ENUM, at, value.value, value)
    constant = node.get("const")
    if constant is not None:
        yield Item(Kind.ENUM, at, constant.value, constant)
    default, form = node.get("default"), node.get("format")
    if default is not None:
        yield Item(Kind.DEFAULT, at, default.value, default)
    if form is not None:
        yield Item(Kind.FORMAT, at, form.value, form)
    for key in _BOUNDS:
        bound = node.get(key)
        if bound is not None:
            yield Item(Kind.LIMIT, at, {key: bound.value}, bound)
    required = node.get("required")
    names = list(elements(required))
    described = node.get("properties")
    if required is not None and not all(described and str(n.value) in described for n in names):
        yield Item(Kind.LIMIT, at, {"required": required.value}, required)
        names = []
    for name in names:
        yield Item(Kind.REQUIRED, f"{at}/properties/{escape(str(name.value))}", True, name)
    for example in elements(node.get("examples")):
        yield Item(Kind.EXAMPLE, at, example.value, example)
    single = node.get("example")
    if single is not None:
        yield Item(Kind.EXAMPLE, at, single.value, single)


def stated(name: str, document: Document, material: Sources) -> set[tuple[str, str, str]]:
    """Keys of the items that facts of `material`, or rulings, state about the description."""
    found: set[tuple[str, str, str]] = set()

    def note(kind: Kind, pointer: str, value: Json | Absent) -> None:
        place = find(document, pointer)
        for at in place.pointers() if place is not None else ():
            if kind is Kind.LIMIT and isinstance(value, dict):
                for key, bound in value.items():
                    found.add((str(kind), at, _text({key: bound})))
            else:
                found.add((str(kind), at, _text(value)))
                found.add((str(kind), at, ""))

    for fact in material.facts():
        if name in fact.descriptions:
            value: Json | Absent = ABSENT if fact.file is not None else fact.value
            for pointer in fact.places:
                note(fact.kind, pointer, value)
    for erratum in material.errata:
        if erratum.holds_for(name):
            for became in erratum.becomes:
                note(became.kind, became.place, became.value)
    return found


def unstated(name: str, document: Document, material: Sources) -> list[Item]:
    """Items of the description that nothing states, each once."""
    known = stated(name, document, material)
    found: dict[tuple[str, str, str], Item] = {}
    for item in items(document):
        if item.key not in known:
            found.setdefault(item.key, item)
    return list(found.values())


def check(name: str, document: Document, material: Sources, diagnostics: Diagnostics) -> None:
    """Report what nothing states, where the description has a record of such things."""
    if not any(i.beyond and name in i.descriptions for i in material.inventories):
        return
    for item in unstated(name, document, material):
        shown = "" if isinstance(item.value, Absent) else f" {item.value!r}"
        diagnostics.add(
            Code.VALUE_UNSTATED,
            f"Nothing states the {item.kind}{shown} of #{item.place}",
            item.node.position,
            "Add a fact to the inventory of a document, or record it with the others in "
            "sources/beyond.yaml.",
        )


def record(material: Sources) -> dict[Path, str]:
    """The files that list what each description says beyond its documents, new or anew.

    Maps paths to contents; nothing is written.
    """
    documented = material.without_records()
    files: dict[Path, str] = {}
    for name, document in material.descriptions.items():
        stem = "beyond" if name == "openapi.yaml" else f"beyond-{Path(name).stem}"
        lines = [
            "# What the description says beyond its documents; the reasons stand there.",
            "source: " + stem,
            "beyond: true",
            f"describes: [{name}]",
            "facts:",
        ]
        for item in unstated(name, document, documented):
            value = "" if isinstance(item.value, Absent) else f", value: {json.dumps(item.value)}"
            lines.append(f"  - {{kind: {item.kind}, at: {json.dumps('#' + item.place)}{value}}}")
        if lines[-1] != "facts:":
            lines.append("seals:")
            for place, digest in seals(material, name):
                lines.append(f"  - {{at: {json.dumps(place)}, sha256: {json.dumps(digest)}}}")
            files[material.folder / "sources" / f"{stem}.yaml"] = "\n".join(lines) + "\n"
    return files
