"""The contract and fuzz suite: holds any server, live or emulated, to its description.

`run(config)` does everything; `session(config)` and `run_unit(...)` do it one law at a time.
"""

from trunkline.contract.checks import LAWS, RULES, Family, Law, Rule
from trunkline.contract.model import (
    Budget,
    Cause,
    Credentials,
    Outcome,
    Profile,
    Report,
    RunConfig,
    Shard,
    Source,
    Step,
    Verdict,
    Violation,
    causes,
    is_loopback,
)
from trunkline.contract.runner import Progress, Unit, run, run_unit, session, units

__all__ = [
    "LAWS",
    "RULES",
    "Budget",
    "Cause",
    "Credentials",
    "Family",
    "Law",
    "Outcome",
    "Profile",
    "Progress",
    "Report",
    "Rule",
    "RunConfig",
    "Shard",
    "Source",
    "Step",
    "Unit",
    "Verdict",
    "Violation",
    "causes",
    "is_loopback",
    "run",
    "run_unit",
    "session",
    "units",
]
