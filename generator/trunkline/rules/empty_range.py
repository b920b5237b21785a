"""Bounds leave something in between."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule

_PAIRS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)


def check(context: Context) -> Iterator[Finding]:
    """A lower bound above the upper one."""
    for node in context.of("schema", "property"):
        for low, high in _PAIRS:
            lower, upper = node.get(low), node.get(high)
            if lower is None or upper is None:
                continue
            least, most = lower.value, upper.value
            if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
                yield Finding(lower, f"{low} {least} is above {high} {most}")


RULE = Rule(Code.RULE_RANGE, check)
