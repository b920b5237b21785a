"""Our own rules over descriptions, one in each file, on top of openapi-spec-validator."""

from trunkline.rules.own import OwnRule
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.rules.validate import RULES, ValidationReport, check, validate
from trunkline.rules.waivers import Waiver, load_waivers

__all__ = [
    "RULES",
    "Context",
    "Finding",
    "OwnRule",
    "Rule",
    "ValidationReport",
    "Waiver",
    "check",
    "load_waivers",
    "validate",
]
