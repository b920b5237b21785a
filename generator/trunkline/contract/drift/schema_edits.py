"""What has to change in a schema for a value to fit it."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline import ir, pointer
from trunkline.contract.drift.edits import Append, Edit, RemoveItem, RemoveKey, SetKey
from trunkline.ir import Direction, Json
from trunkline.semantics.validators import Validators
from trunkline.source import Document, Node

Placed = tuple[str, Edit]
"""An edit, and the name of the file it is for."""

_TEXT = ("minLength", "maxLength", "pattern")
_NUMBER = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


class SchemaEditor:
    """Proposes edits of the schemas of one description."""

    def __init__(self, document: Document, api: ir.Api) -> None:
        self._document = document
        self._api = api
        self._validators = Validators(api)
        self._old = api.openapi.startswith("3.0")

    def node(self, origin: ir.Origin) -> Node | None:
        """The place in the files that an origin names."""
        for root in self._document.roots():
            if root.file.name == origin.position.file:
                return root.at(pointer.split(origin.pointer))
        return None

    def accepts(self, schema: ir.Schema, value: Json, direction: Direction) -> bool:
        """Whether `value` fits as it is."""
        return self._validators.fits(schema, value, direction)

    def edits_for(  # noqa: C901  # a closed union, one branch a member
        self, schema: ir.Schema, value: Json, direction: Direction
    ) -> Iterator[Placed]:
        """Edits after which `schema` has room for `value`; none where it has, or none is known."""
        if self._validators.fits(schema, value, direction):
            return
        node = self.node(schema.meta.origin)
        if node is None:
            return
        if value is None and not isinstance(schema.shape, ir.Null):
            yield from self._nullable(node)
            return
        shape = schema.shape
        if isinstance(shape, ir.Reference):
            yield from self.edits_for(self._api.schemas[shape.name], value, direction)
        elif isinstance(shape, ir.Intersection):
            for member in shape.members:
                yield from self.edits_for(member, value, direction)
        elif isinstance(shape, ir.Object) and isinstance(value, dict):
            yield from self._object(shape, node, value, direction)
        elif isinstance(shape, ir.Array) and isinstance(value, list):
            for item in value:
                yield from self.edits_for(shape.items, item, direction)
            yield from self._without(node, value, ("minItems", "maxItems", "uniqueItems"))
        elif isinstance(shape, ir.Enumeration) and _kind(value) in {_kind(v) for v in shape.values}:
            if "enum" in node:
                yield node.file.name, Append(f"{node.pointer}/enum", value)
            elif "const" in node:
                yield node.file.name, RemoveKey(node.pointer, "const")
        elif isinstance(shape, ir.String) and isinstance(value, str):
            yield from self._without(node, value, (*_TEXT, "format"))
        elif isinstance(shape, ir.Integer | ir.Number) and _kind(value) in {"integer", "number"}:
            if isinstance(shape, ir.Integer) and _kind(value) == "number":
                yield node.file.name, SetKey(node.pointer, "type", "number")
            else:
                yield from self._without(node, value, (*_NUMBER, "format"))
        elif isinstance(shape, ir.Union):
            return
        else:
            yield from self._also(node, _kind(value))

    def _object(
        self, shape: ir.Object, node: Node, value: dict[str, Json], direction: Direction
    ) -> Iterator[Placed]:
        known = {p.name: p for p in shape.properties}
        for name, member in value.items():
            if name in known:
                yield from self.edits_for(known[name].schema, member, direction)
            elif not shape.open and "properties" in node:
                place = f"{node.pointer}/properties"
                yield node.file.name, SetKey(place, name, self.infer(member))
        for name, prop in known.items():
            if prop.required and name not in value and not _exempt(prop, direction):
                yield node.file.name, RemoveItem(f"{node.pointer}/required", name)

    def _without(self, node: Node, value: Json, keywords: tuple[str, ...]) -> Iterator[Placed]:
        """Without the keywords that forbid the value: those that JSON Schema says do."""
        from jsonschema_rs import Draft202012Validator

        for keyword in keywords:
            limit = node.get(keyword)
            if limit is None:
                continue
            alone = Draft202012Validator(
                {keyword: limit.value}, validate_formats=True, ignore_unknown_formats=True
            )
            if not alone.is_valid(value):
                yield node.file.name, RemoveKey(node.pointer, keyword)

    def _nullable(self, node: Node) -> Iterator[Placed]:
        kind, listed = node.get("type"), node.get("enum")
        if self._old and "$ref" in node:
            above, _, key = node.pointer.rpartition("/")
            whole: Json = {"allOf": [{"$ref": node.text("$ref")}], "nullable": True}
            yield node.file.name, SetKey(above, pointer.unescape(key), whole)
            return
        if "$ref" in node or (kind is None and not self._old):
            above, _, key = node.pointer.rpartition("/")
            inner: Json = dict(node.value) if isinstance(node.value, dict) else {}
            yield (
                node.file.name,
                SetKey(above, pointer.unescape(key), {"anyOf": [inner, {"type": "null"}]}),
            )
            return
        if self._old:
            yield node.file.name, SetKey(node.pointer, "nullable", True)
        elif kind is not None and isinstance(kind.value, list):
            yield node.file.name, Append(f"{node.pointer}/type", "null")
        elif kind is not None and isinstance(kind.value, str):
            yield node.file.name, SetKey(node.pointer, "type", [kind.value, "null"])
        if listed is not None and isinstance(listed.value, list) and None not in listed.value:
            yield node.file.name, Append(f"{node.pointer}/enum", None)

    def _also(self, node: Node, kind: str) -> Iterator[Placed]:
        """With another type beside the one it has."""
        known = node.get("type")
        if known is None or "enum" in node:
            return
        if isinstance(known.value, list):
            yield node.file.name, Append(f"{node.pointer}/type", kind)
        elif isinstance(known.value, str) and not self._old:
            yield node.file.name, SetKey(node.pointer, "type", [known.value, kind])
        elif isinstance(known.value, str):
            yield node.file.name, RemoveKey(node.pointer, "type")
            types: Json = [{"type": known.value}, {"type": kind}]
            yield node.file.name, SetKey(node.pointer, "anyOf", types)

    def infer(self, value: Json) -> dict[str, Json]:
        """A schema of what little one value says."""
        if value is None:
            return {"nullable": True} if self._old else {}
        if isinstance(value, dict):
            members: dict[str, Json] = {name: self.infer(v) for name, v in value.items()}
            return {"type": "object", "properties": members} if members else {"type": "object"}
        if isinstance(value, list):
            return {"type": "array", "items": self.infer(value[0]) if value else {}}
        return {"type": _kind(value)}


def _exempt(prop: ir.Property, direction: Direction) -> bool:
    meta = prop.schema.meta
    return meta.write_only if direction == "response" else meta.read_only


def _kind(value: Json) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, float) and not value.is_integer():
        return "number"
    names = {int: "integer", float: "integer", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


def under(node: Node, *keys: str) -> str:
    """The pointer of a member inside `node`."""
    return node.pointer + pointer.join(keys)
