"""Examples and defaults are values that their schema allows."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.ir import Json
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.source import Node


def check(context: Context) -> Iterator[Finding]:
    """Examples of media types, parameters and schemas, and defaults, that fail validation."""
    for part in context.parts:
        node = part.node
        if part.what in ("media type", "parameter", "header"):
            schema = node.get("schema")
            if schema is not None:
                for at, value in _examples(context, node):
                    yield from _judge(context, schema, at, value, "Example")
        elif part.what in ("schema", "property"):
            default = node.get("default")
            if default is not None:
                yield from _judge(context, node, default, default.value, "Default")
            single = node.get("example")
            if single is not None:
                yield from _judge(context, node, single, single.value, "Example")
            listed = node.get("examples")
            for at in listed.elements() if listed is not None else ():
                yield from _judge(context, node, at, at.value, "Example")


def _examples(context: Context, node: Node) -> Iterator[tuple[Node, Json]]:
    single = node.get("example")
    if single is not None:
        yield single, single.value
    named = node.get("examples")
    for _, entry in named.items() if named is not None else ():
        target = context.document.resolve(entry)
        value = target.get("value") if target is not None else None
        if value is not None:
            yield entry, value.value


def _judge(context: Context, schema: Node, at: Node, value: Json, what: str) -> Iterator[Finding]:
    misfit = context.values.misfit(schema, value)
    if misfit is not None:
        yield Finding(at, f"{what} does not fit its schema: {misfit}")


RULE = Rule(Code.RULE_EXAMPLE, check)
