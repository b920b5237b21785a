"""Members that an object does not name."""

from __future__ import annotations

from trunkline import ir
from trunkline.evolve.schemas.pair import Pair
from trunkline.evolve.table import (
    KEEP_ACCEPTING,
    KEEP_PROMISE,
    NARROWER,
    NOTHING,
    REFUSED,
    SAFE,
    UNEXPECTED,
    B,
    C,
    D,
    Effect,
    SchemaRule,
)
from trunkline.semantics.schemas import says_nothing

CLOSED = SchemaRule(
    "additional-properties",
    "forbidden",
    "properties that are not named are no longer allowed",
    Effect(B, D, REFUSED, KEEP_ACCEPTING),
    Effect(C, C, NARROWER, NOTHING),
)
OPENED = SchemaRule(
    "additional-properties",
    "allowed",
    "properties that are not named are allowed now",
    Effect(C, C, SAFE, NOTHING),
    Effect(D, C, "Callers that refuse unknown members may be given some.", KEEP_PROMISE),
)
RESTRICTED = SchemaRule(
    "additional-properties",
    "restricted",
    "properties that are not named must fit a schema now",
    Effect(B, D, REFUSED, KEEP_ACCEPTING),
    Effect(C, D, NARROWER, NOTHING),
)
LOOSENED = SchemaRule(
    "additional-properties",
    "loosened",
    "properties that are not named need no longer fit a schema",
    Effect(C, D, SAFE, NOTHING),
    Effect(B, B, UNEXPECTED, KEEP_PROMISE),
)

ROWS = (CLOSED, OPENED, RESTRICTED, LOOSENED)


def compare(pair: Pair, old: ir.Object, new: ir.Object) -> None:
    """Forbidden, anything, or a schema of their own."""
    before, after = old.additional, new.additional
    if before is None and after is None:
        return
    if after is None:
        pair.note(CLOSED)
    elif before is None:
        pair.note(OPENED)
    elif says_nothing(before) or says_nothing(after):
        if not says_nothing(after):
            pair.note(RESTRICTED)
        elif not says_nothing(before):
            pair.note(LOOSENED)
    else:
        pair.child(("*",), before, after)
