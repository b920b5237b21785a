"""Known violations that are accepted for a while: each with a reason and a date of expiry."""

from __future__ import annotations

import datetime
import difflib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trunkline.contract.engine import RULES
from trunkline.contract.model import Acceptance, Finding, RunReport
from trunkline.diagnostics import Code, Diagnostics, ExitCode, TrunklineError
from trunkline.position import Position
from trunkline.source import Node, parse

FIRST_EXPIRY = datetime.timedelta(days=90)
"""How long the entries of a baseline written again hold."""

_NEEDED = ("rule", "operation", "reason", "expires")
_KNOWN = (*_NEEDED, "subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedFinding:
    """One kind of violation that is accepted; without `subject` whatever it is about."""

    rule: str
    operation: str
    subject: str | None
    reason: str
    expires: datetime.date
    position: Position

    def covers(self, violation: Finding) -> bool:
        """Whether it speaks of this violation."""
        return (self.rule, self.operation) == (violation.rule, violation.operation) and (
            self.subject is None or self.subject == violation.subject
        )

    def __str__(self) -> str:
        subject = f" · {self.subject}" if self.subject else ""
        return f"{self.rule} · {self.operation}{subject}"


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a file accepts."""

    entries: tuple[AcceptedFinding, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """The baseline in a YAML file; `TrunklineError` with every fault and its position."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise TrunklineError.usage(
                Code.BASELINE,
                f"{path} cannot be read: {error.strerror}",
                hint="--write-baseline writes one from what is found",
            ) from None
        diagnostics = Diagnostics()
        root = Node.root(parse(str(path), content))
        listed = root.get("accepted")
        if not isinstance(root.value, dict) or listed is None or not _is_list(listed):
            diagnostics.add(
                Code.BASELINE,
                "no list called 'accepted'",
                root.position,
                hint="baselines are written by --write-baseline",
            )
            raise TrunklineError(diagnostics.errors, ExitCode.FINDINGS)
        for key, member in root.items():
            if key != "accepted":
                diagnostics.add(Code.BASELINE, f"unknown key {key!r}", member.key_position)
        entries = [_entry(node, diagnostics) for node in listed.elements()]
        diagnostics.raise_errors()
        return cls(tuple(entry for entry in entries if entry is not None))

    def apply(self, report: RunReport, today: datetime.date, *, whole: bool) -> None:
        """Accept in `report` what the baseline covers; what is out of date becomes a note.

        `whole`: the run held to everything, so that an entry that covers nothing is of no use any
        more.
        """
        used: set[Position] = set()
        for violation in report.findings.all:
            for entry in self.entries:
                if not entry.covers(violation):
                    continue
                used.add(entry.position)
                if entry.expires >= today:
                    report.accepted[violation.key] = Acceptance(entry.reason, str(entry.expires))
                    break
        for entry in self.entries:
            if entry.expires < today:
                report.notes.append(
                    f"{entry.position}: expired on {entry.expires}, no longer accepted: {entry}"
                )
            elif whole and report.complete and entry.position not in used:
                report.notes.append(f"{entry.position}: not seen any more, remove it: {entry}")


def _is_list(node: Node) -> bool:
    return isinstance(node.value, list)


def _entry(node: Node, diagnostics: Diagnostics) -> AcceptedFinding | None:
    before = len(diagnostics.errors)
    texts: dict[str, str] = {}
    for key, member in node.items():
        if key not in _KNOWN:
            near = difflib.get_close_matches(key, _KNOWN, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(_KNOWN)}"
            diagnostics.add(Code.BASELINE, f"unknown key {key!r}", member.key_position, hint=hint)
        elif not isinstance(member.value, str):
            diagnostics.add(Code.BASELINE, f"{key} is not a text", member.position)
        else:
            texts[key] = member.value
    missing = [name for name in _NEEDED if name not in node]
    if missing:
        diagnostics.add(Code.BASELINE, f"an entry without {', '.join(missing)}", node.position)
    rule, at = texts.get("rule"), node.get("rule")
    if rule is not None and at is not None and rule not in RULES:
        close = difflib.get_close_matches(rule, RULES, n=1)
        hint = f"did you mean {close[0]}?" if close else "see `trunkline explain`"
        diagnostics.add(Code.BASELINE, f"there is not a rule {rule!r}", at.position, hint=hint)
    reason, at = texts.get("reason"), node.get("reason")
    if reason is not None and at is not None and not reason.strip():
        diagnostics.add(Code.BASELINE, "an entry without a reason", at.position)
    expires, at = texts.get("expires"), node.get("expires")
    date = None
    if expires is not None and at is not None:
        try:
            date = datetime.date.fromisoformat(expires)
        except ValueError:
            message = f"{expires!r} is not a date"
            diagnostics.add(Code.BASELINE, message, at.position, hint="for example 2026-12-31")
    if len(diagnostics.errors) > before or date is None:
        return None
    return AcceptedFinding(
        rule=texts["rule"],
        operation=texts["operation"],
        subject=texts.get("subject"),
        reason=texts["reason"],
        expires=date,
        position=node.position,
    )


def write(violations: Sequence[Finding], today: datetime.date) -> str:
    """A baseline of `violations`. Reasons are empty: it is accepted once a person gave them."""
    return "\n".join(_lines(violations, today + FIRST_EXPIRY)) + "\n"


def _lines(violations: Sequence[Finding], expires: datetime.date) -> Iterator[str]:
    yield "# Known violations. Say in each reason why it may stay until the day it expires."
    yield "accepted:" if violations else "accepted: []"
    for violation in violations:
        for line in violation.message.splitlines()[:3]:
            yield f"  # {''.join(c if c.isprintable() else '?' for c in line)}"
        yield f"  - rule: {violation.rule}"
        yield f"    operation: {json.dumps(violation.operation)}"
        if violation.subject:
            yield f"    subject: {json.dumps(violation.subject)}"
        yield '    reason: ""'
        yield f'    expires: "{expires}"'
