"""What is proposed for one violation."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.contract.drift.schema_edits import Placed
from trunkline.contract.model import Finding


@dataclass(frozen=True, slots=True)
class Alternative:
    """Edits that would settle a violation under a condition that nobody but people can judge."""

    condition: str
    edits: tuple[Placed, ...]
    certain: bool = False
    """Whether what was seen leaves no other: it is no alternative then."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A violation, and the edits that settle it; without any, `reason` says why there are none and
    `alternatives` what there is to choose from."""

    violation: Finding
    edits: tuple[Placed, ...] = ()
    reason: str = ""
    alternatives: tuple[Alternative, ...] = ()
