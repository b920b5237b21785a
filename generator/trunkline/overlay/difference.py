"""The overlay that makes one description of another.

What it says is of overlay 1.0, so that other tools take it too: objects are merged member by
member; a value, or a list that grew, shrank or changed inside, is edited in place; everything else
is removed and put there anew. Elements of lists are named by what they are, not by where they
stand, wherever that is clear: the overlay then still fits when the list moves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, TypeAlias

from trunkline.overlay.query import quoted, step
from trunkline.source import Value

Actions: TypeAlias = "list[dict[str, Value]]"

_NAMES: Final = (("name", "in"), ("name",), ("$ref",), ("url",))
"""Members that tell the elements of a list apart, the best first."""


class NotMappingError(ValueError):
    """A description that is not a mapping has no overlay."""


def difference(old: Value, new: Value, *, title: str) -> dict[str, Value]:
    """An overlay document, as plain data, that makes `new` of `old`.

    `actions` is empty where they are the same; the order of members does not count. Raises
    `NotMappingError` unless both are mappings.
    """
    if not isinstance(old, dict) or not isinstance(new, dict):
        raise NotMappingError
    actions: list[Value] = [*_object("$", old, new)]
    return {"overlay": "1.0.0", "info": {"title": title, "version": "1"}, "actions": actions}


def same(one: Value, other: Value) -> bool:
    """Whether two values are equal as JSON: the order of members does not count, true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(v, other[k]) for k, v in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, (dict, list)) or isinstance(other, (dict, list)):
        return False
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _object(path: str, old: dict[str, Value], new: dict[str, Value]) -> Iterator[dict[str, Value]]:
    merged: dict[str, Value] = {}
    inside: Actions = []
    for key, value in new.items():
        if key not in old:
            merged[key] = value
            continue
        was, here = old[key], f"{path}{step(key)}"
        if same(was, value):
            continue
        edits = _edited(here, was, value)
        if edits is not None:
            inside += edits
        elif isinstance(was, (dict, list)) or isinstance(value, (dict, list)):
            yield {"target": here, "remove": True}
            merged[key] = value
        else:
            merged[key] = value
    for key in old:
        if key not in new:
            yield {"target": f"{path}{step(key)}", "remove": True}
    if merged:
        yield {"target": path, "update": merged}
    yield from inside


def _edited(path: str, old: Value, new: Value) -> Actions | None:
    """Actions that edit a container in place; None where it has to be replaced."""
    if isinstance(old, dict) and isinstance(new, dict):
        return list(_object(path, old, new)) if old.keys() & new.keys() or not old else None
    if isinstance(old, list) and isinstance(new, list):
        return _list(path, old, new)
    return None


def _list(path: str, old: list[Value], new: list[Value]) -> Actions | None:
    """Edits of elements, then what is gone from the end backwards, then what is added."""
    kept = _kept(old, new)
    if kept is None:
        return None
    edits: Actions = []
    for index, value in kept.items():
        if not same(old[index], value):
            here = f"{path}{_element(old, [one for one in new if one is not value], index)}"
            inside = _edited(here, old[index], value)
            if inside is None:
                return None
            edits += inside
    gone = [index for index in range(len(old)) if index not in kept]
    added = new[len(kept) :]
    if any(isinstance(value, list) for value in added) or (gone and len(gone) == len(old)):
        return None
    removals: Actions = [
        {"target": f"{path}{_element(old, new, index)}", "remove": True} for index in reversed(gone)
    ]
    return [*edits, *removals, *({"target": path, "update": value} for value in added)]


def _kept(old: list[Value], new: list[Value]) -> dict[int, Value] | None:
    """Elements of `old`, by index, that stay, with what becomes of them: the beginning of `new`.

    None where something was put in or moved, which appending and removing cannot say.
    """
    there = [_identity(element) for element in old]
    kept: dict[int, Value] = {}
    place = 0
    for value in new:
        try:
            found = there.index(_identity(value), place)
        except ValueError:
            break
        kept[found] = value
        place = found + 1
    left = {identity for index, identity in enumerate(there) if index not in kept}
    return None if any(_identity(value) in left for value in new[len(kept) :]) else kept


def _identity(element: Value) -> tuple[tuple[str, str], ...] | str:
    """What stays the same of an element that is edited: its name, or else all of it."""
    return _name(element) or json.dumps(element, sort_keys=True)


def _name(element: Value) -> tuple[tuple[str, str], ...] | None:
    """The members that say which element of its list this is."""
    if not isinstance(element, dict):
        return None
    for keys in _NAMES:
        values = [(key, value) for key in keys if isinstance(value := element.get(key), str)]
        if len(values) == len(keys):
            return tuple(values)
    return None


def _element(old: list[Value], others: list[Value], index: int) -> str:
    """The segment that selects `old[index]`, beside `others` too: what its neighbours become."""
    element = old[index]
    name = _name(element)
    around = [*old[:index], *old[index + 1 :], *others]
    if name is not None and not any(_fits(one, name) for one in around):
        tests = " && ".join(f"@{step(key)} == {quoted(text)}" for key, text in name)
        return f"[?{tests}]"
    if isinstance(element, str) and element not in around:
        return f"[?@ == {quoted(element)}]"
    return step(index)


def _fits(element: Value, name: tuple[tuple[str, str], ...]) -> bool:
    return isinstance(element, dict) and all(element.get(key) == text for key, text in name)
