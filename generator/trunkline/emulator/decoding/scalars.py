"""Text of queries, paths and forms as the values that schemas ask for.

Coercion is strict: `05`, ` 5`, `+5`, `5.0` and `True` are no integers and no booleans. Text that
does not fit stays text, so that the schema refuses it and says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import unquote_to_bytes

from trunkline.emulator.schemas.shapes import item, kinds, members, resolve
from trunkline.emulator.schemas.validation import Validators
from trunkline.ir import Api, Json, Object, Schema

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,300})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(?:\.[0-9]{1,300})?(?:[eE][-+]?[0-9]{1,3})?")
_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
Pairs = Sequence[tuple[str, str]]
Reader = Callable[[str], Json]


class QueryTextError(ValueError):
    """The query string is not percent-encoded UTF-8."""


def parse_query(raw: bytes) -> list[tuple[str, str]]:
    """Names and values, decoded (`+` is a space), in order."""
    if not raw:
        return []
    pairs: list[tuple[str, str]] = []
    for part in raw.split(b"&"):
        if not part:
            continue
        name, _, value = part.partition(b"=")
        pairs.append((_decode(name), _decode(value)))
    return pairs


def _decode(raw: bytes) -> str:
    if b"%" in raw or b"+" in raw:
        if _ESCAPE.search(raw):
            raise QueryTextError("a percent sign without two hexadecimal digits")
        raw = unquote_to_bytes(raw.replace(b"+", b" "))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise QueryTextError("not UTF-8") from None


def parse_scalar(text: str, allowed: frozenset[str]) -> list[Json]:
    """The JSON values that `text` can stand for among the allowed types, most specific first."""
    found: list[Json] = []
    if "integer" in allowed and _INTEGER.fullmatch(text):
        found.append(int(text))
    elif "number" in allowed and _NUMBER.fullmatch(text):
        number = float(text)
        if number not in (float("inf"), float("-inf")):
            found.append(number)
    if "boolean" in allowed and text in ("true", "false"):
        found.append(text == "true")
    if "null" in allowed and text == "null":
        found.append(None)
    if "string" in allowed or not found:
        found.append(text)
    return found


class Coercion:
    """Makes readers (text → JSON value) for schemas."""

    def __init__(self, api: Api, validators: Validators) -> None:
        self._api = api
        self._validators = validators

    def scalar(self, schema: Schema) -> Reader:
        """A reader of one scalar; where several types could be meant, the first that fits."""
        allowed = kinds(self._api, schema)
        if allowed == {"string"}:
            return str
        fits = self._validators.fits

        def read(text: str) -> Json:
            found = parse_scalar(text, allowed)
            if len(found) == 1:
                return found[0]
            return next((v for v in found if fits(schema, v, "request")), found[0])

        return read

    def array(self, schema: Schema) -> Callable[[Iterable[str]], Json]:
        """A reader of an array's members."""
        inner = item(self._api, schema)
        read: Reader = self.scalar(inner) if inner is not None else str
        return lambda texts: [read(text) for text in texts]

    def object(self, schema: Schema) -> Callable[[Iterable[tuple[str, str]]], Json]:
        """A reader of an object's members."""
        readers = {prop.name: self.scalar(prop.schema) for prop in members(self._api, schema)}
        shape = resolve(self._api, schema).shape
        rest: Reader = str
        if isinstance(shape, Object) and shape.additional is not None:
            rest = self.scalar(shape.additional)
        return lambda pairs: {name: readers.get(name, rest)(text) for name, text in pairs}
