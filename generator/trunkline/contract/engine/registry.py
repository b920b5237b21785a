"""The table of rules: stable ids, what each says, why it matters, what to do about a finding."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from trunkline.contract.model import Level


class Family(enum.StrEnum):
    """Rules that belong together; one module each."""

    CONTRACT = "contract"
    CRUD = "crud"
    PATCH = "patch"
    OWNED = "owned"
    LISTS = "lists"
    FILTERS = "filters"
    SORTING = "sorting"
    VALIDATION = "validation"
    SECURITY = "security"
    PROTOCOL = "protocol"
    ROBUSTNESS = "robustness"
    IDEMPOTENCY = "idempotency"
    CONCURRENCY = "concurrency"
    RPC = "rpc"
    WEBHOOKS = "webhooks"
    RECEIVER = "receiver"


@dataclass(frozen=True, slots=True)
class CheckRule:
    """What a rule's id stands for; `remediation` is what to do about a finding."""

    id: str
    family: Family
    title: str
    why: str
    remediation: str
    level: Level = Level.VIOLATION
    """How much a finding of it weighs."""


RULES: dict[str, CheckRule] = {}


def rule(
    id: str,  # noqa: A002  # the field's own word
    family: Family,
    title: str,
    why: str,
    remediation: str,
    level: Level = Level.VIOLATION,
) -> str:
    """Enter a rule; returns its id. Ids are unique and never reused."""
    if id in RULES:
        raise ValueError(f"rule {id} entered twice")
    RULES[id] = CheckRule(id, family, title, why, remediation, level)
    return id
