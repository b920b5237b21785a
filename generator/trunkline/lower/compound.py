"""A schema as the set of its parts: the node itself, its `allOf` members and what they refer to.

A value fits a compound when it fits the keywords of every part, so merging `allOf` is reading one
keyword from all parts. References are expanded here and only here; the circles they can form end
in a diagnostic.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from trunkline.diagnostics import Code
from trunkline.lower.context import ANNOTATIONS, Context
from trunkline.source import Node
from trunkline.source.parsed import Value

_NOT_STRUCTURAL: Final = ANNOTATIONS | {
    "$anchor",
    "$defs",
    "$dynamicAnchor",
    "$id",
    "$ref",
    "$vocabulary",
    "definitions",
    "discriminator",
    "nullable",
}
_TYPES: Final = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_WHOLE: Final = frozenset({"$ref", "dependentSchemas", "if", "not"})
"""Keywords that say something about null too, or hide what does."""
_COMPOSING: Final = frozenset({"$ref", "allOf", "anyOf", "oneOf"})
_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One schema object, without the keywords `ignored`; `own` when no reference led to it."""

    node: Node
    own: bool = True
    ignored: frozenset[str] = _NONE
    or_null: bool = False
    """Whether it stands beside null in alternatives of which it is the only other."""

    def get(self, keyword: str) -> Node | None:
        """The keyword's value."""
        value = self.node.value
        if not isinstance(value, dict) or keyword not in value or keyword in self.ignored:
            return None
        return self.node.get(keyword)

    def value(self, keyword: str) -> Value:
        """The keyword's plain value, None when absent."""
        value = self.node.value
        if keyword in self.ignored or not isinstance(value, dict):
            return None
        return value.get(keyword)

    def has(self, keyword: str) -> bool:
        """Whether the keyword is given."""
        return keyword in self.node and keyword not in self.ignored

    def structural(self) -> list[str]:
        """The keywords that restrict something."""
        return [k for k in structural(self.node.value) if k not in self.ignored]


@dataclass(frozen=True, eq=False)
class Compound:
    """Parts, of which the last own one decides annotations."""

    parts: tuple[Part, ...]

    @functools.cached_property
    def keywords(self) -> frozenset[str]:
        """The keywords that any part has."""
        found: set[str] = set()
        for part in self.parts:
            if isinstance(part.node.value, dict):
                found |= part.node.value.keys() - part.ignored
        return frozenset(found)

    @property
    def key(self) -> object:
        """Equal for compounds of the same parts: what tells recursion from novelty."""
        if len(self.parts) == 1 and not self.parts[0].ignored and not self.parts[0].or_null:
            return self.parts[0].node.place
        return tuple((p.node.place, p.ignored, p.or_null) for p in self.parts)

    @property
    def own(self) -> list[Node]:
        """The nodes whose annotations count, nearest first."""
        own = [p.node for p in reversed(self.parts) if p.own]
        return own or [self.parts[0].node]

    def nodes(self, keyword: str) -> list[Node]:
        """The keyword's value in every part that has it."""
        if keyword not in self.keywords:
            return []
        found = (part.get(keyword) for part in self.parts)
        return [node for node in found if node is not None]

    def has(self, *keywords: str) -> bool:
        """Whether any part has any of the keywords."""
        return not self.keywords.isdisjoint(keywords)

    def without(self, *keywords: str) -> Compound:
        """The same parts, ignoring keywords."""
        more = frozenset(keywords)
        return Compound(tuple(replace(p, ignored=p.ignored | more) for p in self.parts))


def structural(value: Value) -> list[str]:
    """The keywords of a schema object that restrict something."""
    if not isinstance(value, dict):
        return []
    return [k for k in value if k not in _NOT_STRUCTURAL and k[:2] != "x-"]


def is_null(node: Node) -> bool:
    """Whether a schema, as written, allows null and nothing else."""
    value = node.value
    if not isinstance(value, dict):
        return False
    return (
        value.get("type") in ("null", ["null"])
        or value.get("enum") == [None]
        or ("const" in value and value["const"] is None)
    )


class Compounds:
    """Makes compounds, and answers what takes several parts to answer."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._document = context.document
        self._nullable: set[object] = set()

    def direct(self, node: Node) -> tuple[Node, bool] | None:
        """The target when `node` says no more than "that schema", and whether "or null".

        Covers `$ref` with annotations beside it, `allOf` of one reference, and `oneOf` or `anyOf`
        of one reference and null.
        """
        value = node.value
        if not isinstance(value, dict):
            return None
        nullable = value.get("nullable") is True
        keys = structural(value)
        if "$ref" in value:
            if keys and not self._context.v30:
                return None
            target = self._document.target(node)
            return None if target is None else (target, nullable)
        if len(keys) != 1 or keys[0] not in ("allOf", "anyOf", "oneOf"):
            return None
        members = node.get(keys[0])
        assert members is not None
        given = list(members.elements())
        if keys[0] == "allOf":
            kept = [m for m in given if "$ref" in m or structural(m.value) or m.value is False]
            nullable = nullable or any(m.flag("nullable") for m in given)
        else:
            kept = [m for m in given if not is_null(m)]
            nullable = nullable or len(kept) < len(given)
        if len(kept) != 1:
            return None
        inner = self.direct(kept[0])
        return None if inner is None else (inner[0], inner[1] or nullable)

    def annotations(self, node: Node) -> list[Node]:
        """`node`, and members of its `allOf` that only annotate."""
        members = node.get("allOf")
        if members is None:
            return [node]
        only = [m for m in members.elements() if "$ref" not in m and not structural(m.value)]
        return [node, *only]

    def of(self, nodes: Iterable[Node], *, own: bool = True) -> Compound:
        """The compound of `nodes`, all of which a value must fit; parts are distinct."""
        given = list(nodes)
        value = given[0].value if len(given) == 1 else None
        if isinstance(value, dict) and value.keys().isdisjoint(_COMPOSING):  # as most are
            part = Part(given[0], own)
            return Compound((part,) if own or part.structural() else ())
        parts: dict[object, Part] = {}
        done: set[object] = set()
        for node in given:
            for part in self._parts(node, own, frozenset(), done):
                parts.setdefault(part.node.place, part)
        return Compound(tuple(parts.values()))

    def _parts(
        self, node: Node, own: bool, trail: frozenset[object], done: set[object]
    ) -> Iterator[Part]:
        value = node.value
        if not isinstance(value, dict):
            if value is not True:
                yield Part(node, own)
            return
        if node.place in trail:
            self._context.warn(
                Code.CYCLIC_ALL_OF, "allOf leads back to the schema it is a part of", node
            )
            return
        if node.place in done:
            return
        trail = trail | {node.place}
        ignored: set[str] = set()
        if "$ref" in value:
            target = self._document.target(node)
            if target is not None:
                yield from self._parts(target, False, trail, done)
            if self._context.v30:
                done.add(node.place)
                return
        members = node.get("allOf")
        if members is not None and isinstance(members.value, list):
            ignored.add("allOf")
            for member in members.elements():
                yield from self._parts(member, own, trail, done)
        for keyword in ("oneOf", "anyOf"):
            found = self._only_alternative(node, keyword, own, trail, done)
            if found is not None:
                ignored.add(keyword)
                yield from found
        part = Part(node, own, frozenset(ignored))
        done.add(node.place)
        if own or part.structural():
            yield part

    def _only_alternative(
        self, node: Node, keyword: str, own: bool, trail: frozenset[object], done: set[object]
    ) -> list[Part] | None:
        """The parts of the one alternative that is not null, where there is only one and it can
        be merged with its surroundings; None otherwise."""
        alternatives = node.get(keyword)
        if alternatives is None or not isinstance(alternatives.value, list):
            return None
        kept = [m for m in alternatives.elements() if not is_null(m)]
        if len(kept) != 1:
            return None
        if len(kept) == len(alternatives.value):
            return list(self._parts(kept[0], own, trail, done))
        inner = list(self._parts(kept[0], own, trail, set()))
        only = len(structural(node.value)) == 1
        if not inner or not all(_null_apart(part, only) for part in inner):
            return None
        done.update(p.node.place for p in inner)
        return [replace(p, or_null=True) for p in inner]

    def types(self, compound: Compound) -> tuple[tuple[str, ...] | None, bool]:
        """The types all parts allow, null aside (None: nothing is said), and whether null is
        all that they allow."""
        allowed: list[str] | None = None
        null = True
        for part in compound.parts:
            node = part.get("type")
            if node is None:
                continue
            written = node.value if isinstance(node.value, list) else [node.value]
            known = [t for t in written if isinstance(t, str) and t in _TYPES]
            if len(known) < len(written):
                self._context.warn(Code.NONCONFORMING, f"Type {node.value!r} is not known", node)
                if not known:
                    continue
            null = null and ("null" in known or part.or_null or part.value("nullable") is True)
            given = [t for t in known if t != "null"]
            before = allowed
            allowed = given if allowed is None else _intersect(allowed, given)
            if before and given and not allowed:
                self._context.warn(
                    Code.CONTRADICTION, f"Type {node.value!r} excludes what other parts ask", node
                )
        if allowed is None:
            return None, False
        return tuple(allowed), not allowed and null

    def nullable(self, compound: Compound) -> bool:
        """Whether null fits: some part says so and no part denies it.

        An own `nullable: true` is enough: that is what its authors mean by it, whatever the parts
        say, and in later versions too, where the keyword means nothing by the letter.
        """
        said = [p for p in compound.parts if p.own and p.value("nullable") is True]
        for part in said if not self._context.v30 else ():
            self._warn_of_nullable(part.node)
        if said:
            return True
        if any(part.node.value is False for part in compound.parts):
            return False
        verdicts = [self._admits(part) for part in compound.parts]
        return True in verdicts and False not in verdicts

    def _warn_of_nullable(self, node: Node) -> None:
        if node.place in self._nullable:
            return
        self._nullable.add(node.place)
        self._context.warn(
            Code.NONCONFORMING,
            "nullable is a keyword of OpenAPI 3.0, and read as it is meant: null is allowed",
            node.get("nullable") or node,
            "Write type: [string, 'null'], or anyOf with {type: 'null'}.",
        )

    def _admits(self, part: Part) -> bool | None:
        if part.or_null:
            return True
        if part.node.value is False:
            return False
        verdicts: list[bool | None] = []
        declared = part.value("type")
        nullable = part.value("nullable") is True
        if declared is not None:
            listed = declared if isinstance(declared, list) else [declared]
            verdicts.append("null" in listed or nullable)
        values = part.value("enum")
        if isinstance(values, list):
            if self._context.v30 and None in values:
                return True
            # Null that the type names and the enum forgot is meant, as it is with `nullable`.
            verdicts.append(None in values or nullable or True in verdicts)
        if part.has("const"):
            verdicts.append(part.value("const") is None)
        for keyword in ("oneOf", "anyOf"):
            members = part.get(keyword)
            if members is not None:
                verdicts.append(self._member_admits(members))
        if nullable:
            verdicts.append(True)
        if False in verdicts:
            return False
        return True if True in verdicts else None

    def _member_admits(self, members: Node) -> bool | None:
        """Whether null fits the alternatives. Null that fits several of a `oneOf` fits none by the
        letter; it counts as allowed, as whoever wrote "or null" twice means it."""
        found: list[bool | None] = []
        for member in members.elements():
            if is_null(member):
                return True
            found.append(None if "$ref" in member else self._admits(Part(member)))
        if True in found:
            return True
        return None if None in found else False


def _null_apart(part: Part, alone: bool) -> bool:
    """Whether the keywords of a part that stands beside null can be read without minding it."""
    value = part.node.value
    if not isinstance(value, dict):
        return False
    return not (value.keys() & _WHOLE) and (alone or not value.keys() & {"anyOf", "oneOf"})


def _intersect(one: list[str], other: list[str]) -> list[str]:
    kept = [t for t in one if t in other or (t == "integer" and "number" in other)]
    if "number" in one and "integer" in other and "integer" not in kept:
        kept.append("integer")
    return kept
