"""Enum values are distinct and of the type declared."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.ir import Json
from trunkline.rules.rule import Context, Finding, Rule

_NAMES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}


def check(context: Context) -> Iterator[Finding]:
    """Values given twice, and values that `type` forbids."""
    for node in context.of("schema", "property"):
        listed = node.get("enum")
        if listed is None:
            continue
        declared = node.get("type")
        types = declared.value if declared is not None else None
        allowed = [types] if isinstance(types, str) else types if isinstance(types, list) else None
        if node.flag("nullable") and allowed is not None:
            allowed = [*allowed, "null"]
        seen: list[Json] = []
        for value in listed.elements():
            if any(value.value == s and type(value.value) is type(s) for s in seen):
                yield Finding(value, f"Value {value.value!r} is listed twice")
            seen.append(value.value)
            name = "null" if value.value is None else _NAMES.get(type(value.value), "object")
            fits = allowed is None or name in allowed or (name == "integer" and "number" in allowed)
            if not fits:
                yield Finding(value, f"Value {value.value!r} is no {types}")


RULE = Rule(Code.RULE_ENUM, check)
