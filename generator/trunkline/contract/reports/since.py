"""A report beside an earlier one: what is new, what is gone, what is still there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from trunkline.contract.model import Finding, RunReport
from trunkline.untrusted import one_line

_SHOWN = 10
"""Lines of each kind in a terminal."""


@dataclass(frozen=True, slots=True)
class Since:
    """Violations of two reports, by what makes them one finding."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    """Found then, and not now, where the check that found them has been run."""
    still: tuple[Finding, ...]
    unknown: tuple[Finding, ...]
    """Found then; what found them was not run, or not to its end."""

    @property
    def sentence(self) -> str:
        """One line with the figures."""
        unknown = f", {len(self.unknown)} not tried again" if self.unknown else ""
        return f"{len(self.new)} new, {len(self.gone)} gone, {len(self.still)} still there{unknown}"


def since(now: RunReport, then: RunReport) -> Since:
    """What has changed between two reports of one API."""
    before = {finding.key: finding for finding in then.violations}
    found = {finding.key: finding for finding in now.violations}
    tried = {(result.check, result.target) for result in now.results if result.tried}
    lost = [finding for key, finding in before.items() if key not in found]
    retried = {finding.key for finding in lost if _is_tried(finding, then, tried, now)}
    return Since(
        tuple(f for key, f in found.items() if key not in before),
        tuple(f for f in lost if f.key in retried),
        tuple(f for key, f in found.items() if key in before),
        tuple(f for f in lost if f.key not in retried),
    )


def changed(compared: Since) -> Iterator[str]:
    """Lines for a terminal: the figures, then what is new and what is gone."""
    yield f"since the earlier report: {compared.sentence}"
    for word, findings in (("new", compared.new), ("gone", compared.gone)):
        rules = Counter(f"{finding.rule} {finding.operation}" for finding in findings)
        for what, count in rules.most_common(_SHOWN):
            yield one_line(f"  {word}: {what}{f' ({count})' if count > 1 else ''}")
        if len(rules) > _SHOWN:
            yield f"  {word}: and {len(rules) - _SHOWN} more"


def _is_tried(
    finding: Finding, then: RunReport, tried: set[tuple[str, str]], now: RunReport
) -> bool:
    """Whether what found it then has been run now."""
    places = list(_places(finding, then))
    if places:
        return any(place in tried for place in places)
    return now.complete and now.fuzzed > 0


def _places(finding: Finding, then: RunReport) -> Iterator[tuple[str, str]]:
    for result in then.results:
        if any(finding.key == other.key for other in result.findings):
            yield result.check, result.target
