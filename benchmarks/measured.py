"""What benchmarks share: ratios within turns, and whether a target holds."""

from __future__ import annotations

import statistics
from collections.abc import Iterable


def ratio(ours: Iterable[float], theirs: Iterable[float]) -> float:
    """The median of ratios within turns: a slow moment of the machine is in both."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def target(what: str, found: float, bound: float, unit: str, *, least: bool = False) -> str:
    """The line that says whether `found` keeps within `bound`."""
    holds = found >= bound if least else found <= bound
    return (
        f"- {what}: {found:.3g} {unit}, at {'least' if least else 'most'} {bound:.3g} {unit}: "
        f"{'holds' if holds else 'is missed'}."
    )
