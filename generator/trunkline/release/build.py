"""Build the sdist of a generated package, and the wheel from that sdist.

Hatchling runs in this process on files of our own printing, so a build needs no network and no
isolated environment. The wheel is built from the unpacked sdist: one that installs proves that the
sdist is complete. Both are reproducible: no clock, no path and no file mode of this machine
reaches them.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import shutil
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError


@dataclass(frozen=True, slots=True)
class Distribution:
    """The files of one release, and the SHA-256 of each."""

    name: str
    version: str
    sdist: Path
    wheel: Path

    @property
    def digests(self) -> dict[str, str]:
        """File name → hexadecimal SHA-256."""
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (self.sdist, self.wheel)
        }


def build(package: Path, output: Path) -> Distribution:
    """Build the distribution in `package` into `output`.

    `TrunklineError` when `package` is none, or when the wheel lacks what users rely on (type
    marker, licence). Nothing is left in `output` unless both files were made and checked.
    """
    project = package / "pyproject.toml"
    if not project.is_file():
        raise TrunklineError.usage(
            Code.FILE_MISSING,
            f"{package} is no generated package: it has no pyproject.toml",
            hint="run `trunkline generate` first",
        )
    metadata = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    with tempfile.TemporaryDirectory(prefix="trunkline-build-") as scratch, _same_times():
        work = Path(scratch)
        sdist = _sdist(package, work / "out")
        with tarfile.open(sdist) as archive:
            archive.extractall(work / "unpacked", filter="data")
        (source,) = (work / "unpacked").iterdir()
        wheel = _wheel(source, work / "out")
        _check(wheel)
        check_metadata([sdist, wheel])
        made = [place(path, output) for path in (sdist, wheel)]
    return Distribution(metadata["name"], metadata["version"], made[0], made[1])


@contextlib.contextmanager
def _same_times() -> Iterator[None]:
    """The same times in every archive: builders take them from SOURCE_DATE_EPOCH, which many CI
    systems set to the day of the commit, and an index refuses other bytes under the same name."""
    kept = os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        yield
    finally:
        if kept is not None:
            os.environ["SOURCE_DATE_EPOCH"] = kept


def place(path: Path, folder: Path) -> Path:
    """Copy a file into `folder`, which is made if need be: whole, or not at all."""
    staged = folder / f".{path.name}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, staged)
        return staged.replace(folder / path.name)
    except OSError as error:
        with contextlib.suppress(OSError):
            staged.unlink(missing_ok=True)
        raise TrunklineError(
            [Diagnostic(Code.CANNOT_WRITE, f"Cannot write {folder}: {error.strerror}")],
            ExitCode.USAGE,
        ) from error


def check_metadata(files: Sequence[Path]) -> None:
    """`twine check --strict`; METADATA with its words when an index would refuse the files."""
    from twine.commands.check import check
    from twine.exceptions import TwineException

    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("twine.commands.check")
    logger.addHandler(handler)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            failed = check([str(path) for path in files], strict=True)
    except (TwineException, ValueError) as error:
        failed = True
        said.append(str(error))
    finally:
        logger.removeHandler(handler)
    if failed:
        reasons = "; ".join(dict.fromkeys(" ".join(one.split()) for one in said))
        raise TrunklineError(
            [Diagnostic(Code.METADATA, f"{files[0].name}: {reasons}")], ExitCode.FINDINGS
        )


def _sdist(package: Path, output: Path) -> Path:
    from hatchling.builders.sdist import SdistBuilder

    return _only(SdistBuilder(str(package)).build(directory=str(output), versions=["standard"]))


def _wheel(package: Path, output: Path) -> Path:
    from hatchling.builders.wheel import WheelBuilder

    return _only(WheelBuilder(str(package)).build(directory=str(output), versions=["standard"]))


def _only(artifacts: Iterable[str]) -> Path:
    (path,) = artifacts
    return Path(path)


def _check(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    wanted = {"py.typed": "type marker", "LICENSE": "licence", "METADATA": "metadata"}
    for ending, what in wanted.items():
        if not any(name.rsplit("/", 1)[-1] == ending for name in names):
            raise TrunklineError(
                [Diagnostic(Code.BUILD, f"{wheel.name} has no {what} ({ending})")],
                ExitCode.FINDINGS,
            )
