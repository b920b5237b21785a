"""What can be said about a rule: how it is tried, and what to do about a finding."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.contract.engine import CHECKS, RULES, Family


@dataclass(frozen=True, slots=True)
class About:
    """What can be said about a rule beyond its title and why it matters."""

    tried: str
    """How the suite tries it."""
    remedy: str


def about(rule: str) -> About:
    """How a rule is tried and what to do about a finding; `KeyError` where there is none."""
    found = RULES[rule]
    tried = " ".join(
        dict.fromkeys(c.description for c in CHECKS.values() if rule in {c.id, *c.rules})
    )
    if not tried and found.family is Family.RECEIVER:
        tried = "The suite plays the service, with `trunkline test --receiver`."
    if not tried:
        tried = "Every response is held to it, whichever check or phase has asked."
    return About(tried, found.remediation)
