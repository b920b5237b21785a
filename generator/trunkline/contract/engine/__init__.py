"""What checks are made of: the table of rules and checks, and the context of a check."""

from trunkline.contract.engine.bodies import Thing
from trunkline.contract.engine.context import Bench, Page
from trunkline.contract.engine.executor import NOTHING, BlockedError, EndlessError, Nothing, to_text
from trunkline.contract.engine.registry import (
    LAWS,
    RULES,
    Family,
    Law,
    Rule,
    collection_law,
    method_law,
    operation_law,
    rule,
    webhook_law,
)

__all__ = [
    "LAWS",
    "NOTHING",
    "RULES",
    "Bench",
    "BlockedError",
    "EndlessError",
    "Family",
    "Law",
    "Nothing",
    "Page",
    "Rule",
    "Thing",
    "collection_law",
    "method_law",
    "operation_law",
    "rule",
    "to_text",
    "webhook_law",
]
