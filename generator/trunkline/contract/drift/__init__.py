"""From findings on a live server to edits of the description that would settle them."""

from trunkline.contract.drift.accepted import accepted
from trunkline.contract.drift.as_overlay import alternatives, as_overlay
from trunkline.contract.drift.edits import (
    Append,
    CannotEditError,
    RemoveItem,
    RemoveKey,
    SetKey,
    apply,
)
from trunkline.contract.drift.patch import evidence_lines, patch
from trunkline.contract.drift.proposal import Alternative, Proposal
from trunkline.contract.drift.propose import propose

__all__ = [
    "Alternative",
    "Append",
    "CannotEditError",
    "Proposal",
    "RemoveItem",
    "RemoveKey",
    "SetKey",
    "accepted",
    "alternatives",
    "apply",
    "as_overlay",
    "evidence_lines",
    "patch",
    "propose",
]
