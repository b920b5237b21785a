"""What the server fills in: identifiers in the documented form, timestamps in the documented
spelling."""

from __future__ import annotations

import hashlib
import itertools
import random
import re
import string
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from typing import TypeAlias

from trunkline.emulator.schemas import patterns
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import ABSENT, Enumeration, Json, Schema, String

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LONG = re.compile(r"[0-9][0-9A-Za-z]{15,}")
_ALPHABETS = (
    string.hexdigits.lower()[:16],
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
    string.ascii_lowercase + string.digits,
    string.ascii_letters + string.digits,
)
_PREFIXED = re.compile(r"([A-Za-z]{1,12}[_-]?)([0-9A-Za-z]{6,})")

_WORD = 2**128 - 1
_PROBES = 2
_ENOUGH = 12
"""Characters of an identifier that hardly meets another one."""

_ADDRESSES = ("uri", "url", "iri", "uri-reference", "iri-reference")
_ENDINGS = {"email": "@example.com", "idn-email": "@example.com", "hostname": ".example.com"}

Fits = Callable[[Json], bool]
_Form = Callable[[int, int], "str | None"]
"""From bits and number to an identifier."""
_COMMON: tuple[tuple[str, int], ...] = (
    (string.ascii_uppercase + string.digits, 12),
    ("", 18),
    ("0123456789abcdef", 32),
    (string.ascii_lowercase + string.digits, 20),
)
"""Alphabets and lengths; no alphabet: digits, the first of them 1."""


def example_of(schemas: Schemas, schema: Schema) -> Json:
    """The first documented example of a schema, else None."""
    target = schemas.resolve(schema)
    given = (*schema.meta.examples, *target.meta.examples)
    if given:
        return given[0]
    default = schema.meta.default
    return None if default is ABSENT else default


class Identifiers:
    """Makes the identifiers of one resource: the n-th one is always the same for one seed."""

    def __init__(self, schemas: Schemas, schema: Schema | None, fits: Fits, salt: str) -> None:
        self._fits = fits
        self._salted = hashlib.blake2b(f"{salt}:".encode(), digest_size=64)
        self._kinds = schemas.types(schema) if schema is not None else frozenset({"string"})
        shape = schemas.resolve(schema).shape if schema is not None else None
        self._named = (
            tuple(value for value in shape.values if isinstance(value, str))
            if isinstance(shape, Enumeration)
            else ()
        )
        self._shape = shape if isinstance(shape, String) else String()
        example = example_of(schemas, schema) if schema is not None else None
        self._example = example if isinstance(example, str) else ""
        self._forms = tuple(self._candidates())
        self._form: int | None = None
        """Which of the candidates fits, found out with the first numbers; it is tried first."""

    def make(self, number: int) -> Json:
        """The identifier with this number (from 1)."""
        if "string" not in self._kinds and self._kinds & {"integer", "number"}:
            for candidate in (number, number + 10**6, number * 10):
                if self._fits(candidate):
                    return candidate
            return number
        usual = self.usual(number)
        if usual is not None and self._fits(usual):
            return usual
        bits = self._bits(number)
        for form in self._forms:
            text = form(bits, number)
            if text is not None and self._fits(text):
                return text
        return _uuid(bits)

    def usual(self, number: int) -> str | None:
        """The identifier with this number, if it is a text and has the form that nearly all have:
        it is left to the caller to see whether it fits."""
        if self._form is None:
            self._form = self._first_form() if "string" in self._kinds else -1
        return self._forms[self._form](self._bits(number), number) if self._form >= 0 else None

    def _first_form(self) -> int:
        """The one form that the first identifiers all have; -1 if they differ."""
        found = set[int]()
        for number in range(1, _PROBES + 1):
            bits = self._bits(number)
            for index, form in enumerate(self._forms):
                text = form(bits, number)
                if text is not None and self._fits(text):
                    found.add(index)
                    break
        return found.pop() if len(found) == 1 else -1

    def _bits(self, number: int) -> int:
        salted = self._salted.copy()
        salted.update(b"%d" % number)
        return int.from_bytes(salted.digest())

    def _candidates(self) -> Iterator[_Form]:
        """Forms, the likeliest first."""
        shape, example, pattern = self._shape, self._example, self._shape.pattern
        if self._named:
            yield lambda _, number: self._named[(number - 1) % len(self._named)]
        if example:
            yield lambda bits, _: _like(example, bits)
        if shape.format == "uuid":
            yield lambda bits, _: _uuid(bits)
        if shape.format in _ADDRESSES:
            place = example.rpartition("/")[0] or "https://example.com"
            yield lambda bits, _: f"{place}/{_uuid(bits)}"
        if shape.format in _ENDINGS:
            yield lambda bits, _: f"{_uuid(bits)}{_ENDINGS[str(shape.format)]}"
        if pattern is not None:
            # A pattern such as `[0-9A-Z]+` alone would give ids of one character.
            for alphabet, length in _COMMON:
                yield partial(_spelled, alphabet, length)
            yield lambda bits, _: _uuid(bits)
            places = patterns.positions(pattern)
            if places is not None and len(places) >= _ENOUGH:
                yield partial(_placed, _runs(places))
            yield partial(self._patterned, pattern)
        yield lambda bits, _: _uuid(bits)
        length = min(shape.max_length or 20, max(shape.min_length or 0, 20))
        yield partial(_spelled, string.ascii_lowercase + string.digits, length)
        yield partial(_spelled, string.digits, 15)
        yield lambda _, number: str(number)

    def _patterned(self, pattern: str, bits: int, _: int) -> str | None:
        rng = random.Random(bits)  # noqa: S311  # identifiers, not secrets
        roomy = patterns.roomy(pattern, rng, self._fits, _ENOUGH)
        return roomy or patterns.generate(pattern, rng, self._fits, self._shape.min_length or 0)


def _uuid(bits: int) -> str:
    return str(uuid.UUID(int=bits & _WORD, version=4))


def spell(salt: str, alphabet: str, length: int) -> str:
    """Text of this alphabet that depends on the salt alone."""
    rng = random.Random(salt)  # noqa: S311  # identifiers, not secrets
    return "".join(rng.choice(alphabet) for _ in range(length))


def _spell(bits: int, alphabet: str, length: int) -> str:
    """The bits as `length` characters of the alphabet, the last places of the number first."""
    if length == 1:
        return alphabet[bits % len(alphabet)]
    if alphabet == string.digits:
        return f"{bits % 10**length:0{length}}"[::-1]
    base = len(alphabet)
    found: list[str] = []
    for _ in range(length):
        bits, index = divmod(bits, base)
        found.append(alphabet[index])
    return "".join(found)


_Run: TypeAlias = tuple[int, Callable[[int], str]]


def _runs(places: tuple[str, ...]) -> tuple[_Run, ...]:
    """For each run of places that allow the same characters: how many texts there are for it, and
    the one that a number stands for."""
    runs = [(allowed, len(list(same))) for allowed, same in itertools.groupby(places)]
    return tuple((len(allowed) ** length, _run(allowed, length)) for allowed, length in runs)


def _run(allowed: str, length: int) -> Callable[[int], str]:
    if length == 1:
        return allowed.__getitem__
    if allowed == string.digits:
        digits = f"%0{length}d"
        return lambda part: (digits % part)[::-1]
    return lambda part: _spell(part, allowed, length)


def _placed(runs: tuple[_Run, ...], bits: int, _: int) -> str:
    """The bits as one character for each place, out of those allowed there."""
    bits &= _WORD
    found = ""
    for count, text in runs:
        bits, part = divmod(bits, count)
        found += text(part)
    return found


def _spelled(alphabet: str, length: int, bits: int, _: int) -> str | None:
    return _spell(bits, alphabet, length) if alphabet else _like("1" * length, bits)


def _like(example: str, bits: int) -> str | None:
    if _UUID.fullmatch(example):
        return _uuid(bits)
    if example.isascii() and example.isdigit() and len(example) >= 4:
        length = len(example) - 1
        return f"1{bits % 10**length:0{length}}"
    if _LONG.fullmatch(example) and any(c.isdigit() for c in example):
        # The first characters may say when it was made: an ULID, an object id.
        alphabet = next((a for a in _ALPHABETS if set(example) <= set(a)), _ALPHABETS[-1])
        return example[:2] + _spell(bits, alphabet, len(example) - 2)
    hit = _PREFIXED.fullmatch(example)
    if hit is None or not any(c.isdigit() for c in hit[2]):
        return None
    tail = hit[2]
    if set(tail) <= set("0123456789abcdef"):
        alphabet = "0123456789abcdef"
    elif tail.isdigit():
        alphabet = string.digits
    else:
        alphabet = string.ascii_letters + string.digits
    return hit[1] + _spell(bits, alphabet, len(tail))


def timestamps(schemas: Schemas, schema: Schema, fits: Fits) -> Callable[[datetime], Json]:
    """How an instant is written in a property of this schema."""
    example = example_of(schemas, schema)
    shape = schemas.resolve(schema).shape
    spelled = shape.format if isinstance(shape, String) else None
    millis = isinstance(example, (int, float)) and example > 10**11

    spellings: list[Callable[[datetime], Json]] = [_iso]
    if "string" not in schemas.types(schema):
        spellings = [_milliseconds if millis else _seconds, datetime.timestamp]
    elif spelled == "date":
        spellings = [_date]
    elif spelled and "2822" in spelled:
        spellings = [format_datetime]
    spellings += [
        _spaced,
        _spaced_milliseconds,
        _iso,
        _date,
        format_datetime,
        _iso_seconds,
        _seconds,
    ]
    some_time = datetime(2024, 2, 3, 4, 5, 6, 789000, UTC)
    return next((s for s in spellings if fits(s(some_time))), spellings[0])


def _iso(instant: datetime) -> Json:
    return f"{instant.isoformat(timespec='milliseconds').removesuffix('+00:00')}Z"


def _iso_seconds(instant: datetime) -> Json:
    return f"{instant.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _spaced(instant: datetime) -> Json:
    return instant.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")


def _spaced_milliseconds(instant: datetime) -> Json:
    return instant.replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds")


def _date(instant: datetime) -> Json:
    return instant.date().isoformat()


def _seconds(instant: datetime) -> Json:
    return int(instant.timestamp())


def _milliseconds(instant: datetime) -> Json:
    return int(instant.timestamp() * 1000)
