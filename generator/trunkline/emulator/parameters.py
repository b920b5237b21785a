"""Parameters: from text on the wire to JSON values, by style, then checked by schema.

Coercion is strict: `05`, ` 5`, `+5`, `5.0` and `True` are no integers and no booleans. Text that
does not fit stays text, so that the schema refuses it and says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from trunkline.emulator.jsontext import JsonTextError, parse
from trunkline.emulator.shapes import item, kinds, members, resolve
from trunkline.emulator.validation import Validators
from trunkline.emulator.wire import Fault
from trunkline.ir import Api, Json, Object, Parameter, ParameterLocation, Schema, String

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


def candidates(text: str, allowed: frozenset[str]) -> list[Json]:
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
            found = candidates(text, allowed)
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


_SEPARATORS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


@dataclass(slots=True)
class _Plan:
    parameter: Parameter
    take: Callable[[Pairs], tuple[bool, Json]]
    """(given, value) from all pairs of the location."""
    check: bool
    single: bool


class ParameterReader:
    """Reads the parameters of one operation at one location."""

    def __init__(
        self,
        api: Api,
        validators: Validators,
        parameters: Iterable[Parameter],
        location: ParameterLocation,
    ) -> None:
        self._validators = validators
        self._api = api
        self._coercion = Coercion(api, validators)
        self._plans = [self._plan(p) for p in parameters if p.location is location]
        self.names = tuple(plan.parameter.name for plan in self._plans)

    def __bool__(self) -> bool:
        return bool(self._plans)

    def read(self, pairs: Pairs) -> tuple[dict[str, Json], list[Fault]]:
        """Values by parameter name, and what is wrong. Names of headers are compared in lower
        case: pass them so."""
        values: dict[str, Json] = {}
        faults: list[Fault] = []
        for plan in self._plans:
            parameter = plan.parameter
            try:
                given, value = plan.take(pairs)
            except JsonTextError as error:
                faults.append(self._fault(parameter, f"not valid JSON: {error}", "type"))
                continue
            if not given:
                if parameter.required:
                    faults.append(self._fault(parameter, "is required", "required"))
                continue
            if plan.single and self._repeated(parameter, pairs):
                faults.append(self._fault(parameter, "must be given once", "duplicate"))
                continue
            if plan.check and not self._validators.fits(parameter.schema, value, "request"):
                if value == "" and parameter.allow_empty:
                    continue
                inner = self._validators.faults(parameter.schema, value)
                faults.extend(
                    self._fault(parameter, fault.detail, fault.keyword) for fault in inner[:1]
                )
                continue
            values[parameter.name] = value
        return values, faults

    def _fault(self, parameter: Parameter, detail: str, keyword: str) -> Fault:
        text = f"{parameter.name} {detail}" if detail.startswith(("is ", "must ")) else detail
        return Fault(text, keyword, parameter=parameter.name, location=str(parameter.location))

    @staticmethod
    def _repeated(parameter: Parameter, pairs: Pairs) -> bool:
        count = 0
        for name, _ in pairs:
            if name == parameter.name:
                count += 1
        return count > 1

    def _plan(self, parameter: Parameter) -> _Plan:
        api = self._api
        allowed = kinds(api, parameter.schema)
        shape = resolve(api, parameter.schema).shape
        plain = (
            isinstance(shape, String)
            and not (shape.min_length or shape.pattern or shape.format)
            and shape.max_length is None
            and not parameter.schema.rest
        )
        name = parameter.name
        if parameter.location is ParameterLocation.HEADER:
            name = name.lower()
        if parameter.location is ParameterLocation.QUERYSTRING or parameter.media_type:
            return _Plan(parameter, self._media(name, parameter), True, True)
        if "object" in allowed and "string" not in allowed and "array" not in allowed:
            return _Plan(parameter, self._object(name, parameter), True, False)
        if "array" in allowed and "string" not in allowed:
            return _Plan(parameter, self._array(name, parameter), True, not parameter.explode)
        read = self._coercion.scalar(parameter.schema)
        prefix = _prefix(parameter)

        def take(pairs: Pairs) -> tuple[bool, Json]:
            for key, text in pairs:
                if key == name:
                    return True, read(text.removeprefix(prefix) if prefix else text)
            return False, None

        return _Plan(parameter, take, not plain, True)

    def _media(self, name: str, parameter: Parameter) -> Callable[[Pairs], tuple[bool, Json]]:
        if parameter.location is ParameterLocation.QUERYSTRING:
            build = self._coercion.object(parameter.schema)
            return lambda pairs: (bool(pairs), build(pairs))

        def take(pairs: Pairs) -> tuple[bool, Json]:
            for key, text in pairs:
                if key == name:
                    return True, parse(text.encode())
            return False, None

        return take

    def _array(self, name: str, parameter: Parameter) -> Callable[[Pairs], tuple[bool, Json]]:
        build = self._coercion.array(parameter.schema)
        prefix = _prefix(parameter)
        if parameter.style == "form" and parameter.explode:

            def exploded(pairs: Pairs) -> tuple[bool, Json]:
                texts = [text for key, text in pairs if key in (name, f"{name}[]")]
                return bool(texts), build(texts)

            return exploded
        separator = _SEPARATORS.get(parameter.style, ",")
        if parameter.style == "label":
            separator = "." if parameter.explode else ","
        elif parameter.style == "matrix" and parameter.explode:
            separator = prefix

        def joined(pairs: Pairs) -> tuple[bool, Json]:
            for key, text in pairs:
                if key == name:
                    text = text.removeprefix(prefix)
                    return True, build(text.split(separator) if text else ())
            return False, None

        return joined

    def _object(self, name: str, parameter: Parameter) -> Callable[[Pairs], tuple[bool, Json]]:
        if parameter.style == "deepObject":
            return self._deep(name, parameter.schema)
        build = self._coercion.object(parameter.schema)
        if parameter.style == "form" and parameter.explode:
            known = {prop.name for prop in members(self._api, parameter.schema)}

            def exploded(pairs: Pairs) -> tuple[bool, Json]:
                mine = [pair for pair in pairs if pair[0] in known]
                return bool(mine), build(mine)

            return exploded
        prefix = _prefix(parameter)
        separator = {"label": ".", "matrix": ";"}.get(parameter.style, ",")
        if not parameter.explode:
            separator = ","

        def joined(pairs: Pairs) -> tuple[bool, Json]:
            for key, text in pairs:
                if key == name:
                    parts = text.removeprefix(prefix).split(separator)
                    if parameter.explode:
                        split = [part.partition("=") for part in parts]
                        return True, build((k, v) for k, _, v in split)
                    return True, build(zip(parts[::2], parts[1::2], strict=False))
            return False, None

        return joined

    def _deep(self, name: str, schema: Schema) -> Callable[[Pairs], tuple[bool, Json]]:
        opening = f"{name}["

        def take(pairs: Pairs) -> tuple[bool, Json]:
            result: dict[str, Json] = {}
            given = False
            for key, text in pairs:
                if key.startswith(opening) and key.endswith("]"):
                    given = True
                    path = key[len(opening) : -1].split("][")
                    self._put_deep(result, schema, path[:16], text)
            return given, result

        return take

    def _put_deep(
        self, target: dict[str, Json], schema: Schema, path: Sequence[str], text: str
    ) -> None:
        prop = next((p for p in members(self._api, schema) if p.name == path[0]), None)
        inner = prop.schema if prop is not None else None
        rest = path[1:]
        if inner is not None and (element := item(self._api, inner)) is not None:
            known = target.setdefault(path[0], [])
            if isinstance(known, list):
                known.append(self._coercion.scalar(element)(text))
        elif rest:
            child = target.setdefault(path[0], {})
            if isinstance(child, dict) and inner is not None:
                self._put_deep(child, inner, rest, text)
            elif isinstance(child, dict):
                child[rest[0]] = text
        else:
            target[path[0]] = self._coercion.scalar(inner)(text) if inner is not None else text


def _prefix(parameter: Parameter) -> str:
    if parameter.style == "label":
        return "."
    if parameter.style == "matrix":
        return f";{parameter.name}="
    return ""
