"""Arrays and objects: what stands in them."""

from __future__ import annotations

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.compound import Compound
from trunkline.lower.reader import SchemaReader
from trunkline.lower.unmodelled import UnmodelledKeywords
from trunkline.lower.words import joined, pascal, singular_phrase
from trunkline.source import Node


class Containers:
    """The shapes of compounds that hold other schemas."""

    def __init__(self, schemas: SchemaReader) -> None:
        self._schemas = schemas
        self._context = schemas.context

    def array(self, compound: Compound, name: str, unmodelled: UnmodelledKeywords) -> ir.Shape:
        """An array, or a tuple where the first elements have schemas of their own."""
        least = self._schemas.scalars.count(compound, "minItems", max)
        most = self._schemas.scalars.count(compound, "maxItems", min)
        unique = any(n.value is True for n in compound.nodes("uniqueItems"))
        singular = singular_phrase(name)
        item_name = joined(singular, "") if singular != name else joined(name, "Item")
        prefixes = [n for n in compound.nodes("prefixItems") if isinstance(n.value, list)]
        items = compound.nodes("items")
        if not prefixes:
            prefixes = [n for n in items if isinstance(n.value, list)]
            items = [n for n in items if not isinstance(n.value, list)]
        if prefixes:
            if unique:
                unmodelled.add({"uniqueItems": True})
            for more in prefixes[1:]:
                unmodelled.add({"prefixItems": [unmodelled.schema(m) for m in more.elements()]})
            return ir.Tuple(
                prefix=tuple(
                    self._schemas.schema(m, joined(name, f"Item{index}"))
                    for index, m in enumerate(prefixes[0].elements(), 1)
                ),
                rest=self._rest_items(items, item_name, prefixes[0]),
                min_items=least,
                max_items=most,
            )
        if items:
            each = self._schemas.all_of(items, item_name)
        else:
            each = ir.Schema(
                shape=ir.Anything(), meta=ir.Meta(origin=self._context.origin(compound.own[0]))
            )
        return ir.Array(items=each, min_items=least, max_items=most, unique_items=unique)

    def _rest_items(self, items: list[Node], name: str, place: Node) -> ir.Schema | None:
        if not items:
            return ir.Schema(shape=ir.Anything(), meta=ir.Meta(origin=self._context.origin(place)))
        if any(n.value is False for n in items):
            return None
        return self._schemas.all_of(items, name)

    def object(self, compound: Compound, name: str, unmodelled: UnmodelledKeywords) -> ir.Object:
        """An object: members, what is required, and what else it may have."""
        members: dict[str, list[Node]] = {}
        for properties in compound.nodes("properties"):
            for key, node in properties.items():
                members.setdefault(key, []).append(node)
        required: dict[str, Node] = {}
        for listed in compound.nodes("required"):
            for entry in listed.elements():
                if isinstance(entry.value, str):
                    required.setdefault(entry.value, entry)
        additional, is_open = self._additional(compound, name, unmodelled)
        patterns: dict[str, list[Node]] = {}
        for found in compound.nodes("patternProperties"):
            for written, node in found.items():
                pattern = self._context.pattern(written, node)
                if pattern is not None:
                    patterns.setdefault(pattern, []).append(node)
        self._warn_of_closed_parts(compound, required)
        properties_: list[ir.Property] = []
        for key, nodes in members.items():
            properties_.append(
                ir.Property(
                    name=key,
                    schema=self._schemas.all_of(
                        nodes, joined(name, key) if pascal(key) else joined(name, "Value")
                    ),
                    required=key in required,
                )
            )
        unlisted = {k: n for k, n in required.items() if k not in members}
        if unlisted and (additional is None or patterns):
            unmodelled.add({"required": list(unlisted)})
        elif additional is not None:
            for key, node in unlisted.items():
                undescribed = ir.Schema(
                    shape=additional.shape,
                    nullable=additional.nullable,
                    unmodelled=additional.unmodelled,
                    meta=ir.Meta(origin=self._context.origin(node)),
                )
                properties_.append(ir.Property(name=key, schema=undescribed, required=True))
        return ir.Object(
            properties=tuple(properties_),
            additional=additional,
            open=is_open,
            pattern_properties=tuple(
                (pattern, self._schemas.all_of(nodes, joined(name, "Value")))
                for pattern, nodes in patterns.items()
            ),
            min_properties=self._schemas.scalars.count(compound, "minProperties", max),
            max_properties=self._schemas.scalars.count(compound, "maxProperties", min),
        )

    def _warn_of_closed_parts(self, compound: Compound, required: dict[str, Node]) -> None:
        if len(compound.parts) < 2:
            return
        for part in compound.parts:
            closed = part.get("additionalProperties")
            if closed is None or closed.value is not False or part.has("patternProperties"):
                continue
            named = part.value("properties")
            own = named if isinstance(named, dict) else {}
            excluded = [name for name in required if name not in own]
            if excluded:
                self._context.warn(
                    Code.CONTRADICTION,
                    f"No more members are allowed here, but another part asks for {excluded[0]!r}",
                    closed,
                    "Say unevaluatedProperties: false beside allOf instead.",
                )

    def _additional(
        self, compound: Compound, name: str, unmodelled: UnmodelledKeywords
    ) -> tuple[ir.Schema | None, bool]:
        """The schema of members not named, and whether nothing is said about them.

        What one part of an `allOf` says is read as meant for the whole: taken to the letter, a
        part with `additionalProperties: false` would forbid the members of the others.
        `unevaluatedProperties` is `additionalProperties` of the merged whole where no alternative
        can evaluate more members.
        """
        given = compound.nodes("additionalProperties")
        if not given and not compound.has("anyOf", "oneOf", "if", "not", "dependentSchemas"):
            given = compound.nodes("unevaluatedProperties")
            if given:
                unmodelled.keywords.pop("unevaluatedProperties", None)
        if any(n.value is False for n in given):
            return None, False
        telling = [n for n in given if n.value is not True and n.value != {}]
        if telling:
            return self._schemas.all_of(telling, joined(name, "Value")), False
        anything = ir.Schema(
            shape=ir.Anything(),
            meta=ir.Meta(origin=self._context.origin(given[0] if given else compound.own[0])),
        )
        return anything, not given
