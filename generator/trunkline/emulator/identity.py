"""What the server fills in: identifiers in the documented form, timestamps in the documented
spelling."""

from __future__ import annotations

import random
import re
import string
import uuid
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime

from trunkline.emulator import patterns
from trunkline.emulator.shapes import kinds, resolve
from trunkline.ir import ABSENT, Api, Json, Schema, String

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PREFIXED = re.compile(r"([A-Za-z]{1,12}[_-]?)([0-9A-Za-z]{6,})")

Fits = Callable[[Json], bool]


def example_of(api: Api, schema: Schema) -> Json:
    """The first documented example of a schema, else None."""
    target = resolve(api, schema)
    given = (*schema.meta.examples, *target.meta.examples)
    if given:
        return given[0]
    default = schema.meta.default
    return None if default is ABSENT else default


class Identifiers:
    """Makes the identifiers of one resource: the n-th one is always the same for one seed."""

    def __init__(self, api: Api, schema: Schema | None, fits: Fits, salt: str) -> None:
        self._fits = fits
        self._salt = salt
        self._kinds = kinds(api, schema) if schema is not None else frozenset({"string"})
        shape = resolve(api, schema).shape if schema is not None else None
        self._shape = shape if isinstance(shape, String) else String()
        example = example_of(api, schema) if schema is not None else None
        self._example = example if isinstance(example, str) else ""

    def make(self, number: int) -> Json:
        """The identifier with this number (from 1)."""
        if "string" not in self._kinds and self._kinds & {"integer", "number"}:
            for candidate in (number, number + 10**6, number * 10):
                if self._fits(candidate):
                    return candidate
            return number
        rng = random.Random(f"{self._salt}:{number}")  # noqa: S311  # identifiers, not secrets
        for text in self._texts(rng):
            if text is not None and self._fits(text):
                return text
        return str(uuid.UUID(int=rng.getrandbits(128), version=4))

    def _texts(self, rng: random.Random) -> list[str | None]:
        unique = str(uuid.UUID(int=rng.getrandbits(128), version=4))
        shape = self._shape
        texts: list[str | None] = []
        if shape.pattern is not None:
            texts.append(patterns.generate(shape.pattern, rng, self._fits, shape.min_length or 0))
        if shape.format == "uuid":
            texts.append(unique)
        if self._example:
            texts.append(_like(self._example, rng))
        texts.append(unique)
        alphabet = string.ascii_lowercase + string.digits
        length = min(shape.max_length or 20, max(shape.min_length or 0, 20))
        texts.append("".join(rng.choice(alphabet) for _ in range(length)))
        texts.append("".join(rng.choice(string.digits) for _ in range(min(length, 15))))
        return texts


def _like(example: str, rng: random.Random) -> str | None:
    if _UUID.fullmatch(example):
        return str(uuid.UUID(int=rng.getrandbits(128), version=4))
    if example.isascii() and example.isdigit() and len(example) >= 4:
        return "1" + "".join(rng.choice(string.digits) for _ in example[1:])
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
    return hit[1] + "".join(rng.choice(alphabet) for _ in tail)


def timestamps(api: Api, schema: Schema, fits: Fits) -> Callable[[datetime], Json]:
    """How an instant is written in a property of this schema."""
    example = example_of(api, schema)
    shape = resolve(api, schema).shape
    spelled = shape.format if isinstance(shape, String) else None
    millis = isinstance(example, (int, float)) and example > 10**11

    def write(instant: datetime) -> Json:
        seconds = instant.timestamp()
        text = instant.strftime("%Y-%m-%dT%H:%M:%S") + f".{instant.microsecond // 1000:03d}Z"
        options: list[Json] = [text]
        if "string" not in kinds(api, schema):
            options = [int(seconds * 1000)] if millis else [int(seconds), seconds]
        elif spelled == "date":
            options = [text[:10]]
        elif spelled and "2822" in spelled:
            options = [format_datetime(instant)]
        options += [text, text[:10], format_datetime(instant), text[:19] + "Z", int(seconds)]
        return next((option for option in options if fits(option)), options[0])

    return write
