"""Validity, with positions: structural by jsonschema-rs, in full by openapi-spec-validator."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs

from trunkline.diagnostics import Code, Diagnostics
from trunkline.semantics.ecma import engine_pattern
from trunkline.source import Document

_LONGEST = 160
_UNKNOWN_KEYS = ("was unexpected)", "were unexpected)")
_PARTS = frozenset({"paths", "webhooks", "components"})


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
    for path, message in _structural_faults(document, version):
        if message.endswith('is not a "regex"') and engine_pattern(_text(document, path)):
            continue  # ECMA-262 takes it, and it is understood
        whole = not path or (len(path) == 1 and path[0] in _PARTS)
        fatal = whole and not message.endswith(_UNKNOWN_KEYS)
        code = Code.INVALID_DESCRIPTION if fatal else Code.NONCONFORMING
        diagnostics.add(code, shorten(message), document.locate(path).position, _hint(path))


def _text(document: Document, path: list[str | int]) -> str:
    value = document.locate(path).value
    return value if isinstance(value, str) else ""


def _hint(path: list[str | int]) -> str | None:
    """The user's way out of a slip that YAML makes easy."""
    if path in (["info", "version"], ["openapi"]):
        return 'Put it in quotes: "1.0".'
    return None


def check_validity(document: Document, version: str, diagnostics: Diagnostics) -> None:
    """Report as errors all that openapi-spec-validator finds, each once, at its position."""
    faults = list(_structural_faults(document, version))
    if not faults:
        faults = list(_semantic_faults(document, version))
    for path, message in faults:
        diagnostics.add(Code.INVALID_DESCRIPTION, shorten(message), document.locate(path).position)


def _structural_faults(document: Document, version: str) -> Iterator[tuple[list[str | int], str]]:
    for error in _structure(version).iter_errors(document.file.data):
        yield _innermost(error)


def _innermost(error: Any) -> tuple[list[str | int], str]:
    """Path and message; of what is wrong inside the likeliest alternative where none fits."""
    for _ in range(20):
        branches = list(getattr(error.kind, "context", ()))
        alternatives = [branch for branch in branches if not _is_reference(branch)]
        if not alternatives or not all(alternatives):
            break
        nearest = min(alternatives, key=len)
        error = max(nearest, key=lambda e: len(e.instance_path))
    return list(error.instance_path), error.message


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
