"""Names in one place differ by more than case or separators."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.rules.walk import members
from trunkline.source import Node


def check(context: Context) -> Iterator[Finding]:
    """Properties of one schema, and components of one kind, that read the same."""
    for node in context.of("schema", "property"):
        yield from _alike(node.get("properties"), "Property")
    for _, kind in members(context.root.get("components")):
        yield from _alike(kind, "Component")


def _alike(node: Node | None, what: str) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for name, member in node.items() if node is not None else ():
        plain = "".join(c for c in name.casefold() if c.isalnum()) or name
        if plain in seen:
            yield Finding(member, f"{what} {name!r} is {seen[plain]!r} spelt another way")
        seen.setdefault(plain, name)


RULE = Rule(Code.RULE_SIMILAR_NAMES, check)
