"""From what a user types for the two sides of a comparison to what changed between them.

A side is a file, an address, the name of a description, a git revision (`REV:FILE`, or `REV` for
the file of the other side), or a published version (a wheel, an sdist, or `NAME==VERSION`).
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from trunkline import ir
from trunkline.diagnostics import GAPS, Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.evolve import Change, Report, apply_waivers, compare, read_waivers
from trunkline.lower import lower
from trunkline.openapi import load
from trunkline.overlay import FOLDER, applied, laid_over, overlay_in
from trunkline.pipeline.evidence import called, judged
from trunkline.pipeline.find import find_spec, is_address, spec_names
from trunkline.pipeline.load import load_api
from trunkline.position import Position
from trunkline.release.bundle import Bundle, read_distribution
from trunkline.release.index import KNOWN, Address, Index
from trunkline.release.revisions import Revision, find_revision, repository, unknown_revision
from trunkline.source import Fetch, RefusedError, fetched

_PINNED: Final = re.compile(
    r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)==([0-9][A-Za-z0-9.+!-]*)"
)
_ARCHIVES: Final = (".whl", ".tar.gz")
_KINDS: Final = "a side is a file, a name in specs/, a git revision, a wheel, or NAME==VERSION"
_SHALLOW: Final = "in CI, check out with the whole history (fetch-depth: 0)"


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One of the two versions: what it is called, what it means, and where it is.

    Positions in it are relative to `prefix`, which is empty for files of the working tree.
    """

    title: str
    api: ir.Api
    diagnostics: Diagnostics
    prefix: str = ""

    def place(self, position: Position | None) -> Position | None:
        """A position with the revision or version it is in."""
        if position is None or not self.prefix:
            return position
        return replace(position, file=f"{self.prefix}{position.file}")


@dataclass(frozen=True, slots=True)
class Compared:
    """The outcome, and the warnings about parts that neither side can express."""

    report: Report
    diagnostics: Diagnostics


def compare_versions(
    old: str,
    new: str,
    *,
    waivers: Path | None = None,
    index: Address | None = None,
    overlays: Sequence[Path] = (),
) -> Compared:
    """Read both sides and compare them; accepted changes are set apart.

    `overlays` are laid over the new side, where that is a file or an address.

    Raises `TrunklineError` for a side that cannot be read, and for waivers that are not
    understood or accept nothing.
    """
    found = Diagnostics()
    accepted = read_waivers(waivers, found) if waivers is not None else ()
    before, after = sides(old, new, index, overlays)
    changes = changed(before, after)
    if accepted:
        rest, waived = apply_waivers(changes, accepted, found)
    else:
        rest, waived = changes, ()
    found.raise_errors()
    found.extend([*before.diagnostics, *after.diagnostics])
    methods = called(before.api, after.api)
    return Compared(Report(before.title, after.title, rest, waived, methods), found)


def changed(old: Version, new: Version) -> tuple[Change, ...]:
    """`evolve.compare`, the Python verdicts by what happens to the package, with positions that
    say which version they are in."""
    return tuple(
        replace(change, old=old.place(change.old), new=new.place(change.new))
        for change in judged(compare(old.api, new.api), old.api, new.api)
    )


def sides(
    old: str, new: str, index: Address | None = None, overlays: Sequence[Path] = ()
) -> tuple[Version, Version]:
    """Both sides; a bare revision means the file of the other side. `overlays` are laid over the
    new one."""
    before, after = _file(old), _file(new)
    if overlays and after is None and not is_address(new):
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"--overlay is for a file or an address, and {new} is neither"
        )
    first = _side(old, before, after, index)
    with laid_over(overlays):
        return first, _side(new, after, before, index)


def _file(spec: str) -> Path | None:
    """The file of the working tree that a side is, if it is one."""
    if is_address(spec) or _PINNED.fullmatch(spec) or spec.endswith(_ARCHIVES):
        return None
    if Path(spec).is_dir() and not (Path(spec) / "openapi.yaml").is_file():
        return None
    if (
        spec == "-"
        or Path(spec).is_file()
        or spec in spec_names()
        or (Path(spec) / "openapi.yaml").is_file()
    ):
        return find_spec(spec)
    return None


def _side(spec: str, file: Path | None, other: Path | None, index: Address | None) -> Version:
    if file is not None or is_address(spec):
        return from_file(spec if file is None else file)
    pinned = _PINNED.fullmatch(spec)
    if pinned:
        return from_bundle(published(pinned[1], pinned[2], index or KNOWN["pypi"]))
    if spec.endswith(_ARCHIVES):
        return from_bundle(read_distribution(_bytes(Path(spec)), Path(spec).name))
    return _revision(spec, other)


def from_file(spec: str | Path) -> Version:
    """A description in the working tree or at an address."""
    loaded = load_api(spec, strict=False)
    return Version(str(spec), loaded.api, _readable(loaded.diagnostics))


def from_bundle(bundle: Bundle) -> Version:
    """The description that a package carries."""

    def fetch(name: str) -> bytes:
        if name not in bundle.files:
            raise RefusedError
        return bundle.files[name].encode()

    content = bundle.files[bundle.root].encode()
    overlays = {n: bundle.files[n] for n in sorted(bundle.files) if n.startswith(f"{FOLDER}/")}
    return _in_memory(bundle.title, f"{bundle.title}/", bundle.root, content, fetch, overlays)


def from_revision(revision: Revision, path: str) -> Version:
    """A description as a commit has it; references are read from the same commit."""
    try:
        content = revision.read(path)
    except OSError:
        raise TrunklineError.usage(
            Code.FILE_MISSING, f"{revision.name} has no {path}", hint="REVISION:FILE says which"
        ) from None
    title = f"{revision.name}:{path}"
    overlays = revision.overlays(path)
    fetch = revision.fetcher(path)
    return _in_memory(title, f"{revision.name}:", path, content, fetch, overlays)


def from_content(
    title: str, name: str, files: Mapping[str, bytes], overlays: Mapping[str, str]
) -> Version:
    """A description as it would be at `name`: `files` by their paths from its folder, the
    description among them, with `overlays` by their names."""
    folder = Path(name).parent

    def fetch(wanted: str) -> bytes:
        path = Path(os.path.relpath(wanted, folder)).as_posix()
        if "://" in wanted or path not in files:
            raise RefusedError
        return files[path]

    content = files[Path(name).name]
    return _in_memory(title, "", name, content, fetch, overlays)


def published(distribution: str, version: str, address: Address) -> Bundle:
    """What an index has of a version; the sdist where there is no wheel."""
    with Index(address) as index:
        return bundle_of(index, distribution, version)


def bundle_of(index: Index, distribution: str, version: str) -> Bundle:
    """The same on an index that is open already."""
    wanted = f"{distribution}=={version}"
    stem = re.sub(r"[-_.]+", "_", distribution).lower()
    listed = index.files(distribution)
    for name in sorted(listed, reverse=True):
        plain = name.lower().replace("-", "_")
        if plain.startswith(f"{stem}_{version}_".lower()) and name.endswith(".whl"):
            return read_distribution(index.read(name, listed[name]), name)
    for name in listed:
        if name.lower().replace("-", "_") == f"{stem}_{version}.tar.gz".lower():
            return read_distribution(index.read(name, listed[name]), name)
    known = f"{len(listed)} files of other versions are there" if listed else "it knows none"
    raise TrunklineError.usage(
        Code.UNKNOWN_VERSION, f"The index has no {wanted}", hint=f"{known}; --index says which"
    )


def _revision(spec: str, other: Path | None) -> Version:
    name, colon, path = spec.partition(":")
    here = Path.cwd() if colon or other is None else other.resolve().parent
    if repository(here) is None:
        raise TrunklineError.usage(
            Code.FILE_MISSING,
            f"{spec!r} is no file, and {here} is not in a git repository",
            hint=_KINDS,
        )
    revision = find_revision(here, name)
    if revision is None:
        if colon:
            raise unknown_revision(name, _SHALLOW)
        names = spec_names()
        near = difflib.get_close_matches(spec, names, 1, cutoff=0.5)
        meant = f"did you mean {near[0]!r}? " if near else ""
        raise TrunklineError.usage(
            Code.UNKNOWN_SPEC,
            f"{spec!r} is neither a file nor a revision, and no name in specs/",
            hint=f"{meant}{_KINDS}; {_SHALLOW}",
        )
    if colon:
        return from_revision(revision, _path(revision, path))
    if other is None:
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"{spec!r} is a revision, but of which file?",
            hint=f"{spec}:specs/NAME/openapi.yaml, or a file as the other side",
        )
    return from_revision(revision, _relative(revision, other))


def _path(revision: Revision, path: str) -> str:
    """From the top of the repository, from the current folder, or a name in `specs/`."""
    top = revision.top.resolve()
    candidates = [path]
    here = Path.cwd().resolve()
    if here.is_relative_to(top):
        candidates.append((here.relative_to(top) / path).as_posix())
    candidates.append(f"specs/{path}/openapi.yaml")
    return next((one for one in candidates if revision.has(one)), path)


def _relative(revision: Revision, file: Path) -> str:
    place, top = file.resolve(), revision.top.resolve()
    if not place.is_relative_to(top):
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"{file} is not in the repository at {top}", hint="give REVISION:FILE"
        )
    return place.relative_to(top).as_posix()


def _in_memory(
    title: str,
    prefix: str,
    name: str,
    content: bytes,
    fetch: Fetch,
    overlays: Mapping[str, str],
) -> Version:
    diagnostics = Diagnostics()
    try:
        document = fetched(name, content, diagnostics, fetch=fetch)
        laid = [overlay_in(one, text, diagnostics) for one, text in overlays.items()]
        document = applied(document, laid, diagnostics)
        api = lower(load(document, diagnostics, validate=False), diagnostics)
        found = _readable(diagnostics)
    except TrunklineError as error:
        raise TrunklineError(_placed(error.diagnostics, prefix), error.exit_code) from None
    return Version(title, api, Diagnostics(_placed(found, prefix)), prefix)


def _placed(found: list[Diagnostic] | Diagnostics, prefix: str) -> list[Diagnostic]:
    return [
        replace(one, position=replace(one.position, file=f"{prefix}{one.position.file}"))
        if one.position is not None
        else one
        for one in found
    ]


def _readable(found: Diagnostics) -> Diagnostics:
    """Parts that cannot be expressed are not compared, and said; other errors end the run."""
    if any(one.code not in GAPS for one in found.errors):
        raise TrunklineError(list(found), ExitCode.FINDINGS)
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TrunklineError.usage(Code.FILE_MISSING, f"Cannot read {path}: {reason}") from None
