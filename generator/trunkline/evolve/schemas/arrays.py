"""Lists and tuples."""

from __future__ import annotations

from trunkline import ir
from trunkline.evolve.schemas.pair import Pair
from trunkline.evolve.table import B, narrows, replaces, widens

UNIQUE_REQUIRED = narrows("unique-items", "required", "items must differ from each other now")
UNIQUE_DROPPED = widens("unique-items", "dropped", "items need no longer differ from each other")
ITEM_ADDED = replaces(
    "tuple-item", "added", "item {index} of the tuple has a schema of its own now"
)
ITEM_REMOVED = replaces(
    "tuple-item", "removed", "item {index} of the tuple has no schema of its own any more"
)
TUPLE_CLOSED = narrows("tuple", "closed", "no items may follow the tuple's own any more")
TUPLE_OPENED = widens("tuple", "opened", "items may follow the tuple's own now", received=B)

ROWS = (UNIQUE_REQUIRED, UNIQUE_DROPPED, ITEM_ADDED, ITEM_REMOVED, TUPLE_CLOSED, TUPLE_OPENED)


def compare_arrays(pair: Pair, old: ir.Array, new: ir.Array) -> None:
    """Uniqueness, and the items' schemas below."""
    if old.unique_items is not new.unique_items:
        pair.note(UNIQUE_REQUIRED if new.unique_items else UNIQUE_DROPPED)
    pair.child(("[]",), old.items, new.items)


def compare_tuples(pair: Pair, old: ir.Tuple, new: ir.Tuple) -> None:
    """Items by their place."""
    shared = min(len(old.prefix), len(new.prefix))
    for index in range(shared):
        pair.child((f"[{index}]",), old.prefix[index], new.prefix[index])
    for index in range(shared, len(new.prefix)):
        pair.note(ITEM_ADDED, new=new.prefix[index], index=index)
    for index in range(shared, len(old.prefix)):
        pair.note(ITEM_REMOVED, old=old.prefix[index], index=index)
    if old.rest is not None and new.rest is not None:
        pair.child(("[]",), old.rest, new.rest)
    elif old.rest is not None:
        pair.note(TUPLE_CLOSED, old=old.rest)
    elif new.rest is not None:
        pair.note(TUPLE_OPENED, new=new.rest)
