"""Every pair of schemas that stand in one place, each compared once.

A pair's own differences are noted at its node; what lies below is an edge to another node. So
recursion ends, a component that a hundred places share costs one comparison, and a place's
changes are those of the nodes that can be reached from it. Nodes are known by the schemas
themselves, never by their names: names that tools choose may differ without anything changing.
"""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from trunkline import ir
from trunkline.evolve.schemas import keywords, notes
from trunkline.evolve.schemas.fingerprint import Fingerprints
from trunkline.evolve.schemas.pair import Below, ComparisonScope, Note, Pair, Usage
from trunkline.evolve.schemas.types import Shapes
from trunkline.semantics.schemas import resolve

Key = tuple[int, int, Usage, ComparisonScope]


@dataclass(frozen=True, slots=True)
class Node:
    """What differs at a pair itself, and the pairs below it."""

    notes: list[Note]
    below: list[Below]


class Graph:
    """The pairs of two APIs. Holds on to both, so that the schemas' identities stay theirs."""

    def __init__(self, old: ir.Api, new: ir.Api, today: datetime.date) -> None:
        self.old = old
        self.new = new
        self._prints = (Fingerprints(old.schemas), Fingerprints(new.schemas))
        self._shapes = Shapes(*self._prints, today)
        self._nodes: dict[Key, Node] = {}
        self._clean: set[Key] = set()
        self._names = tuple({id(s): name for name, s in api.schemas.items()} for api in (old, new))
        self.named: dict[tuple[str, str], None] = {}
        """Names of component schemas found in one place, in the order found."""

    def differences(
        self, old: ir.Schema, new: ir.Schema, usage: Usage
    ) -> Iterator[tuple[tuple[str, ...], Note]]:
        """Every difference at or below the pair, each with the shortest way to its node."""
        start = Below((), old, new)
        seen = {_key(start, usage)}
        queue = deque([start])
        found = False
        while queue:
            at = queue.popleft()
            key = _key(at, usage)
            if key in self._clean:
                continue
            if key not in self._nodes:
                pair = Pair(at.old, at.new, usage, self.old, self.new)
                self._nodes[key] = self._compare(pair, at.scope)
            node = self._nodes[key]
            for note in node.notes:
                found = True
                yield at.path, note
            for step in node.below:
                key = _key(step, usage)
                if key not in seen:
                    seen.add(key)
                    queue.append(replace(step, path=at.path + step.path))
        if not found:
            self._clean |= seen

    def _compare(self, pair: Pair, scope: ComparisonScope) -> Node:
        """The pair's own differences.

        A place that refers to a component says things beside the reference: null, default and
        deprecation are looked up through it, at the place. Behind it only the shape is compared.
        """
        if scope is not ComparisonScope.SHAPE:
            notes.compare(pair, null=scope is ComparisonScope.ALL)
        keywords.compare(pair, *self._prints)
        if not _refers(pair.old) and not _refers(pair.new):
            self._shapes.compare(pair)
            return Node(pair.notes, pair.children)
        was, now = (
            _name(s, names) for s, names in zip((pair.old, pair.new), self._names, strict=True)
        )
        if was is not None and now is not None:
            self.named.setdefault((was, now))
        old, new = resolve(self.old.schemas, pair.old), resolve(self.new.schemas, pair.new)
        if _refers(old) or _refers(new):  # a reference that leads back to itself holds nothing
            return Node(pair.notes, [])
        return Node(pair.notes, [Below((), old, new, ComparisonScope.SHAPE)])


def _key(below: Below, usage: Usage) -> Key:
    return id(below.old), id(below.new), usage, below.scope


def _name(schema: ir.Schema, names: Mapping[int, str]) -> str | None:
    """What a schema is called. Where a schema has become one member of a union, only one of the
    two is a reference, and the other the component itself."""
    return schema.shape.name if isinstance(schema.shape, ir.Reference) else names.get(id(schema))


def _refers(schema: ir.Schema) -> bool:
    return isinstance(schema.shape, ir.Reference)
