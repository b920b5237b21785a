"""Tags are declared and described."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.rules.walk import elements


def check(context: Context) -> Iterator[Finding]:
    """A tag on an operation that the root's `tags` does not list."""
    declared = {node.text("name") for node in elements(context.root.get("tags"))}
    for operation in context.of("operation"):
        for tag in elements(operation.get("tags")):
            if tag.value not in declared:
                yield Finding(tag, f"Tag {tag.value!r} is not declared")


RULE = Rule(Code.RULE_TAG, check)
