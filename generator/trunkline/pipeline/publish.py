"""Publishing: every gate for every package first, then the uploads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.pipeline.build import Built, build_generated, dirty_files
from trunkline.pipeline.find import spec_name
from trunkline.pipeline.generate import Generated, check, plan_package
from trunkline.pipeline.records import package_digest, record_file
from trunkline.release.credential import find_credential
from trunkline.release.index import Address, Index
from trunkline.release.record import check_record, digest_of, read_record


@dataclass(frozen=True, slots=True)
class Release:
    """A package that may be published, and which of its files the index lacks."""

    name: str
    generated: Generated
    built: Built
    missing: tuple[Path, ...]

    @property
    def title(self) -> str:
        """Distribution and version."""
        package = self.generated.package
        return f"{package.distribution} {package.version}"


def publish(
    specs: Sequence[str],
    address: Address,
    out: Path,
    tell: Callable[[str], None],
    *,
    dry_run: bool = False,
    allow_dirty: bool = False,
    timeout: float = 60.0,
) -> list[Release]:
    """Build the packages of `specs` into `out` and give the index what it lacks.

    Nothing is uploaded unless every package passes every gate; all that stands in the way is
    raised together as `TrunklineError`. Repeating it after a failure uploads what is missing.
    """
    planned = [plan_package(spec) for spec in specs]
    found = Diagnostics()
    for spec, generated in zip(specs, planned, strict=True):
        for gate in (_generated, _committed, _tested, _versioned):
            if gate is _committed and allow_dirty:
                continue
            try:
                gate(spec, generated)
            except TrunklineError as error:
                found.extend(error.diagnostics)
    found.raise_errors()
    built = [
        build_generated(spec, generated, out)
        for spec, generated in zip(specs, planned, strict=True)
    ]
    with Index(address, timeout=timeout) as index:
        releases = [
            Release(spec_name(spec), generated, files, _missing(index, files))
            for spec, generated, files in zip(specs, planned, built, strict=True)
        ]
    if dry_run or not any(release.missing for release in releases):
        return releases
    credential = find_credential(address.upload, address.exchange)
    tell(f"credential from {credential.origin}")
    with Index(address, credential, timeout) as index:
        for release in releases:
            for path in release.missing:
                tell(f"uploading {path.name}")
                index.upload(path)
    return releases


def _missing(index: Index, built: Built) -> tuple[Path, ...]:
    made = built.distribution
    listed = index.files(made.name)
    # The sdist last: installers choose the wheel, so a half-done release works already.
    return tuple(path for path in (made.wheel, made.sdist) if not index.has(path, listed))


def _generated(_spec: str, generated: Generated) -> None:
    check(generated)


def _committed(spec: str, generated: Generated) -> None:
    dirty = dirty_files(spec, generated)
    if dirty:
        more = f" and {len(dirty) - 1} more" if len(dirty) > 1 else ""
        message = f"{spec_name(spec)} is not published: {dirty[0]}{more} not committed"
        hint = "commit, or pass --allow-dirty"
        raise TrunklineError([Diagnostic(Code.UNCOMMITTED, message, hint=hint)], ExitCode.FINDINGS)


def _tested(spec: str, generated: Generated) -> None:
    check_record(
        read_record(record_file(spec)),
        spec_name(spec),
        description=digest_of(generated.loaded.document.texts),
        package=package_digest(generated.folder),
    )


def _versioned(spec: str, generated: Generated) -> None:
    """The version must go as far beyond the last published one as the changes ask."""
