"""Required members are described."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.source import Node

_COMBINED = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else")


def check(context: Context) -> Iterator[Finding]:
    """`required` names a member that the schema, on its own, does not describe."""
    for node in context.of("schema", "property"):
        required, properties = node.get("required"), node.get("properties")
        if required is None or not isinstance(required.value, list) or _combined(node):
            continue
        known = properties.value if properties is not None else {}
        for name in required.elements():
            if isinstance(known, dict) and name.value not in known:
                yield Finding(name, f"Required member {name.value!r} is not described")


def _combined(node: Node) -> bool:
    """Whether other schemas may describe the member: those it is combined with."""
    inside = any(f"/{key}/" in f"{node.pointer}/" for key in _COMBINED)
    return inside or any(key in node for key in _COMBINED)


RULE = Rule(Code.RULE_REQUIRED, check)
