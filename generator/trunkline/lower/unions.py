"""`oneOf` and `anyOf`: unions, enumerations in disguise, and conditions on an object."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from trunkline import ir
from trunkline.lower.compound import Compound, Part, is_null, structural
from trunkline.lower.context import canonical
from trunkline.lower.reader import SchemaReader
from trunkline.lower.shapes import infer_type
from trunkline.lower.unmodelled import UnmodelledKeywords
from trunkline.lower.words import joined, pascal, words
from trunkline.source import Node

_CONDITIONS: Final = frozenset(
    {"dependentRequired", "maxProperties", "minProperties", "not", "required"}
)
_SCALARS: Final = ("boolean", "integer", "null", "number", "string")
_TYPING: Final = frozenset(
    {"additionalProperties", "items", "patternProperties", "prefixItems", "properties"}
)


class Unions:
    """The alternatives of a compound."""

    def __init__(self, schemas: SchemaReader) -> None:
        self._schemas = schemas
        self._context = schemas.context

    def _alternatives(self, compound: Compound) -> list[tuple[Part, str, Node]]:
        found: list[tuple[Part, str, Node]] = []
        if not compound.has("oneOf", "anyOf"):
            return found
        for part in compound.parts:
            for keyword in ("oneOf", "anyOf"):
                node = part.get(keyword)
                if node is not None and isinstance(node.value, list) and node.value:
                    found.append((part, keyword, node))
        return found

    def _main(self, compound: Compound) -> tuple[Part, str, Node] | None:
        """The alternatives that types follow; the others are only validated."""
        return next((a for a in self._alternatives(compound) if not _conditions(a[2])), None)

    def to_rest(
        self, compound: Compound, unmodelled: UnmodelledKeywords, main: Node | None = None
    ) -> None:
        """Leave all alternatives but `main` to validators."""
        for part, keyword, node in self._alternatives(compound):
            if node != main:
                unmodelled.add_group(part, (keyword,))

    def needs_class(self, compound: Compound) -> bool:
        """Whether the compound is a union of objects, or an enumeration spelt as a union."""
        main = self._main(compound)
        if main is None:
            return False
        members = [m for m in main[2].elements() if not is_null(m)]
        if len(members) > 1 and _constants(members) is not None:
            return True
        return sum(self._is_class(m, 0) for m in members) > 1

    def _is_class(self, member: Node, depth: int) -> bool:
        direct = self._schemas.compounds.direct(member)
        if direct is not None:
            return depth < 20 and self._is_class(direct[0], depth + 1)
        value = member.value
        if not isinstance(value, dict):
            return False
        if value.get("properties") or "allOf" in value or "$ref" in value:
            return value.get("type", "object") not in _SCALARS
        for keyword in ("oneOf", "anyOf"):
            nested = member.get(keyword)
            if nested is not None and depth < 20:
                return any(self._is_class(m, depth + 1) for m in nested.elements())
        return False

    def shape(
        self, compound: Compound, name: str, unmodelled: UnmodelledKeywords
    ) -> ir.Shape | None:
        """The union, or None where there are no alternatives that types follow."""
        main = self._main(compound)
        self.to_rest(compound, unmodelled, main[2] if main else None)
        if main is None:
            return None
        part, keyword, node = main
        members = [m for m in node.elements() if not is_null(m)]
        if not members:
            return ir.Null() if self._schemas.compounds.nullable(compound) else ir.Nothing()
        base = compound.without("oneOf", "anyOf", "nullable")
        left = {k for p in base.parts for k in p.structural()}
        constants = _constants(members)
        if constants is not None and len(members) > 1 and left <= {"type"}:
            return constants
        built = self._members(members, base, left, name, unmodelled)
        return ir.Union(
            members=tuple(schema for schema, _ in built),
            exclusive=keyword == "oneOf",
            discriminator=self._discriminator(part, members, built),
        )

    def _members(
        self,
        members: list[Node],
        base: Compound,
        left: set[str],
        name: str,
        unmodelled: UnmodelledKeywords,
    ) -> list[tuple[ir.Schema, str | None]]:
        """Each member, with the name it is referred to by.

        What the schema says beside its alternatives holds for each of them: it is merged into
        every member where it shapes types, else left to validators.
        """
        distribute = bool(left & _TYPING)
        if left and not distribute:
            direct = any(self._schemas.compounds.direct(m) is not None for m in members)
            if left == {"type"} and self._agree(members, base):
                pass
            elif direct:
                for part in base.parts:
                    keywords = tuple(k for k in part.structural() if k not in _ADDED)
                    if keywords:
                        unmodelled.add_group(part, keywords)
            else:
                distribute = True
        names = self._names(members, name)
        built: list[tuple[ir.Schema, str | None]] = []
        for member, member_name in zip(members, names, strict=True):
            direct_target = self._schemas.compounds.direct(member)
            referred = self._context.names.get(direct_target[0].place) if direct_target else None
            if distribute:
                schema = self._merged(member, base, member_name, referred)
            else:
                schema = self._schemas.schema(member, member_name)
            built.append((schema, referred))
        return built

    def _merged(self, member: Node, base: Compound, name: str, referred: str | None) -> ir.Schema:
        inner = self._schemas.compounds.of([member])
        if referred is not None:
            name = name if name.endswith(pascal(referred)) else joined(name, referred)
        seen = {p.node.place for p in inner.parts}
        parts = [p for p in base.parts if p.node.place not in seen]
        bare = tuple(replace(p, own=False) for p in parts if p.structural())
        merged = Compound(bare + inner.parts)
        placed = self._schemas.place(merged, member, name)
        return ir.Schema(shape=placed.shape, meta=placed.meta, unmodelled=placed.unmodelled)

    def _agree(self, members: list[Node], base: Compound) -> bool:
        types, _ = self._schemas.compounds.types(base)
        for member in members:
            direct = self._schemas.compounds.direct(member)
            compound = self._schemas.compounds.of([direct[0] if direct else member])
            theirs, _ = self._schemas.compounds.types(compound)
            if theirs is None:
                inferred = infer_type(compound)
                theirs = (inferred,) if inferred else None
            if theirs is None or types is None or not set(theirs) <= set(types):
                return False
        return True

    def _names(self, members: list[Node], name: str) -> list[str]:
        """What each member is called should it need a class."""
        classes = [i for i, m in enumerate(members) if self._would_name(m)]
        names: list[str] = []
        for index, member in enumerate(members):
            tag = _tag(self._schemas.compounds.of([member])) if index in classes else ""
            title = member.text("title")
            if index not in classes:
                names.append(name)
            elif tag:
                names.append(joined(name, tag))
            elif title and 0 < len(words(title)) <= 5 and pascal(title).isascii():
                names.append(joined(name, title))
            elif len(classes) == 1:
                names.append(joined(name, "Enum" if "enum" in member else "Object"))
            else:
                names.append(joined(name, f"Variant{index + 1}"))
        return names

    def _would_name(self, member: Node) -> bool:
        """Whether a member needs a class; one that is only "this or null" is what this is."""
        value = member.value
        if not isinstance(value, dict):
            return False
        if value.get("properties") or value.get("enum") or "allOf" in value:
            return True
        for keyword in ("oneOf", "anyOf"):
            alternatives = member.get(keyword)
            if alternatives is not None:
                kept = [m for m in alternatives.elements() if not is_null(m)]
                return len(kept) != 1 or self._would_name(kept[0])
        return False

    def _discriminator(
        self, part: Part, members: list[Node], built: list[tuple[ir.Schema, str | None]]
    ) -> ir.Discriminator | None:
        """As declared; `finish` completes the mapping once all members are known."""
        node = part.node.get("discriminator")
        if node is None:
            return None
        name = node.text("propertyName")
        if name is None:
            return None
        actual = {
            referred: schema.shape.name
            for schema, referred in built
            if referred is not None and isinstance(schema.shape, ir.Reference)
        }
        mapping: dict[str, str] = {}
        declared = node.get("mapping")
        for value, entry in declared.items() if declared is not None else ():
            target = self._mapped(entry)
            if target is not None:
                mapping[value] = actual.get(target, target)
        for member, (schema, referred) in zip(members, built, strict=True):
            # A member that is merged with what stands beside the union has a name of its own, and
            # the implicit value is still that of the schema it was made of.
            merged = isinstance(schema.shape, ir.Reference) and schema.shape.name != referred
            if not merged or referred is None or actual[referred] in mapping.values():
                continue
            if not self._has_constant(member, name):
                mapping.setdefault(referred, actual[referred])
        other = node.get("defaultMapping")
        default = self._mapped(other) if other is not None else None
        return ir.Discriminator(
            property=name,
            mapping=mapping,
            default=actual.get(default, default) if default else None,
        )

    def _has_constant(self, member: Node, name: str) -> bool:
        """Whether a member says itself which values its tag has."""
        compound = self._schemas.compounds.of([member])
        tags = [p.get(name) for p in compound.nodes("properties")]
        return any(tag is not None and ("const" in tag or "enum" in tag) for tag in tags)

    def _mapped(self, entry: Node) -> str | None:
        """The schema that a discriminator's mapping names: by name, or by reference."""
        if not isinstance(entry.value, str):
            return None
        if entry.value in self._context.components:
            return entry.value
        found = self._context.document.find(entry.value, entry)
        return self._schemas.name_of(found) if found is not None else None


_ADDED: Final = frozenset(
    {
        "contains",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "if",
        "maxContains",
        "minContains",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
"""Keywords that `UnmodelledKeywords.add_parts` has added already."""


def _conditions(alternatives: Node) -> bool:
    """Whether alternatives only restrict which members an object has."""
    return all(
        "$ref" not in m and bool(keys := set(structural(m.value))) and keys <= _CONDITIONS
        for m in alternatives.elements()
    )


def _constants(members: list[Node]) -> ir.Enumeration | None:
    """The enumeration that a union of constants is."""
    values: dict[str, ir.Json] = {}
    names: list[str] = []
    for member in members:
        keys = set(structural(member.value))
        if "$ref" in member or not isinstance(member.value, dict) or "const" not in keys:
            return None
        if not keys <= {"const", "type"}:
            return None
        value = member.value["const"]
        values.setdefault(canonical(value), value)
        title = member.text("title")
        if title is not None:
            names.append(title)
    if len(values) < len(members):
        return None
    complete = len(names) == len(members)
    return ir.Enumeration(values=tuple(values.values()), names=tuple(names) if complete else ())


def _tag(member: Compound) -> str:
    """The constant that tells a member from its siblings, in PascalCase, or nothing."""
    for properties in member.nodes("properties"):
        for _, node in properties.items():
            value = node.value
            if not isinstance(value, dict):
                continue
            enum = value.get("enum")
            only = enum[0] if isinstance(enum, list) and len(enum) == 1 else None
            const = value.get("const", only)
            if isinstance(const, str) and pascal(const).isascii():
                return pascal(const)
    return ""
