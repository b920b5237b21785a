"""Parameters: from text on the wire to JSON values, by style, then checked by schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from trunkline.emulator.decoding.scalars import Coercion, Pairs
from trunkline.emulator.http.jsontext import JsonTextError, parse
from trunkline.emulator.http.messages import ValidationError
from trunkline.emulator.schemas.shapes import item, kinds, members, resolve
from trunkline.emulator.schemas.validation import Validators
from trunkline.ir import Api, Json, Parameter, ParameterLocation, Schema, String

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

    def read(self, pairs: Pairs) -> tuple[dict[str, Json], list[ValidationError]]:
        """Values by parameter name, and what is wrong. Names of headers are compared in lower
        case: pass them so."""
        values: dict[str, Json] = {}
        problems: list[ValidationError] = []
        for plan in self._plans:
            parameter = plan.parameter
            try:
                given, value = plan.take(pairs)
            except JsonTextError as error:
                problems.append(self._problem(parameter, f"not valid JSON: {error}", "type"))
                continue
            if not given:
                if parameter.required:
                    problems.append(self._problem(parameter, "is required", "required"))
                continue
            if plan.single and self._repeated(parameter, pairs):
                problems.append(self._problem(parameter, "must be given once", "duplicate"))
                continue
            if plan.check and not self._validators.fits(parameter.schema, value, "request"):
                if value == "" and parameter.allow_empty:
                    continue
                inner = self._validators.problems(parameter.schema, value)
                problems.extend(
                    self._problem(parameter, problem.detail, problem.keyword)
                    for problem in inner[:1]
                )
                continue
            values[parameter.name] = value
        return values, problems

    def _problem(self, parameter: Parameter, detail: str, keyword: str) -> ValidationError:
        text = f"{parameter.name} {detail}" if detail.startswith(("is ", "must ")) else detail
        return ValidationError(
            text, keyword, parameter=parameter.name, location=str(parameter.location)
        )

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
