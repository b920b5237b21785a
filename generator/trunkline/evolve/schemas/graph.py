"""Every pair of schemas that stand in one place, each compared once.

A pair's own differences are noted at its node; what lies below is an edge to another node. So
recursion ends, a component that a hundred places share costs one comparison, and a place's
changes are those of the nodes that can be reached from it. Nodes are known by the schemas
themselves, never by their names: names that tools choose may differ without anything changing.
"""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from trunkline import ir
from trunkline.evolve.schemas import keywords, notes
from trunkline.evolve.schemas.fingerprint import Fingerprints
from trunkline.evolve.schemas.pair import Flavour, Note, Pair, target
from trunkline.evolve.schemas.types import Shapes

Key = tuple[int, int, Flavour, bool]
"""The two schemas, the direction, and whether only their shapes count (see `_compare`)."""


@dataclass(slots=True)
class Node:
    """What differs at a pair itself, and the pairs below it."""

    notes: list[Note]
    edges: list[tuple[tuple[str, ...], ir.Schema, ir.Schema]]
    bare: bool = False
    """Whether of the pairs below only the shapes count."""


class Graph:
    """The pairs of two APIs. Holds on to both, so that the schemas' identities stay theirs."""

    def __init__(self, old: ir.Api, new: ir.Api, today: datetime.date) -> None:
        self.old = old
        self.new = new
        self._prints = (Fingerprints(old.schemas), Fingerprints(new.schemas))
        self._shapes = Shapes(*self._prints, today)
        self._nodes: dict[Key, Node] = {}
        self._clean: set[Key] = set()
        self.named: dict[tuple[str, str], None] = {}
        """Names of component schemas found in one place, in the order found."""

    def differences(
        self, old: ir.Schema, new: ir.Schema, flavour: Flavour
    ) -> Iterator[tuple[tuple[str, ...], Note]]:
        """Every difference at or below the pair, each with the shortest way to its node."""
        start = (id(old), id(new), flavour, False)
        seen: set[Key] = {start}
        queue: deque[tuple[Key, tuple[str, ...], ir.Schema, ir.Schema]] = deque()
        queue.append((start, (), old, new))
        found = False
        while queue:
            key, path, was, now = queue.popleft()
            if key in self._clean:
                continue
            node = self._node(key, was, now)
            for note in node.notes:
                found = True
                yield path, note
            for step, below_old, below_new in node.edges:
                below = (id(below_old), id(below_new), flavour, node.bare)
                if below not in seen:
                    seen.add(below)
                    queue.append((below, path + step, below_old, below_new))
        if not found:
            self._clean |= seen

    def _node(self, key: Key, old: ir.Schema, new: ir.Schema) -> Node:
        if key not in self._nodes:
            self._nodes[key] = self._compare(Pair(old, new, key[2], self.old, self.new), key[3])
        return self._nodes[key]

    def _compare(self, pair: Pair, bare: bool) -> Node:
        """The pair's own differences.

        A place that refers to a component says things beside the reference: null, default and
        deprecation are looked up through it, at the place. What lies behind is then compared
        `bare`, by its shape and keywords alone.
        """
        if not bare:
            notes.compare(pair)
        keywords.compare(pair, *self._prints)
        if not _refers(pair.old) and not _refers(pair.new):
            self._shapes.compare(pair)
            return Node(pair.notes, pair.children)
        if isinstance(pair.old.shape, ir.Reference) and isinstance(pair.new.shape, ir.Reference):
            self.named.setdefault((pair.old.shape.name, pair.new.shape.name))
        old, new = target(pair.old, self.old.schemas), target(pair.new, self.new.schemas)
        return Node(pair.notes, [((), old, new)], bare=not (_refers(old) or _refers(new)))


def _refers(schema: ir.Schema) -> bool:
    return isinstance(schema.shape, ir.Reference)
