"""JSON Schema validators, compiled when first needed, and faults in the project's terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import jsonschema_rs

from trunkline.emulator.http.messages import ValidationError
from trunkline.ir import Api, Json, Schema
from trunkline.ir.jsonschema import document

Direction = Literal["request", "response"]
_MAX_PROBLEMS = 20


def escape(name: str | int) -> str:
    """One token of a JSON pointer."""
    return str(name).replace("~", "~0").replace("/", "~1")


class Validators:
    """One compiled validator per schema and direction, kept for the life of the server."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known: dict[tuple[int, str], tuple[jsonschema_rs.Validator, Schema]] = {}

    def get(self, schema: Schema, direction: Direction) -> jsonschema_rs.Validator:
        """The validator of `schema`; formats are checked."""
        key = (id(schema), direction)
        known = self._known.get(key)
        if known is None:
            compiled = jsonschema_rs.Draft202012Validator(
                document(self._api, schema, direction),
                validate_formats=True,
                ignore_unknown_formats=True,
            )
            # Holding the schema keeps its id from being used again.
            known = self._known[key] = (compiled, schema)
        return known[0]

    def check(self, schema: Schema, direction: Direction) -> Callable[[Json], bool]:
        """A function that tells whether a value fits."""
        return self.get(schema, direction).is_valid

    def fits(self, schema: Schema, value: Json, direction: Direction) -> bool:
        """Whether the value fits."""
        return self.get(schema, direction).is_valid(value)

    def problems(
        self, schema: Schema, value: Json, direction: Direction = "request"
    ) -> list[ValidationError]:
        """What is wrong with a body, at most twenty faults, each with a JSON pointer."""
        found: list[ValidationError] = []
        for error in self.get(schema, direction).iter_errors(value):
            path = "".join(f"/{escape(part)}" for part in error.instance_path)
            keyword = error.kind.name
            if keyword == "required":
                path += f"/{escape(str(error.kind.as_dict().get('property', '')))}"
            elif keyword == "additionalProperties":
                unexpected = error.kind.as_dict().get("unexpected") or [""]
                path += f"/{escape(str(unexpected[0]))}"
            found.append(ValidationError(_short(error.message), keyword, pointer=path))
            if len(found) == _MAX_PROBLEMS:
                break
        return found


def _short(text: str, limit: int = 300) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
