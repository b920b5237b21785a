"""The contract and fuzz suite: holds any server, live or emulated, to its description.

`run(config)` does everything; `open_session(config)` and `run_unit(...)` do it one check at a time.
"""

from trunkline.contract.checks import CHECKS, RULES, Check, CheckRule, Family
from trunkline.contract.model import (
    Budget,
    Cause,
    EvidenceStep,
    Finding,
    GivenCredentials,
    Profile,
    RunConfig,
    RunReport,
    Shard,
    Source,
    UnitResult,
    UnitVerdict,
    group_findings,
    is_loopback,
)
from trunkline.contract.runner import Progress, Unit, open_session, run, run_unit, units

__all__ = [
    "CHECKS",
    "RULES",
    "Budget",
    "Cause",
    "Check",
    "CheckRule",
    "EvidenceStep",
    "Family",
    "Finding",
    "GivenCredentials",
    "Profile",
    "Progress",
    "RunConfig",
    "RunReport",
    "Shard",
    "Source",
    "Unit",
    "UnitResult",
    "UnitVerdict",
    "group_findings",
    "is_loopback",
    "open_session",
    "run",
    "run_unit",
    "units",
]
