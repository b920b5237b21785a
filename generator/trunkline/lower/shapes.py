"""Scalar shapes and enumerations of a compound."""

from __future__ import annotations

import itertools
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.compound import Compound, Part
from trunkline.lower.context import Context, canonical
from trunkline.lower.unmodelled import UnmodelledKeywords
from trunkline.source import Node
from trunkline.source.parsed import Value

_STRING_KEYWORDS: Final = frozenset(
    {"contentEncoding", "contentMediaType", "maxLength", "minLength", "pattern"}
)
_NUMBER_KEYWORDS: Final = frozenset(
    {"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"}
)
_OBJECT_KEYWORDS: Final = frozenset(
    {
        "additionalProperties",
        "dependentRequired",
        "dependentSchemas",
        "maxProperties",
        "minProperties",
        "patternProperties",
        "properties",
        "propertyNames",
        "required",
        "unevaluatedProperties",
    }
)
_ARRAY_KEYWORDS: Final = frozenset(
    {"contains", "items", "maxItems", "minItems", "prefixItems", "unevaluatedItems", "uniqueItems"}
)
_NUMBER_FORMATS: Final = {
    "int32": "integer",
    "int64": "integer",
    "uint32": "integer",
    "uint64": "integer",
    "float": "number",
    "double": "number",
    "decimal": "number",
}
_NAMES: Final = ("x-enum-varnames", "x-enumNames", "x-enum-names")


def infer_type(compound: Compound) -> str | None:
    """The type that the keywords are about, where none is given; None when nothing tells."""
    keys = {k for part in compound.parts for k in part.structural()}
    if keys & _OBJECT_KEYWORDS:
        return "object"
    if keys & _ARRAY_KEYWORDS:
        return "array"
    if keys & _STRING_KEYWORDS:
        return "string"
    if keys & _NUMBER_KEYWORDS:
        return "number"
    if "format" in keys:
        formats = [n.value for n in compound.nodes("format")]
        return _NUMBER_FORMATS.get(str(formats[0]), "string")
    return None


class Scalars:
    """Strings, numbers and enumerations."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def string(self, compound: Compound, unmodelled: UnmodelledKeywords) -> ir.String:
        """A `String`; second patterns and formats go to `rest`."""
        text_format = self._text(compound, "format", unmodelled)
        media_type = self._text(compound, "contentMediaType", unmodelled)
        encoding = self._text(compound, "contentEncoding", unmodelled)
        binary = text_format == "binary" or (
            media_type is not None
            and encoding is None
            and not media_type.startswith("text/")
            and "json" not in media_type
            and "xml" not in media_type
        )
        return ir.String(
            min_length=self.count(compound, "minLength", max),
            max_length=self.count(compound, "maxLength", min),
            pattern=self._pattern(compound, unmodelled),
            format=text_format,
            content_media_type=media_type,
            content_encoding=encoding,
            binary=binary,
        )

    def _pattern(self, compound: Compound, unmodelled: UnmodelledKeywords) -> str | None:
        found: dict[str, None] = {}
        for node in compound.nodes("pattern"):
            if isinstance(node.value, str):
                pattern = self._context.pattern(node.value, node)
                if pattern is not None:
                    found.setdefault(pattern)
        patterns = list(found)
        for more in patterns[1:]:
            unmodelled.add({"pattern": more})
        return patterns[0] if patterns else None

    def number(
        self, compound: Compound, unmodelled: UnmodelledKeywords, *, integer: bool
    ) -> ir.Integer | ir.Number:
        """An `Integer` or a `Number`, 3.0's boolean exclusive bounds made numbers."""
        lower = [self._bound(p, "minimum", "exclusiveMinimum") for p in compound.parts]
        upper = [self._bound(p, "maximum", "exclusiveMaximum") for p in compound.parts]
        multiples = [n.value for n in compound.nodes("multipleOf") if _is_number(n.value)]
        for more in multiples[1:]:
            if more != multiples[0]:
                unmodelled.add({"multipleOf": more})
        multiple = multiples[0] if multiples else None
        assert multiple is None or (isinstance(multiple, (int, float)))
        make = ir.Integer if integer else ir.Number
        return make(
            minimum=max((a for a, _ in lower if a is not None), default=None),
            exclusive_minimum=max((b for _, b in lower if b is not None), default=None),
            maximum=min((a for a, _ in upper if a is not None), default=None),
            exclusive_maximum=min((b for _, b in upper if b is not None), default=None),
            multiple_of=multiple,
            format=self._text(compound, "format", unmodelled),
        )

    def _bound(
        self, part: Part, inclusive: str, exclusive: str
    ) -> tuple[int | float | None, int | float | None]:
        bound, strict = part.value(inclusive), part.value(exclusive)
        for keyword, value in ((inclusive, bound), (exclusive, strict)):
            if value is not None and not _is_number(value) and not isinstance(value, bool):
                node = part.get(keyword)
                assert node is not None
                self._context.warn(Code.NONCONFORMING, f"{keyword} {value!r} is not a number", node)
        number = bound if _is_number(bound) else None
        assert number is None or isinstance(number, (int, float))
        if isinstance(strict, bool):
            return (None, number) if strict else (number, None)
        strict_number = strict if _is_number(strict) else None
        assert strict_number is None or isinstance(strict_number, (int, float))
        return number, strict_number

    def count(self, compound: Compound, keyword: str, tightest: object) -> int | None:
        """A whole-number limit; `tightest` is `min` or `max`."""
        found: list[int] = []
        for node in compound.nodes(keyword):
            value = node.value
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
                found.append(value)
            else:
                self._context.warn(
                    Code.NONCONFORMING, f"{keyword} {value!r} is not a whole number", node
                )
        if not found:
            return None
        return max(found) if tightest is max else min(found)

    def _text(self, compound: Compound, keyword: str, unmodelled: UnmodelledKeywords) -> str | None:
        found = [n.value for n in compound.nodes(keyword) if isinstance(n.value, str)]
        for more in found[1:]:
            if more != found[0]:
                unmodelled.add({keyword: more})
        return found[0] if found else None

    def values(self, compound: Compound) -> tuple[list[Value], tuple[str, ...]] | None:
        """What `enum` and `const` of all parts leave, null aside and each once, and the names.

        None where there is neither.
        """
        lists: list[tuple[Node, list[Value]]] = []
        for part in compound.parts:
            enum = part.get("enum")
            if enum is not None and isinstance(enum.value, list):
                lists.append((enum, enum.value))
            const = part.get("const")
            if const is not None:
                lists.append((const, [const.value]))
        if not lists:
            return None
        names = self._names(compound, lists[0][1]) if len(lists) == 1 else {}
        kept = {canonical(v): v for v in lists[0][1]}
        for _, values in lists[1:]:
            allowed = {canonical(v) for v in values}
            kept = {k: v for k, v in kept.items() if k in allowed}
        if not kept:
            self._context.warn(Code.CONTRADICTION, "No value is left by enum", lists[-1][0])
        kept.pop("null", None)
        ordered = list(kept.values())
        if names and all(canonical(v) in names for v in ordered):
            return ordered, tuple(names[canonical(v)] for v in ordered)
        return ordered, ()

    def _names(self, compound: Compound, values: list[Value]) -> dict[str, str]:
        for keyword in _NAMES:
            for node in compound.nodes(keyword):
                given = node.value
                if isinstance(given, list) and len(given) == len(values):
                    return {canonical(v): str(n) for v, n in zip(values, given, strict=True)}
        return {}

    def fitting(self, values: list[Value], types: tuple[str, ...], node: Node) -> list[Value]:
        """The values of one of `types`; the others are warned of."""
        kept = [v for v in values if any(is_of_type(v, t) for t in types)]
        if len(kept) < len(values):
            wrong = next(itertools.filterfalse(kept.__contains__, values), None)
            self._context.warn(
                Code.CONTRADICTION,
                f"Enumerated value {wrong!r} is not of type {' or '.join(types)}",
                node,
                "Quote it, or correct the type.",
            )
        return kept


def is_of_type(value: Value, name: str) -> bool:
    """Whether a JSON value is of a JSON Schema type."""
    match name:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return (isinstance(value, int) and not isinstance(value, bool)) or (
                isinstance(value, float) and value.is_integer()
            )
        case "number":
            return _is_number(value)
        case "object":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
        case _:
            return value is None


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
