"""Noting that a contract run passed, for what exactly, and reading it back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from trunkline.contract import RunReport
from trunkline.diagnostics import ExitCode
from trunkline.output.manifest import read_manifest
from trunkline.pipeline.find import generated_folder, project_root, spec_name
from trunkline.release.record import ContractRecord, digest_of, write_record


def record_file(spec: str | Path) -> Path:
    """Where the note of a description's contract run is: `build/contract/<name>.json`."""
    return project_root(spec) / "build" / "contract" / f"{spec_name(spec)}.json"


def package_digest(folder: Path) -> str:
    """One SHA-256 over the generated files as they stand in `folder`; "" where there are none."""
    lines: list[str] = []
    for path in sorted(read_manifest(folder)):
        place = folder / path
        content = place.read_bytes() if place.is_file() else b""
        lines.append(f"{path} {hashlib.sha256(content).hexdigest()}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else ""


def note_run(spec: str | Path, texts: Mapping[str, str], package: str, report: RunReport) -> None:
    """Note a run over the whole of `spec` on the emulator.

    `texts` are the description's files as the run read them, `package` the `package_digest` from
    before it began. An interrupted run leaves the older note.
    """
    if report.exit_code is ExitCode.INTERRUPTED:
        return
    record = ContractRecord(
        description=digest_of(texts),
        package=package,
        passed=report.exit_code is ExitCode.OK,
        cases=report.cases,
        seed=report.seed,
        profile=str(report.profile),
    )
    write_record(record_file(spec), record)


def package_now(spec: str | Path) -> str:
    """The `package_digest` of the package of `spec` where it stands by default."""
    return package_digest(generated_folder(spec))
