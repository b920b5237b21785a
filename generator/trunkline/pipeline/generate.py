"""From a description to a package on disk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from trunkline.diagnostics import (
    GAPS,
    Code,
    Diagnostic,
    Diagnostics,
    ExitCode,
    TrunklineError,
)
from trunkline.generation import generate_package
from trunkline.names import PackageConfig, load_package
from trunkline.output import MANIFEST, Changes, plan_changes, write
from trunkline.pipeline.find import find_spec, from_here, generated_folder, is_address, spec_name
from trunkline.pipeline.load import Loaded, load_api
from trunkline.pipeline.up_to_date import Options, remember


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """A package as its description has it, and how the folder differs from that."""

    loaded: Loaded
    package: PackageConfig
    files: dict[PurePosixPath, str]
    changes: Changes
    diagnostics: Diagnostics
    spec: str = ""
    """As the user named the description."""

    @property
    def new(self) -> bool:
        """Whether nothing was ever generated there."""
        return not (self.folder / MANIFEST).is_file()

    @property
    def folder(self) -> Path:
        """Where the package stands."""
        return self.changes.target


def plan_package(
    spec: str | Path,
    *,
    out: Path | None = None,
    name: str | None = None,
    templates: Path | None = None,
    allow_skips: bool = False,
    allow_refs: tuple[str, ...] = (),
) -> Generated:
    """What generating `spec` would write, and how that differs from what is there.

    Nothing is written. Raises `TrunklineError` with everything found when the description has
    faults; with `allow_skips`, what cannot be expressed is left out and only reported.
    """
    loaded = load_api(spec, strict=False, allow_refs=allow_refs)
    diagnostics = loaded.diagnostics
    _stop(diagnostics, allow_skips=allow_skips)
    beside = None if is_address(spec) else find_spec(spec).parent / "package.toml"
    package = load_package(beside, name or spec_name(spec), diagnostics)
    _stop(diagnostics, allow_skips=allow_skips)
    files = generate_package(loaded.api, package, diagnostics, templates)
    _stop(diagnostics, allow_skips=allow_skips)
    changes = plan_changes(files, generated_folder(spec, out, name))
    return Generated(loaded, package, files, changes, diagnostics, str(spec))


def check(generated: Generated) -> None:
    """Raise OUT_OF_DATE findings when the folder is not what the description generates."""
    found = Diagnostics()
    if generated.new:
        found.add(
            Code.OUT_OF_DATE,
            f"Nothing was generated in {from_here(generated.folder)} yet",
            hint=f"run trunkline generate {generated.spec}",
        )
    else:
        generated.changes.report_stale(found)
    found.raise_errors()


def write_package(generated: Generated, *, force: bool = False) -> Generated:
    """Bring the folder to what was planned; refuses to overwrite hand edits unless `force`.

    The result compares the folder as it is afterwards with what was generated.
    """
    write(generated.changes, force=force)
    return replace(generated, changes=plan_changes(generated.files, generated.folder))


def note(generated: Generated, spec: str | Path, options: Options) -> None:
    """Remember that the folder is what `spec` generates, so that the next run can pass it over.

    To be called when nothing differs any more, with the options the package was planned with.
    """
    texts = generated.loaded.document.texts
    if generated.changes or not all(Path(name).is_file() for name in texts):
        return
    remember(
        find_spec(spec),
        generated.folder,
        options,
        inputs=texts,
        distribution=generated.package.distribution,
        warnings=generated.diagnostics,
    )


def _stop(diagnostics: Diagnostics, *, allow_skips: bool) -> None:
    errors = [d for d in diagnostics.errors if not (allow_skips and d.code in GAPS)]
    if not errors:
        return
    count = sum(d.code in GAPS for d in errors)
    if len(errors) == count == 1:
        way_out = "Leave it out with --allow-skips."
        hint = f"{errors[0].hint} {way_out}" if errors[0].hint else way_out
        told = [replace(d, hint=hint) if d is errors[0] else d for d in diagnostics]
        raise TrunklineError(told, ExitCode.FINDINGS)
    if count:
        hint = "leave them out with --allow-skips"
        message = f"{count} parts of the description cannot be expressed"
        raise TrunklineError(
            [*diagnostics, Diagnostic(Code.SKIPPED, message, hint=hint)], ExitCode.FINDINGS
        )
    raise TrunklineError(diagnostics, ExitCode.FINDINGS)
