"""Every schema has values that fit it."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.pointer import split
from trunkline.rules import empty_range
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.semantics.satisfiable import impossible


def check(context: Context) -> Iterator[Finding]:
    """A schema that nothing fits: nothing can be sent or shown there. Bounds that cross where they
    stand are V014's."""
    crossed = {f.node.pointer.rpartition("/")[0] for f in empty_range.check(context)}
    for one in impossible(context.api, _roots(context.api)):
        origin = one.schema.meta.origin
        if origin.pointer in crossed or origin.position.file != context.root.file.name:
            continue
        node = context.root.at(split(origin.pointer))
        if node is not None:
            yield Finding(node, f"No value fits: {one.reason}")


def _roots(api: ir.Api) -> Iterator[ir.Schema]:
    """The schemas of requests and responses, components excepted."""
    for operation in (*api.operations, *(w.operation for w in api.webhooks)):
        yield from (p.schema for p in operation.parameters)
        bodies = [operation.body.contents] if operation.body is not None else []
        bodies += [response.contents for response in operation.responses]
        for contents in bodies:
            yield from (c.schema for c in contents if c.schema is not None)


RULE = Rule(Code.RULE_IMPOSSIBLE, check)
