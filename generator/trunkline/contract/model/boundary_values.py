"""Values from schemas: ones that fit, ones at the edge, and ones just beyond it.

Everything is drawn from one seeded source, so a seed reproduces a run. Every value offered as
fitting or as breaking its schema has been put to the validator first: a disagreement between this
module and JSON Schema costs a probe, never a false alarm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from trunkline import ir
from trunkline.contract.model.kindred import kindred
from trunkline.contract.model.made_up import UNKNOWN
from trunkline.contract.model.patterns import matching
from trunkline.contract.model.valid_values import UnbuildableError, ValidValues, bounds, tidy
from trunkline.ir import Json
from trunkline.plugins import value_formats
from trunkline.semantics import schemas

_LONG = 5000
"""Lengths beyond this are not probed: the request would test the server's limits instead."""
_MANY = 300
"""Items of a list beyond which the same holds."""


_WRONG_FORMATS: dict[str, tuple[str, ...]] = {
    "date-time": ("yesterday", "2026-13-45T99:99:99Z"),
    "date": ("yesterday", "2026-13-45"),
    "email": ("nobody", "@"),
    "uuid": ("12345", "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz"),
    "ipv4": ("999.1.1.1", "abc"),
    "ipv6": ("12345::zz", "abc"),
    "hostname": ("-not a host-",),
    "uri": ("not a uri",),
}


@dataclass(frozen=True, slots=True)
class ValidExample:
    """A value that fits, and what is special about it."""

    label: str
    value: Json


@dataclass(frozen=True, slots=True)
class InvalidExample:
    """A value that breaks its schema; `rule` is the id of the check that says so."""

    rule: str
    label: str
    value: Json


_Value = TypeVar("_Value", ValidExample, InvalidExample)


class BoundaryValues(ValidValues):
    """Values for the schemas of one API: fitting, at the edge, just beyond it."""

    def valid_examples(self, schema: ir.Schema) -> list[ValidExample]:
        """Values at the edges of what `schema` allows, each accepted by the validator."""
        offered = _distinct(self._edges(schema))
        return [valid for valid in offered if self._validators.fits(schema, valid.value, "request")]

    def _edges(self, schema: ir.Schema) -> Iterable[ValidExample]:
        target = schemas.resolve(self._api.schemas, schema)
        if schemas.facets(self._api.schemas, schema).nullable:
            yield ValidExample("null", None)
        match target.shape:
            case ir.Enumeration(values=values):
                yield from (ValidExample(f"the value {v!r}", v) for v in values)
            case ir.Boolean():
                yield from (ValidExample("true", True), ValidExample("false", False))
            case ir.Integer() | ir.Number() as number:
                yield from _number_edges(number)
            case ir.String() as text:
                yield from self._string_edges(text)
            case ir.Array() as array:
                yield from self._array_edges(array)
            case ir.Union(members=members):
                for member in members:
                    yield from self._edges(member)

    def _string_edges(self, shape: ir.String) -> Iterable[ValidExample]:
        if shape.pattern is None and shape.format is None:
            if not shape.min_length:
                yield ValidExample("empty text", "")
            if shape.min_length and shape.min_length <= _LONG:
                yield ValidExample(f"{shape.min_length} characters", self.exactly(shape.min_length))
            if shape.max_length is not None and shape.max_length <= _LONG:
                yield ValidExample(f"{shape.max_length} characters", self.exactly(shape.max_length))
                yield ValidExample(
                    f"{shape.max_length} characters of two bytes",
                    self.exactly(shape.max_length, filler="é"),
                )
            return
        yield ValidExample("text of the form asked for", self._string_or_none(shape))
        if shape.format == "date-time":
            yield ValidExample("a time with an offset", "2026-03-04T07:08:09+02:00")

    def _string_or_none(self, shape: ir.String) -> Json:
        try:
            return self.string(shape)
        except UnbuildableError:
            return None

    def _array_edges(self, shape: ir.Array) -> Iterable[ValidExample]:
        if not shape.min_items:
            yield ValidExample("no members", [])
        for count in {shape.min_items or 0, shape.max_items or 0}:
            if 0 < count <= _MANY and (made := self._members(shape, count)) is not None:
                yield ValidExample(f"{count} members", made)

    def _members(self, shape: ir.Array, count: int) -> list[Json] | None:
        """`count` members, distinct as far as the schema provides."""
        try:
            first = self.one(shape.items)
        except UnbuildableError:
            return None
        pool: list[Json] = [
            g.value for g in self.valid_examples(shape.items) if g.value is not None
        ]
        pool = pool or [first]
        made: list[Json] = []
        for index in range(count):
            if shape.unique_items:
                made.append(pool[index] if index < len(pool) else self.one(shape.items))
            else:
                made.append(pool[index % len(pool)])
        return made

    def invalid_examples(self, schema: ir.Schema) -> list[InvalidExample]:
        """Values just beyond what `schema` allows, each refused by the validator."""
        offered = _distinct(self._breakages(schema))
        return [
            invalid
            for invalid in offered
            if not self._validators.fits(schema, invalid.value, "request")
        ]

    def _breakages(self, schema: ir.Schema) -> Iterable[InvalidExample]:
        target = schemas.resolve(self._api.schemas, schema)
        yield from _wrong_types(target.shape)
        yield InvalidExample("null-rejected", "null", None)
        match target.shape:
            case ir.Enumeration(values=values):
                yield from _near_enum(values)
            case ir.Integer() | ir.Number() as number:
                yield from _number_breakages(number)
            case ir.String() as text:
                yield from self._string_breakages(text)
            case ir.Array() as array:
                yield from self._array_breakages(array)

    def _string_breakages(self, shape: ir.String) -> Iterable[InvalidExample]:
        if shape.min_length and shape.min_length <= _LONG:
            short = shape.min_length - 1
            yield InvalidExample("length-enforced", f"{short} characters", self.exactly(short))
        if shape.max_length is not None and shape.max_length <= _LONG:
            long = shape.max_length + 1
            yield InvalidExample("length-enforced", f"{long} characters", self.exactly(long))
        added = value_formats().get(shape.format or "")
        known = added.invalid if added else _WRONG_FORMATS.get(shape.format or "", ())
        for wrong in known:
            yield InvalidExample("format-enforced", f"no {shape.format}", wrong)
        if shape.pattern is not None:
            sample = matching(shape.pattern, shape.min_length, shape.max_length)
            if sample is not None:
                for label, value in _mutations(sample):
                    yield InvalidExample("pattern-enforced", label, value)

    def _array_breakages(self, shape: ir.Array) -> Iterable[InvalidExample]:
        if shape.min_items and shape.min_items <= _MANY:
            made = self._members(shape, shape.min_items - 1)
            if made is not None:
                yield InvalidExample("items-enforced", f"{shape.min_items - 1} members", made)
        if shape.max_items is not None and shape.max_items < _MANY:
            made = self._members(shape, shape.max_items + 1)
            if made is not None:
                yield InvalidExample("items-enforced", f"{shape.max_items + 1} members", made)
        if shape.unique_items and (made := self._members(shape, 1)):
            yield InvalidExample("items-enforced", "one member twice", [made[0], made[0]])
        for invalid in self._breakages(shape.items):
            yield InvalidExample(invalid.rule, f"a member that is {invalid.label}", [invalid.value])


def _number_edges(shape: ir.Integer | ir.Number) -> Iterable[ValidExample]:
    low, high = bounds(shape)
    if low is not None:
        yield ValidExample(f"the smallest, {tidy(low)}", tidy(low))
    if high is not None:
        yield ValidExample(f"the largest, {tidy(high)}", tidy(high))
    if low is not None and high is not None and high - low > 2:
        yield ValidExample("the next to smallest", tidy(low + 1))
        yield ValidExample("the next to largest", tidy(high - 1))
    if isinstance(shape, ir.Number):
        for times in (1, 1234):
            fraction = tidy((shape.multiple_of or 0.01) * times + _floor(low or 0, shape))
            yield ValidExample(f"the fraction {fraction}", fraction)


def _floor(low: float, shape: ir.Number) -> float:
    """A number at or above `low` that fractions can be added to."""
    step = shape.multiple_of or 1
    return -(-low // step) * step


def _number_breakages(shape: ir.Integer | ir.Number) -> Iterable[InvalidExample]:
    step: int | float = 1 if isinstance(shape, ir.Integer) else 0.01
    for bound, sign in (
        (shape.minimum, -1),
        (shape.maximum, 1),
        (shape.exclusive_minimum, 0),
        (shape.exclusive_maximum, 0),
    ):
        if bound is None:
            continue
        beyond = tidy(bound + sign * step)
        yield InvalidExample("range-enforced", f"{beyond}", beyond)
        if sign and isinstance(shape, ir.Number):
            yield InvalidExample("range-enforced", f"{tidy(bound + sign)}", tidy(bound + sign))
    if isinstance(shape, ir.Integer):
        low, high = bounds(shape)
        base = low if low is not None else high if high is not None else 1
        yield InvalidExample("type-enforced", "a fraction", float(base) + 0.5)
    if shape.multiple_of:
        yield InvalidExample("range-enforced", "no multiple", shape.multiple_of * 1.5)


def _wrong_types(shape: ir.Shape) -> Iterable[InvalidExample]:
    wrong: tuple[tuple[str, Json], ...]
    base = shape.base if isinstance(shape, ir.Enumeration) and shape.base else shape
    match base:
        case ir.String() | ir.Enumeration():
            wrong = (("a number", 7), ("a boolean", True), ("a list", ["a"]), ("an object", {}))
        case ir.Integer() | ir.Number():
            low, high = bounds(base)
            number: Json = tidy(low if low is not None else high if high is not None else 5)
            wrong = (
                ("a number as text", str(number)),
                ("text", "abc"),
                ("empty text", ""),
                ("a boolean", True),
                ("a list", [number]),
                ("an object", {}),
            )
        case ir.Boolean():
            wrong = (
                ("a boolean as text", "true"),
                ("the number 1", 1),
                ("the number 0", 0),
                ("text", "abc"),
                ("a list", [True]),
            )
        case ir.Array() | ir.Tuple():
            wrong = (("text", "abc"), ("an object", {}), ("a number", 7))
        case ir.Object():
            wrong = (("text", "abc"), ("a list", []), ("a number", 7), ("a boolean", True))
        case _:
            wrong = ()
    for label, value in wrong:
        yield InvalidExample("type-enforced", label, value)


def _near_enum(values: tuple[Json, ...]) -> Iterable[InvalidExample]:
    texts = [v for v in values if isinstance(v, str)]
    if texts:
        yield InvalidExample("enum-enforced", "a value not listed", f"{texts[0]}-x")
        yield InvalidExample("enum-enforced", "an unknown word", UNKNOWN)
        yield InvalidExample("enum-enforced", "empty text", "")
        for word in kindred(texts):
            yield InvalidExample("enum-enforced", f"{word!r}, which is not listed", word)
        for text in texts:
            yield InvalidExample("enum-enforced", f"{text!r} in the other case", text.swapcase())
            yield InvalidExample("enum-enforced", f"{text!r} with a space", f"{text} ")
    numbers = [v for v in values if isinstance(v, int) and not isinstance(v, bool)]
    if numbers:
        yield InvalidExample("enum-enforced", "a number not listed", max(numbers) + 1)


def _mutations(sample: str) -> Iterable[tuple[str, str]]:
    """`sample` damaged: around it, in it, without it. `\\n` last is what `$` lets through."""
    yield "text of another form", "~?~"
    yield "empty text", ""
    yield "text with something before", f"~{sample}"
    yield "text with something after", f"{sample}~"
    yield "text with a line break after", f"{sample}\n"
    yield "text with a line before", f"~\n{sample}"
    yield "text in the other case", sample.swapcase()
    yield "text doubled", sample + sample
    if len(sample) > 1:
        yield "text cut short", sample[:-1]


def _distinct(found: Iterable[_Value]) -> list[_Value]:
    seen: list[tuple[type, Json]] = []
    kept = []
    for one in found:
        key = (type(one.value), one.value)
        if key not in seen:
            seen.append(key)
            kept.append(one)
    return kept
