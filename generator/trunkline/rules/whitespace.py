"""Values and names have no blanks around them."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.source import Node


def check(context: Context) -> Iterator[Finding]:
    """Enum values, constants, defaults and names that start or end with white space."""
    for part in context.parts:
        node = part.node
        for key in ("enum", "const", "default", "name", "operationId"):
            if key in ("name", "operationId") and part.what in ("schema", "property"):
                continue
            member = node.get(key)
            if member is None:
                continue
            for value in _texts(member):
                if isinstance(value.value, str) and value.value != value.value.strip():
                    yield Finding(value, f"{key} {value.value!r} has a blank at its start or end")
        if part.what == "property" and node.key != node.key.strip():
            yield Finding(node, f"Property {node.key!r} has a blank at its start or end")


def _texts(node: Node) -> Iterator[Node]:
    if isinstance(node.value, list):
        yield from node.elements()
    else:
        yield node


RULE = Rule(Code.RULE_BLANK, check)
