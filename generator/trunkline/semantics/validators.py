"""JSON Schema validators of one API, compiled when first needed. Formats are checked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import jsonschema_rs

from trunkline import pointer
from trunkline.ir import Api, Direction, Json, Schema
from trunkline.ir.jsonschema import definitions, json_schema
from trunkline.plugins import format_checks
from trunkline.semantics.schemas import references

_MOST: Final = 20
_LARGE: Final = 20_000
_LONGEST: Final = 300
_MUCH: Final = 40
"""Named schemas from which on each is compiled once, not in every validator that reaches it."""
_ASKED: Final = "x-trunkline-asked"
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def _address(direction: Direction) -> str:
    return f"urn:trunkline:{direction}"


def _prefix(direction: Direction) -> str:
    return f"{_address(direction)}#/$defs/"


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
    """One compiled validator per schema and direction, kept as long as this object.

    Named schemas are printed once for all validators. A pattern that the engine does not compile
    is not enforced: `unenforced` names those that were met.
    """

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known: dict[tuple[int, Direction], tuple[jsonschema_rs.Validator, Schema]] = {}
        self._registries: dict[Direction, jsonschema_rs.Registry] = {}
        self._judges: dict[tuple[int, Direction], tuple[jsonschema_rs.Validator, Schema]] = {}
        self._lock = threading.Lock()
        self.unenforced: set[str] = set()
        self._compilable: dict[str, bool] = {}

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
        printed = json_schema(schema, ref_prefix=_prefix(direction), direction=direction)
        try:
            compiled = self._compile(printed, direction)
        except jsonschema_rs.ValidationError:
            # Some pattern, here or in what is referred to, means nothing to the engine.
            self._registries[direction] = self._registry(direction, enforced=False)
            compiled = self._compile(self._enforceable(printed), direction)
        return compiled, schema  # holding the schema keeps its id from being used again

    # Schemas that much is reached from.

    def _judge(self, schema: Schema, direction: Direction) -> jsonschema_rs.Validator:
        """What tells whether a value fits. A validator holds everything that its schema refers
        to: where that is much, each named schema has one of its own instead, asked by the
        others."""
        key = (id(schema), direction)
        known = self._judges.get(key)
        if known is None:
            if self._reaches_much(schema):
                known = (self._split(schema, direction), schema)
            else:
                known = (self.get(schema, direction), schema)
            self._judges[key] = known
        return known[0]

    def _reaches_much(self, schema: Schema) -> bool:
        found: set[str] = set()
        pending = list(references(schema))
        while pending:
            name = pending.pop()
            if name not in found and name in self._api.schemas:
                found.add(name)
                if len(found) > _MUCH:
                    return True
                pending.extend(references(self._api.schemas[name]))
        return False

    def _split(self, schema: Schema, direction: Direction) -> jsonschema_rs.Validator:
        printed = json_schema(schema, ref_prefix=_prefix(direction), direction=direction)
        asking = _asking(printed, _prefix(direction))
        try:
            return self._compile_split(asking, direction)
        except jsonschema_rs.ValidationError:
            return self._compile_split(self._enforceable(asking), direction)

    def _compile_split(self, asking: Any, direction: Direction) -> jsonschema_rs.Validator:
        return jsonschema_rs.Draft202012Validator(
            asking,
            validate_formats=True,
            ignore_unknown_formats=True,
            formats=format_checks(),
            keywords={_ASKED: self._asked(direction)},
        )

    def _asked(self, direction: Direction) -> type[Any]:
        """The keyword that stands for a reference: asks the validator of the named schema."""
        judge, schemas = self._judge, self._api.schemas

        class Asked:
            def __init__(self, parent: object, name: str, path: object) -> None:
                del parent, path
                self._schema = schemas[name]
                self._open: set[int] = set()

            def validate(self, instance: Any) -> None:
                mark = id(instance)
                if mark in self._open:
                    return  # a reference that leads back to itself says nothing more
                self._open.add(mark)
                try:
                    if not judge(self._schema, direction).is_valid(instance):
                        raise ValueError("does not fit what is referred to")
                finally:
                    self._open.discard(mark)

        return Asked

    def _compile(self, printed: Any, direction: Direction) -> jsonschema_rs.Validator:
        registry = self._registries.get(direction)
        if registry is None:
            registry = self._registries[direction] = self._registry(direction, enforced=True)
        return jsonschema_rs.Draft202012Validator(
            printed,
            registry=registry,
            validate_formats=True,
            ignore_unknown_formats=True,
            formats=format_checks(),
        )

    def _registry(self, direction: Direction, *, enforced: bool) -> jsonschema_rs.Registry:
        """All named schemas, for references to lead to."""
        printed: Any = definitions(self._api, ref_prefix=_prefix(direction), direction=direction)
        if not enforced:
            printed = self._enforceable(printed)
        return jsonschema_rs.Registry(
            [(_address(direction), {"$schema": _DIALECT, "$defs": printed})]
        )

    def _enforceable(self, printed: Any) -> Any:
        """The same without patterns that do not compile; constants are left as they are."""
        if isinstance(printed, list):
            return [self._enforceable(one) for one in printed]
        if not isinstance(printed, dict):
            return printed
        result: dict[str, Any] = {}
        for keyword, value in printed.items():
            if keyword in ("enum", "const"):
                result[keyword] = value
            elif keyword == "pattern" and isinstance(value, str):
                if self._compiles(value):
                    result[keyword] = value
            elif keyword == "patternProperties" and isinstance(value, dict):
                kept = {p: self._enforceable(v) for p, v in value.items() if self._compiles(p)}
                # What the pattern would have allowed must not be refused for want of it.
                if len(kept) == len(value) or printed.get("additionalProperties") is not False:
                    result[keyword] = kept
                else:
                    result[keyword] = {**kept, "": {}}
            else:
                result[keyword] = self._enforceable(value)
        return result

    def _compiles(self, pattern: str) -> bool:
        known = self._compilable.get(pattern)
        if known is None:
            try:
                jsonschema_rs.Draft202012Validator({"pattern": pattern})
                known = True
            except (jsonschema_rs.ValidationError, ValueError):
                known = False
                self.unenforced.add(pattern)
            self._compilable[pattern] = known
        return known

    def check(self, schema: Schema, direction: Direction) -> Callable[[Json], bool]:
        """A function that tells whether a value fits."""
        return self._judge(schema, direction).is_valid

    def fits(self, schema: Schema, value: Json, direction: Direction) -> bool:
        """Whether a value fits; what JSON cannot hold (a lone surrogate) does not."""
        known = self._judges.get((id(schema), direction))
        judge = known[0] if known is not None else self._judge(schema, direction)
        try:
            return judge.is_valid(value)
        except (ValueError, OverflowError):
            return False

    def errors(
        self, schema: Schema, value: Json, direction: Direction, *, most: int = _MOST
    ) -> list[SchemaError]:
        """What is wrong with a value, at most `most` errors; of a large value only the first.

        All errors are made at once, and each of a million items that do not fit has a text.
        """
        found: list[SchemaError] = []
        for error in _errors(self.get(schema, direction), value):
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


def _errors(validator: jsonschema_rs.Validator, value: Json) -> Iterator[Any]:
    if not _is_large(value):
        yield from validator.iter_errors(value)
        return
    try:
        validator.validate(value)
    except jsonschema_rs.ValidationError as error:
        yield error


def _is_large(value: Json) -> bool:
    """Whether there are more than `_LARGE` values in it."""
    count = 0
    level: list[Json] = [value]
    while level:
        below: list[Json] = []
        for one in level:
            if isinstance(one, (dict, list)):
                count += len(one)
                if count > _LARGE:
                    return True
                below += one.values() if isinstance(one, dict) else one
        level = below
    return False


def _asking(printed: Any, prefix: str) -> Any:
    """The same, with questions in place of references to named schemas."""
    if isinstance(printed, list):
        return [_asking(one, prefix) for one in printed]
    if not isinstance(printed, dict):
        return printed
    result: dict[str, Any] = {}
    for keyword, value in printed.items():
        if keyword == "$ref" and isinstance(value, str) and value.startswith(prefix):
            result[_ASKED] = pointer.unescape(value[len(prefix) :])
        elif keyword in ("enum", "const"):
            result[keyword] = value
        else:
            result[keyword] = _asking(value, prefix)
    return result


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
