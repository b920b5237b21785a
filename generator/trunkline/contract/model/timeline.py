"""When in a run each operation was called, and when findings came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST = 120
"""Parts that a run is counted in; a longer one has longer parts."""


@dataclass(slots=True)
class Timeline:
    """Counts in equal parts of a run, the first from its beginning."""

    width: float = 0.125
    """Seconds of one part."""
    calls: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """Requests by operation id, as many parts as have some."""
    findings: list[int] = field(default_factory=list[int])
    """Findings that were new, when their check had ended."""

    def called(self, operation: str, seconds: float) -> None:
        """Count a request, so many seconds after the beginning."""
        part = self._part(seconds)
        _count(self.calls.setdefault(operation, []), part, 1)

    def found(self, count: int, seconds: float) -> None:
        """Count findings, so many seconds after the beginning."""
        if count > 0:
            part = self._part(seconds)
            _count(self.findings, part, count)

    @property
    def parts(self) -> int:
        """How many parts there are until the last in which something happened."""
        return max(map(len, (self.findings, *self.calls.values())), default=0)

    def add(self, other: Timeline) -> None:
        """Take over another run, as if it had gone on beside this one."""
        while self.width < other.width:
            self._halve()
        for name, counts in other.calls.items():
            for part, count in enumerate(counts):
                if count:
                    into = self._part(part * other.width)
                    _count(self.calls.setdefault(name, []), into, count)
        for part, count in enumerate(other.findings):
            self.found(count, part * other.width)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Timeline:
        """As reports have it; `ValueError` and `TypeError` for what is none."""
        calls = {str(n): [int(c) for c in counts] for n, counts in value["calls"].items()}
        width, findings = float(value["width"]), [int(c) for c in value["findings"]]
        if not width > 0 or max(map(len, (findings, *calls.values())), default=0) > MOST:
            raise ValueError("a timeline has too many parts")
        return cls(width, calls, findings)

    def _part(self, seconds: float) -> int:
        while seconds >= self.width * MOST:
            self._halve()
        return int(seconds / self.width)

    def _halve(self) -> None:
        self.width *= 2
        self.calls = {name: _halved(counts) for name, counts in self.calls.items()}
        self.findings = _halved(self.findings)


def _count(counts: list[int], part: int, count: int) -> None:
    counts.extend([0] * (part + 1 - len(counts)))
    counts[part] += count


def _halved(counts: list[int]) -> list[int]:
    return [sum(counts[at : at + 2]) for at in range(0, len(counts), 2)]
