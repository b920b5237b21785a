"""The contract and fuzz suite: holds any server, live or emulated, to its description.

`run(config)` does everything; `open_session(config)` and `run_unit(...)` do it one check at a time.
"""

from trunkline.contract.checks import CHECKS, RULES, Check, Family, Rule
from trunkline.contract.model import (
    Budget,
    Cause,
    Credentials,
    Finding,
    Profile,
    Report,
    RunConfig,
    Shard,
    Source,
    Step,
    UnitResult,
    Verdict,
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
    "Credentials",
    "Family",
    "Finding",
    "Profile",
    "Progress",
    "Report",
    "Rule",
    "RunConfig",
    "Shard",
    "Source",
    "Step",
    "Unit",
    "UnitResult",
    "Verdict",
    "group_findings",
    "is_loopback",
    "open_session",
    "run",
    "run_unit",
    "units",
]
