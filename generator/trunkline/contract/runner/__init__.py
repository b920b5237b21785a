"""Runs the suite: every check on everything it is about, Schemathesis' phases, cleaning up."""

from trunkline.contract.runner.plan import Unit, fuzzed_operations, units
from trunkline.contract.runner.replay import Replayed, ReplayedStep, chosen, replay
from trunkline.contract.runner.run import Progress, open_session, run, run_unit

__all__ = [
    "Progress",
    "Replayed",
    "ReplayedStep",
    "Unit",
    "chosen",
    "fuzzed_operations",
    "open_session",
    "replay",
    "run",
    "run_unit",
    "units",
]
