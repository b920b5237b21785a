"""Inventories and errata from their files; what is malformed is an error at its position."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from trunkline.audit.model import (
    Erratum,
    Fact,
    Inventory,
    Kind,
    Replacement,
    Rulings,
    Seal,
    Sources,
    Spans,
)
from trunkline.diagnostics import Code, Diagnostics, TrunklineError
from trunkline.ir import ABSENT, Absent, Json
from trunkline.overlay import read_description
from trunkline.source import Document, Node

_LINES: Final = re.compile(r"\d+(-\d+)?(,\d+(-\d+)?)*\Z")
_FACT_KEYS: Final = {"id", "lines", "kind", "subject", "value", "at", "in", "file"}
_ERRATUM_KEYS: Final = {
    *("id", "title", "source", "lines", "says", "contradicts", "ruling", "reason"),
    *("live", "facts", "found_by", "becomes", "omission", "kept", "in"),
}


def description_files(folder: Path) -> list[Path]:
    """Where the descriptions of an API are: the newest, and those before it."""
    return [folder / "openapi.yaml", *sorted((folder / "history").glob("*.yaml"))]


def load_material(
    folder: Path, diagnostics: Diagnostics, *, documents: Path | None = None
) -> Sources:
    """Everything in the API's `folder`; files that do not parse are reported and left out."""
    descriptions: dict[str, Document] = {}
    for path in description_files(folder):
        document = _read(path, diagnostics)
        if document is not None:
            descriptions[path.relative_to(folder).as_posix()] = document
    inventories: list[Inventory] = []
    for path in sorted((folder / "sources").glob("*.yaml")):
        document = _read(path, diagnostics)
        inventory = _inventory(document.root, diagnostics) if document else None
        if inventory is not None:
            inventories.append(inventory)
    errata: list[Erratum] = []
    if (folder / "errata.yaml").exists():
        document = _read(folder / "errata.yaml", diagnostics)
        errata = _errata(document.root, diagnostics) if document else []
    _unique([(f.id, f) for i in inventories for f in i.facts], "Fact", diagnostics)
    _unique([(e.id, e) for e in errata], "Erratum", diagnostics)
    return Sources(
        name=folder.resolve().name,
        folder=folder,
        descriptions=descriptions,
        inventories=tuple(inventories),
        errata=tuple(errata),
        rulings=Rulings([f for i in inventories for f in i.facts], errata),
        documents=documents,
    )


def _read(path: Path, diagnostics: Diagnostics) -> Document | None:
    try:
        return read_description(path, diagnostics)
    except TrunklineError as error:
        diagnostics.extend(error.diagnostics)
        return None


def _unique(
    named: list[tuple[str, Fact]] | list[tuple[str, Erratum]], what: str, diagnostics: Diagnostics
) -> None:
    first: dict[str, Fact | Erratum] = {}
    for name, item in named:
        if name in first:
            diagnostics.add(
                Code.AUDIT_FILE,
                f"{what} {name!r} is given twice, first at {first[name].position}",
                item.position,
            )
        first.setdefault(name, item)


class _Fields:
    """Members of one mapping, with complaints about those that are missing or of a wrong shape."""

    def __init__(self, node: Node, what: str, known: set[str], diagnostics: Diagnostics) -> None:
        self._node = node
        self._diagnostics = diagnostics
        self.ok = True
        self._what = what
        if not isinstance(node.value, dict):
            self.bad(f"{what} must be a mapping", node)
            return
        for key, member in node.items():
            if key not in known:
                self.bad(f"{what} has no member {key!r}", member, f"One of {', '.join(known)}.")

    def bad(self, message: str, node: Node | None = None, hint: str | None = None) -> None:
        self.ok = False
        self._diagnostics.add(Code.AUDIT_FILE, message, (node or self._node).position, hint)

    def text(self, key: str) -> str:
        found = self._node.text(key)
        if not found or not found.strip():
            self.bad(f"{self._what} needs {key}, as text")
            return ""
        return " ".join(found.split())

    def optional(self, key: str) -> str | None:
        return self.text(key) if key in self._node else None

    def number(self, key: str) -> int:
        found = self._node.get(key)
        if found is None or not isinstance(found.value, int) or isinstance(found.value, bool):
            self.bad(f"{self._what} needs {key}, a number", found)
            return 0
        return found.value

    def texts(self, key: str) -> tuple[str, ...]:
        found = self._node.get(key)
        if found is None:
            return ()
        listed = list(found.elements()) if isinstance(found.value, list) else [found]
        if not all(isinstance(node.value, str) for node in listed):
            self.bad(f"{key} is text, or a list of texts", found)
        return tuple(str(node.value) for node in listed)

    def pointers(self, key: str) -> tuple[str, ...]:
        found = self.texts(key)
        for pointer in found:
            if not pointer.startswith("#"):
                self.bad(f"{pointer!r} is not a JSON pointer", self._node.get(key), "Start with #.")
        return tuple(pointer[1:] for pointer in found)

    def spans(self, key: str) -> Spans:
        found = self._node.get(key)
        text = str(found.value) if found is not None else ""
        if not _LINES.match(text) or isinstance(found and found.value, bool):
            self.bad(f"{self._what} needs {key}, such as 188 or 71,80-83", found)
            return ()
        spans: list[tuple[int, int]] = []
        for part in text.split(","):
            first, _, last = part.partition("-")
            spans.append((int(first), int(last or first)))
            if not 1 <= spans[-1][0] <= spans[-1][1]:
                self.bad(f"{part!r} are no lines; they count from 1", found)
        return tuple(spans)

    def kind(self) -> Kind:
        name = self.text("kind")
        try:
            return Kind(name)
        except ValueError:
            if name:
                self.bad(f"{name!r} is no kind of fact", self._node.get("kind"))
            return Kind.SCHEMA

    def value(self) -> Json | Absent:
        found = self._node.get("value")
        return ABSENT if found is None else found.value


def _inventory(root: Node, diagnostics: Diagnostics) -> Inventory | None:
    known = {"source", "sha256", "lines", "describes", "facts", "prose", "beyond", "seals"}
    fields = _Fields(root, "Inventory", known, diagnostics)
    if not fields.ok:
        return None
    source = fields.text("source")
    descriptions = fields.texts("describes") or ("openapi.yaml",)
    beyond = root.flag("beyond")
    listed = root.get("facts")
    facts: list[Fact] = []
    for node in listed.elements() if listed is not None else ():
        fact = _fact(node, source, descriptions, beyond, diagnostics)
        if fact is not None:
            facts.append(fact)
    if not facts:
        fields.bad("Inventory needs facts, a list")
    sealed = root.get("seals")
    seals = [_seal(n, diagnostics) for n in (sealed.elements() if sealed is not None else ())]
    inventory = Inventory(
        source=source,
        sha256="" if beyond else fields.text("sha256"),
        lines=0 if beyond else fields.number("lines"),
        facts=tuple(facts),
        position=root.position,
        descriptions=descriptions,
        beyond=beyond,
        seals=tuple(seal for seal in seals if seal is not None),
    )
    return inventory if fields.ok else None


def _seal(node: Node, diagnostics: Diagnostics) -> Seal | None:
    fields = _Fields(node, "Seal", {"at", "sha256"}, diagnostics)
    if not fields.ok:
        return None
    seal = Seal(at=fields.text("at"), sha256=fields.text("sha256"), position=node.position)
    return seal if fields.ok else None


def _fact(
    node: Node,
    source: str,
    descriptions: tuple[str, ...],
    beyond: bool,
    diagnostics: Diagnostics,
) -> Fact | None:
    fields = _Fields(node, "Fact", _FACT_KEYS, diagnostics)
    if not fields.ok:
        return None
    kind, places, value = fields.kind(), fields.pointers("at"), fields.value()
    named = f"{source}:{kind}:{''.join(places)}:{'' if isinstance(value, Absent) else value!r}"
    fact = Fact(
        id=named if beyond else fields.text("id"),
        source=source,
        lines=() if beyond else fields.spans("lines"),
        kind=kind,
        subject=f"#{''.join(places)}" if beyond else fields.text("subject"),
        position=node.position,
        value=value,
        places=places,
        descriptions=fields.texts("in") or descriptions,
        file=fields.optional("file"),
    )
    if fact.file is not None and (
        not fact.file.startswith("examples/") or ".." in Path(fact.file).parts
    ):
        fields.bad("Documented examples are files below examples/", node.get("file"))
    return fact if fields.ok else None


def _errata(root: Node, diagnostics: Diagnostics) -> list[Erratum]:
    fields = _Fields(root, "Errata file", {"errata"}, diagnostics)
    listed = root.get("errata")
    if listed is None or not isinstance(listed.value, list):
        fields.bad("Errata file needs errata, a list")
        return []
    found = (_erratum(node, diagnostics) for node in listed.elements())
    return [erratum for erratum in found if erratum is not None]


def _erratum(node: Node, diagnostics: Diagnostics) -> Erratum | None:
    fields = _Fields(node, "Erratum", _ERRATUM_KEYS, diagnostics)
    if not fields.ok:
        return None
    becomes: list[Replacement] = []
    listed = node.get("becomes")
    for entry in listed.elements() if listed is not None else ():
        inner = _Fields(entry, "becomes", {"at", "kind", "value"}, diagnostics)
        places = inner.pointers("at") if inner.ok else ()
        kind = inner.kind() if inner.ok else Kind.SCHEMA
        if not places:
            inner.bad("becomes needs at, a JSON pointer", entry)
        fields.ok = fields.ok and inner.ok
        becomes += [
            Replacement(place=place, kind=kind, value=inner.value(), position=entry.position)
            for place in places
        ]
    erratum = Erratum(
        id=fields.text("id"),
        title=fields.text("title"),
        source=fields.text("source"),
        lines=fields.spans("lines"),
        says=fields.text("says") and str(node.text("says")),
        contradicts=fields.texts("contradicts"),
        ruling=fields.text("ruling"),
        reason=fields.text("reason"),
        position=node.position,
        live=fields.optional("live"),
        facts=fields.texts("facts"),
        found_by=fields.optional("found_by"),
        becomes=tuple(becomes),
        omission=node.flag("omission"),
        kept=node.flag("kept"),
        descriptions=fields.texts("in"),
    )
    return erratum if fields.ok else None
