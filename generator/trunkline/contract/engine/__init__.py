"""What checks are made of: the table of rules and checks, and the context of a check."""

from trunkline.contract.engine.bodies import CreatedObject
from trunkline.contract.engine.context import CheckContext, Page
from trunkline.contract.engine.executor import UNSET, Inconclusive, PaginationLoop, Unset, to_text
from trunkline.contract.engine.registry import (
    CHECKS,
    RULES,
    Check,
    Family,
    Rule,
    collection_check,
    method_check,
    operation_check,
    rule,
    webhook_check,
)

__all__ = [
    "CHECKS",
    "RULES",
    "UNSET",
    "Check",
    "CheckContext",
    "CreatedObject",
    "Family",
    "Inconclusive",
    "Page",
    "PaginationLoop",
    "Rule",
    "Unset",
    "collection_check",
    "method_check",
    "operation_check",
    "rule",
    "to_text",
    "webhook_check",
]
