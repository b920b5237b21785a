"""Places in a description: a JSON pointer, what stands there, and what its references lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trunkline.ir import ABSENT, Absent, Json
from trunkline.pointer import split
from trunkline.source import Document, Node

_CHOICES = ("anyOf", "oneOf", "allOf")


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """The node at a pointer and, where it is a reference, the nodes that leads to, in order.

    `around` are the nodes on the way there, innermost first, the node itself excepted.
    """

    pointer: str
    chain: tuple[Node, ...]
    around: tuple[Node, ...]

    @property
    def node(self) -> Node:
        """What stands at the pointer itself."""
        return self.chain[0]

    def get(self, key: str) -> Node | None:
        """A member: the one beside a reference wins over the one it leads to."""
        for node in self.chain:
            found = node.get(key)
            if found is not None:
                return found
        return None

    def value(self, key: str) -> Json | Absent:
        """A member's value, `ABSENT` when it is not there."""
        found = self.get(key)
        return ABSENT if found is None else found.value

    def pointers(self) -> Iterator[str]:
        """Where the place may be said to be: as written, and where references lead."""
        yield self.pointer
        for node in self.chain:
            yield node.pointer

    def owners(self) -> list[Node]:
        """The nodes whose `x-trunkline-source` speaks for the place.

        Itself and what it refers to; unless it has one itself, the nearest around it that has, too.
        """
        own = [node for node in self.chain if "x-trunkline-source" in node]
        if self.node in own:
            return own
        return own + [node for node in self.around if "x-trunkline-source" in node][:1]


def find(document: Document, pointer: str) -> Place | None:
    """The place at `pointer` (without `#`), through references; None when nothing stands there."""
    node = document.root
    around: list[Node] = []
    for token in split(pointer):
        following: Node | None = None
        for link in follow(document, node):
            around.insert(0, link)
            following = link.step(token)
            if following is not None:
                break
        if following is None:
            return None
        node = following
    return Place(pointer, tuple(follow(document, node)), tuple(around))


def follow(document: Document, node: Node) -> Iterator[Node]:
    """`node` and what its `$ref` leads to, and so on; ends where a circle would start."""
    seen: set[tuple[str, str]] = set()
    current: Node | None = node
    while current is not None and current.place not in seen:
        yield current
        seen.add(current.place)
        ref = current.get("$ref")
        current = document.target(current) if ref is not None else None


def choices(document: Document, place: Place) -> Iterator[Place]:
    """The members of `anyOf`, `oneOf` and `allOf`, and of those in turn."""
    pending = [place]
    seen: set[tuple[str, str]] = set()
    while pending:
        current = pending.pop(0)
        for key in _CHOICES:
            listed = current.get(key)
            for member in listed.elements() if listed is not None else ():
                if member.place in seen:
                    continue
                seen.add(member.place)
                inner = Place(member.pointer, tuple(follow(document, member)), ())
                yield inner
                pending.append(inner)
