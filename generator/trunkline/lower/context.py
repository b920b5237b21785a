"""What every part of lowering shares: the description, diagnostics, names, metadata."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.lower.provenance import Citations
from trunkline.lower.words import pascal, words
from trunkline.openapi import Description
from trunkline.semantics.ecma import engine_pattern
from trunkline.source import Node

MAX_SCHEMAS: Final = 50_000
MAX_MERGED: Final = 40_000
"""Parts of schemas that are merged because several hold at one place, counted at every place.
Megabytes of real descriptions stay under 3,000."""

ANNOTATIONS: Final = frozenset(
    {
        "$comment",
        "$schema",
        "default",
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "readOnly",
        "summary",
        "title",
        "writeOnly",
        "xml",
    }
)
"""Keywords of a schema that restrict nothing."""


_LONGEST: Final = 80


def shortened(text: str) -> str:
    """A text of bearable length."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


class Context:
    """State of one lowering."""

    def __init__(self, description: Description, diagnostics: Diagnostics) -> None:
        self.description = description
        self.document = description.document
        self.diagnostics = diagnostics
        self.v30 = description.nullable_keyword
        self.citations = Citations(description.root, diagnostics)
        self.components: dict[str, Node] = {}
        self.defined: set[str] = set()
        """Names of definitions outside the components, which other files have."""
        self.names: dict[object, str] = {}
        """Place, or tuple of parts, of a named schema → its name."""
        self.schemas: dict[str, ir.Schema] = {}
        self.used: set[str] = set()
        """Names that something refers to for itself, not to extend it."""
        self._merged = 0
        self._taken: set[str] = set()
        self._titles = _count_titles(description.root.value)
        components = description.root.at(("components", "schemas"))
        if components is not None:
            for name, node in components.items():
                self.components[name] = node
                self.names[node.place] = name
                self._taken.add(name.casefold())
            for name in self.components:
                self._adopt(name)

    def _adopt(self, name: str) -> None:
        """A component that is only a reference to another file is what stands there."""
        node = self.components[name]
        if "$ref" not in node or not isinstance(node.value, dict):
            return
        if len(node.value) > 1 and not self.v30:
            return
        target = self.document.resolve(node)
        if target is not None and target.place not in self.names:
            self.names[target.place] = name
            self.components[name] = target

    def claim(self, candidate: str, title: str | None = None) -> str:
        """A name for an inline schema, different from all others whatever the case.

        `title` is preferred where only one schema has it and it reads like a name.
        """
        if len(self._taken) > MAX_SCHEMAS:
            raise TrunklineError(
                [
                    Diagnostic(
                        Code.TOO_LARGE,
                        f"More than {MAX_SCHEMAS:,} schemas after expansion",
                        self.description.root.position,
                    )
                ],
                ExitCode.FINDINGS,
            )
        if title is not None and self._titles[title] == 1 and 0 < len(words(title)) <= 5:
            named = pascal(title)
            if named.isascii() and named[0].isalpha() and named.casefold() not in self._taken:
                self._taken.add(named.casefold())
                return named
        base = candidate or "Schema"
        name, number = base, 2
        while name.casefold() in self._taken:
            name = f"{base}{number}"
            number += 1
        self._taken.add(name.casefold())
        return name

    def warn(self, code: Code, message: str, node: Node, hint: str | None = None) -> None:
        """A finding at `node`."""
        self.diagnostics.add(code, message, node.position, hint)

    def pattern(self, text: str, node: Node) -> str | None:
        """A pattern as validators take it; None, with a warning, where they cannot: it is not
        enforced then."""
        found = engine_pattern(text)
        if found is None:
            self.warn(
                Code.PATTERN,
                f"Pattern {shortened(text)!r} cannot be compiled: it is not enforced",
                node,
                "Write it as ECMA-262 has it, without look-around that is repeated.",
            )
        return found

    def merge(self, count: int, node: Node) -> None:
        """Count parts that are merged at `node`; `TrunklineError` when they grow without end."""
        self._merged += count
        if self._merged > MAX_MERGED:
            message = f"Combining schemas takes more than {MAX_MERGED:,} parts"
            raise TrunklineError(
                [Diagnostic(Code.TOO_LARGE, message, node.position)], ExitCode.FINDINGS
            )

    def skip(self, message: str, node: Node, hint: str | None = None) -> None:
        """What `node` says cannot be expressed; that it breaks the structure is said with it."""
        inside: list[Node] = [node]
        for child in inside:
            inside.extend(member for _, member in child.items())
            inside.extend(child.elements())
        places = {child.position for child in inside}
        self.diagnostics.drop(Code.INVALID_DESCRIPTION, places)
        self.diagnostics.drop(Code.NONCONFORMING, places)
        self.warn(Code.SKIPPED, message, node, hint)

    def origin(self, *nodes: Node) -> ir.Origin:
        """Where the first node stands; the provenance is that of the first that has any."""
        first = nodes[0]
        provenance: tuple[ir.Provenance, ...] = ()
        for node in nodes:
            if isinstance(node.value, dict) and "x-trunkline-source" in node.value:
                provenance = self.citations.of(node)
                break
        return ir.Origin(position=first.key_position, pointer=first.pointer, provenance=provenance)

    def meta(self, nodes: Iterable[Node], *, hoisted: bool = False) -> ir.Meta:
        """Annotations of a schema given by several nodes, the first that has one deciding.

        `hoisted` leaves out what belongs to the place alone: default, read-only, write-only.
        """
        present = list(nodes)
        values = [n.value for n in present if isinstance(n.value, dict)]
        title = description = None
        default: ir.Json | ir.Absent = ir.ABSENT
        examples: tuple[ir.Json, ...] = ()
        read_only = write_only = deprecated = False
        extensions: dict[str, ir.Json] = {}
        xml: ir.Xml | None = None
        for value in values:
            xml = xml or xml_of(value)
            if title is None and isinstance(value.get("title"), str):
                title = str(value["title"])
            if description is None and isinstance(value.get("description"), str):
                description = str(value["description"])
            if default is ir.ABSENT and "default" in value:
                default = value["default"]
            if not examples:
                examples = examples_of(value)
            read_only = read_only or value.get("readOnly") is True
            write_only = write_only or value.get("writeOnly") is True
            deprecated = deprecated or value.get("deprecated") is True
            for key, extension in extensions_of(value).items():
                extensions.setdefault(key, extension)
        return ir.Meta(
            origin=self.origin(*present),
            title=title,
            description=description,
            deprecated=deprecated and not hoisted,
            read_only=read_only and not hoisted,
            write_only=write_only and not hoisted,
            default=ir.ABSENT if hoisted else default,
            examples=examples,
            extensions=extensions,
            xml=xml,
        )


def xml_of(value: Mapping[str, ir.Json]) -> ir.Xml | None:
    """The `xml` of a schema; `nodeType` is what 3.2 says for `attribute` and `wrapped`."""
    said = value.get("xml")
    if not isinstance(said, dict):
        return None
    name, node = said.get("name"), said.get("nodeType")
    return ir.Xml(
        name=name if isinstance(name, str) and name else None,
        attribute=said.get("attribute") is True or node == "attribute",
        wrapped=said.get("wrapped") is True or (node == "element" and value.get("type") == "array"),
    )


def extensions_of(value: Mapping[str, ir.Json]) -> dict[str, ir.Json]:
    """The `x-…` keys, provenance excepted."""
    return {k: v for k, v in value.items() if k[:2] == "x-" and k != "x-trunkline-source"}


def examples_of(value: Mapping[str, ir.Json]) -> tuple[ir.Json, ...]:
    """`examples` (a list in schemas) or `example`."""
    examples = value.get("examples")
    if isinstance(examples, list):
        return tuple(examples)
    if "example" in value:
        return (value["example"],)
    return ()


def canonical(value: ir.Json) -> str:
    """Equal for values that JSON Schema holds equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (dict, list)):
        return json.dumps(_integral(value), sort_keys=True)
    return json.dumps(value)


def _integral(value: ir.Json) -> ir.Json:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_integral(v) for v in value]
    if isinstance(value, dict):
        return {k: _integral(v) for k, v in value.items()}
    return value


def _count_titles(data: object) -> Counter[str]:
    titles: Counter[str] = Counter()
    pending = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            title = value.get("title")
            if isinstance(title, str):
                titles[title] += 1
            pending += [v for v in value.values() if isinstance(v, (dict, list))]
        elif isinstance(value, list):
            pending += [v for v in value if isinstance(v, (dict, list))]
    return titles
