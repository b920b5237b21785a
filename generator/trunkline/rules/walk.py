"""Every part of a description that people meet: what it is and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from trunkline.source import Document, Node

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_MAPS: Final = ("patternProperties", "$defs", "dependentSchemas")
_LISTS: Final = ("prefixItems", "anyOf", "oneOf", "allOf")
_SINGLE: Final = ("items", "additionalProperties", "not", "if", "then", "else", "contains")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a description.

    `what` is one of: operation, parameter, request body, response, header, media type, schema
    (inline, or a component when `named`), property, security scheme, server, method (JSON-RPC).
    """

    node: Node
    what: str
    named: bool = False

    @property
    def reference(self) -> bool:
        """Whether it stands elsewhere and is only referred to here."""
        return "$ref" in self.node


def parts(document: Document) -> Iterator[Part]:
    """Every part, each once, in the order paths, webhooks, JSON-RPC, components, servers."""
    root = document.root
    for key in ("paths", "webhooks"):
        for _, item in members(root.get(key)):
            yield from _path_item(item)
    yield from _rpc(root.get("x-trunkline-rpc"))
    components = root.get("components")
    if components is not None:
        yield from _components(components)
    for node in elements(root.get("servers")):
        yield Part(node, "server")


def operations(document: Document) -> Iterator[Node]:
    """Operations of paths, webhooks and callbacks."""
    return (part.node for part in parts(document) if part.what == "operation")


def members(node: Node | None) -> Iterator[tuple[str, Node]]:
    """Members of a mapping, extensions excepted."""
    for key, member in node.items() if node is not None else ():
        if not key.startswith("x-"):
            yield key, member


def elements(node: Node | None) -> Iterator[Node]:
    """Elements of a list that may be missing."""
    yield from node.elements() if node is not None else ()


def _components(components: Node) -> Iterator[Part]:
    for _, schema in members(components.get("schemas")):
        yield from _schema(schema, "schema", named=True)
    for _, node in members(components.get("parameters")):
        yield from _parameter(node)
    for _, node in members(components.get("requestBodies")):
        yield from _request(node)
    for _, node in members(components.get("responses")):
        yield from _response(node)
    for _, node in members(components.get("headers")):
        yield from _header(node)
    for _, node in members(components.get("pathItems")):
        yield from _path_item(node)
    for _, node in members(components.get("securitySchemes")):
        yield Part(node, "security scheme")


def _path_item(item: Node) -> Iterator[Part]:
    for parameter in elements(item.get("parameters")):
        yield from _parameter(parameter)
    for method in METHODS:
        operation = item.get(method)
        if operation is not None:
            yield from _operation(operation)


def _operation(operation: Node) -> Iterator[Part]:
    yield Part(operation, "operation")
    for parameter in elements(operation.get("parameters")):
        yield from _parameter(parameter)
    body = operation.get("requestBody")
    if body is not None:
        yield from _request(body)
    for _, response in members(operation.get("responses")):
        yield from _response(response)
    for _, callback in members(operation.get("callbacks")):
        for _, inner in members(callback):
            yield from _path_item(inner)
    yield from _rpc(operation.get("x-trunkline-rpc"))


def _rpc(rpc: Node | None) -> Iterator[Part]:
    methods = rpc.get("methods") if rpc is not None else None
    for _, method in methods.items() if methods is not None else ():
        yield Part(method, "method")
        for parameter in elements(method.get("params")):
            yield from _schema(parameter.get("schema"), "schema")
        yield from _schema(method.get("result"), "schema")


def _parameter(node: Node) -> Iterator[Part]:
    yield Part(node, "parameter")
    yield from _schema(node.get("schema"), "schema")
    yield from _content(node)


def _request(node: Node) -> Iterator[Part]:
    yield Part(node, "request body")
    yield from _content(node)


def _response(node: Node) -> Iterator[Part]:
    yield Part(node, "response")
    for _, header in members(node.get("headers")):
        yield from _header(header)
    yield from _content(node)


def _header(node: Node) -> Iterator[Part]:
    yield Part(node, "header")
    yield from _schema(node.get("schema"), "schema")


def _content(node: Node) -> Iterator[Part]:
    for _, media in members(node.get("content")):
        yield Part(media, "media type")
        yield from _schema(media.get("schema"), "schema")
        yield from _schema(media.get("itemSchema"), "schema")


def _schema(node: Node | None, what: str, *, named: bool = False) -> Iterator[Part]:
    if node is None or not isinstance(node.value, dict):
        return
    yield Part(node, what, named)
    properties = node.get("properties")
    for _, member in properties.items() if properties is not None else ():
        yield from _schema(member, "property")
    for key in _MAPS:
        mapping = node.get(key)
        for _, member in mapping.items() if mapping is not None else ():
            yield from _schema(member, "schema")
    for key in _LISTS:
        for member in elements(node.get(key)):
            yield from _schema(member, "schema")
    for key in _SINGLE:
        yield from _schema(node.get(key), "schema")
