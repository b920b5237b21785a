"""The description that a package was generated from, carried in its sdist and wheel.

One JSON file in the import package, so that any published version can be compared without its
repository. It is data only: nothing in the package imports it.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError

NAME: Final = "_description.json"
"""Where it is: `<import package>/_description.json`."""
LARGEST: Final = 128 * 2**20
"""Bytes a bundle may have; an archive is untrusted and may unpack to anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The files of a description by their names relative to `root`'s folder, as they were read.

    Files from elsewhere have their addresses. `package` is the digest of the generated files.
    """

    distribution: str
    version: str
    package: str
    root: str
    files: Mapping[str, str]

    @property
    def title(self) -> str:
        """`trunkline-telnyx==1.2.0`."""
        return f"{self.distribution}=={self.version}"


def relative_files(texts: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The root's name, and the texts of a `Document` by names relative to the root's folder."""
    root, *_ = texts
    if "://" in root:
        return root, dict(texts)
    folder = Path(root).absolute().parent
    files: dict[str, str] = {}
    for name, text in texts.items():
        path = name if "://" in name else Path(os.path.relpath(Path(name).absolute(), folder))
        files[path if isinstance(path, str) else path.as_posix()] = text
    return Path(root).name, files


def bundle_text(bundle: Bundle) -> str:
    """The same text for the same bundle."""
    return json.dumps(asdict(bundle), ensure_ascii=False, sort_keys=True, indent=0) + "\n"


def parse_bundle(text: str | bytes, name: str) -> Bundle:
    """The bundle in `text`; `TrunklineError` (BAD_BUNDLE) when it is none. `name` is for people."""
    try:
        data = json.loads(text)
        bundle = Bundle(**data)
        texts = [bundle.distribution, bundle.version, bundle.package, bundle.root]
        whole = all(isinstance(one, str) for one in (*texts, *bundle.files.values()))
        if not whole or bundle.root not in bundle.files:
            raise ValueError
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise _bad(f"{name} is not a description as packages carry it") from None
    return bundle


def read_distribution(content: bytes, name: str) -> Bundle:
    """The bundle in a wheel or sdist called `name`; nothing is unpacked to disk.

    Raises `TrunklineError` (BAD_BUNDLE) for what is no archive, or carries no description.
    """
    try:
        found = _from_wheel(content) if name.endswith(".whl") else _from_sdist(content)
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        OSError,
        EOFError,
        zlib.error,
        NotImplementedError,
        RuntimeError,
    ):
        raise _bad(f"{name} cannot be read: it is damaged, or no package") from None
    if found is None:
        raise _bad(f"{name} carries no description: Trunkline did not build it")
    return parse_bundle(found, f"{NAME} in {name}")


def _from_wheel(content: bytes) -> bytes | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if _is_bundle(entry.filename, 2) and entry.file_size <= LARGEST:
                with archive.open(entry) as stream:
                    return stream.read(LARGEST)
    return None


def _from_sdist(content: bytes) -> bytes | None:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        for entry in _entries(archive):
            if entry.isfile() and _is_bundle(entry.name, 3) and entry.size <= LARGEST:
                stream = archive.extractfile(entry)
                return None if stream is None else stream.read(LARGEST)
    return None


def _entries(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    while (entry := archive.next()) is not None:
        yield entry


def _is_bundle(name: str, depth: int) -> bool:
    parts = PurePosixPath(name).parts
    return len(parts) == depth and parts[-1] == NAME


def _bad(message: str) -> TrunklineError:
    hint = "Compare with the description's file, or with a git revision of it."
    return TrunklineError([Diagnostic(Code.BAD_BUNDLE, message, hint=hint)], ExitCode.USAGE)
