"""Named single defects that a server can be given, to see whether a contract suite notices."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from trunkline.diagnostics import Code, TrunklineError
from trunkline.emulator.defects.base import Defect
from trunkline.emulator.seams import Seam

if TYPE_CHECKING:
    from trunkline.emulator.application import Emulator

CATALOGUE: Mapping[str, type[Defect]] = {}


def seams(names: Collection[str], emulator: Emulator) -> tuple[Seam, ...]:
    """The defects called `names`, attached to one server; `TrunklineError` for unknown names."""
    found: list[Seam] = []
    for name in names:
        if name not in CATALOGUE:
            raise TrunklineError.usage(Code.BAD_VALUE, f"there is no defect called {name!r}")
        found.append(CATALOGUE[name](emulator))
    return tuple(found)
