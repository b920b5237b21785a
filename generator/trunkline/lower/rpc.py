"""`x-trunkline-rpc`: the methods of a JSON-RPC endpoint."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.context import Context, extensions_of
from trunkline.lower.resources import read_hint
from trunkline.lower.schemas import Schemas
from trunkline.lower.words import pascal
from trunkline.source import Node

_KEYS: Final = ("errors", "media_type", "methods")
_METHOD_KEYS: Final = (
    "deprecated",
    "description",
    "evidence",
    "params",
    "resource",
    "result",
    "summary",
)
_PARAMETER_KEYS: Final = ("description", "name", "required", "schema")
_CODE: Final = re.compile(r"-?\d{1,9}\Z")


def rpc(
    context: Context, schemas: Schemas, nodes: Mapping[str, tuple[Node, Node]]
) -> ir.Rpc | None:
    """The endpoint of the first operation that has the extension; others are diagnosed."""
    found: ir.Rpc | None = None
    for operation, (node, _) in nodes.items():
        extension = node.get("x-trunkline-rpc")
        if extension is None:
            continue
        if found is not None:
            context.warn(Code.BAD_EXTENSION, "There is one x-trunkline-rpc already", extension)
            continue
        found = _Reader(context, schemas).read(operation, extension)
    return found


class _Reader:
    def __init__(self, context: Context, schemas: Schemas) -> None:
        self._context = context
        self._schemas = schemas

    def _bad(self, message: str, node: Node, hint: str | None = None) -> None:
        self._context.warn(Code.BAD_EXTENSION, message, node, hint)

    def _unknown(self, node: Node, known: tuple[str, ...], what: str) -> None:
        for key, member in node.items():
            if key not in known and key[:2] != "x-":
                near = difflib.get_close_matches(key, known, 1)
                self._bad(
                    f"{what} has no member {key!r}",
                    member,
                    f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(known)}.",
                )

    def read(self, operation: str, node: Node) -> ir.Rpc | None:
        """The extension's value."""
        methods = node.get("methods")
        if methods is None or not isinstance(methods.value, dict):
            self._bad("x-trunkline-rpc needs methods, a mapping of names to methods", node)
            return None
        self._unknown(node, _KEYS, "x-trunkline-rpc")
        errors: dict[int, str] = {}
        listed = node.get("errors")
        for code, message in listed.items() if listed is not None else ():
            if _CODE.match(code) and isinstance(message.value, str):
                errors[int(code)] = message.value
            else:
                self._bad("errors are numbers with a text each", message)
        read = [self._method(name, method) for name, method in methods.items()]
        return ir.Rpc(
            operation=operation,
            media_type=node.text("media_type") or "application/json",
            methods=tuple(m for m in read if m is not None),
            errors=errors,
        )

    def _method(self, name: str, node: Node) -> ir.RpcMethod | None:
        value = node.value
        if not isinstance(value, dict):
            self._bad(f"RPC method {name!r} must be a mapping", node)
            return None
        self._unknown(node, _METHOD_KEYS, f"RPC method {name!r}")
        written = value.get("evidence", "documented")
        known = [e.value for e in ir.RpcEvidence]
        if written not in known:
            self._bad(f"evidence is one of {', '.join(known)}", node.get("evidence") or node)
            return None
        evidence = ir.RpcEvidence(str(written))
        hint = node.get("resource")
        said = read_hint(self._context, hint) if hint is not None else None
        result = node.get("result")
        return ir.RpcMethod(
            name=name,
            resource=(said.name if said is not None else None) or _owner(name),
            action=(said.action if said is not None else None) or ir.Action.OTHER,
            parameters=self._parameters(name, node),
            result=self._schemas.schema(result, f"{pascal(name)}Result")
            if result is not None
            else None,
            evidence=evidence,
            origin=self._context.origin(node),
            summary=node.text("summary"),
            description=node.text("description"),
            deprecated=node.flag("deprecated"),
            extensions=extensions_of(value),
        )

    def _parameters(self, method: str, node: Node) -> tuple[ir.RpcParameter, ...]:
        params = node.get("params")
        if params is None:
            return ()
        found: list[ir.RpcParameter] = []
        optional = False
        for entry in params.elements():
            name, schema = entry.text("name"), entry.get("schema")
            if name is None or schema is None:
                self._bad("A parameter of an RPC method needs a name and a schema", entry)
                continue
            self._unknown(entry, _PARAMETER_KEYS, f"Parameter {name!r}")
            required = entry.flag("required")
            if required and optional:
                self._bad(f"Parameter {name!r} is required after an optional one", entry)
            optional = optional or not required
            found.append(
                ir.RpcParameter(
                    name=name,
                    schema=self._schemas.schema(schema, pascal(method) + pascal(name)),
                    required=required,
                    description=entry.text("description"),
                )
            )
        return tuple(found)


def _owner(method: str) -> tuple[str, ...]:
    """The resource in a method's name: `media/library.get` belongs to media, library."""
    return tuple(p for p in re.split(r"[./]", method) if p)[:-1]
