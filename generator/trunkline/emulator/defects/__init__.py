"""Named single defects that a server can be given, to see whether a contract suite notices."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from trunkline.diagnostics import Code, TrunklineError
from trunkline.emulator.defects import (
    finding,
    headers,
    lists,
    ownership,
    repetition,
    response,
    robustness,
    rpc,
    state,
    tenancy,
    validation,
    values,
    webhooks,
)
from trunkline.emulator.defects.base import REGISTERED, Defect
from trunkline.emulator.hooks.hooks import Seam

if TYPE_CHECKING:
    from trunkline.emulator.app.application import Emulator

__all__ = [
    "CATALOGUE",
    "Defect",
    "finding",
    "headers",
    "lists",
    "ownership",
    "repetition",
    "response",
    "robustness",
    "rpc",
    "seams",
    "state",
    "tenancy",
    "validation",
    "values",
    "webhooks",
]

CATALOGUE: Mapping[str, type[Defect]] = dict(sorted(REGISTERED.items()))
"""Every defect by its id."""


def seams(names: Collection[str], emulator: Emulator) -> tuple[Seam, ...]:
    """The defects called `names`, attached to one server; `TrunklineError` for unknown names."""
    found: list[Seam] = []
    for name in names:
        if name not in CATALOGUE:
            near = difflib.get_close_matches(name, CATALOGUE, 1)
            hint = f"did you mean {near[0]!r}?" if near else None
            raise TrunklineError.usage(
                Code.BAD_VALUE, f"there is no defect called {name!r}", hint=hint
            )
        found.append(CATALOGUE[name](emulator))
    return tuple(found)
