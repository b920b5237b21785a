"""`x-trunkline-commands`: a webhook whose answers are commands with outcomes."""

from __future__ import annotations

import difflib
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.context import Context
from trunkline.lower.schemas import Schemas
from trunkline.lower.words import pascal
from trunkline.source import Node

_MEMBERS: Final = ("arguments", "command", "error", "id", "result")
_REQUIRED: Final = ("command", "result")
_KNOWN: Final = (*_MEMBERS, "results")


def commands(context: Context, schemas: Schemas, operation: Node) -> ir.Commands | None:
    """The extension's value; None where there is none, or it is malformed and diagnosed."""
    node = operation.get("x-trunkline-commands")
    if node is None:
        return None
    if not isinstance(node.value, dict):
        context.warn(Code.BAD_EXTENSION, "x-trunkline-commands is a mapping", node)
        return None
    members: dict[str, str] = {}
    good = True
    for key, member in node.items():
        if key == "results":
            continue
        if key in _MEMBERS and isinstance(member.value, str) and member.value:
            members[key] = member.value
            continue
        good = False
        near = difflib.get_close_matches(key, _KNOWN, 1)
        context.warn(
            Code.BAD_EXTENSION,
            f"x-trunkline-commands: {key!r} is the name of a member"
            if key in _MEMBERS
            else f"x-trunkline-commands has no member {key!r}",
            member,
            f"Did you mean {near[0]!r}?" if near and near[0] != key else None,
        )
    missing = [key for key in _REQUIRED if key not in members]
    if good and missing:
        context.warn(Code.BAD_EXTENSION, f"x-trunkline-commands needs {missing[0]!r}", node)
    if not good or missing:
        return None
    results = node.get("results")
    return ir.Commands(
        command=members["command"],
        result=members["result"],
        id=members.get("id"),
        error=members.get("error"),
        arguments=members.get("arguments"),
        results={
            name: schemas.schema(schema, f"{pascal(name)}Result")
            for name, schema in (results.items() if results is not None else ())
        },
    )
