"""Everything people meet says what it is for."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule


def check(context: Context) -> Iterator[Finding]:
    """Operations, parameters, properties and named schemas without a word about them.

    A property that is always the same says enough by its name and value.
    """
    for part in context.parts:
        if part.reference:
            continue
        node = part.node
        wanted = part.what in ("operation", "parameter", "property", "method", "security scheme")
        if not wanted and not (part.what == "schema" and part.named):
            continue
        if part.what == "property" and "const" in node:
            continue
        said = [node.text("description"), node.text("summary")]
        if not any(text and text.strip() for text in said):
            yield Finding(node, f"Nothing is said about the {part.what} {node.key!r}")


RULE = Rule(Code.RULE_DESCRIPTION, check)
