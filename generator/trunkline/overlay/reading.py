"""Descriptions as they are with their overlays: those beside them, and those that were named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from trunkline.diagnostics import Code, Diagnostics, ExitCode, TrunklineError
from trunkline.overlay.action import Overlay, parse_overlay
from trunkline.overlay.apply import Applied, apply
from trunkline.source import Document, Fetch, ParsedFile, parse, read

FOLDER: Final = "overlays"
"""Beside the description of a package, the overlays that always belong to it."""

_named: ContextVar[tuple[Path, ...]] = ContextVar("overlays", default=())


@contextmanager
def laid_over(overlays: Sequence[Path]) -> Iterator[None]:
    """Every description that is read inside the block has these laid over it, after its own."""
    token = _named.set((*_named.get(), *overlays))
    try:
        yield
    finally:
        _named.reset(token)


def named_overlays() -> tuple[Path, ...]:
    """The overlays of `laid_over`, in the order given."""
    return _named.get()


def beside(path: Path) -> list[Path]:
    """The overlays that belong to the description at `path`, in the order of their names.

    Only a package's description has them: `openapi.yaml` in a folder of `specs/`, or beside a
    `package.toml`.
    """
    folder = path.absolute().parent
    packaged = folder.parent.name == "specs" or (folder / "package.toml").is_file()
    if path.name != "openapi.yaml" or not packaged:
        return []
    there = path.parent / FOLDER
    return sorted(one for one in there.glob("*.yaml") if one.is_file())


def read_description(
    path: Path, diagnostics: Diagnostics, *, fetch: Fetch | None = None
) -> Document:
    """`source.read`, with the overlays beside `path` and those of `laid_over` applied.

    Raises `TrunklineError` for what cannot be read, and where an overlay is not understood or does
    not fit: nothing is generated from half of what was meant.
    """
    return with_overlays(
        read(path, diagnostics, fetch=fetch), [*beside(path), *named_overlays()], diagnostics
    )


def with_overlays(document: Document, paths: Sequence[Path], diagnostics: Diagnostics) -> Document:
    """A description with the overlays at `paths` applied in turn; raises like the above."""
    overlays = [read_overlay(path, diagnostics) for path in paths]
    return applied(document, overlays, diagnostics)


def applied(document: Document, overlays: Sequence[Overlay], diagnostics: Diagnostics) -> Document:
    """A description with overlays applied in turn; raises like the above."""
    if not overlays:
        return document
    file = document.file
    for overlay in overlays:
        file = checked(file, overlay, diagnostics).file
    return document.replace(file)


def checked(file: ParsedFile, overlay: Overlay, diagnostics: Diagnostics) -> Applied:
    """One overlay applied; `TrunklineError` where it is for another description or does not fit."""
    found = Diagnostics()
    _refuse_other(file, overlay, found)
    found.raise_errors()
    outcome = apply(file, overlay, found)
    if found.errors:
        raise TrunklineError(list(found), ExitCode.FINDINGS)
    diagnostics.extend(found)
    return outcome


def read_overlay(path: Path, diagnostics: Diagnostics) -> Overlay:
    """The overlay at `path`; `TrunklineError` for one that cannot be read or understood."""
    file = read(path, diagnostics).file
    return understood(file, diagnostics)


def understood(file: ParsedFile, diagnostics: Diagnostics) -> Overlay:
    """The overlay in a parsed file; `TrunklineError` where not all of it is understood."""
    found = Diagnostics()
    overlay = parse_overlay(file, found)
    if overlay is None or found.errors:
        raise TrunklineError(list(found), ExitCode.FINDINGS)
    diagnostics.extend(found)
    return overlay


def overlay_in(name: str, text: str, diagnostics: Diagnostics) -> Overlay:
    """The overlay in a text called `name`; raises like `read_overlay`."""
    return understood(parse(name, text.encode()), diagnostics)


def extended(overlay: Overlay) -> str | None:
    """What the overlay was made for: a path from here, or an address; None where it is not said."""
    if overlay.extends is None:
        return None
    address = str(overlay.extends.value)
    if "://" in overlay.file.name:
        return urljoin(overlay.file.name, address)
    parts = urlsplit(address)
    if parts.scheme == "file":
        return unquote(parts.path)
    if parts.scheme:
        return address
    return str(Path(overlay.file.name).parent / unquote(parts.path))


def _refuse_other(file: ParsedFile, overlay: Overlay, diagnostics: Diagnostics) -> None:
    """An error where `extends` names another description than the one at hand. A copy of what is
    at an address cannot be told from it, and is taken."""
    wanted = extended(overlay)
    if wanted is None or overlay.extends is None:
        return
    remote = "://" in file.name
    if "://" in wanted:
        differs = remote and wanted != file.name
    else:
        differs = remote or Path(wanted).resolve() != Path(file.name).resolve()
    if differs:
        diagnostics.add(
            Code.OVERLAY,
            f"This overlay extends {wanted}, and not {file.name}",
            overlay.extends.position,
            "Correct extends, or leave it out.",
        )
