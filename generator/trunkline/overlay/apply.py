"""An overlay applied to a parsed file, every value with the position of the file it came from.

The data of the file is not touched: containers are copied on the way to what changes, for YAML's
aliases let several places share one. What an overlay brings keeps its marks, moved behind those of
the text that it is laid over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from trunkline.diagnostics import Code, Diagnostics
from trunkline.overlay.action import Action, Overlay
from trunkline.overlay.query import BadQueryError, Location, path
from trunkline.source import Marks, ParsedFile, Value
from trunkline.source.parsed import MAX_DEPTH, MAX_EXPANSION

Container: TypeAlias = "dict[str, Value] | list[Value]"


@dataclass(frozen=True, slots=True, eq=False)
class Applied:
    """The file with the overlay laid over it, and the actions that had nothing to do."""

    file: ParsedFile
    unmatched: tuple[Action, ...]
    """Their target selects nothing."""
    idle: tuple[Action, ...]
    """What they say stands there already."""


def apply(file: ParsedFile, overlay: Overlay, diagnostics: Diagnostics) -> Applied:
    """`file` with the actions of `overlay` applied one after the other.

    An action that matches nothing or changes nothing is a warning; one that does not fit what it
    matches, as an object does not fit a list, is an error and changes nothing there.
    """
    builder = _Builder(file, overlay, diagnostics)
    unmatched: list[Action] = []
    idle: list[Action] = []
    for action in overlay.actions:
        target = action.node.get("target") or action.node
        try:
            locations = action.target.locations(builder.data)
            if not locations:
                unmatched.append(action)
                reached = action.target.reached(builder.data)
                diagnostics.add(
                    Code.OVERLAY_STALE,
                    f"This action matches nothing: {action.target.text}",
                    target.position,
                    f"It leads as far as {reached}.",
                )
                continue
            outcome = builder.run(action, locations)
        except BadQueryError as error:
            diagnostics.add(Code.OVERLAY, f"Cannot be applied: {error}", target.position)
            break
        if outcome is False:
            idle.append(action)
            diagnostics.add(
                Code.OVERLAY_IDLE,
                f"This action changes nothing: {action.target.text}",
                target.position,
                "What it says stands there already: it can go.",
            )
    return Applied(builder.file(), tuple(unmatched), tuple(idle))


class _MisfitError(Exception):
    """What is brought does not fit what is there; `at` is its offset."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True, slots=True)
class _Brought:
    """A value to be merged in, and the offset of it."""

    value: Value
    at: int


class _Builder:
    def __init__(self, file: ParsedFile, overlay: Overlay, diagnostics: Diagnostics) -> None:
        self._base = file
        self._overlay = overlay
        self._diagnostics = diagnostics
        self._start = file.end
        self.data = file.data
        self._root_at = file.start
        self._marks: Marks = file.marks | _moved(overlay.file.marks, self._start)
        self._own: set[int] = set()
        """Containers that are ours alone, at one place: they may be written to."""

    def file(self) -> ParsedFile:
        laid = (*self._base.laid, (self._start, self._overlay.file))
        base = self._base
        return ParsedFile(
            base.name, base.text, self.data, self._root_at, self._marks, base.lines, laid
        )

    def run(self, action: Action, locations: Sequence[Location]) -> bool | None:
        """Whether anything changed; None where something was wrong, which is told."""
        if action.remove:
            self._remove(locations)
            return True
        brought = self._brought(action)
        if brought is None or not self._alike(action, locations):
            return None
        changed = False
        for location in locations:
            try:
                changed = self._merge(location, brought) or changed
            except _MisfitError as error:
                where = f"{path(location)} does not take this: {error}"
                self._diagnostics.add(Code.OVERLAY, where, self.file().position(error.at))
                return None
        if action.copy is not None or len(locations) > 1:
            self._check_size(action)
        return changed

    def _check_size(self, action: Action) -> None:
        """Raise `BadQueryError` where places that share what they were given add up to too much."""
        weight, depth = _extent(self.data, {})
        if weight > MAX_EXPANSION or depth > MAX_DEPTH:
            raise BadQueryError(f"what {action.target.text} makes is too large or too deep")

    def _brought(self, action: Action) -> _Brought | None:
        if action.update is not None:
            places = self._marks[id(action.node.value)]
            assert isinstance(places, dict)
            return _Brought(action.update.value, places["update"][1])
        assert action.copy is not None
        found = action.copy.locations(self.data)
        if len(found) != 1:
            node = action.node.get("copy") or action.node
            what = f"selects {len(found)} places" if found else "selects nothing"
            message = f"copy is of one place, and {action.copy.text} {what}"
            self._diagnostics.add(Code.OVERLAY, message, node.position)
            return None
        # What is copied stands in two places from now on.
        self._own.clear()
        return self._at(found[0])

    def _at(self, location: Location) -> _Brought:
        value, at = self.data, self._root_at
        for token in location:
            value, at = self._member(value, token)
        return _Brought(value, at)

    def _member(self, value: Value, token: str | int) -> tuple[Value, int]:
        places = self._marks[id(value)]
        if isinstance(value, dict):
            assert isinstance(token, str)
            assert isinstance(places, dict)
            return value[token], places[token][1]
        assert isinstance(value, list)
        assert isinstance(token, int)
        assert isinstance(places, list)
        return value[token], places[token]

    def _alike(self, action: Action, locations: Sequence[Location]) -> bool:
        kinds = {_kind(self._at(location).value) for location in locations}
        if len(kinds) > 1:
            node = action.node.get("target") or action.node
            message = f"{action.target.text} selects {' and '.join(sorted(kinds))}"
            hint = "One action changes objects, lists, or values that are neither."
            self._diagnostics.add(Code.OVERLAY, message, node.position, hint)
        return len(kinds) == 1

    def _merge(self, location: Location, brought: _Brought) -> bool:
        there = self._at(location).value
        if isinstance(there, dict):
            if not isinstance(brought.value, dict):
                raise _MisfitError(_misfit(brought.value, there), brought.at)
            return self._merge_object(self._owned(location), brought.value)
        if isinstance(there, list):
            self._extend(self._owned(location), brought, whole=self._overlay.concatenates)
            return True
        if isinstance(brought.value, (dict, list)):
            raise _MisfitError(_misfit(brought.value, there), brought.at)
        if not location:
            raise _MisfitError("the description is not a mapping", brought.at)
        if _same(there, brought.value):
            return False
        self._set(self._owned(location[:-1]), location[-1], brought)
        return True

    def _merge_object(self, target: Container, brought: dict[str, Value]) -> bool:
        assert isinstance(target, dict)
        places, there = self._marks[id(brought)], self._marks[id(target)]
        assert isinstance(places, dict)
        assert isinstance(there, dict)
        changed = False
        for key, value in brought.items():
            old = target.get(key)
            if key not in target:
                target[key], there[key] = value, places[key]
                changed = True
            elif isinstance(old, dict) and isinstance(value, dict):
                changed = self._merge_object(self._child(target, key), value) or changed
            elif isinstance(old, list) and isinstance(value, list):
                child = self._child(target, key)
                self._extend(child, _Brought(value, places[key][1]), whole=True)
                changed = changed or bool(value)
            elif isinstance(old, (dict, list)) or isinstance(value, (dict, list)):
                raise _MisfitError(f"{key!r} is {_misfit(value, old)}", places[key][1])
            elif not _same(old, value):
                target[key], there[key] = value, places[key]
                changed = True
        return changed

    def _extend(self, target: Container, brought: _Brought, *, whole: bool) -> None:
        assert isinstance(target, list)
        there = self._marks[id(target)]
        assert isinstance(there, list)
        if whole and isinstance(brought.value, list):
            places = self._marks[id(brought.value)]
            assert isinstance(places, list)
            target.extend(brought.value)
            there.extend(places)
        else:
            target.append(brought.value)
            there.append(brought.at)

    def _set(self, target: Container, token: str | int, brought: _Brought) -> None:
        there = self._marks[id(target)]
        if isinstance(target, dict):
            assert isinstance(token, str)
            assert isinstance(there, dict)
            # The whole member is what the overlay says: its key is found there too.
            target[token], there[token] = brought.value, (brought.at, brought.at)
        else:
            assert isinstance(token, int)
            assert isinstance(there, list)
            target[token], there[token] = brought.value, brought.at

    def _remove(self, locations: Sequence[Location]) -> None:
        # From the innermost outwards and from the end of each list: the rest keeps its places.
        def order(location: Location) -> tuple[int, int]:
            last = location[-1]
            return -len(location), -last if isinstance(last, int) else 0

        for location in sorted(locations, key=order):
            holder, token = self._owned(location[:-1]), location[-1]
            places = self._marks[id(holder)]
            if isinstance(holder, dict):
                assert isinstance(token, str)
                assert isinstance(places, dict)
                del holder[token], places[token]
            else:
                assert isinstance(token, int)
                assert isinstance(places, list)
                del holder[token], places[token]

    def _owned(self, location: Location) -> Container:
        """The container at `location`, copied with all around it unless that was done already."""
        assert isinstance(self.data, (dict, list))
        if id(self.data) not in self._own:
            self.data = self._copied(self.data)
        container: Container = self.data
        for token in location:
            container = self._child(container, token)
        return container

    def _child(self, container: Container, token: str | int) -> Container:
        value, _ = self._member(container, token)
        assert isinstance(value, (dict, list))
        if id(value) in self._own:
            return value
        copied = self._copied(value)
        if isinstance(container, dict):
            assert isinstance(token, str)
            container[token] = copied
        else:
            assert isinstance(token, int)
            container[token] = copied
        return copied

    def _copied(self, container: Container) -> Container:
        places = self._marks[id(container)]
        made: Container = dict(container) if isinstance(container, dict) else list(container)
        self._marks[id(made)] = dict(places) if isinstance(places, dict) else list(places)
        self._own.add(id(made))
        return made


def _moved(marks: Marks, by: int) -> Marks:
    return {
        key: {name: (at + by, value + by) for name, (at, value) in places.items()}
        if isinstance(places, dict)
        else [at + by for at in places]
        for key, places in marks.items()
    }


def _extent(value: Value, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """How many values there are with everything shared written out, and how deep they go."""
    if not isinstance(value, (dict, list)):
        return 1, 0
    if id(value) not in known:
        members = value.values() if isinstance(value, dict) else value
        extents = [_extent(member, known) for member in members]
        known[id(value)] = (
            1 + sum(weight for weight, _ in extents),
            1 + max((depth for _, depth in extents), default=0),
        )
    return known[id(value)]


def _kind(value: Value) -> str:
    if isinstance(value, dict):
        return "objects"
    return "lists" if isinstance(value, list) else "values"


def _misfit(brought: Value, there: Value) -> str:
    names = {"objects": "an object", "lists": "a list", "values": "a value"}
    return f"{names[_kind(brought)]}, and {names[_kind(there)]} stands there"


def _same(one: Value, other: Value) -> bool:
    """Equal as JSON: true is not 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)
