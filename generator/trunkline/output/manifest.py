"""The manifest: which files were generated, and what was in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

MANIFEST: Final = PurePosixPath(".trunkline.json")
STAGE: Final = PurePosixPath(".trunkline-stage")
"""Where a run keeps what it is about to move; there only while it runs, or after it was killed."""


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def manifest_text(files: Mapping[PurePosixPath, str]) -> str:
    """The manifest of the files: no times, no places, sorted."""
    listed = {str(path): digest(files[path]) for path in sorted(files) if path != MANIFEST}
    return json.dumps({"files": listed}, indent=1, sort_keys=True) + "\n"


def read_manifest(target: Path) -> dict[PurePosixPath, str]:
    """Path → SHA-256 of what was generated last; empty where there is no manifest.

    Entries that lead out of the folder are ignored, so that nothing outside is ever removed.
    """
    path = target / MANIFEST
    try:
        data = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    listed = data.get("files") if isinstance(data, dict) else None
    if not isinstance(listed, dict):
        return {}
    return {
        PurePosixPath(name): value
        for name, value in listed.items()
        if isinstance(value, str) and is_inside(PurePosixPath(name))
    }


def is_inside(path: PurePosixPath) -> bool:
    """Whether a relative path stays in its folder, and out of `lib/`."""
    parts = path.parts
    return (
        bool(parts)
        and not path.is_absolute()
        and ".." not in parts
        and parts[0] != "lib"
        and not any("\\" in part or "\0" in part or ":" in part for part in parts)
    )
