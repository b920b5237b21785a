"""Named single defects that a server can be given, to see whether a contract suite notices."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

from trunkline.diagnostics import Code, TrunklineError
from trunkline.emulator.defects import (  # noqa: F401  # importing registers them
    concurrency,
    conditions,
    files,
    finding,
    headers,
    idempotency,
    lists,
    nesting,
    ownership,
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

__all__ = ["CATALOGUE", "Defect", "create"]

CATALOGUE: Mapping[str, type[Defect]] = dict(sorted(REGISTERED.items()))
"""Every defect by its id."""


def create(names: Collection[str]) -> tuple[Defect, ...]:
    """The defects called `names`, to be attached to one server; `TrunklineError` for unknown
    names."""
    found: list[Defect] = []
    for name in names:
        if name not in CATALOGUE:
            near = difflib.get_close_matches(name, CATALOGUE, 1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}?" if near else "docs/reference/defects.md lists them"
            raise TrunklineError.usage(
                Code.BAD_VALUE, f"there is no defect called {name!r}", hint=hint
            )
        found.append(CATALOGUE[name]())
    return tuple(found)
