"""Formats are ones that something checks."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.plugins import value_formats
from trunkline.rules.rule import Context, Finding, Rule

KNOWN = frozenset(
    {
        *("date-time", "date", "time", "duration", "email", "idn-email", "hostname"),
        *("idn-hostname", "ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference"),
        *("uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex"),
        *("int32", "int64", "float", "double", "byte", "binary", "password"),
    }
)
"""Those of JSON Schema and of OpenAPI."""


def check(context: Context) -> Iterator[Finding]:
    """A `format` that is neither registered nor has `pattern`, bounds or values beside it."""
    for node in context.of("schema", "property"):
        name = node.text("format")
        if name is None or name in KNOWN or name in value_formats():
            continue
        beside = ("pattern", "enum", "const", "minimum", "maximum", "x-trunkline-format")
        if not any(key in node for key in beside):
            yield Finding(
                node.get("format") or node,
                f"Nothing checks the format {name!r}",
                "Give a pattern, or use a registered format.",
            )


RULE = Rule(Code.RULE_FORMAT, check)
