"""Lists of allowed values."""

from __future__ import annotations

import json
import re

from trunkline import ir
from trunkline.evolve.schemas.bounds import ceiling_of, floor_of
from trunkline.evolve.schemas.pair import Pair, quote, show
from trunkline.evolve.table import (
    KEEP_ACCEPTING,
    REFUSED,
    SAFE,
    B,
    C,
    D,
    Effect,
    SchemaRule,
    narrows,
    replaces,
    widens,
)

VALUE_ADDED = widens("enum", "value-added", "the value {value} is allowed now", received=D)
VALUE_REMOVED = SchemaRule(
    "enum",
    "value-removed",
    "the value {value} is no longer allowed",
    Effect(B, B, REFUSED, KEEP_ACCEPTING),
    Effect(
        C,
        B,
        "User code that names the value by its member of the enumeration fails.",
        "Keep the value in the description, deprecated in words.",
    ),
)
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
    Effect(C, B, SAFE, "Rename the members of the enumeration where they are used."),
    Effect(C, B, SAFE, "Rename the members of the enumeration where they are used."),
)

ROWS = (VALUE_ADDED, VALUE_REMOVED, INTRODUCED, LIFTED, CONSTANT_CHANGED, NAMES_CHANGED)


def compare(pair: Pair, old: ir.Enumeration, new: ir.Enumeration) -> None:
    """Values that were added and removed, whatever their order; then what they are called."""
    was = {_key(value): value for value in old.values if fits(value, old.base)}
    now = {_key(value): value for value in new.values if fits(value, new.base)}
    if len(was) == len(now) == 1 and was.keys() != now.keys():
        pair.note(CONSTANT_CHANGED, was=quote(*was.values()), now=quote(*now.values()))
        return
    for key in [k for k in now if k not in was]:
        pair.note(VALUE_ADDED, value=quote(now[key]))
    for key in [k for k in was if k not in now]:
        pair.note(VALUE_REMOVED, value=quote(was[key]))
    old_names, new_names = _names(old), _names(new)
    renamed = [k for k in old_names if k in new_names and old_names[k] != new_names[k]]
    if renamed:
        pair.note(
            NAMES_CHANGED,
            was=", ".join(old_names[k] or k for k in renamed),
            now=", ".join(new_names[k] or k for k in renamed),
        )


def introduced(pair: Pair, old: ir.Shape, new: ir.Enumeration) -> None:
    """Any value of a type became one of a list; some of which may not have been of the type."""
    pair.note(INTRODUCED, now=show(", ".join(quote(value) for value in new.values)))
    for value in new.values:
        if fits(value, new.base) and not fits(value, old):
            pair.note(VALUE_ADDED, value=quote(value))


def lifted(pair: Pair, old: ir.Enumeration, new: ir.Shape, kind: str) -> None:
    """One of a list became any value of a type; which some may not be."""
    pair.note(LIFTED, type=kind, was=show(", ".join(quote(value) for value in old.values)))
    for value in old.values:
        if fits(value, old.base) and not fits(value, new):
            pair.note(VALUE_REMOVED, value=quote(value))


def fits(value: ir.Json, shape: ir.Shape | None) -> bool:
    """Whether a single value keeps to the bounds of a type; true where it cannot be told."""
    match shape:
        case ir.String() if isinstance(value, str):
            return (
                (shape.min_length or 0) <= len(value)
                and (shape.max_length is None or len(value) <= shape.max_length)
                and (shape.pattern is None or _matches(shape.pattern, value))
            )
        case ir.Integer() | ir.Number() if isinstance(value, int | float):
            floor, ceiling = floor_of(shape, whole=False), ceiling_of(shape, whole=False)
            return (floor is None or (value, False) >= floor) and (
                ceiling is None or (value, True) <= ceiling
            )
        case ir.Enumeration():
            return _key(value) in {_key(other) for other in shape.values}
        case _:
            return True


def _matches(pattern: str, value: str) -> bool:
    """ECMA-262 patterns that Python cannot read are taken to match."""
    try:
        return re.search(pattern, value) is not None
    except re.error:
        return True


def _names(enumeration: ir.Enumeration) -> dict[str, str]:
    names = enumeration.names or ("",) * len(enumeration.values)
    return dict(zip(map(_key, enumeration.values), names, strict=False))


def _key(value: ir.Json) -> str:
    """Equal for equal JSON values: 1 and 1.0 are, 1 and true are not."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)
