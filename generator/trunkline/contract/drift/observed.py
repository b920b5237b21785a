"""The mark that an edit leaves where it is made: that a live server was seen to do so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trunkline.contract.drift.edits import (
    Append,
    CannotEditError,
    Edit,
    RemoveItem,
    RemoveKey,
    SetKey,
    at_pointer,
)
from trunkline.contract.model import Finding
from trunkline.ir import Json
from trunkline.pointer import join, split
from trunkline.source import Value

_KEY: Final = "x-trunkline-source"


def mark(data: Value, edit: Edit, finding: Finding) -> SetKey | None:
    """The edit that marks the object which `edit`, made in `data` already, changed; None where it
    is marked, or is a reference and takes no mark."""
    place = _changed(edit)
    try:
        holder = at_pointer(data, place)
    except CannotEditError:
        return None
    if not isinstance(holder, dict) or "$ref" in holder:
        return None
    told: Json = {"observed": _note(finding)}
    known = holder.get(_KEY)
    listed = known if isinstance(known, list) else [] if known is None else [known]
    if any(isinstance(one, Mapping) and "observed" in one for one in listed):
        return None
    whole: Json = [*listed, told] if listed else told
    return SetKey(place, _KEY, whole)


def _changed(edit: Edit) -> str:
    """The pointer of the object that an edit is about."""
    match edit:
        case SetKey(pointer, key, value):
            inside = isinstance(value, dict) and key not in {"properties", "default"}
            return join([*split(pointer), key]) if inside else pointer
        case RemoveKey(pointer, _):
            return pointer
        case Append(pointer, _) | RemoveItem(pointer, _):
            return join(split(pointer)[:-1])


def _note(finding: Finding) -> str:
    """Nothing of what the suite sent, which is another value every time."""
    status = f"{finding.operation} answered {finding.steps[-1].status}" if finding.steps else ""
    return f"{status or finding.operation} on a live server ({finding.rule})"
