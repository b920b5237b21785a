"""Values that fit a schema, drawn from one seeded source: a seed reproduces a run."""

from __future__ import annotations

import contextlib
import random
import string
import uuid
from collections.abc import Callable

from trunkline import ir
from trunkline.contract.model.patterns import LONGEST, matching
from trunkline.ir import Json
from trunkline.plugins import value_formats
from trunkline.semantics import schemas
from trunkline.semantics.fillable import excluded
from trunkline.semantics.validators import Validators

_FORMATS: dict[str, tuple[str, ...]] = {
    "date-time": ("2026-01-02T03:04:05Z",),
    "date": ("2026-01-02",),
    "time": ("03:04:05Z",),
    "email": ("probe@example.com",),
    "idn-email": ("probe@example.com",),
    "uri": ("https://example.com/probe",),
    "url": ("https://example.com/probe",),
    "uri-reference": ("/probe",),
    "hostname": ("probe.example.com",),
    "ipv4": ("192.0.2.1",),
    "ipv6": ("2001:db8::1",),
    "byte": ("cHJvYmU=",),
    "binary": ("probe",),
    "e164": ("+12025550123",),
    "phone": ("+12025550123",),
    "duration": ("PT1H",),
}


_IDS = ("_id", "_uuid", "_sid", "_guid", "Id", "ID", "Uuid", "UUID", "Sid", "Guid")
"""How properties end that hold ids."""
_UNIQUE = 10
"""Characters of a drawn text that is hardly drawn twice."""
_DRAWS = 8
_MOST_ID = 2**31 - 1
"""Numbers that are ids are drawn up to here: servers may keep them in 32 bits."""
_MOST_VALUES = 20_000
"""Values inside of one value: lists of lists multiply."""


class UnbuildableError(Exception):
    """No value that fits the schema was found."""


class ValidValues:
    """Draws values for the schemas of one API."""

    def __init__(
        self, api: ir.Api, validators: Validators, rng: random.Random, fresh: Callable[[], str]
    ) -> None:
        self._api = api
        self._validators = validators
        self._rng = rng
        self._fresh = fresh
        self._made = 0

    def body(self, schema: ir.Schema, *, full: bool) -> dict[str, Json]:
        """An object for a request: required members only, or (`full`) all that can be written.

        Raises `UnbuildableError` when a required member cannot be built.
        """
        value = self.one(schema, full=full)
        if not isinstance(value, dict):
            raise UnbuildableError("the body is not an object")
        if not self._validators.fits(schema, value, "request"):
            raise UnbuildableError("no body that fits its schema was found")
        return value

    def one(self, schema: ir.Schema, *, full: bool = False, depth: int = 0) -> Json:
        """A value that fits `schema`; fresh where it is free text."""
        target = schemas.resolve(self._api.schemas, schema)
        facet = schemas.facets(self._api.schemas, schema)
        shape = target.shape
        if depth > 8:
            raise UnbuildableError("too deep")
        self._made = self._made + 1 if depth else 0
        if self._made > _MOST_VALUES:
            raise UnbuildableError(f"a value of more than {_MOST_VALUES} values")
        if isinstance(shape, ir.Object | ir.Intersection) and schemas.members(
            self._api.schemas, schema
        ):
            return self._object(schema, full=full, depth=depth)
        if isinstance(shape, ir.String) and _is_free(shape):
            return self.text(shape)
        if isinstance(shape, ir.String) and shape.pattern is not None:
            # The same text twice would be a conflict wherever it has to be unique.
            with contextlib.suppress(UnbuildableError):
                text = self.string(shape)
                if self._validators.fits(schema, text, "request"):
                    return text
        candidates: list[Json] = []
        if isinstance(shape, ir.Enumeration):
            candidates += self._rng.sample(shape.values, len(shape.values))
        if not isinstance(facet.default, ir.Absent) and facet.default is not None:
            candidates.append(facet.default)
        candidates += [e for e in facet.examples if e is not None]
        for candidate in candidates:
            if self._validators.fits(schema, candidate, "request"):
                return candidate
        value = self._built(target, full=full, depth=depth)
        if not self._validators.fits(schema, value, "request"):
            if facet.nullable:
                return None
            raise UnbuildableError(f"no value found for {schema.meta.origin.pointer}")
        return value

    def text(self, shape: ir.String) -> str:
        """Fresh text within the lengths asked for."""
        value = self._fresh()
        low, high = shape.min_length or 0, shape.max_length
        if low > LONGEST:
            raise UnbuildableError(f"a text of at least {low} characters")
        if len(value) < low:
            value += "x" * (low - len(value))
        if high is not None and len(value) > high:
            value = "".join(self._rng.choices(string.ascii_lowercase + string.digits, k=high))
        return value

    def _object(self, schema: ir.Schema, *, full: bool, depth: int) -> Json:
        made: dict[str, Json] = {}
        for name, member in schemas.members(self._api.schemas, schema).items():
            if schemas.facets(self._api.schemas, member.schema).read_only:
                continue
            if not member.required and (not full or self.is_reference(name, member.schema)):
                continue
            try:
                made[name] = self._member(name, member.schema, full=full, depth=depth + 1)
            except UnbuildableError:
                if member.required:
                    raise
        return made

    def _member(self, name: str, schema: ir.Schema, *, full: bool, depth: int) -> Json:
        """A value of a property; a number that is an id is as good as never the same twice."""
        shape = schemas.resolve(self._api.schemas, schema).shape
        if isinstance(shape, ir.Integer) and self.is_reference(name, schema):
            low, high = bounds(shape)
            low = 1 if low is None else int(low)
            value = self._rng.randint(low, max(low, min(int(high or _MOST_ID), _MOST_ID)))
            if self._validators.fits(schema, value, "request"):
                return value
        return self.one(schema, full=full, depth=depth)

    def is_reference(self, name: str, schema: ir.Schema) -> bool:
        """Whether a member looks like another object's id: an invented one would be refused."""
        shape = schemas.resolve(self._api.schemas, schema).shape
        return isinstance(shape, ir.String | ir.Integer) and (
            name.lower() == "id" or name.endswith(_IDS)
        )

    def _built(  # noqa: C901  # a closed union, one branch a member
        self, schema: ir.Schema, *, full: bool, depth: int
    ) -> Json:
        match schema.shape:
            case ir.Null():
                return None
            case ir.Boolean():
                return self._rng.random() < 0.5
            case ir.Integer() | ir.Number() as number:
                return self._number(number)
            case ir.String() as text:
                return self.string(text)
            case ir.Array(items=member, min_items=low, unique_items=unique):
                count = max(low or 0, 1 if full else 0)
                if count > _MOST_VALUES:
                    raise UnbuildableError(f"a list of at least {count} items")
                made: list[Json] = []
                for _ in range(count * 4):
                    if len(made) == count:
                        break
                    value = self.one(member, full=full, depth=depth + 1)
                    if not (unique and value in made):
                        made.append(value)
                return made
            case ir.Tuple(prefix=prefix):
                return [self.one(s, full=full, depth=depth + 1) for s in prefix]
            case ir.Union(members=members):
                for member in members:
                    try:
                        value = self.one(member, full=full, depth=depth + 1)
                    except UnbuildableError:
                        continue
                    if self._validators.fits(schema, value, "request"):
                        return value
                raise UnbuildableError("no alternative fits")
            case ir.Object():
                return {}
            case ir.Anything():
                return self._fresh()
        raise UnbuildableError("no value fits")

    def _number(self, shape: ir.Integer | ir.Number) -> Json:
        low, high = bounds(shape)
        if low is None:
            low = 1 if high is None else high - 100
        if high is None:
            high = low + 100
        if excluded(shape) is not None:
            raise UnbuildableError("no number fits")
        step = shape.multiple_of
        if step:
            return tidy(-(-low // step) * step)
        if isinstance(shape, ir.Integer):
            return self._rng.randint(int(-(-low // 1)), int(high // 1))
        return round(self._rng.uniform(float(low), float(high)), 2) if high - low > 1 else low

    def string(self, shape: ir.String) -> str:
        """Text of the form that the shape asks for."""
        if shape.format == "uuid":
            return str(uuid.UUID(int=self._rng.getrandbits(128), version=4))
        if shape.pattern is not None:
            low, high = shape.min_length, shape.max_length
            found = matching(shape.pattern, low, high, self._rng)
            if found is None:
                raise UnbuildableError(f"no text found that matches {shape.pattern}")
            # Of short texts there are few: the longest of some is as good as never the same twice.
            for _ in range(_DRAWS if len(found) < _UNIQUE else 0):
                other = matching(shape.pattern, low, high, self._rng)
                found = max(found, other or "", key=len)
            return found
        if (added := value_formats().get(shape.format or "")) is not None:
            return added.sample(self._rng)
        if shape.format in _FORMATS:
            value = _FORMATS[shape.format][0]
            if shape.format in {"email", "idn-email"}:
                value = f"{self._fresh()}@example.com"
            if shape.format in {"uri", "url"}:
                value = f"https://example.com/{self._fresh()}"
            if shape.max_length is None or len(value) <= shape.max_length:
                return value
            return _FORMATS[shape.format][0]
        return self.text(shape)

    def exactly(self, length: int, filler: str = "x") -> str:
        """Text of so many characters, fresh as far as they suffice."""
        value = self._fresh()
        if len(value) > length:
            filled = length // 2 if filler != "x" else 0
            drawn = self._rng.choices(string.ascii_lowercase + string.digits, k=length - filled)
            return "".join(drawn) + filler * filled
        return value + filler * (length - len(value))


def bounds(shape: ir.Integer | ir.Number) -> tuple[int | float | None, int | float | None]:
    """The inclusive bounds; an exclusive one moved in by 1 (integers) or 0.01."""
    step: int | float = 1 if isinstance(shape, ir.Integer) else 0.01
    low, high = shape.minimum, shape.maximum
    if shape.exclusive_minimum is not None:
        edge = shape.exclusive_minimum + step
        low = edge if low is None else max(low, edge)
    if shape.exclusive_maximum is not None:
        edge = shape.exclusive_maximum - step
        high = edge if high is None else min(high, edge)
    return low, high


def _is_free(shape: ir.String) -> bool:
    return shape.pattern is None and shape.format is None and not shape.binary


def tidy(number: int | float) -> int | float:
    """Without what calculating with floats left behind; whole numbers as integers."""
    rounded = round(number, 9)
    return int(rounded) if float(rounded).is_integer() else rounded
