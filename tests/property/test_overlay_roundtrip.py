"""`overlay apply A (overlay diff A B)` is B, for any A and any edits, and every value of it stands
where it was written."""

from __future__ import annotations

import copy
import json
import string
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from trunkline.diagnostics import Diagnostics
from trunkline.overlay import checked, difference, overlay_in
from trunkline.overlay.difference import same
from trunkline.source import Node, ParsedFile, parse, written

KEYS = st.sampled_from(
    ["name", "in", "$ref", "url", "a", "b", "/pets/{id}", "it's", 'q"\\', "200", "é", ""]
)
TEXTS = ["x", "y", "yes", "1.0", "1e3", "null", "~", "", " a ", "a: b", "two\nlines\n", "#no", "'"]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False, allow_infinity=False, width=16)
    | st.sampled_from(TEXTS)
    | st.text(string.printable, max_size=6)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=14,
)
NAMED = st.lists(
    st.dictionaries(st.sampled_from(["name", "in", "x"]), st.sampled_from(["p", "q", "r"])),
    max_size=4,
)
ROOTS = st.dictionaries(KEYS, VALUES | NAMED, max_size=5)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Any, Any]:
    """A document, and the same with a few places changed, added, removed, moved or swapped."""
    old = draw(ROOTS)
    new = copy.deepcopy(old)
    for _ in range(draw(st.integers(1, 4))):
        place: Any = new
        while isinstance(place, (dict, list)) and place and draw(st.booleans()):
            members = place.values() if isinstance(place, dict) else place
            inner = [member for member in members if isinstance(member, (dict, list))]
            if not inner:
                break
            place = draw(st.sampled_from(inner))
        if isinstance(place, dict):
            key = draw(st.sampled_from(sorted(place)) if place and draw(st.booleans()) else KEYS)
            if key in place and draw(st.booleans()):
                del place[key]
            else:
                place[key] = draw(VALUES | NAMED)
        else:
            index = draw(st.integers(0, len(place)))
            match draw(st.sampled_from(["put", "set", "cut", "turn"])):
                case "put":
                    place.insert(index, draw(VALUES))
                case "set" if index < len(place):
                    place[index] = draw(VALUES)
                case "cut" if index < len(place):
                    del place[index]
                case _:
                    place.reverse()
    return old, new


def applied(old: Any, new: Any) -> ParsedFile:
    found = Diagnostics()
    base = parse("a.json", json.dumps(old, indent=1).encode())
    made = difference(old, new, title="t")
    if not made["actions"]:
        return base
    overlay = overlay_in("o.yaml", written(made), found)
    file = checked(base, overlay, found).file
    assert not list(found)
    return file


@given(edited())
@settings(max_examples=400)
def test_the_overlay_between_two_makes_one_of_the_other(pair: tuple[Any, Any]) -> None:
    old, new = pair
    assert same(applied(old, new).data, new)


@given(ROOTS, ROOTS)
def test_also_where_they_have_nothing_in_common(old: Any, new: Any) -> None:
    assert same(applied(old, new).data, new)


@given(edited())
def test_every_value_stands_where_it_was_written(pair: tuple[Any, Any]) -> None:
    old, new = pair
    file = applied(old, new)
    texts = {file.name: file.text} | {laid.name: laid.text for _, laid in file.laid}
    pending = [Node.root(file)]
    while pending:
        node = pending.pop()
        pending += [member for _, member in node.items()]
        pending += node.elements()
        place = node.position
        line = texts[place.file].split("\n")[place.line - 1]
        there = line[place.column - 1 :]
        if place.file == "a.json":
            whole = json.dumps(node.value)
            wanted = whole[0] if isinstance(node.value, (dict, list, str)) else whole
            assert there.startswith(wanted)
        elif not isinstance(node.value, (dict, list, str)):
            # A value of the overlay's YAML, read from there to the end of its line.
            read = parse("v.yaml", there.rstrip("]},").encode()).data
            assert same(read, node.value)


@given(VALUES)
@settings(max_examples=400)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert same(parse("v.yaml", written(value).encode()).data, value)
    assert same(parse("v.json", written(value, as_json=True).encode()).data, value)
