"""The contract and fuzz suite: holds any server, live or emulated, to its description.

`run(config)` does everything; `session(config)` and `run_unit(...)` do it one law at a time.
"""

from trunkline.contract.causes import Cause, causes
from trunkline.contract.config import Budget, Credentials, Profile, RunConfig, Shard, is_loopback
from trunkline.contract.engine import Progress, run, run_unit, session
from trunkline.contract.laws import LAWS, RULES, Family, Law, Rule
from trunkline.contract.outcome import Outcome, Report, Verdict
from trunkline.contract.plan import Unit, units
from trunkline.contract.violation import Source, Step, Violation

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
