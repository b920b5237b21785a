"""Schemas of the description into `ir.Schema`; inline ones that need a class get a name."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.compound import Compound, Compounds
from trunkline.lower.containers import Containers
from trunkline.lower.context import Context, canonical
from trunkline.lower.shapes import Scalars, infer_type
from trunkline.lower.unions import Unions
from trunkline.lower.unmodelled import UnmodelledKeywords
from trunkline.lower.words import joined, pascal, singular_phrase
from trunkline.pointer import unescape
from trunkline.source import Node

_DIVING: Final = frozenset(
    {
        "components",
        "content",
        "definitions",
        "paths",
        "properties",
        "responses",
        "schema",
        "schemas",
        "$defs",
    }
)


class Schemas:
    """Lowers schemas on demand and keeps those that have names."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.compounds = Compounds(context)
        self.scalars = Scalars(context)
        self.unions = Unions(self)
        self._containers = Containers(self)
        self._pending: deque[tuple[str, Node]] = deque()
        self._open: dict[object, str | None] = {}
        """Unnamed compounds being lowered; a name when recursion made one necessary."""

    def components(self) -> None:
        """Lower every component schema, in the order written."""
        for name in self.context.components:
            self.context.schemas[name] = ir.Schema(
                shape=ir.Anything(), meta=self.context.meta([self.context.components[name]])
            )
        for name, node in self.context.components.items():
            self.context.schemas[name] = self._named(node, name)

    def drain(self) -> None:
        """Lower what references outside the components lead to."""
        while self._pending:
            name, node = self._pending.popleft()
            self.context.schemas[name] = self._named(node, name)

    def name_of(self, target: Node) -> str:
        """The name of a schema that a reference leads to; given, and lowered later, if new."""
        name = self.context.names.get(target.place)
        if name is None:
            name = self.context.claim(_pointed(target))
            self.context.names[target.place] = name
            if _is_definition(target):
                self.context.defined.add(name)
            self._pending.append((name, target))
        return name

    def reference_name(self, node: Node) -> str | None:
        """The name of what `node`'s `$ref` leads to, None when to nothing."""
        target = self.context.document.target(node)
        return None if target is None else self.name_of(target)

    def schema(self, node: Node, name: str) -> ir.Schema:
        """The schema at a place; `name` is what it is called should it need a class."""
        value = node.value
        if isinstance(value, dict):
            direct = self.compounds.direct(node)
            if direct is not None:
                target, nullable = direct
                name = self.name_of(target)
                self.context.used.add(name)
                return ir.Schema(
                    shape=ir.Reference(name),
                    nullable=nullable,
                    meta=self.context.meta(self.compounds.annotations(node)),
                )
            return self.place(self.compounds.of([node]), node, name)
        if value is False:
            return ir.Schema(shape=ir.Nothing(), meta=self.context.meta([node]))
        if value is not True:
            self.context.warn(Code.NONCONFORMING, "A schema must be a mapping or a boolean", node)
        return ir.Schema(shape=ir.Anything(), meta=self._bare(node))

    def all_of(self, nodes: Sequence[Node], name: str) -> ir.Schema:
        """The schema of a place that several nodes restrict at once."""
        if len(nodes) == 1:
            return self.schema(nodes[0], name)
        distinct: dict[str, Node] = {}
        for node in nodes:
            distinct[canonical(node.value)] = node
        if len(distinct) == 1:
            return self.schema(nodes[-1], name)
        return self.place(self.compounds.of(distinct.values()), nodes[-1], name)

    def place(self, compound: Compound, node: Node, name: str) -> ir.Schema:
        """The schema of a compound: itself, or a reference when it is given a class."""
        if not compound.parts:
            return ir.Schema(shape=ir.Anything(), meta=self._bare(node))
        if len(compound.parts) > 1:
            self.context.merge(len(compound.parts), node)
        key = compound.key
        meta = self.context.meta([node, *(n for n in compound.own if n != node)])
        nullable = self.compounds.nullable(compound)
        known = self.context.names.get(key)
        if known is None and self.needs_class(compound):
            known = self.context.claim(name, node.text("title"))
            self.context.names[key] = known
            self._hoist(compound, node, known)
        if known is None and key in self._open:
            known = self._open[key] or self.context.claim(name, node.text("title"))
            self._open[key] = known
        if known is not None:
            return ir.Schema(shape=ir.Reference(known), meta=meta, nullable=nullable)
        self._open[key] = None
        built = self.build(compound, meta, name, nullable=nullable)
        recursive = self._open.pop(key)
        if recursive is None:
            return built
        self.context.names[key] = recursive
        self._hoist(compound, node, recursive)
        return ir.Schema(shape=ir.Reference(recursive), meta=meta, nullable=nullable)

    def _hoist(self, compound: Compound, node: Node, name: str) -> None:
        meta = self.context.meta([node, *(n for n in compound.own if n != node)], hoisted=True)
        self.context.schemas[name] = ir.Schema(shape=ir.Anything(), meta=meta)
        self.context.schemas[name] = self.build(compound, meta, name, nullable=False)

    def _named(self, node: Node, name: str) -> ir.Schema:
        """The schema of a node that has a name: never a reference to itself."""
        direct = self.compounds.direct(node) if isinstance(node.value, dict) else None
        if direct is not None or not isinstance(node.value, dict):
            return self.schema(node, name)
        compound = self.compounds.of([node])
        if not compound.parts:
            return ir.Schema(shape=ir.Anything(), meta=self.context.meta([node]))
        self.context.names.setdefault(compound.key, name)
        meta = self.context.meta([node, *(n for n in compound.own if n != node)])
        return self.build(compound, meta, name, nullable=self.compounds.nullable(compound))

    def _bare(self, node: Node) -> ir.Meta:
        if isinstance(node.value, dict):
            return self.context.meta([node])
        return ir.Meta(origin=self.context.origin(node))

    def needs_class(self, compound: Compound) -> bool:
        """Whether the schema is an object with members, an enumeration, or a union of objects."""
        found = self.scalars.values(compound)
        if found is not None:
            return len(found[0]) > 1 and not all(isinstance(v, bool) for v in found[0])
        if self.unions.needs_class(compound):
            return True
        if not any(n.value for n in compound.nodes("properties")):
            return False
        types, _ = self.compounds.types(compound)
        return types is None or types == ("object",)

    def build(self, compound: Compound, meta: ir.Meta, name: str, *, nullable: bool) -> ir.Schema:
        """The schema of a compound whose own name, or nearest name, is `name`."""
        unmodelled = UnmodelledKeywords(self.reference_name, v30=self.context.v30)
        shape = self._shape(compound, name, unmodelled)
        if isinstance(shape, (ir.Anything, ir.Null)):
            nullable = False
        return ir.Schema(shape=shape, meta=meta, nullable=nullable, unmodelled=unmodelled.keywords)

    def _shape(self, compound: Compound, name: str, unmodelled: UnmodelledKeywords) -> ir.Shape:
        if any(part.node.value is False for part in compound.parts):
            return ir.Nothing()
        unmodelled.add_parts(compound)
        types, only_null = self.compounds.types(compound)
        if types == ():
            null = only_null and self.compounds.nullable(compound)
            return ir.Null() if null else ir.Nothing()
        found = self.scalars.values(compound)
        if found is not None:
            self.unions.to_rest(compound, unmodelled)
            return self._enumeration(compound, found, types, unmodelled)
        union = self.unions.shape(compound, name, unmodelled)
        if union is not None:
            return union
        if types is None:
            inferred = infer_type(compound)
            if inferred is None:
                return ir.Anything()
            types = (inferred,)
        if len(types) == 1:
            return self._of_type(types[0], compound, name, unmodelled)
        return self._of_types(types, compound, name, unmodelled)

    def _of_types(
        self, types: tuple[str, ...], compound: Compound, name: str, unmodelled: UnmodelledKeywords
    ) -> ir.Shape:
        members: list[ir.Schema] = []
        own = compound.own[0]
        meta = ir.Meta(origin=self.context.origin(own))
        for type_name in types:
            shape = self._of_type(type_name, compound, name, unmodelled)
            if isinstance(shape, ir.Object) and shape.properties:
                hoisted = self.context.claim(joined(name, "Object"))
                self.context.schemas[hoisted] = ir.Schema(shape=shape, meta=meta)
                shape = ir.Reference(hoisted)
            members.append(ir.Schema(shape=shape, meta=meta))
        return ir.Union(members=tuple(members))

    def _of_type(
        self, type_name: str, compound: Compound, name: str, unmodelled: UnmodelledKeywords
    ) -> ir.Shape:
        match type_name:
            case "string":
                return self.scalars.string(compound, unmodelled)
            case "integer" | "number":
                return self.scalars.number(compound, unmodelled, integer=type_name == "integer")
            case "boolean":
                return ir.Boolean()
            case "array":
                return self._containers.array(compound, name, unmodelled)
            case _:
                return self._containers.object(compound, name, unmodelled)

    def _enumeration(
        self,
        compound: Compound,
        found: tuple[list[ir.Json], tuple[str, ...]],
        types: tuple[str, ...] | None,
        unmodelled: UnmodelledKeywords,
    ) -> ir.Shape:
        values, names = found
        if not values:
            return ir.Null() if self.compounds.nullable(compound) else ir.Nothing()
        if types is None:
            return ir.Enumeration(values=tuple(values), names=names)
        fitting = self.scalars.fitting(values, types, compound.own[0])
        if not fitting and len(compound.parts) == 1:
            # The slip of writing numbers for strings is common; the values are what is meant.
            return ir.Enumeration(values=tuple(values), names=names)
        if not fitting:
            return ir.Null() if self.compounds.nullable(compound) else ir.Nothing()
        base: ir.Shape | None = None
        if len(types) == 1 and types[0] not in ("array", "object"):
            base = self._of_type(types[0], compound, "", unmodelled)
        return ir.Enumeration(
            values=tuple(fitting), names=names if len(fitting) == len(values) else (), base=base
        )


def _is_definition(target: Node) -> bool:
    """Whether a schema stands where its file keeps what it names: at its root, or the whole."""
    parents = target.pointer.split("/")[1:-1]
    return not parents or parents[-1] in ("$defs", "definitions", "schemas")


def _pointed(target: Node) -> str:
    """What a schema is called that only a reference into the middle of something names."""
    tokens = [unescape(t) for t in target.pointer.split("/")[1:]]
    for marker in ("$defs", "definitions", "schemas"):
        if marker in tokens:
            tokens = tokens[len(tokens) - tokens[::-1].index(marker) :]
    if not tokens:
        file = target.file.name.replace("\\", "/").rpartition("/")[2]
        return pascal(file.partition(".")[0])
    name = ""
    for before, step in zip(["", *tokens], tokens, strict=False):
        if before in ("oneOf", "anyOf", "allOf", "prefixItems") and step.isdigit():
            name = joined(name, f"Variant{int(step) + 1}")
        elif step == "items":
            name = singular_phrase(name) if singular_phrase(name) != name else f"{name}Item"
        elif step not in _DIVING and step not in ("oneOf", "anyOf", "allOf", "prefixItems"):
            name = joined(name, step)
    return name
