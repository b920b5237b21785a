"""Publishing: every gate for every package first, then the uploads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.pipeline.build import Built, build_generated, dirty_files
from trunkline.pipeline.find import spec_name
from trunkline.pipeline.generate import Generated, check, plan_package
from trunkline.pipeline.test_records import package_digest, record_file
from trunkline.pipeline.versions import check_version, make_bundle, note_published
from trunkline.release.bundle import Bundle
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
    raised together as `TrunklineError`. Repeating it after a failure uploads what is missing. What
    was published is noted in `specs/<name>/published/`.
    """
    planned = [(spec, plan_package(spec)) for spec in specs]
    _hold((_generated, spec, generated) for spec, generated in planned if generated.new)
    gates = [_generated, _tested] if allow_dirty else [_generated, _committed, _tested]
    _hold((gate, spec, generated) for spec, generated in planned for gate in gates)
    with Index(address, timeout=timeout) as index:
        versioned = partial(_versioned, index)
        _hold((versioned, spec, generated) for spec, generated in planned)
        releases = []
        for spec, generated in planned:
            built = build_generated(spec, generated, out)
            releases.append(Release(spec_name(spec), generated, built, _missing(index, built)))
    if dry_run:
        return releases
    if any(release.missing for release in releases):
        credential = find_credential(address.upload, address.exchange)
        tell(f"credential from {credential.origin}")
        with Index(address, credential, timeout) as index:
            for release in releases:
                for path in release.missing:
                    tell(f"uploading {path.name}")
                    index.upload(path)
    for spec, generated in planned:
        tell(f"to be committed: {note_published(spec, _bundle(generated))}")
    return releases


def _hold(checks: Iterable[tuple[Callable[[str, Generated], None], str, Generated]]) -> None:
    """Run all checks; what they find is raised together."""
    found = Diagnostics()
    for check_one, spec, generated in checks:
        try:
            check_one(spec, generated)
        except TrunklineError as error:
            if error.exit_code is not ExitCode.FINDINGS:
                raise
            found.extend(error.diagnostics)
    found.raise_errors()


def _bundle(generated: Generated) -> Bundle:
    texts, package = generated.loaded.document.texts, generated.package
    return make_bundle(texts, package, package_digest(generated.folder))


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


def _versioned(index: Index, spec: str, generated: Generated) -> None:
    check_version(spec, generated.package, package_digest(generated.folder), index)
