"""Overlays made from two descriptions, applied to one, and held to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trunkline.diagnostics import Code, Diagnostics, TrunklineError
from trunkline.overlay import (
    Applied,
    NotMappingError,
    Overlay,
    applied,
    beside,
    checked,
    difference,
    extended,
    read_overlay,
)
from trunkline.pipeline.find import find_spec, is_address
from trunkline.source import Document, ParsedFile, Value, fetched, read, written


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One overlay, and what became of its actions at the description."""

    path: Path
    overlay: Overlay
    outcome: Applied


def as_written(spec: str | Path, diagnostics: Diagnostics) -> Document:
    """The description that `spec` names, without any overlay; `TrunklineError` where none is."""
    if isinstance(spec, str) and is_address(spec):
        from trunkline.pipeline.fetch import Fetcher, download

        return fetched(spec, download(spec), diagnostics, fetch=Fetcher(root=spec))
    return read(find_spec(spec), diagnostics)


def overlay_between(old: str, new: str, diagnostics: Diagnostics) -> dict[str, Value] | None:
    """The overlay that makes `new` of `old`, as plain data; None where both say the same."""
    before, after = as_written(old, diagnostics), as_written(new, diagnostics)
    try:
        made = difference(before.file.data, after.file.data, title=f"From {old} to {new}")
    except NotMappingError:
        raise TrunklineError.usage(
            Code.BAD_VALUE, "An overlay is between two descriptions, and one of these is no mapping"
        ) from None
    return made if made["actions"] else None


def overlaid(
    spec: str | None, overlays: Sequence[Path], diagnostics: Diagnostics
) -> tuple[ParsedFile, ParsedFile]:
    """The description as it is written, and with the overlays applied in turn.

    Without `spec` it is what the first overlay extends.
    """
    read_in = [read_overlay(path, diagnostics) for path in overlays]
    wanted = extended(read_in[0]) if spec is None else spec
    if wanted is None:
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"{overlays[0]} does not say what it extends",
            hint="name the description first: trunkline overlay apply SPEC OVERLAY",
        )
    document = as_written(wanted, diagnostics)
    return document.file, applied(document, read_in, diagnostics).file


def hold(spec: str, others: Sequence[Path], diagnostics: Diagnostics) -> list[Held]:
    """The overlays that belong to a description, and `others`, each applied to what those before
    it made; what is stale is in `diagnostics`."""
    document = as_written(spec, diagnostics)
    own = [] if is_address(spec) else beside(find_spec(spec))
    return held(document.file, [*own, *others], diagnostics)


def held(file: ParsedFile, paths: Sequence[Path], diagnostics: Diagnostics) -> list[Held]:
    """The same for a file and the overlays at `paths`."""
    found: list[Held] = []
    for path in paths:
        overlay = read_overlay(path, diagnostics)
        outcome = checked(file, overlay, diagnostics)
        file = outcome.file
        found.append(Held(path, overlay, outcome))
    return found


def as_text(data: Value, like: str) -> str:
    """Data as a text in the format that a file called `like` has."""
    return written(data, as_json=like.lower().endswith(".json"))


def no_overlay(spec: str) -> TrunklineError:
    """The one message where there is nothing to check."""
    return TrunklineError.usage(
        Code.BAD_VALUE,
        f"{spec} has no overlays",
        hint="name them: trunkline overlay check SPEC OVERLAY",
    )
