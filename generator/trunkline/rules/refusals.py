"""The refusals that every caller meets are documented, where any is."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.rules.walk import METHODS, members
from trunkline.source import Node


def check(context: Context) -> Iterator[Finding]:
    """An operation that documents a refusal, and not the one of callers without credentials, of ids
    that do not exist, or of bodies that are not valid. One that documents none is V007's."""
    for path, item in members(context.root.get("paths")):
        for method in METHODS:
            operation = item.get(method)
            if operation is None or "x-trunkline-rpc" in operation:
                continue  # refusals of JSON-RPC are replies
            documented = {key.upper() for key, _ in members(operation.get("responses"))}
            if documented & {"4XX", "DEFAULT"} or not any(s.startswith("4") for s in documented):
                continue
            missing = [
                told
                for applies, statuses, told in (
                    (_is_secured(context.root, operation), {"401", "403"}, "401"),
                    ("{" in path, {"404", "410"}, "404"),
                    ("requestBody" in operation, {"400", "422"}, "400 or 422"),
                )
                if applies and not documented & statuses
            ]
            if missing:
                name = operation.text("operationId") or method.upper()
                listed = ", ".join(missing)
                yield Finding(operation, f"{name} can be refused with {listed}, which nothing says")


def _is_secured(root: Node, operation: Node) -> bool:
    """Whether an operation needs credentials."""
    security = operation.get("security") or root.get("security")
    if security is None or not isinstance(security.value, list):
        return False
    return bool(security.value) and {} not in security.value


RULE = Rule(Code.RULE_REFUSALS, check)
