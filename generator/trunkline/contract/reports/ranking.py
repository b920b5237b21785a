"""The order in which causes are told: what harms most, and is shown best, first."""

from __future__ import annotations

from trunkline.contract.engine import RULES, Family
from trunkline.contract.model import Cause, RunReport

_RANKS = (
    (Family.SECURITY,),
    (Family.CRUD, Family.PATCH, Family.OWNED),
    (Family.ROBUSTNESS, Family.RPC, Family.WEBHOOKS, Family.RECEIVER),
    (Family.LISTS, Family.FILTERS, Family.SORTING),
    # Often what a fault above leads to.
    (Family.IDEMPOTENCY, Family.CONCURRENCY),
    (Family.VALIDATION,),
    (Family.CONTRACT, Family.PROTOCOL),
)


def ranked(report: RunReport) -> list[Cause]:
    """The causes of a report's violations, the worst first; alike ones in the order found."""
    return sorted(report.causes, key=_rank)


def _rank(cause: Cause) -> int:
    if any(step.status >= 500 for step in cause.example.steps[-1:]):
        return _place(Family.ROBUSTNESS)
    known = RULES.get(cause.rule)
    return _place(known.family) if known is not None else len(_RANKS)


def _place(family: Family) -> int:
    return next((n for n, families in enumerate(_RANKS) if family in families), len(_RANKS))
