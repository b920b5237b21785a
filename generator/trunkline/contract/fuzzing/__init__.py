"""Schemathesis' phases, kept off other people's objects, and their verdicts."""

from trunkline.contract.fuzzing.examples import database
from trunkline.contract.fuzzing.hooks import FuzzingHooks
from trunkline.contract.fuzzing.phases import EVERY_PHASE, RULE_OF_CHECK, run_phases

__all__ = [
    "EVERY_PHASE",
    "RULE_OF_CHECK",
    "FuzzingHooks",
    "database",
    "run_phases",
]
