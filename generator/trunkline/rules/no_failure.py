"""Operations say how they fail."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.rules.walk import METHODS, members


def check(context: Context) -> Iterator[Finding]:
    """An operation of a path that documents no 4XX, 5XX or default response."""
    for _, item in members(context.root.get("paths")):
        for method in METHODS:
            operation = item.get(method)
            if operation is None:
                continue
            statuses = [key for key, _ in members(operation.get("responses"))]
            if not any(s.startswith(("4", "5")) or s == "default" for s in statuses):
                name = operation.text("operationId") or method.upper()
                yield Finding(operation, f"{name} never fails")


RULE = Rule(Code.RULE_NO_FAILURE, check)
