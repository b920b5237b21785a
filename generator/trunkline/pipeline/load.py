"""From what a user types to a representation: find the description, read it, lower it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trunkline import ir
from trunkline.diagnostics import Diagnostics
from trunkline.lower import lower
from trunkline.openapi import Description, load
from trunkline.pipeline.find import find_spec
from trunkline.source import Document, read


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A description from file to representation, and what was found on the way."""

    api: ir.Api
    description: Description
    document: Document
    diagnostics: Diagnostics


def load_api(spec: str | Path, *, validate: bool = False, strict: bool = True) -> Loaded:
    """`read`, `load` and `lower` the description that `spec` names.

    `validate` runs openapi-spec-validator in full. With `strict`, anything found that is an error
    is raised as `TrunklineError`; otherwise callers look at `diagnostics`.
    """
    diagnostics = Diagnostics()
    document = read(find_spec(spec), diagnostics)
    description = load(document, diagnostics, validate=validate)
    api = lower(description, diagnostics)
    if strict:
        diagnostics.raise_errors()
    return Loaded(api, description, document, diagnostics)
