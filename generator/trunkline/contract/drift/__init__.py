"""From findings on a live server to edits of the description that would settle them."""

from trunkline.contract.drift.as_overlay import as_overlay
from trunkline.contract.drift.edits import (
    Append,
    CannotEditError,
    RemoveItem,
    RemoveKey,
    SetKey,
    apply,
)
from trunkline.contract.drift.patch import patch
from trunkline.contract.drift.propose import propose

__all__ = [
    "Append",
    "CannotEditError",
    "RemoveItem",
    "RemoveKey",
    "SetKey",
    "apply",
    "as_overlay",
    "patch",
    "propose",
]
