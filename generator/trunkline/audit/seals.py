"""What no fact speaks of: sealed part by part, so that no alteration goes unnoticed.

Facts hold values; prose, servers, marks and examples are more than anybody lists. A record
(`sources/beyond*.yaml`) therefore has a digest of every part of its description, and of the files
that stand beside it. They are looked at last: where something tells what is wrong, a broken seal
tells nothing more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from trunkline.audit.model import Inventory, Sources
from trunkline.diagnostics import Code, Diagnostics
from trunkline.pointer import escape
from trunkline.position import Position
from trunkline.source import Document, Node, read

MAIN = "openapi.yaml"
_FILES = ("examples/**/*", "sources/*", "errata.yaml", "emulator.yaml")


def check(material: Sources, diagnostics: Diagnostics) -> None:
    """Report parts and files that are not as their seals say, or have none."""
    for inventory in material.inventories:
        if not inventory.seals:
            continue
        now = _parts(material, inventory)
        sealed = {seal.at: seal for seal in inventory.seals}
        for at, (digest, position) in now.items():
            known = sealed.get(at)
            if known is not None and known.sha256 == digest:
                continue
            what = "is not as it was recorded" if known is not None else "is not recorded"
            diagnostics.add(
                Code.SEAL_BROKEN,
                f"{at} {what}",
                position,
                "If it is right as it is, `trunkline audit --record` writes it down.",
            )
        for at in sealed.keys() - now.keys():
            diagnostics.add(
                Code.SEAL_BROKEN,
                f"{at} is recorded, and not there",
                sealed[at].position,
                "If it is right that it is gone, `trunkline audit --record` writes it down.",
            )


def seals(material: Sources, name: str) -> list[tuple[str, str]]:
    """Place and digest of everything that the record of the description `name` seals."""
    return [(at, digest) for at, (digest, _) in _sealed(material, name).items()]


def _parts(material: Sources, inventory: Inventory) -> dict[str, tuple[str, Position]]:
    found: dict[str, tuple[str, Position]] = {}
    for name in inventory.descriptions:
        found |= _sealed(material, name)
    return found


def _sealed(material: Sources, name: str) -> dict[str, tuple[str, Position]]:
    document = material.descriptions.get(name)
    found: dict[str, tuple[str, Position]] = {}
    if document is not None:
        for at, node in _places(document):
            found[f"#{at}"] = _digest(node.value), node.position
    if name == MAIN:
        for path in _files(material.folder):
            place = path.relative_to(material.folder).as_posix()
            found[place] = _digest(_content(path)), Position(str(path), 1, 1)
    return found


def _places(document: Document) -> Iterator[tuple[str, Node]]:
    """Every path, every component, and what else stands at the top."""
    for key, node in document.root.items():
        if key in ("paths", "webhooks"):
            deep = list(node.items())
            yield from ((f"/{key}/{escape(name)}", item) for name, item in deep)
        elif key == "components":
            for kind, listed in node.items():
                for name, item in listed.items():
                    yield f"/{key}/{escape(kind)}/{escape(name)}", item
        else:
            yield f"/{escape(key)}", node


def _files(folder: Path) -> list[Path]:
    """The files beside the description; records are held to what they record."""
    found = {path for pattern in _FILES for path in folder.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not path.name.startswith("beyond"))


def _content(path: Path) -> object:
    """What a file says: comments and layout do not count where it is YAML or JSON."""
    if path.suffix in (".yaml", ".yml", ".json"):
        return read(path, Diagnostics()).root.value
    return path.read_bytes().decode("latin-1")


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
