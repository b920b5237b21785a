"""Whether inventories, errata and descriptions agree about the documents themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from trunkline.audit.citations import Cited
from trunkline.audit.model import Erratum, Inventory, Sources, Spans
from trunkline.diagnostics import Code, Diagnostics
from trunkline.position import Position


def check(material: Sources, cited: Mapping[str, Cited], diagnostics: Diagnostics) -> None:
    """Report documents not listed, lines past the end, hashes that differ, stale errata."""
    documented = tuple(i for i in material.inventories if not i.beyond)
    for inventory in documented:
        _inventory(inventory, material, cited, diagnostics)
    if material.documents is not None:
        _documents(documented, material.documents, diagnostics)
    known = {inventory.source for inventory in material.inventories}
    for name, description in material.descriptions.items():
        listed = description.root.get("x-trunkline-sources")
        for source, node in listed.items() if listed is not None else ():
            if source not in known:
                diagnostics.add(
                    Code.SOURCE_UNKNOWN,
                    f"{name} lists {source}, of which there is no inventory",
                    node.key_position,
                    f"Add sources/{source}.yaml.",
                )
    for erratum in material.errata:
        _erratum(erratum, material, diagnostics)


def _inventory(
    inventory: Inventory,
    material: Sources,
    cited: Mapping[str, Cited],
    diagnostics: Diagnostics,
) -> None:
    for name in inventory.descriptions:
        if name not in cited:
            diagnostics.add(Code.AUDIT_FILE, f"There is no description {name}", inventory.position)
            continue
        listed = cited[name].sources.get(inventory.source)
        if listed is None:
            diagnostics.add(
                Code.SOURCE_UNKNOWN,
                f"{name} does not list {inventory.source} in x-trunkline-sources",
                inventory.position,
            )
        elif (listed.sha256, listed.lines) != (inventory.sha256, inventory.lines):
            diagnostics.add(
                Code.HASH_MISMATCH,
                f"{name} lists another version of {inventory.source}: "
                f"{listed.lines} lines, SHA-256 {listed.sha256[:12]}…",
                inventory.position,
                f"The inventory is of {inventory.lines} lines, SHA-256 {inventory.sha256[:12]}….",
            )
    for fact in inventory.facts:
        _lines(fact.lines, inventory, fact.position, diagnostics)
        for name in fact.descriptions:
            if name not in material.descriptions:
                diagnostics.add(Code.AUDIT_FILE, f"There is no description {name}", fact.position)


def _lines(
    spans: Spans, inventory: Inventory, position: Position, diagnostics: Diagnostics
) -> None:
    past = [last for _, last in spans if last > inventory.lines]
    if past:
        diagnostics.add(
            Code.LINE_UNKNOWN,
            f"{inventory.source} has lines 1 to {inventory.lines}, not {past[0]}",
            position,
        )


def _documents(inventories: tuple[Inventory, ...], folder: Path, diagnostics: Diagnostics) -> None:
    texts = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file():
            content = path.read_bytes()
            texts[hashlib.sha256(content).hexdigest()] = len(content.decode().split("\n"))
    for inventory in inventories:
        lines = texts.get(inventory.sha256)
        if lines is None:
            diagnostics.add(
                Code.HASH_MISMATCH,
                f"No document in {folder} has the hash of the inventory of {inventory.source}",
                inventory.position,
                "The document changed, or is not there; make the inventory anew.",
            )
        elif inventory.lines not in (lines, lines - 1):
            diagnostics.add(
                Code.HASH_MISMATCH,
                f"{inventory.source} has {lines} lines, not {inventory.lines}",
                inventory.position,
            )


def _erratum(erratum: Erratum, material: Sources, diagnostics: Diagnostics) -> None:
    def stale(message: str, hint: str | None = None) -> None:
        diagnostics.add(Code.ERRATUM_STALE, f"{erratum.id}: {message}", erratum.position, hint)

    inventory = next((i for i in material.inventories if i.source == erratum.source), None)
    if inventory is None:
        diagnostics.add(
            Code.SOURCE_UNKNOWN,
            f"{erratum.id}: there is no inventory of {erratum.source}",
            erratum.position,
        )
    else:
        _lines(erratum.lines, inventory, erratum.position, diagnostics)
    for name in erratum.descriptions:
        if name not in material.descriptions:
            diagnostics.add(Code.AUDIT_FILE, f"There is no description {name}", erratum.position)
    names = erratum.descriptions or tuple(material.descriptions)
    for pattern in erratum.facts:
        if not any(set(names) & set(fact.descriptions) for fact in material.rulings.named(pattern)):
            stale(f"no fact is called {pattern}", "Correct the name, or remove it.")
    if erratum.omission and not erratum.becomes:
        stale("an omission needs becomes: what the description has that the document leaves out")
    if not erratum.omission and not erratum.facts:
        stale("it rules on no fact", "Name the facts; where there are none, say omission: true.")
