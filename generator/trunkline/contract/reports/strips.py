"""The timeline of a run as strips: a row for each operation, darker where it was called more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trunkline.contract.model import RunReport

SHADES = 4


@dataclass(frozen=True, slots=True)
class Shade:
    """What is equally dark: the class, and the path of an SVG that is one high."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One row."""

    name: str
    id: str
    said: str
    """The row in words."""
    shades: tuple[Shade, ...]
    filter: str


@dataclass(frozen=True, slots=True)
class Strips:
    """All rows, and what they are measured in; no rows where nothing was called."""

    parts: int
    end: str
    """Seconds at the right end."""
    rows: tuple[Strip, ...]


def strips(report: RunReport) -> Strips:
    """Findings first, then the operations in the order in which they were called first."""
    timeline = report.timeline
    rows = []
    if any(timeline.findings):
        found = _strip("findings", "", timeline.findings, timeline.width, "found", "finding")
        rows.append(found)
    most = max(map(max, timeline.calls.values()), default=0)
    for name, counts in sorted(timeline.calls.items(), key=lambda c: (_first(c[1]), c[0])):
        shown = report.labels.get(name, name)
        rows.append(_strip(shown, name, counts, timeline.width, "called", "call", most))
    parts = max(timeline.parts, 1)
    return Strips(parts, f"{parts * timeline.width:g} s", tuple(rows))


def _strip(
    name: str,
    id_: str,
    counts: Sequence[int],
    width: float,
    verb: str,
    kind: str,
    most: int | None = None,
) -> Strip:
    first, last = _first(counts) * width, len(counts) * width
    total = sum(counts)
    said = f"{verb} {total} time{'' if total == 1 else 's'} from {first:.1f} to {last:.1f} s"
    return Strip(
        name, id_, said, tuple(_shades(counts, most or max(counts), kind)), f"{name} {id_}"
    )


def _shades(counts: Sequence[int], most: int, kind: str) -> Iterator[Shade]:
    for shade in range(1, SHADES + 1):
        path = "".join(
            f"M{at} 0h1v1h-1z"
            for at, count in enumerate(counts)
            if count and _shade(count, most) == shade
        )
        if path:
            yield Shade(f"{kind} s{shade}", path)


def _shade(count: int, most: int) -> int:
    """From 1 to `SHADES`; the number of requests of a part may differ by orders of magnitude."""
    return min(SHADES, 1 + int(SHADES * (count - 1) ** 0.5 / max(most, 1) ** 0.5))


def _first(counts: Sequence[int]) -> int:
    return next((at for at, count in enumerate(counts) if count), 0)
