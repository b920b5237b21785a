"""What has to change in a schema for a value to fit it."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from trunkline import ir, pointer
from trunkline.contract.drift.edits import Append, Edit, RemoveItem, RemoveKey, SetKey
from trunkline.ir import Direction, Json
from trunkline.semantics import schemas
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.validators import Validators
from trunkline.source import Document, Node, Value

Placed = tuple[str, Edit]
"""An edit, and the name of the file it is for."""

_TEXT = ("minLength", "maxLength", "pattern")
_NUMBER = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_CLOSING: Final = ("additionalProperties", "unevaluatedProperties")
_DEPTH: Final = 8
"""How many `allOf` inside each other are looked through."""


class Way(enum.Enum):
    """How a value breaks its schema."""

    UNKNOWN = "unknown"
    """A property that the schema does not know."""
    MISSING = "missing"
    """A required property is not there."""
    NULL = "null"
    LISTED = "listed"
    """Not one of the values listed."""
    BOUND = "bound"
    """Out of a bound, or not of the pattern or format."""
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class Change:
    """One way in which a value breaks a schema, and the edits that give it room.

    `path` leads there inside the value, `*` for the items of a list; `value` stands there.
    """

    path: Path
    way: Way
    value: Json
    edits: tuple[Placed, ...]
    opening: tuple[Placed, ...] = ()
    """Of an unknown property: the edits after which any is allowed."""
    nearly: bool = False
    """Whether a text has what its pattern asks for, and more around it."""


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

    def changes(  # noqa: C901  # a closed union, one branch a member
        self, schema: ir.Schema, value: Json, direction: Direction, path: Path = ()
    ) -> Iterator[Change]:
        """Where `value` breaks `schema`, each with its edits; none where it fits, or where what
        breaks it is not told apart."""
        if self._validators.fits(schema, value, direction):
            return
        node = self.node(schema.meta.origin)
        if node is None:
            return
        if value is None and not isinstance(schema.shape, ir.Null):
            yield Change(path, Way.NULL, value, tuple(self._nullable(node)))
            return
        shape = schema.shape
        if isinstance(shape, ir.Reference):
            target = self._api.schemas[shape.name]
            another = bool(path) and self.is_another(target, value)
            instead = tuple(self._instead(node, schema, value)) if another else ()
            if instead:
                yield Change(path, Way.TYPE, value, instead)
            else:
                yield from self.changes(target, value, direction, path)
        elif isinstance(shape, ir.Intersection):
            for member in shape.members:
                yield from self.changes(member, value, direction, path)
        elif isinstance(shape, ir.Union):
            meant = self._meant(shape, value)
            if meant is not None:
                yield from self.changes(meant, value, direction, path)
        elif isinstance(shape, ir.Object) and isinstance(value, dict):
            yield from self._object(shape, node, value, direction, path)
        elif isinstance(shape, ir.Array) and isinstance(value, list):
            for item in value:
                yield from self.changes(shape.items, item, direction, (*path, "*"))
            edits = self._without(node, value, ("minItems", "maxItems", "uniqueItems"))
            yield from _bound(path, value, edits)
        elif isinstance(shape, ir.Enumeration) and kind(value) in {kind(v) for v in shape.values}:
            name = node.file.name
            if "enum" in node:
                edit: Edit = Append(f"{node.pointer}/enum", value)
                yield Change(path, Way.LISTED, value, ((name, edit),))
            elif "const" in node:
                edit = RemoveKey(node.pointer, "const")
                yield Change(path, Way.LISTED, value, ((name, edit),))
        elif isinstance(shape, ir.String) and isinstance(value, str):
            for change in _bound(path, value, self._without(node, value, (*_TEXT, "format"))):
                yield replace(change, nearly=_is_nearly(shape, value))
        elif isinstance(shape, ir.Integer | ir.Number) and kind(value) in {"integer", "number"}:
            if isinstance(shape, ir.Integer) and kind(value) == "number":
                edit = SetKey(node.pointer, "type", "number")
                yield Change(path, Way.TYPE, value, ((node.file.name, edit),))
            else:
                yield from _bound(path, value, self._without(node, value, (*_NUMBER, "format")))
        else:
            yield Change(path, Way.TYPE, value, tuple(self._also(node, kind(value))))

    def is_another(self, schema: ir.Schema, value: Json) -> bool:
        """Whether an object has nothing of what is described: what shares the schema is not to be
        touched for it."""
        members = schemas.members(self._api.schemas, schema)
        demanded = any(member.required for member in members.values())
        return isinstance(value, dict) and demanded and not value.keys() & members.keys()

    def _instead(self, node: Node, referring: ir.Schema, value: Json) -> Iterator[Placed]:
        """What is there in place of a reference, if it has an object of that kind inside."""
        made = self.infer(value, (referring,))
        if "'$ref'" in str(made):
            above, _, key = node.pointer.rpartition("/")
            yield node.file.name, SetKey(above, pointer.unescape(key), made)

    def _meant(self, shape: ir.Union, value: Json) -> ir.Schema | None:
        """The member of a union that a value is meant to be of; None where that is not clear."""
        known = self._api.schemas
        told = shape.discriminator
        if told is not None and isinstance(value, dict):
            name = told.mapping.get(str(value.get(told.property)))
            named = [
                m
                for m in shape.members
                if isinstance(m.shape, ir.Reference) and m.shape.name == name
            ]
            if named:
                return named[0]
        alike = [m for m in shape.members if kind(value) in schemas.types(known, m)]
        return alike[0] if len(alike) == 1 else None

    def _object(
        self, shape: ir.Object, node: Node, value: dict[str, Json], direction: Direction, path: Path
    ) -> Iterator[Change]:
        known = {p.name: p for p in shape.properties}
        renamed = self._renamed(shape, value, direction)
        for name, member in value.items():
            here = (*path, name)
            if name in renamed:
                continue
            if name in known:
                yield from self.changes(known[name].schema, member, direction, here)
            elif not shape.open and shape.additional is None:
                edits, opening = tuple(self._known(node, name, member)), tuple(self._opened(node))
                yield Change(here, Way.UNKNOWN, member, edits, opening)
            elif not shape.open and shape.additional is not None:
                yield from self.changes(shape.additional, member, direction, here)
        for name, prop in known.items():
            if prop.required and name not in value and not _exempt(prop, direction):
                optional = [*self._optional(node, name)]
                other = next((new for new, old in renamed.items() if old.name == name), None)
                if other is not None:
                    written = self.written(prop.schema)
                    optional += self._beside(node, name, other, written)
                yield Change((*path, name), Way.MISSING, None, tuple(optional))

    def _renamed(
        self, shape: ir.Object, value: dict[str, Json], direction: Direction
    ) -> dict[str, ir.Property]:
        """Lists and objects that are there by another name than the one that is required."""
        known = {p.name for p in shape.properties}
        missing = [p for p in shape.properties if p.required and p.name not in value]
        found: dict[str, ir.Property] = {}
        for prop in missing:
            alike = [
                name
                for name, member in value.items()
                if name not in known
                and isinstance(member, dict | list)
                and bool(member)
                and self.accepts(prop.schema, member, direction)
            ]
            if len(alike) == 1 and len(missing) == 1:
                found[alike[0]] = prop
        return found

    def _beside(self, node: Node, name: str, other: str, written: Json) -> Iterator[Placed]:
        """With another property where one is described."""
        for part in self._parts(node):
            described = part.get("properties")
            if described is not None and name in described:
                yield part.file.name, SetKey(described.pointer, other, written)
                return

    def _parts(self, node: Node, depth: int = _DEPTH) -> Iterator[Node]:
        """A schema as it is written, and what it is made of by `allOf`, references followed."""
        there = self._document.resolve(node) or node
        yield there
        listed = there.get("allOf")
        if depth and listed is not None and isinstance(listed.value, list):
            for element in listed.elements():
                yield from self._parts(element, depth - 1)

    def _opened(self, node: Node) -> Iterator[Placed]:
        """With room for any other property."""
        for part in self._parts(node):
            for keyword in _CLOSING:
                closed = part.get(keyword)
                if closed is not None and closed.value is False:
                    yield part.file.name, RemoveKey(part.pointer, keyword)

    def _known(self, node: Node, name: str, member: Json) -> Iterator[Placed]:
        """With one more property, where the others of the part that forbids it stand."""
        for part in self._parts(node):
            closed = [part.get(keyword) for keyword in _CLOSING]
            if not any(node is not None and node.value is False for node in closed):
                continue
            if isinstance(part.value, dict) and isinstance(part.value.get("properties"), dict):
                place = f"{part.pointer}/properties"
                yield part.file.name, SetKey(place, name, self.infer(member))
            else:
                whole: Json = {name: self.infer(member)}
                yield part.file.name, SetKey(part.pointer, "properties", whole)

    def _optional(self, node: Node, name: str) -> Iterator[Placed]:
        for part in self._parts(node):
            listed = part.get("required")
            if listed is not None and isinstance(listed.value, list) and name in listed.value:
                yield part.file.name, RemoveItem(f"{part.pointer}/required", name)

    def demanding(self, schema: ir.Schema, name: str) -> Iterator[Placed]:
        """With one more property required, where it is described."""
        node = self.node(schemas.resolve(self._api.schemas, schema).meta.origin)
        for part in self._parts(node) if node is not None else ():
            described = part.get("properties")
            if described is None or name not in described:
                continue
            if "required" in part:
                yield part.file.name, Append(f"{part.pointer}/required", name)
            else:
                yield part.file.name, SetKey(part.pointer, "required", [name])
            return

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
        told, listed = node.get("type"), node.get("enum")
        if self._old and "$ref" in node:
            above, _, key = node.pointer.rpartition("/")
            whole: Json = {"allOf": [{"$ref": node.text("$ref")}], "nullable": True}
            yield node.file.name, SetKey(above, pointer.unescape(key), whole)
            return
        if "$ref" in node or (told is None and not self._old):
            above, _, key = node.pointer.rpartition("/")
            inner: Json = dict(node.value) if isinstance(node.value, dict) else {}
            yield (
                node.file.name,
                SetKey(above, pointer.unescape(key), {"anyOf": [inner, {"type": "null"}]}),
            )
            return
        if self._old:
            yield node.file.name, SetKey(node.pointer, "nullable", True)
        elif told is not None and isinstance(told.value, list):
            yield node.file.name, Append(f"{node.pointer}/type", "null")
        elif told is not None and isinstance(told.value, str):
            yield node.file.name, SetKey(node.pointer, "type", [told.value, "null"])
        if listed is not None and isinstance(listed.value, list) and None not in listed.value:
            yield node.file.name, Append(f"{node.pointer}/enum", None)

    def _also(self, node: Node, other: str) -> Iterator[Placed]:
        """With another type beside the one it has."""
        known = node.get("type")
        if known is None or "enum" in node:
            return
        if isinstance(known.value, list):
            yield node.file.name, Append(f"{node.pointer}/type", other)
        elif isinstance(known.value, str) and not self._old:
            yield node.file.name, SetKey(node.pointer, "type", [known.value, other])
        elif isinstance(known.value, str):
            yield node.file.name, RemoveKey(node.pointer, "type")
            types: Json = [{"type": known.value}, {"type": other}]
            yield node.file.name, SetKey(node.pointer, "anyOf", types)

    def written(self, schema: ir.Schema) -> Json:
        """A schema as it stands in the description, its reference kept."""
        node = self.node(schema.meta.origin)
        return plain(node.value) if node is not None else {}

    def infer(self, value: Json, like: tuple[ir.Schema, ...] = ()) -> dict[str, Json]:
        """A schema of what little one value says; where it is plainly one of the components that
        the schemas in `like` lead to, a reference to it."""
        if value is None:
            return {"nullable": True} if self._old else {}
        if isinstance(value, dict):
            name = self._component(value, like)
            if name is not None:
                return {"$ref": f"#/components/schemas/{pointer.escape(name)}"}
            members: dict[str, Json] = {key: self.infer(v, like) for key, v in value.items()}
            return {"type": "object", "properties": members} if members else {"type": "object"}
        if isinstance(value, list):
            return {"type": "array", "items": self.infer(value[0], like) if value else {}}
        return {"type": kind(value)}

    def _component(self, value: dict[str, Json], like: tuple[ir.Schema, ...]) -> str | None:
        """The component that an object is: it fits, and knows every property of it."""
        reached = dict.fromkeys(name for schema in like for name in self._reached(schema))
        for name in reached:
            schema = self._api.schemas[name]
            members = schemas.members(self._api.schemas, schema)
            node = self.node(schema.meta.origin)
            at_home = node is not None and node.pointer == (
                f"/components/schemas/{pointer.escape(name)}"
            )
            told = value.keys() <= members.keys() and any(m.required for m in members.values())
            if at_home and told and self.accepts(schema, value, "response"):
                return name
        return None

    def _reached(self, schema: ir.Schema) -> list[str]:
        """The components that a schema leads to, the nearest first."""
        found = dict.fromkeys(schemas.references(schema))
        queue = list(found)
        for name in queue:
            new = [n for n in schemas.references(self._api.schemas[name]) if n not in found]
            found.update(dict.fromkeys(new))
            queue += new
        return queue


def _bound(path: Path, value: Json, edits: Iterator[Placed]) -> Iterator[Change]:
    found = tuple(edits)
    if found:
        yield Change(path, Way.BOUND, value, found)


def _is_nearly(shape: ir.String, value: str) -> bool:
    """Whether a pattern that is anchored would be found in a text if it were not."""
    if shape.pattern is None or not shape.pattern.endswith("$"):
        return False
    try:
        return re.search(shape.pattern.removeprefix("^").removesuffix("$"), value) is not None
    except re.error:
        return False


def _exempt(prop: ir.Property, direction: Direction) -> bool:
    meta = prop.schema.meta
    return meta.write_only if direction == "response" else meta.read_only


def kind(value: Json) -> str:
    """The JSON Schema type of a value; a number without a fraction is an integer."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, float) and not value.is_integer():
        return "number"
    names = {int: "integer", float: "integer", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


def plain(value: Value) -> Json:
    """A value of a file as JSON, sharing nothing with it."""
    copied: Json = json.loads(json.dumps(value))
    return copied


def under(node: Node, *keys: str) -> str:
    """The pointer of a member inside `node`."""
    return node.pointer + pointer.join(keys)
