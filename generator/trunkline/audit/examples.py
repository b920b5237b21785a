"""Documented examples: data in files, the same in the description, valid under their schemas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from trunkline.audit.model import Fact, Sources
from trunkline.audit.place import Place, find
from trunkline.diagnostics import Code, Diagnostics, TrunklineError
from trunkline.ir import ABSENT, Absent, Json
from trunkline.rules.values import Values
from trunkline.source import Document, Node, read


class Examples:
    """The files of examples, and whether values fit the schemas of descriptions."""

    def __init__(self, folder: Path, diagnostics: Diagnostics) -> None:
        self._folder = folder
        self._diagnostics = diagnostics
        self._files: dict[str, Json | Absent] = {}
        self._values: dict[str, Values] = {}

    def value(self, fact: Fact) -> Json | Absent:
        """What the fact's file holds, the fact's own value without one; `ABSENT` when unreadable.

        An Example Object stands for its `value`.
        """
        if fact.file is None:
            return fact.value
        if fact.file not in self._files:
            self._files[fact.file] = self._load(fact)
        return self._files[fact.file]

    def _load(self, fact: Fact) -> Json | Absent:
        assert fact.file is not None
        found = Diagnostics()
        try:
            root = read(self._folder / fact.file, found).root
        except TrunklineError as error:
            for diagnostic in error.diagnostics:
                self._diagnostics.add(
                    Code.EXAMPLE_INVALID,
                    f"Example of {fact.cited()}: {diagnostic.message}",
                    diagnostic.position or fact.position,
                )
            return ABSENT
        inner = root.get("value")
        return root.value if inner is None else inner.value

    def misfit(self, document: Document, place: Place, value: Json | Absent) -> str | None:
        """Why the value does not fit the schema that it illustrates at `place`, if so."""
        schema = illustrated(document, place)
        if schema is None or isinstance(value, Absent):
            return None
        name = document.root.file.name
        if name not in self._values:
            self._values[name] = Values(document)
        problem = self._values[name].misfit(schema, value)
        return f"it does not fit its schema: {problem}" if problem else None


def illustrated(document: Document, place: Place) -> Node | None:
    """The schema that an example at `place` is an example of.

    The place is an entry of `examples` in a media type or parameter, a parameter, or a schema.
    """
    holder, _, key = place.pointer.rpartition("/")[0].rpartition("/")
    if key == "examples":
        owner = find(document, holder)
        return owner.get("schema") if owner is not None else None
    schema = place.get("schema")
    if schema is not None:
        return schema
    return place.node if place.get("in") is None else None


def check_files(material: Sources, diagnostics: Diagnostics) -> None:
    """Every file below `examples/` is a documented example or referred to by a description."""
    used = {fact.file for fact in material.facts() if fact.file is not None}
    for document in material.descriptions.values():
        name = Path(document.root.file.name).resolve()
        for ref in _references(document.root):
            target = (name.parent / ref.partition("#")[0]).resolve()
            if target.is_relative_to(material.folder.resolve()):
                used.add(target.relative_to(material.folder.resolve()).as_posix())
    for path in sorted((material.folder / "examples").rglob("*")):
        relative = path.relative_to(material.folder).as_posix()
        if path.is_file() and relative not in used:
            diagnostics.add(
                Code.EXAMPLE_INVALID,
                f"No fact and no description refers to {relative}",
                None,
                "Refer to it from the description, or remove it.",
            )


def _references(node: Node) -> Iterator[str]:
    pending: list[Json] = [node.value]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            ref = value.get("$ref")
            if isinstance(ref, str) and not ref.startswith("#"):
                yield ref
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
