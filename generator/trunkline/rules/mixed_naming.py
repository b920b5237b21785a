"""Properties of one object are named in one style."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule

_SNAKE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+\Z")
_CAMEL = re.compile(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)+\Z")


def check(context: Context) -> Iterator[Finding]:
    """A schema with both snake_case and camelCase properties."""
    for node in context.of("schema", "property"):
        properties = node.get("properties")
        names = list(properties.items()) if properties is not None else []
        snake = [(name, member) for name, member in names if _SNAKE.match(name)]
        camel = [(name, member) for name, member in names if _CAMEL.match(name)]
        if snake and camel:
            odd, other = (camel[0], snake[0]) if len(camel) <= len(snake) else (snake[0], camel[0])
            yield Finding(odd[1], f"{odd[0]!r} is named in another style than {other[0]!r}")


RULE = Rule(Code.RULE_NAMING, check)
