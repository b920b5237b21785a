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
from trunkline.source import Document

_LONGEST = 160
_HARMLESS = (
    "was unexpected)",
    "were unexpected)",
    '"description" is a required property',
    '"responses" is a required property',
    'does not match "^[a-zA-Z0-9._-]+$"',
)


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

    Keys that OpenAPI does not know change the meaning of nothing else, a reference where none is
    allowed can still be followed, an answer means the same without a description of it, and a
    component whatever the characters of its name: these are warnings.
    """
    for path, message in _structural_faults(document, version):
        harmless = message.endswith(_HARMLESS) or (path and path[-1] == "$ref")
        code = Code.NONCONFORMING if harmless else Code.INVALID_DESCRIPTION
        diagnostics.add(code, shorten(message), document.locate(path).position)


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
