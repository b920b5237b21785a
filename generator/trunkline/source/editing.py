"""A parsed file edited in place by place, every value keeping where it was written.

The file itself is not touched: containers are copied on the way to what changes, for YAML's aliases
let several places share one. What is made new stands where the value stands that it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from trunkline.source.parsed import ParsedFile, Value

Container: TypeAlias = "dict[str, Value] | list[Value]"


class Editing:
    """The edits of one file. `root` is where they begin, `result` the file with them."""

    def __init__(self, file: ParsedFile) -> None:
        self._file = file
        self.marks = dict(file.marks)
        self._own: set[int] = set()
        self._made: list[Value] = []
        """Everything made here lives as long as its marks, which go by identity."""
        self.root = Place(self, None, "", file.data, file.start, file.start)

    @property
    def result(self) -> ParsedFile:
        """The file as it is now; the same one where nothing was edited."""
        if self.root.value is self._file.data:
            return self._file
        return replace(self._file, data=self.root.value, marks=self.marks)

    def copied(self, container: Container) -> Container:
        """A copy that may be written to."""
        places = self.marks[id(container)]
        made: Container = dict(container) if isinstance(container, dict) else list(container)
        self.marks[id(made)] = dict(places) if isinstance(places, dict) else list(places)
        self._own.add(id(made))
        self._made.append(made)
        return made

    def owns(self, container: Container) -> bool:
        """Whether it may be written to: it is at one place only."""
        return id(container) in self._own

    def adopt(self, value: Value, at: int) -> None:
        """Give what is new in `value` the place `at`; what was there before keeps its own."""
        if not isinstance(value, (dict, list)) or id(value) in self.marks:
            return
        self._made.append(value)
        self._own.add(id(value))
        if isinstance(value, dict):
            self.marks[id(value)] = dict.fromkeys(value, (at, at))
        else:
            self.marks[id(value)] = [at] * len(value)
        for member in value.values() if isinstance(value, dict) else value:
            self.adopt(member, at)


class Place:
    """A value in the file that is edited: `at` is its offset, `key_at` that of its key."""

    __slots__ = ("_editing", "_holder", "at", "key_at", "token", "value")

    def __init__(
        self,
        editing: Editing,
        holder: Place | None,
        token: str | int,
        value: Value,
        at: int,
        key_at: int,
    ) -> None:
        self._editing = editing
        self._holder = holder
        self.token = token
        self.value = value
        self.at = at
        self.key_at = key_at

    def get(self, key: str) -> Place | None:
        """The member called `key`; None where there is none, or this is no mapping."""
        if not isinstance(self.value, dict) or key not in self.value:
            return None
        places = self._editing.marks[id(self.value)]
        assert isinstance(places, dict)
        key_at, at = places[key]
        return Place(self._editing, self, key, self.value[key], at, key_at)

    def items(self) -> Iterator[tuple[str, Place]]:
        """Members of a mapping as they are when this is called; they may be edited meanwhile."""
        for key in list(self.value) if isinstance(self.value, dict) else ():
            member = self.get(key)
            if member is not None:
                yield key, member

    def elements(self) -> Iterator[Place]:
        """Elements of a list, which may be edited but not moved meanwhile."""
        count = len(self.value) if isinstance(self.value, list) else 0
        for index in range(count):
            assert isinstance(self.value, list)
            places = self._editing.marks[id(self.value)]
            assert isinstance(places, list)
            at = places[index]
            yield Place(self._editing, self, index, self.value[index], at, at)

    def marks_of(self, value: Value) -> dict[str, tuple[int, int]] | list[int]:
        """The offsets of what is in a container of this file."""
        return self._editing.marks[id(value)]

    def replace(self, value: Value, at: int | None = None) -> None:
        """Put another value here, at the offset `at` unless that stays the same."""
        self.at = self.at if at is None else at
        self._editing.adopt(value, self.at)
        self.value = value
        if self._holder is None:
            return
        holder = self._holder.writable()
        places = self._editing.marks[id(holder)]
        if isinstance(holder, dict):
            assert isinstance(self.token, str)
            assert isinstance(places, dict)
            holder[self.token] = value
            places[self.token] = (self.key_at, self.at)
        else:
            assert isinstance(self.token, int)
            assert isinstance(places, list)
            holder[self.token] = value
            places[self.token] = self.at

    def put(self, key: str, value: Value, at: int, key_at: int | None = None) -> None:
        """A member of this mapping, new or another one."""
        mapping = self.writable()
        assert isinstance(mapping, dict)
        places = self._editing.marks[id(mapping)]
        assert isinstance(places, dict)
        self._editing.adopt(value, at)
        mapping[key] = value
        places[key] = (at if key_at is None else key_at, at)

    def remove(self, key: str) -> None:
        """Take a member out of this mapping."""
        mapping = self.writable()
        assert isinstance(mapping, dict)
        places = self._editing.marks[id(mapping)]
        assert isinstance(places, dict)
        del mapping[key], places[key]

    def rename(self, key: str, name: str) -> None:
        """Give a member another name, in its place among the others."""
        mapping = self.writable()
        assert isinstance(mapping, dict)
        places = self._editing.marks[id(mapping)]
        assert isinstance(places, dict)
        members = [(name if k == key else k, v, places[k]) for k, v in mapping.items()]
        mapping.clear()
        places.clear()
        for k, member, place in members:
            mapping[k] = member
            places[k] = place

    def append(self, value: Value, at: int) -> None:
        """One more element of this list."""
        listed = self.writable()
        assert isinstance(listed, list)
        places = self._editing.marks[id(listed)]
        assert isinstance(places, list)
        self._editing.adopt(value, at)
        listed.append(value)
        places.append(at)

    def writable(self) -> Container:
        """The container that stands here, copied with all around it unless that was done."""
        value = self.value
        assert isinstance(value, (dict, list))
        if self._editing.owns(value):
            return value
        made = self._editing.copied(value)
        self.replace(made)
        return made
