"""Which version a package must have next, judged against the last one that was published.

What was published is known from two places. `specs/<api>/published/<version>.json` is the
description as that version carries it: written once when a version was published, committed,
never changed. The index is asked as well where one is given; its word counts where it has a later
version. Pre-releases promise nothing and are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.evolve import Bump, Change, changelog, next_version, version_bump
from trunkline.ir import Object
from trunkline.names import NamePlan, PackageConfig, Versioning, load_package, plan
from trunkline.pipeline.compare import (
    Version,
    bundle_of,
    changed,
    from_bundle,
    from_file,
)
from trunkline.pipeline.evidence import method_paths
from trunkline.pipeline.find import find_spec, spec_name
from trunkline.position import Position
from trunkline.release.bundle import Bundle, bundle_text, parse_bundle, relative_files
from trunkline.release.git import released
from trunkline.release.index import Index

_FINAL: Final = re.compile(r"\d+(?:\.\d+){0,2}\Z")
_ANY: Final = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:(?:a|b|rc|\.post|\.dev)\d+)?\Z")


@dataclass(frozen=True, slots=True)
class Step:
    """What lies between the last published version and the description as it is.

    `bundle` is None when nothing was published; then `version` is the one in `package.toml`.
    `version` is the lowest that is enough.
    """

    bundle: Bundle | None
    changes: tuple[Change, ...]
    bump: Bump
    version: str
    entry: str
    """The CHANGELOG entry of `version`, in Markdown."""


def published_folder(spec: str | Path) -> Path:
    """Where the descriptions of published versions are kept."""
    return find_spec(spec).parent / "published"


def changelog_file(spec: str | Path) -> Path:
    """The CHANGELOG of a description's package."""
    return find_spec(spec).parent / "CHANGELOG.md"


def last_published(
    spec: str | Path, package: PackageConfig, index: Index | None = None
) -> Bundle | None:
    """The highest published version that is no pre-release; None where there is none."""
    found = {path.stem: path for path in published_folder(spec).glob("*.json")}
    kept = max((v for v in found if _FINAL.match(v)), key=_parts, default=None)
    there = _listed(index, package.distribution) if index is not None else []
    if index is not None and there and (kept is None or _parts(there[-1]) > _parts(kept)):
        return bundle_of(index, package.distribution, there[-1])
    return None if kept is None else parse_bundle(_text(found[kept]), str(found[kept]))


def step(
    spec: str | Path,
    index: Index | None = None,
    *,
    package_digest: str = "",
    now: Version | None = None,
) -> Step:
    """Compare the description with the last published one; decide the version, and word it.

    `package_digest` is that of the generated files: where only they differ (a newer generator),
    a patch is due. `now` is the description as it is to be, where that is not what is there.
    """
    found = Diagnostics()
    package = load_package(find_spec(spec).parent / "package.toml", spec_name(spec), found)
    found.raise_errors()
    now = from_file(spec) if now is None else now
    bundle = last_published(spec, package, index)
    if bundle is None:
        _refuse_lost_record(spec, package)
        first = f"## {package.version}\n\nThe first version.\n"
        return Step(None, (), Bump.NONE, package.version, first)
    was = from_bundle(bundle)
    changes = changed(was, now)
    bump = version_bump(changes, package=package.versioning is Versioning.PACKAGE)
    if bump is Bump.NONE and package_digest not in {"", bundle.package}:
        bump = Bump.PATCH
    version = next_version(_three(bundle.version), bump)
    entry = _entry(changes, version, (was, now), package)
    return Step(bundle, changes, bump, version, entry)


def _refuse_lost_record(spec: str | Path, package: PackageConfig) -> None:
    """Tags of releases without a record of what they published: the record was lost, and this is
    not the first version."""
    tags = released(find_spec(spec).parent, spec_name(spec))
    if tags:
        raise TrunklineError(
            [
                Diagnostic(
                    Code.PUBLISHED,
                    f"{tags[-1]} is a tag here, and {published_folder(spec)} has no record of it",
                    hint=f"commit the record that `trunkline publish` wrote, or give --index with "
                    f"an index that has {package.distribution}",
                )
            ],
            ExitCode.FINDINGS,
        )


def check_version(
    spec: str | Path, package: PackageConfig, digest: str, index: Index | None
) -> None:
    """Raise WRONG_VERSION unless the package's version goes as far as the changes ask, and
    PUBLISHED when the version is there already with other contents.

    `digest` is `package_digest` of the generated files.
    """
    found = step(spec, index, package_digest=digest)
    bundle = found.bundle
    if bundle is None:
        return
    proposed, name = package.version, spec_name(spec)
    if proposed == bundle.version:
        if found.bump is Bump.NONE and digest == bundle.package:
            return
        message = f"{bundle.title} was published with other contents"
        hint = f"the changes since make it {found.version}: trunkline version {name} --write"
        raise TrunklineError([Diagnostic(Code.PUBLISHED, message, hint=hint)], ExitCode.FINDINGS)
    if _parts(proposed) >= _parts(found.version) and _parts(proposed) > _parts(bundle.version):
        return
    changes = _counted(found.changes)
    message = (
        f"{name} cannot be {proposed}: {changes} since {bundle.version} "
        f"{'asks' if len(found.changes) == 1 else 'ask'} for {found.version}"
        if found.bump is not Bump.NONE
        else f"{name} cannot be {proposed}: {bundle.version} is published already"
    )
    hint = f"see `trunkline version {name}`; --write sets it"
    raise TrunklineError([Diagnostic(Code.WRONG_VERSION, message, hint=hint)], ExitCode.FINDINGS)


def make_bundle(texts: dict[str, str], package: PackageConfig, digest: str) -> Bundle:
    """What a package carries: the texts of its description's `Document`, and what it is."""
    root, files = relative_files(texts)
    return Bundle(
        distribution=package.distribution,
        version=package.version,
        package=digest,
        root=root,
        files=files,
    )


def note_published(spec: str | Path, bundle: Bundle) -> Path:
    """Keep the description of a version that was just published; to be committed.

    Raises PUBLISHED when the version is kept already with other contents.
    """
    path = published_folder(spec) / f"{bundle.version}.json"
    text = bundle_text(bundle)
    if path.exists():
        if _text(path) != text:
            message = f"{path} says that {bundle.title} was published with other contents"
            raise TrunklineError([Diagnostic(Code.PUBLISHED, message)], ExitCode.FINDINGS)
        return path
    _write(path, text)
    return path


def write_version(spec: str | Path, found: Step) -> list[Path]:
    """Set the version in `package.toml` and put the entry into `CHANGELOG.md`; what was written.

    An entry of the same version is replaced; others are left as they are.
    """
    package, log = find_spec(spec).parent / "package.toml", changelog_file(spec)
    old_package = _text(package) if package.is_file() else ""
    old_log = _text(log) if log.is_file() else "# Changelog\n"
    texts = {package: with_version(old_package, found.version), log: with_entry(old_log, found)}
    before = {package: old_package, log: old_log if log.is_file() else None}
    written = [path for path, text in texts.items() if text != before[path]]
    for path in written:
        _write(path, texts[path])
    return written


def with_version(text: str, version: str) -> str:
    """The text of a `package.toml` with this version, everything else as it was."""
    line = f'version = "{version}"'
    head, table, rest = text.partition("\n[") if not text.startswith("[") else ("", "[", text[1:])
    replaced, count = re.subn(r"(?m)^version\s*=.*$", line, head, count=1)
    if not count:
        replaced = f"{head.rstrip()}\n{line}\n".lstrip("\n")
    return f"{replaced}{table}{rest}"


def with_entry(text: str, found: Step) -> str:
    """The text of a CHANGELOG with the entry of the step on top, below the title."""
    parts = re.split(r"(?m)^(?=## )", text)
    heading = f"## {found.version}"
    entries = [part for part in parts[1:] if part.splitlines()[0].split(" (")[0] != heading]
    head = parts[0].rstrip() or "# Changelog"
    return "\n\n".join([head, found.entry.strip(), *(part.strip() for part in entries)]) + "\n"


def _entry(
    changes: tuple[Change, ...],
    version: str,
    sides: tuple[Version, Version],
    package: PackageConfig,
) -> str:
    """The CHANGELOG entry in names of the package: the new one's, or, where something is gone,
    the old one's."""
    methods: dict[str, str] = {}
    classes: dict[str, str] = {}
    attributes: dict[Position, str] = {}
    for side in sides:
        names = plan(side.api, package, Diagnostics())
        attributes |= _attributes(side, names)
        methods |= method_paths(side.api, names)
        classes |= {name: given.name for name, given in names.classes.items()}
    return changelog(
        changes,
        version,
        method=lambda subject: methods.get(subject, subject),
        model=classes.get,
        attribute=attributes.get,
    )


def _attributes(side: Version, names: NamePlan) -> dict[Position, str]:
    """From the position of a property to `Call.since`, for those that are written once."""
    found: dict[Position, str] = {}
    for name, given in names.classes.items():
        shape = side.api.schemas[name].shape
        for one in shape.properties if isinstance(shape, Object) else ():
            position = side.place(one.schema.meta.origin.position)
            if position is not None and one.name in given.fields:
                found[position] = f"{given.name}.{given.fields[one.name]}"
    return found


def _listed(index: Index, distribution: str) -> list[str]:
    """Versions that an index has files of, lowest first."""
    stem = re.escape(re.sub(r"[-_.]+", "_", distribution).lower())
    form = re.compile(rf"{stem}_(\d+(?:\.\d+){{0,2}})(?:\.tar\.gz|_.*\.whl)\Z")
    names = (re.sub("-", "_", name.lower()) for name in index.files(distribution))
    found = {match[1] for name in names if (match := form.match(name))}
    return sorted(found, key=_parts)


def _counted(changes: tuple[Change, ...]) -> str:
    verdicts = [change.verdict.value for change in changes]
    words = [
        f"{verdicts.count(v)} {v}" for v in ("breaking", "dangerous", "compatible") if v in verdicts
    ]
    return (
        f"{', '.join(words)} {'change' if len(verdicts) == 1 else 'changes'}"
        if words
        else ("what is generated differently")
    )


def _parts(version: str) -> tuple[int, int, int]:
    """The three numbers; those left out are 0, and what follows them does not count."""
    match = _ANY.match(version)
    if match is None:
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"{version!r} is no version", hint="three numbers with dots"
        )
    major, minor, patch = (int(part or 0) for part in match.groups())
    return major, minor, patch


def _three(version: str) -> str:
    return ".".join(map(str, _parts(version)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise TrunklineError.usage(Code.FILE_MISSING, f"Cannot read {path}: {reason}") from None


def _write(path: Path, text: str) -> None:
    staged = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        staged.write_text(text, encoding="utf-8")
        staged.replace(path)
    except OSError as error:
        staged.unlink(missing_ok=True)
        message = f"Cannot write {path}: {error.strerror}"
        raise TrunklineError.usage(Code.CANNOT_WRITE, message) from None
