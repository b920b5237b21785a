"""Whether an operation needs credentials is said."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.rules.walk import METHODS, members


def check(context: Context) -> Iterator[Finding]:
    """An operation of a path without `security`, its own or the root's."""
    if "security" in context.root:
        return
    for _, item in members(context.root.get("paths")):
        for method in METHODS:
            operation = item.get(method)
            if operation is not None and "security" not in operation:
                name = operation.text("operationId") or method.upper()
                yield Finding(
                    operation,
                    f"Nothing says whether {name} needs credentials",
                    "Add security at the root; `security: []` where none are needed.",
                )


RULE = Rule(Code.RULE_SECURITY, check)
