"""Proposals as an OpenAPI overlay: one group of actions for each edit, its evidence above it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from trunkline.contract.drift.edits import CannotEditError, edit_data
from trunkline.contract.drift.observed import mark
from trunkline.contract.drift.patch import Patch, brief, evidence_lines
from trunkline.contract.drift.proposal import Proposal
from trunkline.contract.drift.schema_edits import Placed
from trunkline.contract.model import Finding
from trunkline.overlay import difference
from trunkline.source import Document, Value, written

_SHOWN = 5
"""Findings that one edit settles beside the first, named above it."""


@dataclass(slots=True)
class _Group:
    """What one finding changes, and the findings that are settled by the same."""

    finding: Finding
    actions: str
    others: list[Finding] = field(default_factory=list[Finding])

    def text(self) -> str:
        """The actions below their evidence."""
        lines = evidence_lines(self.finding)
        if self.others:
            named = [brief(other) for other in self.others[:_SHOWN]]
            rest = len(self.others) - len(named)
            lines.append(f"  settles too: {', '.join(named)}{f', {rest} more' if rest else ''}")
        return "".join(f"# {line}\n" for line in lines) + self.actions


def as_overlay(document: Document, proposals: Sequence[Proposal], title: str) -> Patch:
    """The edits of the description's own file, as one overlay to be laid over it as it is now,
    other overlays included; its text is empty where nothing is settled. What was changed is marked
    as `observed`. What has alternatives follows as comments.

    Edits of other files that it refers to are none of an overlay: what needs them is not settled.
    """
    data = _unshared(document.file.data)
    settled: list[Finding] = []
    unsettled: list[Proposal] = []
    done: dict[str, _Group | None] = {}
    groups: list[_Group] = []
    for proposal in proposals:
        finding = proposal.violation
        made, elsewhere = False, False
        before = data
        after: Value = None
        joined: list[_Group] = []
        for placed in proposal.edits:
            name, _ = placed
            if repr(placed) in done:
                made = True
                known = done[repr(placed)]
                joined += [known] if known is not None else []
                continue
            if name != document.file.name:
                elsewhere = True
                continue
            after = _unshared(before) if after is None else after
            made = _made(after, placed, finding) or made
            done[repr(placed)] = None
        if made:
            settled.append(finding)
        else:
            reason = proposal.reason or (
                "it stands in a file that the description refers to: use --format patch"
                if elsewhere
                else "the place could not be edited"
            )
            unsettled.append(Proposal(finding, (), reason, proposal.alternatives))
        actions = _actions(before, after, title) if after is not None else ""
        if actions:
            group = _Group(finding, actions)
            groups.append(group)
            done |= {repr(p): group for p in proposal.edits if done.get(repr(p)) is None}
            data = after
        for one in {id(g): g for g in joined if not actions}.values():
            one.others.append(finding)
    if not groups:
        return Patch("", tuple(settled), tuple(unsettled))
    head = written({"overlay": "1.0.0", "info": {"title": title, "version": "1"}})
    body = "".join(textwrap.indent(group.text(), "  ") for group in groups)
    open_ends = [line for p in unsettled for line in alternatives(document, p, title)]
    foot = "".join(f"  # {line}".rstrip() + "\n" for line in open_ends)
    told = "  # Not done, for people to judge:\n" if foot else ""
    text = f"{head}actions:\n{body}{told}{foot}"
    return Patch(text, tuple(settled), tuple(unsettled))


def alternatives(document: Document, proposal: Proposal, title: str) -> list[str]:
    """The lines that offer what a finding leaves to choose from, as actions of an overlay."""
    lines: list[str] = []
    data = _unshared(document.file.data)
    for number, alternative in enumerate(proposal.alternatives, 1):
        after = _unshared(data)
        for placed in alternative.edits:
            if placed[0] == document.file.name:
                _made(after, placed, proposal.violation)
        actions = _actions(data, after, title)
        if actions:
            lines.append(f"{proposal.violation.id}.{number} {alternative.condition}:")
            lines += [f"  {line}" for line in actions.splitlines()]
    return [*evidence_lines(proposal.violation)[:1], *lines] if lines else []


def _made(data: Value, placed: Placed, finding: Finding) -> bool:
    try:
        edit_data(data, placed[1])
    except CannotEditError:
        return False
    marked = mark(data, placed[1], finding)
    if marked is not None:
        edit_data(data, marked)
    return True


def _actions(before: Value, after: Value, title: str) -> str:
    actions = difference(before, after, title=title)["actions"]
    return written(actions) if actions else ""


def _unshared(value: Value) -> Value:
    """A copy in which every place is its own: YAML's aliases and merge keys let several share."""
    if isinstance(value, dict):
        return {key: _unshared(member) for key, member in value.items()}
    return [_unshared(member) for member in value] if isinstance(value, list) else value
