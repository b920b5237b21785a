"""Proposals as one patch that `git apply` and `patch -p1` take."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trunkline.contract.drift.edits import CannotEditError, Edit, apply, sharing
from trunkline.contract.drift.observed import mark
from trunkline.contract.drift.proposal import Proposal
from trunkline.contract.model import Finding
from trunkline.diagnostics import Code, TrunklineError
from trunkline.source import Document, Node, parse

_TITLE = 120
"""Characters of what names a finding: a subject may be any text that a server sent."""


@dataclass(frozen=True, slots=True)
class Patch:
    """The text of a patch, what it settles, and what no edit of the description would."""

    text: str
    settled: tuple[Finding, ...]
    unsettled: tuple[Proposal, ...]
    """Each with the reason."""


def patch(document: Document, proposals: Sequence[Proposal], folder: Path) -> Patch:
    """One patch of all proposals, to be applied in `folder`; evidence stands at its head.

    A usage error when a file of the description is not inside `folder`.
    """
    before = document.texts
    after = dict(before)
    done: set[str] = set()
    settled: list[Finding] = []
    unsettled: list[Proposal] = []
    head: list[str] = []
    cites = "x-trunkline-sources" in Node.root(document.file)
    for proposal in proposals:
        made, reason, notes = False, proposal.reason, list[str]()
        for name, edit in proposal.edits:
            if repr((name, edit)) in done:
                made = True
                continue
            try:
                text = apply(after[name], edit)
            except CannotEditError as error:
                reason = f"{error}: edit {name}#{edit.pointer} by hand, or use --format overlay"
                continue
            others = sharing(after[name], edit)
            notes += [f"  changes too, by its alias: {name}#{pointer}" for pointer in others]
            after[name] = _marked(text, edit, proposal.violation) if cites else text
            done.add(repr((name, edit)))
            made = True
        if made:
            settled.append(proposal.violation)
            head += [*evidence_lines(proposal.violation), *notes]
        else:
            unsettled.append(dataclasses.replace(proposal, reason=reason))
    hunks: list[str] = []
    for name, text in before.items():
        if after[name] != text:
            hunks += _diff(_relative(name, folder), text, after[name])
    comments = "".join(f"# {line}\n" for line in head)
    return Patch(comments + "".join(hunks), tuple(settled), tuple(unsettled))


def _marked(text: str, edit: Edit, finding: Finding) -> str:
    """The text with what was changed marked as observed, where it can be."""
    marked = mark(parse("", text.encode()).data, edit, finding)
    try:
        return apply(text, marked) if marked is not None else text
    except CannotEditError:
        return text


def evidence_lines(violation: Finding) -> list[str]:
    """What was found, who says otherwise, and what was seen: a line each, fit for a comment."""
    lines = [f"{brief(violation)}: {violation.message}"]
    lines += [f"  says {source}" for source in violation.sources[:1]]
    lines += [f"  saw {step.status}: {step.curl}" for step in violation.steps[-1:]]
    return [_printable(line)[:400] for line in lines]


def brief(violation: Finding) -> str:
    """The id of a finding, its rule, and what it is about."""
    subject = f" · {violation.subject}" if violation.subject else ""
    return _printable(f"{violation.id} {violation.rule} · {violation.operation}{subject}")[:_TITLE]


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _relative(name: str, folder: Path) -> str:
    path = Path(name).resolve()
    try:
        return path.relative_to(folder.resolve()).as_posix()
    except ValueError:
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"{name} is not inside {folder}",
            hint="a patch is for the folder it is made in: change to one above the description",
        ) from None


def _diff(name: str, before: str, after: str) -> list[str]:
    lines: list[str] = []
    for line in difflib.unified_diff(
        re.findall("[^\n]*\n|[^\n]+", before),
        re.findall("[^\n]*\n|[^\n]+", after),
        f"a/{name}",
        f"b/{name}",
    ):
        lines.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return lines
