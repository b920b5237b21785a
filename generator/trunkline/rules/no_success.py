"""Operations say how they succeed."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.rules.walk import METHODS, members


def check(context: Context) -> Iterator[Finding]:
    """An operation of a path that documents no 2XX, 3XX or default response."""
    for _, item in members(context.root.get("paths")):
        for method in METHODS:
            operation = item.get(method)
            statuses = [key for key, _ in members(operation.get("responses"))] if operation else []
            if operation is not None and not any(
                s.startswith(("1", "2", "3")) or s == "default" for s in statuses
            ):
                name = operation.text("operationId") or method.upper()
                yield Finding(operation, f"{name} never succeeds")


RULE = Rule(Code.RULE_NO_SUCCESS, check)
