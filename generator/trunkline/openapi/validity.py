"""Validity, with positions: structural by jsonschema-rs, in full by openapi-spec-validator."""

from __future__ import annotations

import difflib
import functools
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs

from trunkline.diagnostics import Code, Diagnostics
from trunkline.position import Position
from trunkline.semantics.ecma import engine_pattern
from trunkline.source import Document

_LONGEST = 160
UNKNOWN = "not known here"
_KEYS = (
    *("openapi", "info", "servers", "paths", "webhooks", "components", "security", "tags"),
    *("externalDocs", "title", "summary", "description", "termsOfService", "contact", "license"),
    *("version", "name", "url", "email", "identifier", "variables", "enum", "default", "$ref"),
    *("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"),
    *("additionalOperations", "parameters", "operationId", "requestBody", "responses"),
    *("callbacks", "deprecated", "in", "required", "allowEmptyValue", "style", "explode"),
    *("allowReserved", "schema", "itemSchema", "example", "examples", "content", "encoding"),
    *("contentType", "headers", "links", "value", "externalValue", "operationRef", "server"),
    *("schemas", "requestBodies", "securitySchemes", "pathItems", "mediaTypes", "propertyName"),
    *("mapping", "type", "scheme", "bearerFormat", "flows", "openIdConnectUrl", "implicit"),
    *("password", "clientCredentials", "authorizationCode", "authorizationUrl", "tokenUrl"),
    *("refreshUrl", "scopes", "jsonSchemaDialect", "$self", "kind", "parent"),
)
"""The fixed fields of the specification's objects, 3.0 to 3.2."""
_TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")
_PARTS = frozenset({"paths", "webhooks", "components"})
_INFO = '"info" is a required property'
"""A description without a title can be read."""


@functools.cache
def _structure(version: str) -> jsonschema_rs.Validator:
    """The schema of `version` that openapi-spec-validator ships, compiled."""
    # Importing the package takes 0.3 s, and only its data is needed.
    package = find_spec("openapi_spec_validator")
    assert package is not None
    assert package.origin is not None
    resource = Path(package.origin).parent / f"resources/schemas/v{version}/schema.json"
    return jsonschema_rs.validator_for(json.loads(resource.read_text("utf-8")))


def check_structure(document: Document, version: str, diagnostics: Diagnostics) -> None:
    """Report what breaks the structural schema of OpenAPI `version` (`3.0`, `3.1`, `3.2`).

    They are warnings: what can be read is read, and what cannot be costs the part that it stands
    in, which is told when that part is lowered. Only what leaves nothing to read is an error:
    what is wrong with the whole, and with `paths`, `webhooks` and `components` themselves.
    """
    for path, message in structural_faults(document, version):
        if message.endswith('is not a "regex"') and engine_pattern(_text(document, path)):
            continue  # ECMA-262 takes it, and it is understood
        whole = (not path and _INFO not in message) or (len(path) == 1 and path[0] in _PARTS)
        unknown = message.endswith(UNKNOWN)
        whole = whole or (unknown and len(path) == 1)
        code = Code.INVALID_DESCRIPTION if whole and not unknown else Code.NONCONFORMING
        _report(document, path, message, code, diagnostics)


def _text(document: Document, path: list[str | int]) -> str:
    value = document.locate(path).value
    return value if isinstance(value, str) else ""


def _report(
    document: Document, path: list[str | int], message: str, code: Code, diagnostics: Diagnostics
) -> None:
    unknown = message.endswith(UNKNOWN)
    place = _place(document, path, unknown=unknown)
    named = document.locate(path).value if path and path[-1] == "type" else None
    kind = named if isinstance(named, str) and named not in _TYPES else None
    diagnostics.add(code, shorten(message), place, _hint(path, unknown=unknown, kind=kind))


def _place(document: Document, path: list[str | int], *, unknown: bool) -> Position:
    """Where a fault is: at its value, or at a key that should not be there."""
    node = document.locate(path)
    return node.key_position if unknown and node.key == str(path[-1]) else node.position


def _hint(path: list[str | int], *, unknown: bool, kind: str | None) -> str | None:
    """The user's way out of a slip that typing or YAML makes easy."""
    if unknown:
        near = likely_key(str(path[-1]))
        return f"Did you mean {near!r}?" if near else "Keys of your own begin with x-."
    if kind is not None:
        close = difflib.get_close_matches(kind, _TYPES, 1)
        return f"Did you mean {close[0]!r}?" if close else f"Types are {', '.join(_TYPES)}."
    if path in (["info", "version"], ["openapi"]):
        return 'Put it in quotes: "1.0".'
    return None


def likely_key(key: str) -> str | None:
    """The key of the specification that one which it does not know is almost."""
    return next(iter(likely_keys(key)), None)


def likely_keys(key: str) -> list[str]:
    """The keys of the specification that one which it does not know is almost, the likeliest
    first."""
    others = [known for known in _KEYS if known != key]
    same = [known for known in others if known.lower() == key.lower()]
    return same or difflib.get_close_matches(key, others, 3, cutoff=0.66)


def check_validity(document: Document, version: str, diagnostics: Diagnostics) -> None:
    """Report as errors all that openapi-spec-validator finds, each once, at its position."""
    faults = structural_faults(document, version)
    if not faults:
        faults = list(_semantic_faults(document, version))
    for path, message in faults:
        _report(document, path, message, Code.INVALID_DESCRIPTION, diagnostics)


def structural_faults(document: Document, version: str) -> list[tuple[list[str | int], str]]:
    """What breaks the structural schema of a version: where, and what."""
    return [_innermost(error) for error in _structure(version).iter_errors(document.file.data)]


def _innermost(error: Any) -> tuple[list[str | int], str]:
    """Path and message; of what is wrong inside the likeliest alternative where none fits."""
    for _ in range(20):
        branches = list(getattr(error.kind, "context", ()))
        alternatives = [branch for branch in branches if not _is_reference(branch)]
        if not alternatives or not all(alternatives):
            break
        nearest = min(alternatives, key=len)
        error = max(nearest, key=lambda e: len(e.instance_path))
    path = list(error.instance_path)
    if error.kind.name in ("additionalProperties", "unevaluatedProperties"):
        unexpected = error.kind.as_dict().get("unexpected") or ()
        if unexpected:
            keys = ", ".join(repr(key) for key in unexpected)
            return [
                *path,
                unexpected[0],
            ], f"{keys} {'is' if len(unexpected) == 1 else 'are'} {UNKNOWN}"
    if error.kind.name == "uniqueItems":
        return _repeated(path, error.instance)
    return path, error.message


def _repeated(path: list[str | int], items: list[Any]) -> tuple[list[str | int], str]:
    """The first item of a list that stood there before: the whole list would be no message."""
    for index, item in enumerate(items):
        if item in items[:index]:
            name = item.get("name") if isinstance(item, dict) else item
            return [*path, index], f"{name!r} stands in the list before"
    return path, "an item stands in the list twice"


def _is_reference(branch: list[Any]) -> bool:
    """Whether an alternative failed for not being a reference, which nobody meant it to be."""
    return any(e.message.startswith('"$ref" is a required') for e in branch)


def _semantic_faults(document: Document, version: str) -> Iterator[tuple[list[str | int], str]]:
    from trunkline.openapi.spec_validator import faults

    yield from faults(document.file.data, version)


def shorten(message: str) -> str:
    """One line, of bearable length, without a final stop."""
    line = message.strip().splitlines()[0].rstrip(".") if message.strip() else message
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
