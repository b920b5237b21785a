"""Building the package of a description: only when it is what the description generates."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trunkline.names import PackageConfig
from trunkline.output import MANIFEST
from trunkline.pipeline.find import find_spec, project_root, spec_name
from trunkline.pipeline.generate import Generated, check, plan_package
from trunkline.pipeline.test_records import package_digest
from trunkline.pipeline.versions import changelog_file, make_bundle
from trunkline.release import Distribution, place
from trunkline.release import build as build_distribution
from trunkline.release.bundle import NAME, bundle_text
from trunkline.release.git import revision, uncommitted
from trunkline.release.provenance import statement


@dataclass(frozen=True, slots=True)
class Built:
    """The files of a release, and the unsigned statement of what they were made from."""

    distribution: Distribution
    provenance: Path


def build(spec: str | Path, out: Path) -> Built:
    """The sdist, the wheel and the provenance of `spec`'s package, in `out`.

    Raises `TrunklineError`: OUT_OF_DATE when the package is not what the description generates.
    """
    return build_generated(spec, plan_package(spec), out)


def build_generated(spec: str | Path, generated: Generated, out: Path) -> Built:
    """The same for a package that was just planned."""
    check(generated)
    with carrying(spec, generated) as folder:
        made = build_distribution(folder, out)
    text = statement(
        made.digests,
        _materials(spec, generated),
        description=spec_name(spec),
        revision=None if dirty_files(spec, generated) else revision(project_root(spec)),
    )
    with tempfile.TemporaryDirectory(prefix="trunkline-build-") as scratch:
        staged = Path(scratch) / f"{stem(generated.package)}.provenance.json"
        staged.write_text(text, encoding="utf-8")
        return Built(made, place(staged, out))


@contextlib.contextmanager
def carrying(spec: str | Path, generated: Generated) -> Iterator[Path]:
    """A copy of the package that carries its description and its CHANGELOG."""
    bundle = make_bundle(
        generated.loaded.document.texts, generated.package, package_digest(generated.folder)
    )
    with tempfile.TemporaryDirectory(prefix="trunkline-build-") as scratch:
        folder = Path(scratch) / "package"
        # What was generated, and nothing else that may lie there.
        for path in generated.files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(generated.folder / path, folder / path)
        (folder / generated.package.module / NAME).write_text(bundle_text(bundle), "utf-8")
        log = changelog_file(spec)
        if log.is_file():
            shutil.copyfile(log, folder / generated.package.module / "CHANGELOG.md")
        yield folder


def stem(package: PackageConfig) -> str:
    """What the files of a release begin with."""
    return f"{package.distribution.replace('-', '_').replace('.', '_').lower()}-{package.version}"


def dirty_files(spec: str | Path, generated: Generated) -> list[str]:
    """Files of the description and its package that are not committed; none outside git.

    The note that publishing this very version leaves does not count.
    """
    paths = [find_spec(spec).parent, generated.folder]
    noted = f"published/{generated.package.version}.json"
    found = uncommitted(project_root(spec), paths) or []
    return [path for path in found if not path.endswith(noted)]


def _materials(spec: str | Path, generated: Generated) -> dict[str, str]:
    folder = find_spec(spec).resolve().parent
    found: dict[str, str] = {}
    for path in [
        *(Path(name).resolve() for name in generated.loaded.document.texts),
        folder / "package.toml",
        generated.folder.resolve() / MANIFEST,
    ]:
        if path.is_file():
            name = path.relative_to(folder) if path.is_relative_to(folder) else path.name
            found[str(name)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
