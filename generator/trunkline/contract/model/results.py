"""What a run comes to: units with their outcome, violations, coverage, times."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from trunkline.contract.model.coverage import OperationCoverage
from trunkline.contract.model.finding import Finding, Findings, Level
from trunkline.contract.model.grouping import Cause, group_findings
from trunkline.contract.model.timeline import Timeline
from trunkline.diagnostics import ExitCode


class UnitVerdict(enum.StrEnum):
    """How a unit ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"
    """Nothing that the check is about is described for this target; `reason` says what."""
    NOT_TRIED = "not tried"
    """It could not be tried on this server; `reason` says why."""
    NOT_REACHED = "not reached"
    """The run ended before."""


@dataclass(slots=True)
class UnitResult:
    """One unit's result."""

    unit: str
    check: str
    target: str
    verdict: UnitVerdict
    seconds: float = 0.0
    tried: int = 0
    reason: str = ""
    findings: list[Finding] = field(default_factory=list[Finding])

    @property
    def violations(self) -> list[Finding]:
        """What it found that is not a gap of the description, nor a hint."""
        return [f for f in self.findings if f.level is Level.VIOLATION]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a violation may stay, and until when (a date as ISO 8601 writes it)."""

    reason: str
    expires: str


@dataclass(slots=True)
class RunReport:
    """Everything a run found."""

    api: str
    title: str
    base_url: str
    seed: int
    profile: str
    setup: tuple[str, ...] = ()
    """Lines of Python that make the clients of the reproductions."""
    shard: tuple[int, int] = (1, 1)
    """Which part of the run this is (from 1), and of how many."""
    spec: str = ""
    """The description as it was named; empty where programs gave it."""
    defects: tuple[str, ...] | None = None
    """Those of the emulator that was tested; None for another server."""
    command: str = ""
    """What was typed, secrets taken out; empty where programs asked."""
    labels: dict[str, str] = field(default_factory=dict[str, str])
    """Operations as people know them, `GET /things`, by id."""
    results: list[UnitResult] = field(default_factory=list[UnitResult])
    findings: Findings = field(default_factory=Findings)
    requests: int = 0
    seconds: float = 0.0
    cases: int = 0
    """Statements of checks put to the test, and cases of Schemathesis."""
    fuzzed: int = 0
    """Cases of Schemathesis among them."""
    notes: list[str] = field(default_factory=list[str])
    left_out: dict[str, int] = field(default_factory=dict[str, int])
    """Operations that were not called, or not with everything, because they act on what this run
    did not make; how many requests were not sent."""
    left: list[str] = field(default_factory=list[str])
    """Addresses of objects that could not be deleted."""
    coverage: dict[str, OperationCoverage] = field(default_factory=dict[str, OperationCoverage])
    """By operation, and by JSON-RPC method."""
    timeline: Timeline = field(default_factory=Timeline)
    accepted: dict[tuple[str, str, str], Acceptance] = field(
        default_factory=dict[tuple[str, str, str], Acceptance]
    )
    """Violations that a baseline accepts, by their keys."""
    fail_on_gaps: bool = False
    """Whether gaps of the description are as bad as violations."""
    spent: bool = False
    usual_budget: bool = False
    """Whether the budget that was spent is the profile's own, and nobody asked for it."""
    interrupted: bool = False
    unreachable: str = ""
    mismatch: str = ""
    """Why the run was ended: the server is not the one described, or does not know the caller."""

    @property
    def violations(self) -> list[Finding]:
        """Each fault once, those that a baseline accepts left out."""
        return self._of(Level.VIOLATION)

    @property
    def gaps(self) -> list[Finding]:
        """What the description leaves out: conventional refusals that it does not document."""
        return self._of(Level.GAP)

    @property
    def hints(self) -> list[Finding]:
        """What the description cannot decide, and good servers do otherwise."""
        return self._of(Level.HINT)

    def _of(self, level: Level) -> list[Finding]:
        found = self.findings.all
        return [f for f in found if f.level is level and f.key not in self.accepted]

    @property
    def complete(self) -> bool:
        """Whether the run got to its end."""
        return not (self.spent or self.interrupted or self.unreachable or self.mismatch)

    @property
    def causes(self) -> list[Cause]:
        """The violations put together by what they share: what a person reads."""
        return group_findings(self.violations)

    @property
    def exit_code(self) -> ExitCode:
        """What the command returns: violations come before a budget that ran out."""
        if self.interrupted:
            return ExitCode.INTERRUPTED
        if self.unreachable:
            return ExitCode.UNREACHABLE
        if self.violations or self.mismatch or (self.fail_on_gaps and self.gaps):
            return ExitCode.FINDINGS
        return ExitCode.BUDGET if self.spent and not self.usual_budget else ExitCode.OK

    def count(self, verdict: UnitVerdict) -> int:
        """How many units ended so."""
        return sum(o.verdict is verdict for o in self.results)
