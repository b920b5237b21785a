"""Laws: what any server must hold to, derived from the resource model of its description."""

from trunkline.contract.laws import (
    concurrency,
    conventions,
    crud,
    filters,
    idempotency,
    lists,
    owned,
    patch,
    protocol,
    robustness,
    rpc,
    security,
    sorting,
    validation,
)
from trunkline.contract.rules import LAWS, RULES, Family, Law, Rule

__all__ = [
    "LAWS",
    "RULES",
    "Family",
    "Law",
    "Rule",
    "concurrency",
    "conventions",
    "crud",
    "filters",
    "idempotency",
    "lists",
    "owned",
    "patch",
    "protocol",
    "robustness",
    "rpc",
    "security",
    "sorting",
    "validation",
]
