"""Whether a value fits a schema of the description."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final
from urllib.parse import quote

import jsonschema_rs

from trunkline.ir import Json
from trunkline.plugins import format_checks
from trunkline.source import Document, Node

_BASE: Final = "urn:trunkline:description"
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_FRAGMENT: Final = "/~!$&'()*+,;=:@"


class Values:
    """Validates against schemas of one document by their pointer; 3.0's dialect is translated."""

    def __init__(self, document: Document) -> None:
        self._file = document.root.file
        contents: Any = document.root.value
        if str(contents.get("openapi", "")).startswith("3.0"):
            contents = _modern(deepcopy(contents))
        self._registry = jsonschema_rs.Registry([(_BASE, {"$schema": _DIALECT, **contents})])
        self._validators: dict[str, Any] = {}

    def misfit(self, schema: Node, value: Json) -> str | None:
        """Why `value` does not fit, None when it does.

        Also None where that cannot be told: a schema in another file, or one that refers to one.
        """
        if schema.file is not self._file:
            return None
        validator = self._validator(schema.pointer)
        if validator is None:
            return None
        error = next(iter(validator.iter_errors(value)), None)
        if error is None:
            return None
        path = "/".join(map(str, error.instance_path))
        message = error.message if len(error.message) <= 160 else error.message[:157] + "…"
        return f"{message} at /{path}" if path else message

    def _validator(self, pointer: str) -> Any:
        if pointer not in self._validators:
            ref = f"{_BASE}#{quote(pointer, safe=_FRAGMENT)}"
            try:
                self._validators[pointer] = jsonschema_rs.validator_for(
                    {"$schema": _DIALECT, "$ref": ref},
                    registry=self._registry,
                    validate_formats=True,
                    formats=format_checks(),
                )
            except (ValueError, jsonschema_rs.ReferencingError):
                self._validators[pointer] = None
        return self._validators[pointer]


def _modern(value: Any) -> Any:
    """3.0's `nullable` and boolean exclusive bounds as 2020-12 says them, in place."""
    if isinstance(value, list):
        for element in value:
            _modern(element)
    elif isinstance(value, dict):
        for element in value.values():
            _modern(element)
        if value.get("nullable") is True and isinstance(value.get("type"), str):
            value["type"] = [value["type"], "null"]
            if isinstance(value.get("enum"), list) and None not in value["enum"]:
                value["enum"] = [*value["enum"], None]
        for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            flag = value.get(exclusive)
            if isinstance(flag, bool):
                del value[exclusive]
            if flag is True and bound in value:
                value[exclusive] = value.pop(bound)
    return value
