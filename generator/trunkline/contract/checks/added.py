"""Checks of other distributions: modules that enter rules and checks as ours do."""

from __future__ import annotations

import dataclasses
from types import ModuleType

from trunkline import ir
from trunkline.contract.engine import CHECKS, Bound, Check, CheckContext, Subject
from trunkline.plugins import broken, loaded

GROUP = "trunkline.checks"
_FAULTS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError),
    *(NameError, RecursionError, TypeError, ValueError),
)
"""What a mistake in a check raises; everything else says something to the run."""


def enter_added() -> None:
    """Load the modules that entry points of the group `trunkline.checks` name.

    `TrunklineError` (PLUGIN) for one that cannot be loaded; a check that fails itself is told so
    when it does.
    """
    before = set(CHECKS)
    for plugin in loaded(GROUP, ModuleType):
        added = CHECKS.keys() - before
        if not added:
            raise broken(plugin.title, "enters no check")
        for name in added:
            CHECKS[name] = _guarded(CHECKS[name], plugin.title)
        before |= added


def _guarded(check: Check, title: str) -> Check:
    def bind(api: ir.Api, subject: Subject) -> Bound | None:
        try:
            bound = check.bind(api, subject)
        except _FAULTS as error:
            raise _failed(check, title, error) from error
        if bound is None:
            return None

        def run(ctx: CheckContext) -> None:
            try:
                bound.run(ctx)
            except _FAULTS as error:
                raise _failed(check, title, error) from error

        return dataclasses.replace(bound, run=run)

    return dataclasses.replace(check, bind=bind)


def _failed(check: Check, title: str, error: Exception) -> Exception:
    return broken(title, f"failed in the check {check.id}: {type(error).__name__}: {error}")
