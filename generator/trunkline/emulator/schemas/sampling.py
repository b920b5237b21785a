"""Values made from schemas: examples first, then defaults, then the smallest thing that fits.

Deterministic: the same schema and random state give the same value. What comes out is checked; the
few schemas whose shape alone is not enough (`not`, `if`, intersections) are tried several times.
"""

from __future__ import annotations

import base64
import math
import random
import uuid
from collections.abc import Callable, Iterator, Mapping

from trunkline.emulator.schemas import patterns
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import (
    ABSENT,
    Api,
    Array,
    Boolean,
    Direction,
    Enumeration,
    Integer,
    Intersection,
    Json,
    Nothing,
    Null,
    Number,
    Object,
    Reference,
    Schema,
    String,
    Tuple,
    Union,
)
from trunkline.plugins import value_formats

_DEPTH = 24
"""Beyond it a value is given up: the schema needs itself without end."""
_BUDGET = 400
"""Parts of a value after which only what is required is added."""
_NESTED = 3
_LONGEST_LIST = 1_000
_LONGEST_TEXT = 100_000
"""Longer lists and texts are not made, though a schema may ask for them."""
NONE = (None, False, "")
"""What may stand, in place of any value, for something that is not there."""
_LENGTHS = (32, 256, 1024)
"""Of texts tried where a shorter one fits several alternatives."""


class NoValue(Exception):  # noqa: N818  # a response, not a failure
    """No value was found that fits the schema."""


def _hostname(rng: random.Random) -> str:
    return f"host-{rng.randrange(10**6)}.example.com"


_FORMATS: Mapping[str, Callable[[random.Random], str]] = {
    "date-time": lambda rng: f"2024-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}T12:00:00.000Z",
    "date": lambda rng: f"2024-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}",
    "time": lambda _: "12:00:00Z",
    "duration": lambda _: "PT1M",
    "email": lambda rng: f"user-{rng.randrange(10**6)}@example.com",
    "idn-email": lambda rng: f"user-{rng.randrange(10**6)}@example.com",
    "hostname": _hostname,
    "idn-hostname": _hostname,
    "ipv4": lambda rng: f"192.0.2.{rng.randint(1, 254)}",
    "ipv6": lambda rng: f"2001:db8::{rng.randint(1, 0xFFFF):x}",
    "uri": lambda rng: f"https://example.com/{rng.randrange(10**6)}",
    "url": lambda rng: f"https://example.com/{rng.randrange(10**6)}",
    "uri-reference": lambda rng: f"https://example.com/{rng.randrange(10**6)}",
    "iri": lambda rng: f"https://example.com/{rng.randrange(10**6)}",
    "iri-reference": lambda rng: f"https://example.com/{rng.randrange(10**6)}",
    "uri-template": lambda _: "https://example.com/{id}",
    "uuid": lambda rng: str(uuid.UUID(int=rng.getrandbits(128), version=4)),
    "json-pointer": lambda _: "/name",
    "relative-json-pointer": lambda _: "0",
    "regex": lambda _: "^a$",
    "byte": lambda rng: base64.b64encode(rng.randbytes(6)).decode(),
    "date-time-rfc-2822": lambda _: "Mon, 05 Feb 2024 12:00:00 +0000",
    "decimal": lambda rng: f"{rng.randrange(100)}.{rng.randrange(10)}",
    "phone-number": lambda rng: f"+1202555{rng.randrange(10**4):04d}",
}


class _Draw:
    """One value on its way: what it is for, and how much of it there may still be.

    Object types that refer to each other through optional properties would be drawn again and
    again: once the budget is spent only what is required is.
    """

    def __init__(self, rng: random.Random, direction: Direction, *, careful: bool) -> None:
        self.rng = rng
        self.direction: Direction = direction
        self.careful = careful
        """Whether alternatives are checked on the way: only where what comes out without does
        not fit, because every check compiles a validator."""
        self._left = _BUDGET

    def spend(self) -> bool:
        """Whether optional parts are still affordable."""
        self._left -= 1
        return self._left > 0


class Sampler:
    """Makes values for any schema of one API."""

    def __init__(self, api: Api, schemas: Schemas) -> None:
        self._api = api
        self._schemas = schemas

    def sample(
        self,
        schema: Schema,
        rng: random.Random,
        direction: Direction = "response",
        *,
        minimal: bool = False,
    ) -> Json:
        """A value that fits, `minimal`: without optional members; `NoValue` when none is
        found."""
        check = self._schemas.check(schema, direction)
        richness = (False, True, False) if minimal else (True, False, True, False)
        for attempt, full in enumerate(richness):
            try:
                draw = _Draw(rng, direction, careful=attempt > 0)
                value = self._value(schema, draw, full, 0)
            except NoValue:
                continue
            if check(value):
                return value
        for value in self._simple(schema):
            if check(value):
                return value
        raise NoValue(schema.meta.origin.pointer)

    def nearest(
        self, schema: Schema, rng: random.Random, direction: Direction = "response"
    ) -> Json:
        """A value with everything that the schema requires, though it may fit none or several of
        alternatives of which it must fit one; `NoValue` when there is no end to it."""
        try:
            return self.sample(schema, rng, direction, minimal=True)
        except NoValue:
            return self._value(schema, _Draw(rng, direction, careful=False), False, 0)

    def examples(self, schema: Schema, direction: Direction) -> list[Json]:
        """The documented examples of a schema that really fit it."""
        target = self._schemas.resolve(schema)
        given = (*schema.meta.examples, *(target.meta.examples if target is not schema else ()))
        return [e for e in given if self._schemas.fits(schema, e, direction)]

    @staticmethod
    def _simple(schema: Schema) -> list[Json]:
        return [None, {}, [], "", 0, False, "0", 1, True, *schema.meta.examples]

    def _value(self, schema: Schema, draw: _Draw, full: bool, depth: int) -> Json:
        if depth > _DEPTH:
            raise NoValue
        full = draw.spend() and full
        examples = self.examples(schema, draw.direction)
        if examples:
            return examples[0]
        default = schema.meta.default
        if default is not ABSENT and self._schemas.fits(schema, default, draw.direction):
            return default
        try:
            return self._shape(schema, draw, full, depth + 1)
        except NoValue:
            if schema.nullable:
                return None
            raise

    def _shape(  # noqa: C901  # a closed union, one branch a member
        self, schema: Schema, draw: _Draw, full: bool, depth: int
    ) -> Json:
        shape = schema.shape
        match shape:
            case Reference(name):
                if schema.nullable and depth > _DEPTH // 2:
                    return None
                return self._value(self._api.schemas[name], draw, full, depth)
            case Nothing():
                raise NoValue
            case Null():
                return None
            case Boolean():
                return False
            case Integer() | Number():
                return _number(shape)
            case String():
                return self._text(schema, shape, draw)
            case Enumeration():
                if not shape.values:
                    raise NoValue
                return shape.values[0]
            case Array() | Tuple():
                return self._list(shape, draw, full, depth)
            case Object():
                return self._object(shape, draw, full, depth)
            case Union():
                return self._union(schema, shape, draw, full, depth)
            case Intersection():
                merged: dict[str, Json] = {}
                value: Json = None
                for part in shape.members:
                    value = self._value(part, draw, full, depth)
                    if isinstance(value, dict):
                        merged.update(value)
                return merged or value
            case _:
                return {} if schema.unmodelled.get("required") else "example"

    def _union(self, schema: Schema, shape: Union, draw: _Draw, full: bool, depth: int) -> Json:
        made: list[tuple[Schema, Json]] = []
        for part, rich in self._tries(shape, full, depth):
            try:
                value = self._value(part, draw, rich, depth)
            except NoValue:
                continue
            if shape.discriminator is not None and isinstance(value, dict):
                names = {v: k for k, v in shape.discriminator.mapping.items()}
                if isinstance(part.shape, Reference) and part.shape.name in names:
                    key = shape.discriminator.property
                    if value.get(key) not in shape.discriminator.mapping:
                        value = {**value, key: names[part.shape.name]}
            if not draw.careful or self._schemas.fits(schema, value, draw.direction):
                return value
            made.append((part, value))
        if not made:
            raise NoValue
        if shape.exclusive:
            for part, value in made:
                for other in (*self._others(part, value), *self._unlike(shape, part, value)):
                    if not draw.spend():
                        return made[-1][1]
                    # One of the alternative's own: a name too long for it fits another that does
                    # not know the name, and says nothing.
                    fits = self._schemas.fits
                    if fits(part, other, draw.direction) and fits(schema, other, draw.direction):
                        return other
        return made[-1][1]

    def _others(self, schema: Schema, value: Json, *, inside: bool = False) -> Iterator[Json]:
        """Values like `value`, one scalar of it changed: where alternatives exclude each other
        (integers and numbers, lists of values that share some), the plainest value often fits
        several."""
        shape = self._schemas.resolve(schema).shape
        match shape:
            case Enumeration():
                yield from shape.values[1:]
            case Boolean():
                yield True
            case Integer() | Number() if isinstance(value, (int, float)):
                steps = (1, -1, 0.5, -0.5) if isinstance(shape, Number) else (1, -1)
                yield from (value + step for step in steps)
                yield from (b for b in (shape.minimum, shape.maximum) if b is not None)
            case String() if isinstance(value, str) and shape.pattern is None:
                yield from (value[:1], *(value.ljust(length, "e") for length in _LENGTHS))
            case Object() if isinstance(value, dict) and not inside:
                for prop in shape.properties:
                    if prop.name in value:
                        for other in self._others(prop.schema, value[prop.name], inside=True):
                            yield {**value, prop.name: other}
            case _:
                return

    def _unlike(self, shape: Union, part: Schema, value: Json) -> Iterator[Json]:
        """An alternative's value with members that only other alternatives describe, and that say
        that there is none of what is described there: it is none of those."""
        mine = self._schemas.members(part)
        for other in shape.members if isinstance(value, dict) else ():
            for name in self._schemas.members(other):
                if name not in mine and isinstance(value, dict):
                    yield from ({**value, name: none} for none in NONE)

    def _tries(self, shape: Union, full: bool, depth: int) -> list[tuple[Schema, bool]]:
        """Members in the order in which they are tried, and whether with optional members: where
        exactly one may fit, what is required alone often fits several. Below the first objects,
        what is not an object (the id in place of it) comes first."""
        members = list(shape.members)
        if depth > _NESTED:
            members.sort(key=lambda part: "object" in self._schemas.types(part))
        if not shape.exclusive:
            return [(part, full and index == 0) for index, part in enumerate(members)]
        return [(part, rich) for rich in (full, not full) for part in members]

    def _list(self, shape: Array | Tuple, draw: _Draw, full: bool, depth: int) -> Json:
        count = shape.min_items or 0
        if count > _LONGEST_LIST:
            raise NoValue
        if isinstance(shape, Tuple):
            values = [self._value(part, draw, full, depth) for part in shape.prefix]
            while len(values) < count and shape.rest is not None:
                values.append(self._value(shape.rest, draw, full, depth))
            return values
        if full and not count and depth < 6 and shape.max_items != 0:
            try:
                return [self._value(shape.items, draw, full, depth)]
            except NoValue:
                return []
        values = []
        for index in range(count):
            value = self._value(shape.items, draw, full, depth)
            if shape.unique_items and value in values:
                value = self._another(shape.items, index, values, draw.direction)
            values.append(value)
        return values

    def _another(self, schema: Schema, index: int, taken: list[Json], direction: Direction) -> Json:
        target = self._schemas.resolve(schema).shape
        options: list[Json] = list(target.values) if isinstance(target, Enumeration) else []
        options += [f"item-{index}", index, float(index) + 0.5, bool(index % 2)]
        for option in options:
            if option not in taken and self._schemas.fits(schema, option, direction):
                return option
        raise NoValue

    def _object(self, shape: Object, draw: _Draw, full: bool, depth: int) -> Json:
        result: dict[str, Json] = {}
        rich = full and depth < 5
        for prop in shape.properties:
            if not prop.required and not rich:
                continue
            if draw.direction == "response" and self._schemas.write_only(prop.schema):
                continue
            if draw.direction == "request" and self._schemas.read_only(prop.schema):
                continue
            try:
                result[prop.name] = self._value(prop.schema, draw, full, depth)
            except NoValue:
                if prop.required:
                    raise
        minimum = shape.min_properties or 0
        if minimum > _LONGEST_LIST:
            raise NoValue
        for prop in shape.properties:
            if len(result) < minimum and prop.name not in result:
                result[prop.name] = self._value(prop.schema, draw, False, depth)
        index = 0
        while len(result) < minimum and shape.additional is not None:
            value = self._value(shape.additional, draw, False, depth)
            result.setdefault(f"key{index}", value)
            index += 1
        return result

    def _text(self, schema: Schema, shape: String, draw: _Draw) -> str:
        low = shape.min_length or 0
        if low > _LONGEST_TEXT:
            raise NoValue
        fits = self._schemas.check(schema, draw.direction)
        if shape.pattern is not None:
            text = patterns.generate(shape.pattern, draw.rng, fits, low)
            if text is not None:
                return text
            if not patterns.is_known(shape.pattern):
                return "example".ljust(low, "e")
            raise NoValue
        added = value_formats().get(shape.format or "")
        make = added.sample if added is not None else _FORMATS.get(shape.format or "")
        if make is not None:
            text = make(draw.rng)
            if fits(text):
                return text
        text = "example"
        if len(text) < low:
            text = text.ljust(low, "e")
        if shape.max_length is not None:
            text = text[: shape.max_length]
        return text


def _number(shape: Integer | Number) -> int | float:
    whole = isinstance(shape, Integer)
    step = shape.multiple_of
    low: float | int | None = shape.minimum
    if shape.exclusive_minimum is not None and (low is None or shape.exclusive_minimum >= low):
        low = shape.exclusive_minimum + (1 if whole else 0.5)
    high: float | int | None = shape.maximum
    if shape.exclusive_maximum is not None and (high is None or shape.exclusive_maximum <= high):
        high = shape.exclusive_maximum - (1 if whole else 0.5)
    if low is not None and high is not None and low > high:
        low = high = (shape.exclusive_minimum or low) + (
            (shape.exclusive_maximum or high) - (shape.exclusive_minimum or low)
        ) / 2
    value: float | int = 1 if low is None and (high is None or high >= 1) else 0
    if low is not None and value < low:
        value = math.ceil(low) if whole else low
    if high is not None and value > high:
        value = math.floor(high) if whole else high
    if step:
        value = math.ceil(value / step) * step
        if high is not None and value > high:
            value -= step
    return int(value) if whole else value
