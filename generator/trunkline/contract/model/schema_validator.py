"""What JSON Schema says about a value: the judge of bodies sent and received."""

from __future__ import annotations

from typing import Literal

import jsonschema_rs

from trunkline import ir
from trunkline.ir import Json
from trunkline.ir.jsonschema import document

Direction = Literal["request", "response"]

_MAX_MESSAGES = 5


class SchemaValidator:
    """Validators of one API's schemas, compiled when first asked for. Formats are checked."""

    def __init__(self, api: ir.Api) -> None:
        self._api = api
        self._known: dict[tuple[int, Direction], tuple[jsonschema_rs.Validator, ir.Schema]] = {}

    def _validator(self, schema: ir.Schema, direction: Direction) -> jsonschema_rs.Validator:
        key = (id(schema), direction)
        if key not in self._known:
            compiled = jsonschema_rs.Draft202012Validator(
                document(self._api, schema, direction),
                validate_formats=True,
                ignore_unknown_formats=True,
            )
            # The schema is kept so that its id stays its own.
            self._known[key] = (compiled, schema)
        return self._known[key][0]

    def accepts(self, schema: ir.Schema, value: Json, direction: Direction = "request") -> bool:
        """Whether `value` fits `schema`; what a request may leave out is not missed."""
        try:
            return bool(self._validator(schema, direction).is_valid(value))
        except (ValueError, OverflowError):
            return False

    def faults(
        self, schema: ir.Schema, value: Json, direction: Direction = "response"
    ) -> list[tuple[tuple[str | int, ...], str]]:
        """Path and message of what is wrong with `value`, at most a few."""
        found: list[tuple[tuple[str | int, ...], str]] = []
        for error in self._validator(schema, direction).iter_errors(value):
            text = error.message if len(error.message) < 240 else f"{error.message[:240]}…"
            found.append((tuple(error.instance_path), text))
            if len(found) == _MAX_MESSAGES:
                break
        return found
