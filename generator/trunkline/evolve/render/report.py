"""What all renderers are given."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.evolve.change import Change, Verdict
from trunkline.evolve.version import Bump, version_bump
from trunkline.evolve.waivers import Waived


@dataclass(frozen=True, slots=True)
class Report:
    """Changes that count, changes that are accepted, and what the two sides are called."""

    old: str
    new: str
    changes: tuple[Change, ...]
    waived: tuple[Waived, ...] = ()

    @property
    def bump(self) -> Bump:
        """What the version must do. Accepted changes are changes all the same."""
        return version_bump((*self.changes, *(w.change for w in self.waived)))

    def of(self, verdict: Verdict) -> tuple[Change, ...]:
        """Changes of one verdict, in the order found."""
        return tuple(change for change in self.changes if change.verdict is verdict)

    def fails(self, level: Verdict) -> bool:
        """Whether any change that counts is at least that bad."""
        return any(change.verdict.rank >= level.rank for change in self.changes)

    @property
    def summary(self) -> str:
        """`2 breaking, 1 dangerous, 5 compatible; version: major`."""
        counts = [f"{len(self.of(v))} {v}" for v in reversed(Verdict)]
        accepted = f", {len(self.waived)} accepted" if self.waived else ""
        return f"{', '.join(counts)}{accepted}; version: {self.bump}"
