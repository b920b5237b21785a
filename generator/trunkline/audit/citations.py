"""The other direction: who says so, for every part of a description."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from trunkline.audit.model import Sources, Spans, lines_of
from trunkline.audit.place import Place, find, follow
from trunkline.diagnostics import Code, Diagnostics
from trunkline.ir import Json, Provenance, ProvenanceKind
from trunkline.lower.provenance import Citations
from trunkline.position import Position
from trunkline.rules.walk import parts
from trunkline.source import Document, Node

_NEEDED: Final = frozenset(
    {
        *("operation", "method", "parameter", "request body", "response", "header"),
        *("property", "security scheme"),
    }
)
"""Parts that must say where they come from, as must component schemas."""


class Cited:
    """The citations of one description: looked up by place, and checked as a whole."""

    def __init__(self, document: Document, diagnostics: Diagnostics) -> None:
        self._document = document
        self._diagnostics = diagnostics
        self._citations = Citations(document.root, diagnostics)
        self._known: dict[tuple[str, str], tuple[Provenance, ...]] = {}
        self.sources = self._citations.sources

    def of(self, node: Node) -> tuple[Provenance, ...]:
        """What the `x-trunkline-source` of `node` says; its faults are reported once."""
        if node.place not in self._known:
            self._known[node.place] = self._citations.of(node)
        return self._known[node.place]

    def speaks_for(self, place: Place, source: str, spans: Spans) -> bool:
        """Whether the place's provenance cites one of the lines of `source`."""
        wanted = set(lines_of(spans))
        return any(
            entry.source == source and not wanted.isdisjoint(lines_of(entry.lines))
            for owner in place.owners()
            for entry in self.of(owner)
        )

    def check(self, material: Sources) -> dict[str, int]:
        """Report parts without provenance and citations of lines that say nothing about them.

        Answers how many citations of each kind there are.
        """
        about = _about(self._document, material)
        inventoried = {inventory.source for inventory in material.inventories}
        counts: Counter[str] = Counter({str(kind): 0 for kind in ProvenanceKind})
        for part in parts(self._document):
            node, what = part.node, part.what
            if "x-trunkline-source" not in node:
                if not part.reference and (part.named or what in _NEEDED):
                    self._diagnostics.add(
                        Code.PROVENANCE_MISSING,
                        f"Nothing says where the {what} at #{node.pointer} comes from",
                        node.key_position,
                        "Add x-trunkline-source: a source and lines, or public, observed or "
                        "inferred with a reason.",
                    )
                continue
            for entry in self.of(node):
                counts[str(entry.kind)] += 1
                if entry.kind is not ProvenanceKind.DOCUMENTED:
                    self._sentence(entry, node, what)
                elif entry.source in inventoried:
                    self._lines(entry, node, what, about[entry.source])
        return dict(counts)

    def _sentence(self, entry: Provenance, node: Node, what: str) -> None:
        if len((entry.note or "").split()) < 2:
            self._diagnostics.add(
                Code.PROVENANCE_MISSING,
                f"{entry.kind} provenance of the {what} at #{node.pointer} gives no reason",
                _entry_position(node),
            )

    def _lines(self, entry: Provenance, node: Node, what: str, about: dict[int, set[str]]) -> None:
        roots = self._roots(node)

        def speaks(line: int) -> bool:
            return any(_related(root, at) for at in about.get(line, ()) for root in roots)

        silent: list[int] = []
        for first, last in entry.lines:
            ends = speaks(first) and speaks(last)
            silent += [
                line
                for line in range(first, last + 1)
                if not speaks(line) and not (ends and line not in about)
            ]
        if silent:
            numbers = ", ".join(map(str, silent[:8])) + (" …" if len(silent) > 8 else "")
            self._diagnostics.add(
                Code.CITATION_EMPTY,
                f"{entry.source} says nothing about the {what} at #{node.pointer} "
                f"on line{'s' if len(silent) > 1 else ''} {numbers}",
                _entry_position(node),
                "Cite the lines of the facts about it; see the inventory of the source.",
            )

    def _roots(self, node: Node) -> set[str]:
        """Pointers to the node, to what it refers to, and to what is referred to inside it."""
        roots = {link.pointer for link in follow(self._document, node)}
        pending: list[Json] = [node.value]
        while pending:
            value = pending.pop()
            if isinstance(value, dict):
                ref = value.get("$ref")
                if isinstance(ref, str) and ref.startswith("#"):
                    roots.add(ref[1:])
                pending.extend(v for k, v in value.items() if not k.startswith("x-"))
            elif isinstance(value, list):
                pending.extend(value)
        return roots


def _entry_position(node: Node) -> Position:
    source = node.get("x-trunkline-source")
    return (source or node).position


def _about(document: Document, material: Sources) -> defaultdict[str, dict[int, set[str]]]:
    """Source → line → pointers to the places which that line is about."""
    about: defaultdict[str, dict[int, set[str]]] = defaultdict(dict)

    def note(source: str, spans: Spans, place: str) -> None:
        found = find(document, place)
        pointers = set(found.pointers()) if found is not None else {place}
        for line in lines_of(spans):
            about[source].setdefault(line, set()).update(pointers)

    for fact in material.facts():
        for place in fact.places:
            note(fact.source, fact.lines, place)
    for erratum in material.errata:
        facts = [fact for pattern in erratum.facts for fact in material.rulings.named(pattern)]
        for became in erratum.becomes:
            note(erratum.source, erratum.lines, became.place)
            for fact in facts:
                note(fact.source, fact.lines, became.place)
    return about


def _related(one: str, other: str) -> bool:
    return one == other or one.startswith(other + "/") or other.startswith(one + "/")
