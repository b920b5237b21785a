"""The parameters of an operation: read by style, then checked by schema."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trunkline.emulator.http.messages import ValidationError
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import Json, Parameter, ParameterLocation, Schema, String
from trunkline.semantics.parameters import (
    Decoder,
    Pairs,
    ParameterTextError,
    Texts,
    decoder,
    wire_name,
)


@dataclass(slots=True)
class _Reader:
    decoder: Decoder
    name: str
    check: bool


class ParameterReader:
    """Reads the parameters of one operation at one location."""

    def __init__(
        self, schemas: Schemas, parameters: Iterable[Parameter], location: ParameterLocation
    ) -> None:
        self._schemas = schemas
        texts = texts_of(schemas)
        self._readers = [
            _Reader(decoder(texts, p), wire_name(p), not self._anything(p.schema))
            for p in parameters
            if p.location is location
        ]

    def __bool__(self) -> bool:
        return bool(self._readers)

    def read(self, pairs: Pairs) -> tuple[dict[str, Json], list[ValidationError]]:
        """Values by parameter name, and what is wrong. Names of headers are compared in lower
        case: pass them so."""
        values: dict[str, Json] = {}
        problems: list[ValidationError] = []
        for reader in self._readers:
            parameter = reader.decoder.parameter
            try:
                given, value = reader.decoder.take(pairs)
            except ParameterTextError as error:
                problems.append(_problem(parameter, str(error), "type"))
                continue
            if not given:
                if parameter.required:
                    problems.append(_problem(parameter, "is required", "required"))
                continue
            if reader.decoder.single and _repeated(reader.name, pairs):
                problems.append(_problem(parameter, "must be given once", "duplicate"))
                continue
            if reader.check and not self._schemas.fits(parameter.schema, value, "request"):
                if value == "" and parameter.allow_empty:
                    continue
                for inner in self._schemas.problems(parameter.schema, value)[:1]:
                    problems.append(_problem(parameter, inner.detail, inner.keyword))
                continue
            values[parameter.name] = value
        return values, problems

    def _anything(self, schema: Schema) -> bool:
        """Whether any text fits, so that it need not be checked."""
        shape = self._schemas.resolve(schema).shape
        return (
            isinstance(shape, String)
            and not (shape.min_length or shape.pattern or shape.format)
            and shape.max_length is None
            and not schema.unmodelled
        )


def texts_of(schemas: Schemas) -> Texts:
    """Readers of single values, lists and objects from text."""
    return Texts(schemas.named, lambda schema, value: schemas.fits(schema, value, "request"))


def _problem(parameter: Parameter, detail: str, keyword: str) -> ValidationError:
    text = f"{parameter.name} {detail}" if detail.startswith(("is ", "must ")) else detail
    return ValidationError(
        text, keyword, parameter=parameter.name, location=str(parameter.location)
    )


def _repeated(name: str, pairs: Pairs) -> bool:
    count = 0
    for key, _ in pairs:
        if key == name:
            count += 1
    return count > 1
