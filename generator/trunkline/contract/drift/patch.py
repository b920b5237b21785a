"""Proposals as one patch that `git apply` and `patch -p1` take."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trunkline.contract.drift.edits import CannotEditError, apply
from trunkline.contract.drift.propose import Proposal
from trunkline.contract.model import Finding
from trunkline.diagnostics import Code, TrunklineError
from trunkline.source import Document


@dataclass(frozen=True, slots=True)
class Patch:
    """The text of a patch, what it settles, and what no edit of the description would."""

    text: str
    settled: tuple[Finding, ...]
    unsettled: tuple[Finding, ...]


def patch(document: Document, proposals: Sequence[Proposal], folder: Path) -> Patch:
    """One patch of all proposals, to be applied in `folder`; evidence stands at its head.

    A usage error when a file of the description is not inside `folder`.
    """
    before = document.texts
    after = dict(before)
    done: set[str] = set()
    settled: list[Finding] = []
    unsettled: list[Finding] = []
    for proposal in proposals:
        made = False
        for name, edit in proposal.edits:
            if repr((name, edit)) in done:
                made = True
                continue
            try:
                after[name] = apply(after[name], edit)
            except CannotEditError:
                continue
            done.add(repr((name, edit)))
            made = True
        (settled if made else unsettled).append(proposal.violation)
    hunks: list[str] = []
    for name, text in before.items():
        if after[name] != text:
            hunks += _diff(_relative(name, folder), text, after[name])
    head = [f"# {line}" for violation in settled for line in evidence(violation)]
    return Patch(
        "".join(f"{line}\n" for line in head) + "".join(hunks), tuple(settled), tuple(unsettled)
    )


def evidence(violation: Finding) -> list[str]:
    """What was found, who says otherwise, and what was seen: a line each, fit for a comment."""
    subject = f" · {violation.subject}" if violation.subject else ""
    lines = [f"{violation.rule} · {violation.operation}{subject}: {violation.message}"]
    lines += [f"  says {source}" for source in violation.sources[:1]]
    lines += [f"  saw {step.status}: {step.curl}" for step in violation.steps[-1:]]
    return [_printable(line)[:400] for line in lines]


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
