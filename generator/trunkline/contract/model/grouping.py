"""Findings put together by what most likely causes them: one line for a person, not sixty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from trunkline.contract.model.finding import EvidenceStep, Finding

_FAILURE = "no-server-error"
"""The rule that failures break: operations seldom fail for one reason."""


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

    The findings of a rule are grouped by operation or by subject, the largest group first; failures
    of the server by operation only. Groups that show one failing request are one, and so are those
    of operations that show the very same things: one mistake in what they all go through.
    """
    by_rule: dict[str, list[Finding]] = {}
    order: dict[int, int] = {}
    for index, violation in enumerate(violations):
        by_rule.setdefault(violation.rule, []).append(violation)
        order[id(violation)] = index
    found = []
    for rule, members in by_rule.items():
        groups = list(_alike(rule, members))
        found += [Cause(rule, tuple(group)) for group in _in_many_places(rule, groups)]
    found.sort(key=lambda cause: order[id(cause.findings[0])])
    return _same_failure(found)


def _alike(rule: str, members: list[Finding]) -> Iterator[list[Finding]]:
    """Findings of one rule that share their operation or their subject."""
    left = members
    while left:
        groups: dict[tuple[bool, str], list[Finding]] = {}
        for violation in left:
            groups.setdefault((False, violation.operation), []).append(violation)
            if rule != _FAILURE:
                groups.setdefault((True, violation.subject), []).append(violation)
        # Where both are as large the operation is what people look for.
        largest = max(groups, key=lambda key: (len(groups[key]), not key[0]))
        taken = set(map(id, groups[largest]))
        yield groups[largest]
        left = [violation for violation in left if id(violation) not in taken]


def _in_many_places(rule: str, groups: list[list[Finding]]) -> list[list[Finding]]:
    """Groups of one operation each whose subjects are nearly the same are one group."""
    if rule == _FAILURE:
        return groups
    merged: list[tuple[set[str], list[Finding]]] = []
    for group in groups:
        subjects = {finding.subject for finding in group}
        for known, into in merged:
            if len(subjects) > 1 and 4 * len(known & subjects) >= 3 * len(known | subjects):
                into += group
                break
        else:
            merged.append((subjects, list(group)))
    return [group for _, group in merged]


def _same_failure(causes: list[Cause]) -> list[Cause]:
    """Causes that rest on one and the same request which made the server fail are one."""
    kept: list[Cause] = []
    by_request: dict[str, int] = {}
    for cause in causes:
        failed = {v.steps[-1].curl for v in cause.findings if v.steps and v.steps[-1].status >= 500}
        known = next((by_request[curl] for curl in sorted(failed) if curl in by_request), None)
        if known is None:
            known = len(kept)
            kept.append(cause)
        else:
            kept[known] = Cause(kept[known].rule, (*kept[known].findings, *cause.findings))
        for curl in failed:
            by_request.setdefault(curl, known)
    return kept


def _size(steps: Sequence[EvidenceStep]) -> tuple[int, int]:
    # A finding without any step reproduces nothing: last.
    return (len(steps) or 10_000, sum(len(step.curl) for step in steps))
