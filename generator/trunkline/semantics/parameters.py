"""How parameters are written as text and read back, by style (OpenAPI 3.2, "Style Values").

Text is not yet percent-encoded where it is written. Where it is read, it is decoded already: in
paths and queries by whoever split them, in headers not at all. The values of cookies come as they
stand in the header, because whether they are encoded depends on the style: in `form` they are, in
`cookie` they are not. Names of headers are compared in lower case.

`spaceDelimited` and `pipeDelimited` are joined by the character itself; a form-encoded comma that
belongs to a value cannot be told from a delimiter once decoded, as OpenAPI itself notes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never
from urllib.parse import unquote

from trunkline import ir
from trunkline.ir import Json, ParameterLocation, ParameterStyle
from trunkline.semantics.jsonvalue import scalar_text
from trunkline.semantics.media import is_json
from trunkline.semantics.schemas import additional, items, members, types

Pairs: TypeAlias = Sequence[tuple[str, str]]
"""Names and values of one location, decoded, in the order they came."""

Schemas: TypeAlias = Mapping[str, ir.Schema]
Fits: TypeAlias = Callable[[ir.Schema, Json], bool]
"""Whether a value fits a schema."""

Scalar: TypeAlias = Callable[[str], Json]

EXPRESSION: Final = re.compile(r"\{([^{}]*)\}")
"""An expression of a path template; its group is the name of the parameter."""
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,300})")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(?:\.[0-9]{1,300})?(?:[eE][-+]?[0-9]{1,3})?")
_NESTING: Final = 16
"""Levels of brackets that `deepObject` is read to."""
_INDEX: Final = re.compile(r"[0-9]{1,4}")


class ParameterTextError(ValueError):
    """The text cannot be what the parameter describes; the message says why."""


@dataclass(frozen=True, slots=True)
class Written:
    """A parameter as pairs of name and values. The values of one pair stand after each other with
    `delimiter` between them, which is not percent-encoded where they are."""

    pairs: tuple[tuple[str, tuple[str, ...]], ...]
    delimiter: str = ","

    def flat(self) -> list[tuple[str, str]]:
        """Pairs with the values joined."""
        return [(name, self.delimiter.join(values)) for name, values in self.pairs]


@dataclass(frozen=True, slots=True)
class Decoder:
    """Reads one parameter. `take` gives (given, value) from all pairs of its location; it raises
    `ParameterTextError`. `single`: sending the name twice is an error."""

    parameter: ir.Parameter
    take: Callable[[Pairs], tuple[bool, Json]]
    single: bool


def as_json(text: str, allowed: frozenset[str]) -> list[Json]:
    """The JSON values that a text can stand for among the types allowed, most specific first.

    Strict: `05`, ` 5`, `+5`, `5.0` and `True` are neither integers nor booleans. A text that fits
    none stays text, so that a schema refuses it and says why.
    """
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


def wire_name(parameter: ir.Parameter) -> str:
    """The name as it is compared: headers in lower case."""
    if parameter.location is ParameterLocation.HEADER:
        return parameter.name.lower()
    return parameter.name


class Texts:
    """Makes readers (text → JSON value) of single values, lists and objects of one API."""

    def __init__(self, schemas: Schemas, fits: Fits) -> None:
        self.schemas = schemas
        self._fits = fits

    def scalar(self, schema: ir.Schema) -> Scalar:
        """A reader of a single value; where several types could be meant, the first that fits."""
        allowed = types(self.schemas, schema)
        if allowed == {"string"}:
            return str

        def read(text: str) -> Json:
            found = as_json(text, allowed)
            if len(found) == 1:
                return found[0]
            return next((value for value in found if self._fits(schema, value)), found[0])

        return read

    def array(self, schema: ir.Schema) -> Callable[[Iterable[str]], Json]:
        """A reader of a list from the texts of its items."""
        inner = items(self.schemas, schema)
        read: Scalar = self.scalar(inner) if inner is not None else str
        return lambda texts: [read(text) for text in texts]

    def object(self, schema: ir.Schema) -> Callable[[Iterable[tuple[str, str]]], Json]:
        """A reader of a flat object from names and texts."""
        known = members(self.schemas, schema)
        readers = {name: self.scalar(member.schema) for name, member in known.items()}
        beyond = additional(self.schemas, schema)
        rest: Scalar = self.scalar(beyond) if beyond is not None else str
        return lambda pairs: {name: readers.get(name, rest)(text) for name, text in pairs}

    def nested(self, schema: ir.Schema, paths: Iterable[tuple[Sequence[str], str]]) -> Json:
        """An object from paths in brackets and texts; lists by repetition, `[]` or numbers."""
        result: dict[str, Json] = {}
        for path, text in paths:
            self._put(result, schema, list(path)[:_NESTING], text)
        return self._lists(schema, result)

    def _put(
        self, target: dict[str, Json], schema: ir.Schema | None, path: list[str], text: str
    ) -> None:
        name, rest = path[0], path[1:]
        inner = self._property(schema, name)
        element = items(self.schemas, inner) if inner is not None else None
        if element is not None and rest in ([], [""]):
            known = target.setdefault(name, [])
            if isinstance(known, list):
                known.append(self.scalar(element)(text))
        elif rest:
            child = target.setdefault(name, {})
            if isinstance(child, dict):
                below = None
                if element is not None:
                    # Items of a list, by their numbers: gathered as an object, made a list below.
                    self._put_item(child, element, rest, text)
                else:
                    below = inner
                    self._put(child, below, rest, text)
        else:
            target[name] = self.scalar(inner)(text) if inner is not None else text

    def _put_item(
        self, target: dict[str, Json], element: ir.Schema, path: list[str], text: str
    ) -> None:
        index, rest = path[0], path[1:]
        if not rest:
            target[index] = self.scalar(element)(text)
            return
        child = target.setdefault(index, {})
        if isinstance(child, dict):
            self._put(child, element, rest, text)

    def _property(self, schema: ir.Schema | None, name: str) -> ir.Schema | None:
        if schema is None:
            return None
        member = members(self.schemas, schema).get(name)
        return member.schema if member is not None else additional(self.schemas, schema)

    def _lists(self, schema: ir.Schema | None, value: Json) -> Json:
        """`value` with the objects that stand for lists, by numbers, made lists."""
        if not isinstance(value, dict):
            return value
        element = items(self.schemas, schema) if schema is not None else None
        if element is not None and value and all(_INDEX.fullmatch(key) for key in value):
            ordered = sorted(value, key=int)
            return [self._lists(element, value[key]) for key in ordered]
        return {k: self._lists(self._property(schema, k), v) for k, v in value.items()}


def is_contested(schemas: Schemas, operation: ir.Operation, parameter: ir.Parameter) -> bool:
    """Whether another parameter, an object whose properties are written side by side, has a
    property of the same name: a text under that name may be either."""
    return any(
        other is not parameter
        and other.location is parameter.location
        and other.explode
        and other.style is ParameterStyle.FORM
        and other.media_type is None
        and parameter.name in members(schemas, other.schema)
        for other in operation.parameters
    )


def decoder(texts: Texts, parameter: ir.Parameter) -> Decoder:
    """A reader of one parameter, for the style that the description gives it and no other."""
    return _Decoders(texts).of(parameter)


class _Decoders:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def of(self, parameter: ir.Parameter) -> Decoder:
        """A reader of one parameter, from the pairs of its location."""
        found = self._of(parameter)
        if not _is_encoded_cookie(parameter) or self._splits(parameter):
            return found

        def take(pairs: Pairs) -> tuple[bool, Json]:
            return found.take([(key, unquote(text)) for key, text in pairs])

        return Decoder(parameter, take, single=found.single)

    def _splits(self, parameter: ir.Parameter) -> bool:
        """Whether the text is split at delimiters, and what is between them decoded after that."""
        if parameter.explode or parameter.media_type is not None:
            return False
        allowed = types(self._texts.schemas, parameter.schema)
        return "string" not in allowed and bool(allowed & {"array", "object"})

    def _of(self, parameter: ir.Parameter) -> Decoder:
        name = wire_name(parameter)
        if parameter.location is ParameterLocation.QUERYSTRING:
            return Decoder(parameter, self._whole_query(parameter), single=False)
        if parameter.media_type is not None:
            return Decoder(parameter, self._media(name, parameter.media_type), single=True)
        allowed = types(self._texts.schemas, parameter.schema)
        plain = "string" in allowed
        if "object" in allowed and not plain and "array" not in allowed:
            return Decoder(parameter, self._object(name, parameter), single=False)
        if "array" in allowed and not plain:
            repeats = parameter.style in (ParameterStyle.FORM, ParameterStyle.COOKIE)
            single = not (repeats and parameter.explode)
            return Decoder(parameter, self._array(name, parameter), single=single)
        if "object" in allowed and parameter.style is ParameterStyle.DEEP_OBJECT:
            return Decoder(parameter, self._deep(name, parameter.schema), single=False)
        read = self._texts.scalar(parameter.schema)
        once = self._prefixed(name, parameter, read)
        repeats = parameter.style in (ParameterStyle.FORM, ParameterStyle.COOKIE)
        if "array" in allowed and parameter.explode and repeats:
            # One text, or a list of them: given once it is the former.
            several = self._array(name, parameter)
            return Decoder(
                parameter,
                lambda pairs: (several if _times(name, pairs) > 1 else once)(pairs),
                single=False,
            )
        return Decoder(parameter, once, single=True)

    @staticmethod
    def _prefixed(
        name: str, parameter: ir.Parameter, read: Callable[[str], Json]
    ) -> Callable[[Pairs], tuple[bool, Json]]:
        prefix = _prefix(parameter)
        if not prefix:

            def take(pairs: Pairs) -> tuple[bool, Json]:
                for key, text in pairs:
                    if key == name:
                        return True, read(text)
                return False, None

            return take

        def take_after_prefix(pairs: Pairs) -> tuple[bool, Json]:
            for key, text in pairs:
                if key == name:
                    return True, read(_without(text, prefix))
            return False, None

        return take_after_prefix

    def _whole_query(self, parameter: ir.Parameter) -> Callable[[Pairs], tuple[bool, Json]]:
        if parameter.media_type is not None and is_json(parameter.media_type):

            def from_json(pairs: Pairs) -> tuple[bool, Json]:
                if not pairs:
                    return False, None
                name, value = pairs[0]
                return True, _parsed(f"{name}={value}" if value else name)

            return from_json
        build = self._texts.object(parameter.schema)
        return lambda pairs: (bool(pairs), build(pairs))

    def _media(self, name: str, media_type: str) -> Callable[[Pairs], tuple[bool, Json]]:
        as_text = not is_json(media_type)

        def take(pairs: Pairs) -> tuple[bool, Json]:
            for key, text in pairs:
                if key == name:
                    return True, text if as_text else _parsed(text)
            return False, None

        return take

    def _array(self, name: str, parameter: ir.Parameter) -> Callable[[Pairs], tuple[bool, Json]]:
        build = self._texts.array(parameter.schema)
        if parameter.style is ParameterStyle.DEEP_OBJECT:
            # OpenAPI gives it no meaning for lists; the brackets of PHP and Rails are the usage.
            return self._repeated(build, {f"{name}[]", name})
        if parameter.explode and parameter.style in (ParameterStyle.FORM, ParameterStyle.COOKIE):
            return self._repeated(build, {name, f"{name}[]"})
        separator = _separator(parameter, exploded=_prefix(parameter))
        plain = _plain_text(parameter)
        return self._prefixed(
            name,
            parameter,
            lambda text: build(map(plain, text.split(separator)) if text else ()),
        )

    @staticmethod
    def _repeated(
        build: Callable[[Iterable[str]], Json], names: set[str]
    ) -> Callable[[Pairs], tuple[bool, Json]]:
        def take(pairs: Pairs) -> tuple[bool, Json]:
            texts = [text for key, text in pairs if key in names]
            return bool(texts), build(texts)

        return take

    def _object(self, name: str, parameter: ir.Parameter) -> Callable[[Pairs], tuple[bool, Json]]:
        if parameter.style is ParameterStyle.DEEP_OBJECT:
            return self._deep(name, parameter.schema)
        build = self._texts.object(parameter.schema)
        if parameter.explode and parameter.style in (ParameterStyle.FORM, ParameterStyle.COOKIE):
            known = members(self._texts.schemas, parameter.schema)

            def exploded(pairs: Pairs) -> tuple[bool, Json]:
                mine = [pair for pair in pairs if pair[0] in known]
                return bool(mine), build(mine)

            return exploded
        separator = _separator(parameter, exploded=";")

        plain = _plain_text(parameter)

        def read(text: str) -> Json:
            parts = list(map(plain, text.split(separator))) if text else []
            if parameter.explode:
                split = [part.partition("=") for part in parts]
                return build((key, value) for key, _, value in split)
            if len(parts) % 2:
                raise ParameterTextError("names and values do not pair up")
            return build(zip(parts[::2], parts[1::2], strict=True))

        if parameter.style is ParameterStyle.MATRIX and parameter.explode:
            # `;a=1;b=2`: the parameter's own name does not appear.
            return self._matrix_members(name, read)
        return self._prefixed(name, parameter, read)

    @staticmethod
    def _matrix_members(
        name: str, read: Callable[[str], Json]
    ) -> Callable[[Pairs], tuple[bool, Json]]:
        def take(pairs: Pairs) -> tuple[bool, Json]:
            for key, text in pairs:
                if key == name:
                    return True, read(_without(text, ";"))
            return False, None

        return take

    def _deep(self, name: str, schema: ir.Schema) -> Callable[[Pairs], tuple[bool, Json]]:
        opening = f"{name}["

        def take(pairs: Pairs) -> tuple[bool, Json]:
            paths = [
                (key[len(opening) : -1].split("]["), text)
                for key, text in pairs
                if key.startswith(opening) and key.endswith("]")
            ]
            return bool(paths), self._texts.nested(schema, paths)

        return take


def _times(name: str, pairs: Pairs) -> int:
    return sum(key == name for key, _ in pairs)


def _is_encoded_cookie(parameter: ir.Parameter) -> bool:
    return (
        parameter.location is ParameterLocation.COOKIE
        and parameter.style is not ParameterStyle.COOKIE
    )


def _plain_text(parameter: ir.Parameter) -> Callable[[str], str]:
    """What turns a part of a value into text, once it is told from its neighbours."""
    return unquote if _is_encoded_cookie(parameter) else str


def _parsed(text: str) -> Json:
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParameterTextError(f"not valid JSON: {error}") from None
    return value


def _prefix(parameter: ir.Parameter) -> str:
    """What every value of the style begins with."""
    match parameter.style:
        case ParameterStyle.LABEL:
            return "."
        case ParameterStyle.MATRIX:
            return f";{parameter.name}="
        case (
            ParameterStyle.SIMPLE
            | ParameterStyle.FORM
            | ParameterStyle.SPACE_DELIMITED
            | ParameterStyle.PIPE_DELIMITED
            | ParameterStyle.DEEP_OBJECT
            | ParameterStyle.COOKIE
        ):
            return ""
        case _:
            assert_never(parameter.style)


def _without(text: str, prefix: str) -> str:
    if text.startswith(prefix):
        return text[len(prefix) :]
    if text == prefix.removesuffix("="):
        return ""  # `;name` is the empty value in `matrix`
    raise ParameterTextError(f"does not begin with {prefix!r}")


def _separator(parameter: ir.Parameter, *, exploded: str) -> str:
    """What stands between the parts of a value; `exploded` in an exploded `matrix`."""
    match parameter.style:
        case ParameterStyle.SPACE_DELIMITED:
            return " "
        case ParameterStyle.PIPE_DELIMITED:
            return "|"
        case ParameterStyle.LABEL:
            return "." if parameter.explode else ","
        case ParameterStyle.MATRIX:
            return exploded if parameter.explode else ","
        case (
            ParameterStyle.SIMPLE
            | ParameterStyle.FORM
            | ParameterStyle.DEEP_OBJECT
            | ParameterStyle.COOKIE
        ):
            return ","
        case _:
            assert_never(parameter.style)


def encode(parameter: ir.Parameter, value: Json) -> Written:
    """A value as the parameter's style writes it. Paths and headers have one pair, whose name is
    the parameter's; null and empty lists and objects have none where the style leaves them out.

    Raises `ParameterTextError` for a value that the style cannot write.
    """
    name = parameter.name
    if parameter.media_type is not None:
        text = (
            json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            if is_json(parameter.media_type)
            else scalar_text(value)
        )
        return Written(((name, (text,)),))
    match parameter.style:
        case ParameterStyle.DEEP_OBJECT:
            return Written(tuple((key, (text,)) for key, text in _brackets(name, value)))
        case ParameterStyle.LABEL:
            return _one(name, "." + _joined(value, parameter, "." if parameter.explode else ","))
        case ParameterStyle.MATRIX:
            return _one(name, _matrix(value, parameter))
        case ParameterStyle.SIMPLE:
            return _one(name, _joined(value, parameter, ","))
        case (
            ParameterStyle.FORM
            | ParameterStyle.SPACE_DELIMITED
            | ParameterStyle.PIPE_DELIMITED
            | ParameterStyle.COOKIE
        ):
            return _form(parameter, value)
        case _:
            assert_never(parameter.style)


def _one(name: str, text: str) -> Written:
    return Written(((name, (text,)),))


def _plain(value: Json) -> str:
    if isinstance(value, list | dict):
        raise ParameterTextError("a list or an object inside another has no text in this style")
    return scalar_text(value)


def _joined(value: Json, parameter: ir.Parameter, delimiter: str) -> str:
    if isinstance(value, dict):
        between = "=" if parameter.explode else delimiter
        return delimiter.join(f"{k}{between}{_plain(v)}" for k, v in value.items())
    if isinstance(value, list):
        return delimiter.join(_plain(item) for item in value)
    return _plain(value)


def _matrix(value: Json, parameter: ir.Parameter) -> str:
    name = parameter.name
    if parameter.explode and isinstance(value, dict):
        return "".join(f";{k}={_plain(v)}" for k, v in value.items())
    if parameter.explode and isinstance(value, list):
        return "".join(f";{name}={_plain(item)}" for item in value)
    text = _joined(value, parameter, ",")
    return f";{name}={text}" if text else f";{name}"


def _form(parameter: ir.Parameter, value: Json) -> Written:
    name = parameter.name
    if isinstance(value, dict):
        if parameter.explode:
            return Written(tuple((k, (_plain(v),)) for k, v in value.items()))
        flat = tuple(part for k, v in value.items() for part in (k, _plain(v)))
    elif isinstance(value, list):
        if parameter.explode:
            return Written(tuple((name, (_plain(item),)) for item in value))
        flat = tuple(map(_plain, value))
    else:
        return _one(name, _plain(value))
    return Written(((name, flat),) if flat else (), _separator(parameter, exploded=","))


def _brackets(prefix: str, value: Json) -> Iterable[tuple[str, str]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _brackets(f"{prefix}[{name}]", member)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            nested = isinstance(item, list | dict)
            yield from _brackets(f"{prefix}[{index}]" if nested else prefix, item)
    else:
        yield prefix, scalar_text(value)
