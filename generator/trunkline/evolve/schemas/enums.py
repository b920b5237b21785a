"""Lists of allowed values."""

from __future__ import annotations

import json

from trunkline import ir
from trunkline.evolve.schemas.pair import Pair, quote, show
from trunkline.evolve.table import (
    SAFE,
    B,
    C,
    D,
    SchemaRule,
    Side,
    narrows,
    replaces,
    widens,
)

VALUE_ADDED = widens("enum", "value-added", "the value {value} is allowed now", received=D)
VALUE_REMOVED = narrows("enum", "value-removed", "the value {value} is no longer allowed", sent=B)
INTRODUCED = narrows(
    "enum", "introduced", "only these values are allowed now: {now}", sent=B, received=D
)
LIFTED = widens(
    "enum", "lifted", "any {type} is allowed, not only these values: {was}", sent=D, received=B
)
CONSTANT_CHANGED = replaces("constant", "changed", "the one allowed value is {now}, not {was}")
NAMES_CHANGED = SchemaRule(
    "enum",
    "names-changed",
    "the names of the values changed: {was} became {now}",
    Side(C, B, SAFE, "Rename the members of the enumeration where they are used."),
    Side(C, B, SAFE, "Rename the members of the enumeration where they are used."),
)

ROWS = (VALUE_ADDED, VALUE_REMOVED, INTRODUCED, LIFTED, CONSTANT_CHANGED, NAMES_CHANGED)


def compare(pair: Pair, old: ir.Enumeration, new: ir.Enumeration) -> None:
    """Values that came and went, whatever their order; then what they are called."""
    was = {_key(value): value for value in old.values}
    now = {_key(value): value for value in new.values}
    if len(was) == len(now) == 1 and was.keys() != now.keys():
        pair.note(CONSTANT_CHANGED, was=quote(old.values[0]), now=quote(new.values[0]))
        return
    for key in [k for k in now if k not in was]:
        pair.note(VALUE_ADDED, value=quote(now[key]))
    for key in [k for k in was if k not in now]:
        pair.note(VALUE_REMOVED, value=quote(was[key]))
    old_names = dict(zip(was, old.names or [""] * len(was), strict=False))
    new_names = dict(zip(now, new.names or [""] * len(now), strict=False))
    renamed = [k for k in old_names if k in new_names and old_names[k] != new_names[k]]
    if renamed:
        pair.note(
            NAMES_CHANGED,
            was=", ".join(old_names[k] or k for k in renamed),
            now=", ".join(new_names[k] or k for k in renamed),
        )


def introduced(pair: Pair, new: ir.Enumeration) -> None:
    """Any value of a type became one of a list."""
    pair.note(INTRODUCED, now=show(", ".join(quote(value) for value in new.values)))


def lifted(pair: Pair, old: ir.Enumeration, kind: str) -> None:
    """One of a list became any value of a type."""
    pair.note(LIFTED, type=kind, was=show(", ".join(quote(value) for value in old.values)))


def _key(value: ir.Json) -> str:
    """Equal for equal JSON values: 1 and 1.0 are, 1 and true are not."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)
