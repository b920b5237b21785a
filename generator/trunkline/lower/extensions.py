"""Checks every `x-trunkline-` key in a description: known, where it belongs, well formed."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Final, TypeAlias

from trunkline.diagnostics import Code
from trunkline.lower.context import Context
from trunkline.source import Node
from trunkline.source.parsed import Value

_PREFIX: Final = "x-trunkline-"
_OWNED: Final = ("constant", "counter", "created_at", "id", "updated_at", "value")


def _boolean(value: Value) -> bool:
    return isinstance(value, bool)


def _owned(value: Value) -> bool:
    if isinstance(value, dict):
        return set(value) == {"value"} and value["value"] in _OWNED
    return value in _OWNED


def _errors(value: Value) -> bool:
    if not isinstance(value, dict) or set(value) - {"body", "codes", "titles", "validation_status"}:
        return False
    return all(isinstance(value.get(k, {}), dict) for k in ("codes", "titles")) and isinstance(
        value.get("validation_status", 0), int
    )


_CHECKS: Final[dict[str, tuple[Callable[[Value], bool], str] | None]] = {
    "commands": None,
    "errors": (_errors, "a mapping with body, codes, titles, validation_status"),
    "filter": (lambda v: v is False or isinstance(v, dict), "a mapping, or false"),
    "idempotency": (_boolean, "true or false"),
    "method": (lambda v: isinstance(v, str) and bool(v), "a name"),
    "owned": (_owned, f"one of {', '.join(_OWNED)}"),
    "pagination": None,
    "payload": None,
    "prefix": None,
    "resource": None,
    "rpc": None,
    "signature": None,
    "sort": (lambda v: v is True or isinstance(v, dict), "true, or a mapping"),
    "source": None,
    "sources": None,
    "unique": (_boolean, "true or false"),
}
"""By key without prefix: its check and what it says; None where the reader of it checks."""

_Way: TypeAlias = "tuple[_Way, str] | None"
"""The keys and numbers that lead to a value from the root of its file, the last one outside."""

_DATA: Final = frozenset({"const", "default", "enum", "example", "examples", "value"})
"""Members that hold values of the API, not description."""


def check_extensions(context: Context) -> None:
    """Diagnose unknown and malformed `x-trunkline-` keys in every file read."""
    for root in context.document.roots():
        # A cursor for each place would cost more than all the rest: only those that something is
        # said about have one.
        pending: list[tuple[Value, _Way]] = [(root.value, None)]
        while pending:
            value, way = pending.pop()
            if isinstance(value, dict):
                for key, member in value.items():
                    if key.startswith(_PREFIX) and not _is_cited(context, key, member):
                        _check(context, key, _node(root, way))
                    if isinstance(member, (dict, list)) and key not in _DATA:
                        pending.append((member, (way, key)))
            elif value and isinstance(value, list) and not isinstance(value[0], str):
                for index, member in enumerate(value):
                    if isinstance(member, (dict, list)):
                        pending.append((member, (way, str(index))))


def _is_cited(context: Context, key: str, value: Value) -> bool:
    """Whether an extension is a citation like others before it."""
    return key == f"{_PREFIX}source" and context.citations.known(value) is not None


def _node(root: Node, way: _Way) -> Node:
    """The place that a way leads to."""
    tokens: list[str] = []
    while way is not None:
        way, token = way
        tokens.append(token)
    found = root.at(reversed(tokens))
    assert found is not None
    return found


def _check(context: Context, key: str, node: Node) -> None:
    member = node.get(key)
    assert member is not None
    name = key.removeprefix(_PREFIX)
    if name not in _CHECKS:
        near = difflib.get_close_matches(name, _CHECKS, 1)
        context.diagnostics.add(
            Code.BAD_EXTENSION,
            f"Extension {key!r} is not known",
            member.key_position,
            f"Did you mean {_PREFIX + near[0]!r}?" if near else None,
        )
        return
    check = _CHECKS[name]
    if check is not None and not check[0](member.value):
        context.warn(Code.BAD_EXTENSION, f"{key} is {check[1]}", member)
    elif name == "source":
        context.citations.of(node)
