"""Which of the proposals somebody accepted, one by one."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from trunkline.contract.drift.proposal import Proposal
from trunkline.diagnostics import Code, TrunklineError


def accepted(proposals: Sequence[Proposal], only: Sequence[str]) -> list[Proposal]:
    """The proposals that `only` names: by the id of a finding, by a rule, or, of alternatives, by
    the id and the number of one, as `1a2b3c4d.2`; all where it names none.

    A usage error for a name that is none of them.
    """
    if not only:
        return list(proposals)
    left = dict.fromkeys(only)
    chosen: list[Proposal] = []
    for proposal in proposals:
        finding = proposal.violation
        names = {finding.id, finding.rule} & set(only)
        numbered = [
            (name, alternative)
            for number, alternative in enumerate(proposal.alternatives, 1)
            for name in [f"{finding.id}.{number}"]
            if name in only
        ]
        for name in (*names, *(name for name, _ in numbered)):
            left.pop(name, None)
        if numbered:
            edits = tuple(edit for _, one in numbered for edit in one.edits)
            chosen.append(dataclasses.replace(proposal, edits=edits, reason="", alternatives=()))
        elif names:
            chosen.append(proposal)
    if left:
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"there is no finding, rule or alternative {next(iter(left))!r} in the report",
            hint="ids stand above each action of the overlay, and in every report",
        )
    return chosen
