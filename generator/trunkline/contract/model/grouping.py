"""Findings put together by what most likely causes them: one line for a person, not sixty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trunkline.contract.model.finding import EvidenceStep, Finding


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings of one rule that share their operation, or the member they are about.

    A stored-update defect breaks `update-visible` at every member of one operation: that is one
    cause; a page size nobody checks breaks `parameter-enforced` at one parameter of every list:
    that is one too.
    """

    rule: str
    findings: tuple[Finding, ...]
    """As they were found, at least one."""

    @property
    def operations(self) -> tuple[str, ...]:
        """Those concerned, in the order found."""
        return tuple(dict.fromkeys(v.operation for v in self.findings))

    @property
    def subjects(self) -> tuple[str, ...]:
        """The members, parameters or headers concerned, in the order found."""
        return tuple(dict.fromkeys(v.subject for v in self.findings if v.subject))

    @property
    def times(self) -> int:
        """How often it was seen."""
        return sum(v.times for v in self.findings)

    @property
    def example(self) -> Finding:
        """The finding with the smallest reproduction: the fewest steps, then the shortest."""
        return min(self.findings, key=lambda v: _size(v.steps))


def group_findings(violations: Iterable[Finding]) -> list[Cause]:
    """Group findings; causes come in the order of their first finding.

    The findings of a rule are grouped by operation or by subject, whichever makes fewer groups.
    """
    by_rule: dict[str, list[Finding]] = {}
    order: dict[int, int] = {}
    for index, violation in enumerate(violations):
        by_rule.setdefault(violation.rule, []).append(violation)
        order[id(violation)] = index
    found = []
    for rule, members in by_rule.items():
        alike: dict[str, list[Finding]] = {}
        operations = {v.operation for v in members}
        subjects = {v.subject for v in members}
        by_subject = len(subjects) < len(operations)
        for violation in members:
            key = violation.subject if by_subject else violation.operation
            alike.setdefault(key, []).append(violation)
        found += [Cause(rule, tuple(group)) for group in alike.values()]
    return sorted(found, key=lambda cause: order[id(cause.findings[0])])


def _size(steps: Sequence[EvidenceStep]) -> tuple[int, int]:
    # A finding without any step reproduces nothing: last.
    return (len(steps) or 10_000, sum(len(step.curl) for step in steps))
