"""Runs the suite: every check on everything it is about, Schemathesis' phases, cleaning up."""

from trunkline.contract.runner.plan import Unit, fuzzed_operations, units
from trunkline.contract.runner.run import Progress, run, run_unit, session

__all__ = ["Progress", "Unit", "fuzzed_operations", "run", "run_unit", "session", "units"]
