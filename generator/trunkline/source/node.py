"""A cursor over a parsed description: a value, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trunkline.pointer import escape, unescape
from trunkline.position import Position
from trunkline.source.parsed import ParsedFile, Value

if TYPE_CHECKING:
    from collections.abc import Iterable


class Node:
    """A value inside a file, with its JSON pointer and position.

    Two nodes are equal when they are the same place. Members asked of something that is not a
    mapping are absent, elements of something that is not a list are none: callers check shapes
    only where they have something to say about them.
    """

    __slots__ = ("_key_offset", "_offset", "file", "pointer", "value")

    def __init__(
        self, file: ParsedFile, value: Value, pointer: str, offset: int, key_offset: int
    ) -> None:
        self.file = file
        self.value = value
        self.pointer = pointer
        self._offset = offset
        self._key_offset = key_offset

    @classmethod
    def root(cls, file: ParsedFile) -> Node:
        """The whole of `file`."""
        return cls(file, file.data, "", file.start, file.start)

    @property
    def position(self) -> Position:
        """Where the value starts."""
        return self.file.position(self._offset)

    @property
    def key_position(self) -> Position:
        """Where its key starts; for elements of lists and roots, where the value does."""
        return self.file.position(self._key_offset)

    @property
    def key(self) -> str:
        """The last token of the pointer, unescaped."""
        return unescape(self.pointer.rpartition("/")[2])

    @property
    def place(self) -> tuple[str, str]:
        """File and pointer: what makes the node this node."""
        return (self.file.name, self.pointer)

    def get(self, key: str) -> Node | None:
        """The member called `key`, or None."""
        value = self.value
        if not isinstance(value, dict) or key not in value:
            return None
        places = self.file.marks[id(value)]
        assert isinstance(places, dict)
        key_offset, offset = places[key]
        return Node(self.file, value[key], f"{self.pointer}/{escape(key)}", offset, key_offset)

    def items(self) -> Iterator[tuple[str, Node]]:
        """Members of a mapping, in the order written."""
        value = self.value
        if not isinstance(value, dict):
            return
        places = self.file.marks[id(value)]
        assert isinstance(places, dict)
        for key, member in value.items():
            key_offset, offset = places[key]
            yield (
                key,
                Node(self.file, member, f"{self.pointer}/{escape(key)}", offset, key_offset),
            )

    def elements(self) -> Iterator[Node]:
        """Elements of a list."""
        value = self.value
        if not isinstance(value, list):
            return
        places = self.file.marks[id(value)]
        assert isinstance(places, list)
        for index, (element, offset) in enumerate(zip(value, places, strict=True)):
            yield Node(self.file, element, f"{self.pointer}/{index}", offset, offset)

    def step(self, token: str) -> Node | None:
        """The member or element that one pointer token leads to."""
        if isinstance(self.value, dict):
            return self.get(token)
        if isinstance(self.value, list) and token.isascii() and token.isdigit() and len(token) < 10:
            index = int(token)
            if index < len(self.value):
                places = self.file.marks[id(self.value)]
                assert isinstance(places, list)
                offset = places[index]
                return Node(self.file, self.value[index], f"{self.pointer}/{token}", offset, offset)
        return None

    def at(self, tokens: Iterable[str]) -> Node | None:
        """The node that the pointer tokens lead to, or None."""
        node: Node | None = self
        for token in tokens:
            if node is None:
                return None
            node = node.step(token)
        return node

    def text(self, key: str) -> str | None:
        """The member called `key` when it is text."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return value if isinstance(value, str) else None

    def flag(self, key: str) -> bool:
        """Whether the member called `key` is true."""
        return isinstance(self.value, dict) and self.value.get(key) is True

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Node) or self.pointer != other.pointer:
            return False
        return self.file.name == other.file.name

    def __hash__(self) -> int:
        return hash(self.place)

    def __repr__(self) -> str:
        return f"Node({self.file.name}#{self.pointer})"
