"""Operations have an id, and no two ids are the same to a reader."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.rules.walk import members


def check(context: Context) -> Iterator[Finding]:
    """An operation of a path without `operationId`; ids that differ in case or separators only."""
    seen: dict[str, str] = {}
    callable_ones = [
        operation
        for _, item in members(context.root.get("paths"))
        for key, operation in members(item)
        if key in ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
    ]
    for operation in callable_ones:
        name = operation.text("operationId")
        if name is None:
            yield Finding(operation, "Operation without an operationId", "Clients are named by it.")
            continue
        plain = "".join(c for c in name.casefold() if c.isalnum())
        if plain in seen:
            yield Finding(
                operation.get("operationId") or operation,
                f"operationId {name!r} is {seen[plain]!r} spelt another way",
            )
        seen.setdefault(plain, name)


RULE = Rule(Code.RULE_OPERATION_ID, check)
