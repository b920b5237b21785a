"""From what a user types to a representation: find the description, read it, lower it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trunkline import ir
from trunkline.diagnostics import GAPS, Diagnostics, ExitCode, TrunklineError
from trunkline.lower import lower
from trunkline.lower.behaviour import with_behaviour
from trunkline.openapi import Description, load
from trunkline.overlay import named_overlays, read_description, with_overlays
from trunkline.pipeline.find import find_spec, is_address, note_title
from trunkline.source import Document, fetched


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A description from file to representation, and what was found on the way."""

    api: ir.Api
    description: Description
    document: Document
    diagnostics: Diagnostics


def load_api(
    spec: str | Path,
    *,
    validate: bool = False,
    strict: bool = True,
    allow_refs: tuple[str, ...] = (),
) -> Loaded:
    """Read, with its overlays, `load` and `lower` the description that `spec` names, which may be
    an address.

    `allow_refs` are folders and prefixes of addresses that references may lead to besides.
    `validate` runs openapi-spec-validator in full. With `strict`, an error that costs more than
    the part it stands in is raised as `TrunklineError`; otherwise callers look at `diagnostics`.
    """
    diagnostics = Diagnostics()
    document = read_spec(spec, diagnostics, allow_refs)
    description = load(document, diagnostics, validate=validate)
    api = with_behaviour(lower(description, diagnostics), document.file.name, diagnostics)
    if strict and any(found.code not in GAPS for found in diagnostics.errors):
        raise TrunklineError(list(diagnostics), ExitCode.FINDINGS)
    return Loaded(api, description, description.document, diagnostics)


def read_spec(
    spec: str | Path, diagnostics: Diagnostics, allow_refs: tuple[str, ...] = ()
) -> Document:
    """What `spec` names, parsed, with its overlays; raises `TrunklineError` like `load_api`."""
    if isinstance(spec, str) and is_address(spec):
        from trunkline.pipeline.fetch import Fetcher, download

        document = fetched(spec, download(spec), diagnostics, fetch=Fetcher(allow_refs, spec))
        info = document.root.get("info")
        note_title(spec, info.text("title") if info is not None else None)
        return with_overlays(document, named_overlays(), diagnostics)
    if allow_refs:
        from trunkline.pipeline.fetch import Fetcher

        return read_description(find_spec(spec), diagnostics, fetch=Fetcher(allow_refs))
    return read_description(find_spec(spec), diagnostics)
