"""What all renderers are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Final

from trunkline.evolve.change import Change, Place, Verdict
from trunkline.evolve.grouping import grouped
from trunkline.evolve.version import Bump, version_bump
from trunkline.evolve.waivers import Waived

MANY: Final = 12
"""Changes from which on a report begins with where they are, and counts the compatible ones."""
TOP: Final = 5
"""Operations named there."""


@dataclass(frozen=True, slots=True)
class Report:
    """Changes that count, changes that are accepted, and what the two sides are called.

    `methods` turns a place's subject (`GET /calls`) into what users of the package call
    (`client.calls.list`).
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    waived: tuple[Waived, ...] = ()
    methods: Mapping[str, str] = field(default_factory=dict[str, str])
    whole: Report | None = None
    """Where this one shows a part, all of it: sums and versions are the whole's."""

    @property
    def bump(self) -> Bump:
        """What the version must do. Accepted changes are changes all the same."""
        if self.whole is not None:
            return self.whole.bump
        return version_bump((*self.changes, *(w.change for w in self.waived)))

    def of(self, verdict: Verdict) -> tuple[Change, ...]:
        """Changes of one verdict, in the order found."""
        return tuple(change for change in self.changes if change.verdict is verdict)

    def entries(self, verdict: Verdict) -> tuple[Change, ...]:
        """The same for readers: in a long report one edit in many places once, and what is worst
        and widest first."""
        found = self.of(verdict)
        if not self.is_long:
            return found
        worst = sorted(grouped(found), key=lambda c: (-c.http.rank - c.python.rank, -len(c.places)))
        return tuple(worst)

    @property
    def is_long(self) -> bool:
        """Whether nobody reads it from top to bottom."""
        return len(self.changes) > MANY

    def fails(self, level: Verdict) -> bool:
        """Whether any change that counts is at least that bad."""
        return any(change.verdict.rank >= level.rank for change in self.changes)

    def narrowed(self, only: Collection[str], operations: Collection[str]) -> Report:
        """The changes of a verdict, rule or id in `only`, at an operation that fits one of the
        patterns (`GET /calls*`, `client.calls.*`); empty collections leave everything."""
        if not only and not operations:
            return self
        return replace(
            self,
            whole=self,
            changes=tuple(
                change
                for change in self.changes
                if (not only or {change.verdict.value, change.rule.id, change.id} & set(only))
                and (not operations or any(self._fits(p, operations) for p in change.places))
            ),
        )

    def _fits(self, place: Place, patterns: Collection[str]) -> bool:
        names = (place.subject, self.methods.get(place.subject, place.subject))
        return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)

    def shown(self, place: Place) -> str:
        """`client.calls.list (GET /calls) › query parameter size`."""
        method = self.methods.get(place.subject)
        return str(replace(place, subject=f"{method} ({place.subject})") if method else place)

    @property
    def affected(self) -> list[tuple[Place, Counter[Verdict]]]:
        """Operations, and how many changes of which verdict each has; the worst first."""
        found: dict[str, Counter[Verdict]] = {}
        for change in self.changes:
            for subject in {place.subject for place in change.places}:
                found.setdefault(subject, Counter())[change.verdict] += 1
        worst = [
            (Place(subject), counts)
            for subject, counts in found.items()
            if counts[Verdict.BREAKING] + counts[Verdict.DANGEROUS]
        ]
        return sorted(worst, key=lambda one: [-one[1][v] for v in reversed(Verdict)])

    @property
    def summary(self) -> str:
        """`2 breaking, 1 dangerous, 5 compatible; version: major`."""
        if self.whole is not None:
            return f"{self.whole.summary}; shown: {len(self.changes)}"
        counts = [f"{len(self.of(v))} {v}" for v in reversed(Verdict)]
        accepted = f", {len(self.waived)} accepted" if self.waived else ""
        return f"{', '.join(counts)}{accepted}; version: {self.bump}"


def counted(counts: Counter[Verdict]) -> str:
    """`2 breaking, 1 dangerous`, without what there is none of."""
    return ", ".join(f"{counts[v]} {v}" for v in reversed(Verdict) if counts[v])


def by_rule(changes: Collection[Change]) -> list[tuple[str, int]]:
    """How often each rule was met, most often first."""
    return Counter(change.rule.id for change in changes).most_common()
