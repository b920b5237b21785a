"""Keywords that no shape models, as JSON Schema 2020-12 with references by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from trunkline import ir
from trunkline.lower.compound import Compound, Part
from trunkline.pointer import escape
from trunkline.semantics.ecma import engine_pattern
from trunkline.source import Node

GROUPS: Final = (
    ("not",),
    ("if", "then", "else"),
    ("contains", "minContains", "maxContains"),
    ("dependentRequired",),
    ("dependentSchemas",),
    ("propertyNames",),
    ("unevaluatedItems",),
    ("unevaluatedProperties",),
)
_GROUPED: Final = tuple(keyword for group in GROUPS for keyword in group)
_SCHEMA: Final = frozenset(
    {
        "additionalProperties",
        "contains",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
_SCHEMAS: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_MAPS: Final = frozenset({"dependentSchemas", "patternProperties", "properties"})
_DROPPED: Final = frozenset(
    {
        "$comment",
        "$defs",
        "definitions",
        "deprecated",
        "description",
        "discriminator",
        "example",
        "examples",
        "externalDocs",
        "nullable",
        "title",
        "xml",
    }
)

NameOf = Callable[[Node], str | None]
"""The name in `Api.schemas` of what a node's `$ref` leads to."""


class UnmodelledKeywords:
    """What accumulates for one schema's `rest`."""

    def __init__(self, name_of: NameOf, *, v30: bool) -> None:
        self.keywords: dict[str, ir.Json] = {}
        self._name_of = name_of
        self._v30 = v30

    def add(self, group: dict[str, ir.Json]) -> None:
        """Keywords that belong together; beside each other where they do not collide."""
        if not self.keywords.keys() & group.keys():
            self.keywords.update(group)
            return
        more = self.keywords.setdefault("allOf", [])
        assert isinstance(more, list)
        if group not in more:
            more.append(group)

    def add_parts(self, compound: Compound) -> None:
        """The keywords of `GROUPS` in every part."""
        if not compound.has(*_GROUPED):
            return
        for part in compound.parts:
            for group in GROUPS:
                self.add_group(part, group)

    def add_group(self, part: Part, group: tuple[str, ...]) -> None:
        """Some keywords of one part, if it has any."""
        found = {k: self.keyword(k, n) for k in group if (n := part.get(k)) is not None}
        if found:
            self.add(found)

    def keyword(self, keyword: str, node: Node) -> ir.Json:
        """One keyword's value as JSON Schema 2020-12."""
        if keyword in _SCHEMA:
            return self.schema(node)
        if keyword in _SCHEMAS:
            return [self.schema(member) for member in node.elements()]
        if keyword in _MAPS:
            named = {name: self.schema(member) for name, member in node.items()}
            if keyword != "patternProperties":
                return named
            return {p: member for n, member in named.items() if (p := engine_pattern(n))}
        if keyword == "pattern" and isinstance(node.value, str):
            # What is not understood is told where the string that it is about is read.
            return engine_pattern(node.value) or ""
        return node.value

    def schema(self, node: Node) -> ir.Json:
        """A schema as JSON Schema 2020-12, references rewritten to `#/$defs/<name>`."""
        if not isinstance(node.value, dict):
            return node.value
        printed: dict[str, ir.Json] = {}
        for key, member in node.items():
            if key == "$ref":
                name = self._name_of(node)
                if name is not None:
                    printed["$ref"] = reference(name)
            elif key not in _DROPPED and key[:2] != "x-":
                printed[key] = self.keyword(key, member)
        if self._v30:
            self._from_30(node, printed)
        return printed

    @staticmethod
    def _from_30(node: Node, printed: dict[str, ir.Json]) -> None:
        if node.flag("nullable") and isinstance(printed.get("type"), str):
            printed["type"] = [printed["type"], "null"]
        for exclusive, inclusive in (
            ("exclusiveMinimum", "minimum"),
            ("exclusiveMaximum", "maximum"),
        ):
            strict = printed.get(exclusive)
            if isinstance(strict, bool):
                del printed[exclusive]
                if strict and inclusive in printed:
                    printed[exclusive] = printed.pop(inclusive)


def reference(name: str) -> str:
    """The `$ref` by which `rest` names a schema."""
    return "#/$defs/" + escape(name)
