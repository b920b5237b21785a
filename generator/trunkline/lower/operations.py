"""Paths, webhooks and callbacks into operations."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.bodies import Bodies
from trunkline.lower.commands import commands
from trunkline.lower.context import Context, extensions_of
from trunkline.lower.root import Root
from trunkline.lower.words import pascal
from trunkline.source import Node

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
HELD: Final = (
    "x-trunkline-commands",
    "x-trunkline-pagination",
    "x-trunkline-payload",
    "x-trunkline-resource",
    "x-trunkline-rpc",
    "x-trunkline-signature",
)
"""Extensions of operations that have members of their own in the representation."""


_OPERATION: Final = frozenset(
    {
        "callbacks",
        "deprecated",
        "description",
        "externalDocs",
        "operationId",
        "parameters",
        "requestBody",
        "responses",
        "security",
        "servers",
        "summary",
        "tags",
    }
)
"""Keys of which an operation has at least one."""


def _is_operation(key: str, node: Node) -> bool:
    """Whether an operation stands under a key that is not a method."""
    return not key.startswith("x-") and isinstance(node.value, dict) and "responses" in node


def _near(key: str) -> str | None:
    near = difflib.get_close_matches(key.lower(), METHODS, 1)
    return f"Did you mean {near[0]!r}?" if near else None


class Operations:
    """Every operation, with what its path item shares with it."""

    def __init__(self, context: Context, bodies: Bodies, root: Root) -> None:
        self._context = context
        self._bodies = bodies
        self._root = root
        self._ids: set[str] = set()
        self._inside: list[object] = []
        """Callbacks that are being read, outermost first."""
        self.nodes: dict[str, tuple[Node, Node]] = {}
        """Operation id → the operation's node and its path item's."""

    def paths(self) -> list[ir.Operation]:
        """The operations under `paths`, in the order written."""
        found: list[ir.Operation] = []
        paths = self._context.description.root.get("paths")
        if paths is not None and not isinstance(paths.value, dict):
            self._context.warn(Code.INVALID_DESCRIPTION, "'paths' must be a mapping", paths)
        for path, item in paths.items() if paths is not None else ():
            if path[:2] != "x-":
                found.extend(self._item(path, item))
        return found

    def webhooks(self) -> tuple[ir.Webhook, ...]:
        """The root's `webhooks`, one for every method."""
        listed = self._context.description.root.get("webhooks")
        found: list[ir.Webhook] = []
        for name, item in listed.items() if listed is not None else ():
            found.extend(
                ir.Webhook(
                    name=name,
                    operation=operation,
                    signature=self._signature(operation),
                    commands=commands(
                        self._context, self._bodies.schemas, self.nodes[operation.id][0]
                    ),
                )
                for operation in self._item(name, item, outgoing=name)
            )
        return tuple(found)

    def _signature(self, operation: ir.Operation) -> ir.Signature | None:
        node = self.nodes[operation.id][0].get("x-trunkline-signature")
        if node is None:
            return None
        header = node.text("header")
        algorithm = node.text("algorithm") or "sha256"
        encoding = node.text("encoding") or "base64"
        if (
            header is None
            or algorithm not in ("sha1", "sha256", "sha384", "sha512", "md5")
            or encoding not in ("base64", "hex")
        ):
            self._context.warn(
                Code.BAD_EXTENSION,
                "x-trunkline-signature needs a header, a known algorithm and base64 or hex",
                node,
            )
            return None
        return ir.Signature(header=header, algorithm=algorithm, encoding=encoding)

    def _callbacks(self, node: Node, caller: str) -> tuple[ir.Webhook, ...]:
        listed = node.get("callbacks")
        found: list[ir.Webhook] = []
        for name, entry in listed.items() if listed is not None else ():
            callback = self._context.document.resolve(entry)
            if callback is None or callback.place in self._inside:
                continue  # a callback that leads back to itself says nothing new
            self._inside.append(callback.place)
            for expression, item in callback.items():
                if expression[:2] == "x-":
                    continue
                found.extend(
                    ir.Webhook(
                        name=name,
                        operation=operation,
                        expression=expression,
                        signature=self._signature(operation),
                    )
                    # Its id is the caller's too: callbacks of one name are met in many operations,
                    # and which of them go says nothing about the others.
                    for operation in self._item(expression, item, outgoing=f"{caller} {name}")
                )
            self._inside.pop()
        return tuple(found)

    def _item(
        self, path: str, item: Node, *, outgoing: str | None = None
    ) -> Iterator[ir.Operation]:
        resolved = self._context.document.resolve(item)
        if resolved is None:
            return
        if not isinstance(resolved.value, dict):
            self._context.skip("Path item skipped: it must be a mapping", resolved)
            return
        listed = [(key, node) for key, node in resolved.items() if key.lower() in METHODS]
        for key, node in resolved.items():
            if key.lower() not in METHODS and _is_operation(key, node):
                self._context.skip(
                    f"Operation {key!r} of {path} skipped: it is not a method", node, _near(key)
                )
        additional = resolved.get("additionalOperations")
        listed += list(additional.items()) if additional is not None else []
        for method, node in listed:
            operation = self._readable(method, path, node)
            if operation is not None:
                yield self._operation(method.lower(), path, operation, resolved, outgoing)

    def _readable(self, method: str, path: str, node: Node) -> Node | None:
        """The operation at a node: OpenAPI allows no reference there, and people write them all
        the same, as bundlers follow them. None, with a finding, for what says nothing."""
        target = self._context.document.resolve(node) if "$ref" in node else node
        if target is None:
            return None
        if isinstance(target.value, dict) and _OPERATION & target.value.keys():
            return target
        self._context.skip(
            f"Operation {method.upper()} {path} skipped: it says nothing of what an operation is",
            node,
        )
        return None

    def _identify(
        self, method: str, path: str, node: Node, outgoing: str | None
    ) -> tuple[str, bool]:
        given = node.text("operationId")
        if given and given not in self._ids:
            self._ids.add(given)
            return given, True
        if given:
            self._context.warn(Code.NONCONFORMING, f"operationId {given!r} is used twice", node)
        fallback = base = f"{method} {path}" if outgoing is None else outgoing
        number = 2
        while fallback in self._ids:
            fallback = f"{base} {number}"
            number += 1
        self._ids.add(fallback)
        return fallback, False

    def _operation(
        self, method: str, path: str, node: Node, item: Node, outgoing: str | None
    ) -> ir.Operation:
        id_, named = self._identify(method, path, node, outgoing)
        self.nodes[id_] = (node, item)
        name = pascal(id_) if named or outgoing else _path_name(method, path)
        body_node = node.get("requestBody")
        value = node.value
        assert isinstance(value, dict)
        responses = node.get("responses")
        return ir.Operation(
            id=id_,
            named=named,
            method=method,
            path=path if outgoing is None else "",
            resource=(),
            action=ir.Action.OTHER,
            parameters=self._parameters(node, item, path, name, outgoing=outgoing is not None),
            body=self._bodies.request(body_node, name) if body_node is not None else None,
            responses=self._bodies.responses(
                self._context.document.resolve(responses) if responses is not None else None, name
            ),
            security=self._root.security(node),
            origin=self._context.origin(node),
            tags=tuple(str(t.value) for t in tags.elements()) if (tags := node.get("tags")) else (),
            summary=node.text("summary") or item.text("summary"),
            description=node.text("description") or item.text("description"),
            deprecated=node.flag("deprecated"),
            servers=self._root.servers(node.get("servers") or item.get("servers")),
            callbacks=self._callbacks(node, id_),
            extensions={k: v for k, v in extensions_of(value).items() if k not in HELD},
        )

    def _parameters(
        self, node: Node, item: Node, path: str, name: str, *, outgoing: bool
    ) -> tuple[ir.Parameter, ...]:
        found: dict[tuple[str, ir.ParameterLocation], ir.Parameter] = {}
        for listed in (item.get("parameters"), node.get("parameters")):
            for entry in listed.elements() if listed is not None else ():
                parameter = self._bodies.parameter(entry, name)
                if parameter is not None:
                    found[parameter.name, parameter.location] = parameter
        if not outgoing:
            for key in list(found):
                if key[1] is ir.ParameterLocation.PATH and f"{{{key[0]}}}" not in path:
                    self._context.warn(
                        Code.NONCONFORMING, f"Path {path!r} has no parameter {key[0]!r}", node
                    )
                    del found[key]
            for missing in path_parameters(path):
                if (missing, ir.ParameterLocation.PATH) not in found:
                    self._context.warn(
                        Code.NONCONFORMING, f"Path parameter {missing!r} is not described", node
                    )
                    found[missing, ir.ParameterLocation.PATH] = self._undescribed(missing, node)
        return tuple(found.values())

    def _undescribed(self, name: str, node: Node) -> ir.Parameter:
        origin = self._context.origin(node)
        return ir.Parameter(
            name=name,
            location=ir.ParameterLocation.PATH,
            schema=ir.Schema(shape=ir.String(), meta=ir.Meta(origin=origin)),
            required=True,
            style=ir.ParameterStyle.SIMPLE,
            explode=False,
            origin=origin,
        )


def path_parameters(path: str) -> list[str]:
    """The names in braces of a path template, in order."""
    return [part.partition("}")[0] for part in path.split("{")[1:] if "}" in part]


def _path_name(method: str, path: str) -> str:
    name = pascal(method)
    for segment in path.split("/"):
        if segment.startswith("{"):
            name += "By" + pascal(segment)
        else:
            name += pascal(segment)
    return name
