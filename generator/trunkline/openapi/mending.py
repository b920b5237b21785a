"""Slips put right for good: what is mechanical, as a document that says what the first one meant.

More than reading takes: a key that is misspelt, a member that must be there and of which only one
value comes into question, null where nothing is meant. A mend of the structure is kept only if the
structure has fewer faults with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from trunkline.diagnostics import Code, Diagnostics
from trunkline.openapi.description import version_of
from trunkline.openapi.slips import read_plainly
from trunkline.openapi.validity import UNKNOWN, likely_keys, structural_faults
from trunkline.source import Document, Editing, Place, Value

_MOST: Final = 500
"""Mends of one file; a file with more is not one with slips."""
_REQUIRED: Final = re.compile(r'"(\w+)" is a required property')
_ABSENT: Final[dict[str, Value]] = {
    "description": "",
    "required": True,
    "schema": {},
    "info": {"title": "", "version": ""},
    "title": "",
    "version": "",
    "scheme": "bearer",
}
"""What a member that must be there says, where nothing is said."""
_NULL: Final = re.compile(r"null is not of types? (.*)")

Fault: TypeAlias = "tuple[list[str | int], str]"


def mended(document: Document, diagnostics: Diagnostics) -> Document:
    """The document with what is mechanical put right, each told at its place as a warning.

    What cannot be put right without a choice stays. Raises `TrunklineError` where this is no
    OpenAPI 3 document.
    """
    document = read_plainly(document, diagnostics, mending=True)
    version = version_of(document.root)[0].value
    while True:
        # What was unknown, and is known now, may have slips inside.
        restored = _restored(document, version, diagnostics)
        if restored is document:
            return document
        document = read_plainly(restored, diagnostics, mending=True)


def _restored(document: Document, version: str, diagnostics: Diagnostics) -> Document:
    """The document with faults of its structure mended, one after the other."""
    tried: set[str] = set()
    for _ in range(_MOST):
        faults = structural_faults(document, version)
        fault = next((one for one in faults if repr(one) not in tried), None)
        if fault is None:
            break
        tried.add(repr(fault))
        better = [
            (made, found)
            for choice in _choices(fault)
            for found in [Diagnostics()]
            for made in [_put_right(document, fault, choice, found)]
            if made is not None and _is_better(made, version, fault, faults, choice)
        ]
        if len(better) == 1:
            document, found = better[0]
            diagnostics.extend(found)
    return document


def _is_better(
    made: Document, version: str, fault: Fault, faults: Sequence[Fault], choice: str
) -> bool:
    """Whether a fault is gone, and nothing else is wrong with the same place; what was unknown and
    is known now may have faults inside."""
    now = structural_faults(made, version)
    path = [*fault[0][:-1], choice] if choice else fault[0]
    return fault not in now and not any(one[0] == path and one not in faults for one in now)


def _choices(fault: Fault) -> list[str]:
    """What a misspelt key may be meant as; of everything else there is one choice."""
    path, message = fault
    return likely_keys(str(path[-1])) if message.endswith(UNKNOWN) else [""]


def _put_right(
    document: Document, fault: Fault, choice: str, diagnostics: Diagnostics
) -> Document | None:
    path, message = fault
    editing = Editing(document.file)
    mend = _Mend(editing, diagnostics, document)
    unknown = message.endswith(UNKNOWN)
    place = mend.at(path[:-1] if unknown else path)
    if place is None:
        return None
    holder = mend.at(path[:-1])
    if unknown:
        done = mend.misspelt(place, str(path[-1]), choice)
    elif (absent := _REQUIRED.match(message)) is not None:
        done = mend.absent(place, absent[1])
    elif (wanted := _NULL.match(message)) is not None and holder is not None:
        done = mend.nothing(holder, place, path[-1], wanted[1])
    elif message in ("true was expected", "false is not one of true"):
        done = mend.true(place)
    elif path[-1:] == ["style"] and holder is not None:
        done = mend.style(holder, place)
    elif message.endswith("stands in the list before") and holder is not None:
        done = mend.twice(holder, path[-1])
    else:
        done = False
    return document.replace(editing.result) if done else None


class _Mend:
    """One mend, of one fault."""

    def __init__(self, editing: Editing, diagnostics: Diagnostics, document: Document) -> None:
        self._root = editing.root
        self._diagnostics = diagnostics
        self._document = document

    def at(self, path: Sequence[str | int]) -> Place | None:
        """The place that a path leads to."""
        place: Place | None = self._root
        for token in path:
            if place is None:
                return None
            if isinstance(token, int) and isinstance(place.value, list):
                place = next((p for n, p in enumerate(place.elements()) if n == token), None)
            else:
                place = place.get(str(token))  # a status is a number to the validator
        return place

    def _tell(self, what: str, at: Place, *, key: bool = False) -> None:
        position = self._document.file.position(at.key_at if key else at.at)
        self._diagnostics.add(Code.NONCONFORMING, what, position)

    def misspelt(self, holder: Place, key: str, right: str) -> bool:
        """A key that is almost another one, which is not there."""
        member = holder.get(key)
        if member is None or holder.get(right) is not None:
            return False
        self._tell(f"{key!r} is not known here: written {right}", member, key=True)
        holder.rename(key, right)
        return True

    def absent(self, holder: Place, key: str) -> bool:
        """A member that must be there."""
        if key not in _ABSENT or not isinstance(holder.value, dict):
            return False
        value: Value = json.loads(json.dumps(_ABSENT[key]))
        self._tell(f"{key} is required: written {json.dumps(value)}", holder)
        holder.put(key, value, holder.at)
        return True

    def nothing(self, holder: Place, place: Place, key: str | int, wanted: str) -> bool:
        """Null where nothing is meant: left out; of a schema, any value."""
        if isinstance(holder.value, list) or isinstance(key, int):
            return False
        if "boolean" in wanted:
            self._tell(f"{key} is null: written {{}}", place)
            place.replace({})
        else:
            self._tell(f"{key} is null: left out", place)
            holder.remove(key)
        return True

    def true(self, place: Place) -> bool:
        """A truth value of which only one is possible."""
        self._tell("Only true is possible here: written true", place)
        place.replace(True)
        return True

    def style(self, holder: Place, place: Place) -> bool:
        """A style that its place does not have, and that is read as the usual one."""
        self._tell(f"style: {place.value} is not for this place: left out", place)
        holder.remove("style")
        return True

    def twice(self, holder: Place, index: str | int) -> bool:
        """An item that stood in the list before."""
        listed = holder.value
        if not isinstance(listed, list) or not isinstance(index, int):
            return False
        kept = [item for n, item in enumerate(listed) if n != index]
        self._tell("This stands in the list before: left out", holder)
        holder.replace(kept)
        return True
