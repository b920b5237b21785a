"""JSON Schema validators of one API, compiled when first needed. Formats are checked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import jsonschema_rs

from trunkline import pointer
from trunkline.ir import Api, Direction, Json, Schema, document

_MOST: Final = 20
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One thing that is wrong with a value: where, by which keyword, in words.

    `path` leads to the property that is missing or not allowed, not to the object around it.
    """

    path: tuple[str | int, ...]
    keyword: str
    message: str

    @property
    def pointer(self) -> str:
        """`path` as a JSON pointer."""
        return pointer.join(self.path)


class Validators:
    """One compiled validator per schema and direction, kept as long as this object."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known: dict[tuple[int, Direction], tuple[jsonschema_rs.Validator, Schema]] = {}
        self._lock = threading.Lock()

    def get(self, schema: Schema, direction: Direction) -> jsonschema_rs.Validator:
        """The validator of `schema` for values that travel this way."""
        key = (id(schema), direction)
        known = self._known.get(key)
        if known is None:
            with self._lock:
                known = self._known.get(key) or self._compiled(schema, direction)
                self._known[key] = known
        return known[0]

    def _compiled(
        self, schema: Schema, direction: Direction
    ) -> tuple[jsonschema_rs.Validator, Schema]:
        compiled = jsonschema_rs.Draft202012Validator(
            document(self._api, schema, direction),
            validate_formats=True,
            ignore_unknown_formats=True,
        )
        return compiled, schema  # holding the schema keeps its id from being used again

    def check(self, schema: Schema, direction: Direction) -> Callable[[Json], bool]:
        """A function that tells whether a value fits."""
        return self.get(schema, direction).is_valid

    def fits(self, schema: Schema, value: Json, direction: Direction) -> bool:
        """Whether a value fits; what JSON cannot hold (a lone surrogate) does not."""
        try:
            return bool(self.get(schema, direction).is_valid(value))
        except (ValueError, OverflowError):
            return False

    def errors(
        self, schema: Schema, value: Json, direction: Direction, *, most: int = _MOST
    ) -> list[SchemaError]:
        """What is wrong with a value, at most `most` errors."""
        found: list[SchemaError] = []
        for error in self.get(schema, direction).iter_errors(value):
            path = tuple(error.instance_path)
            keyword = error.kind.name
            if keyword == "required":
                path = (*path, str(error.kind.as_dict().get("property", "")))
            elif keyword == "additionalProperties":
                unexpected = error.kind.as_dict().get("unexpected") or [""]
                path = (*path, str(unexpected[0]))
            found.append(SchemaError(path, keyword, _short(error.message)))
            if len(found) == most:
                break
        return found


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
