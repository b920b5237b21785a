"""Ready workflows for CI systems, from `templates/ci/`."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Final

from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError
from trunkline.position import Position
from trunkline.version import __version__

PLACES: Final = {"github": Path(".github") / "workflows", "gitlab": Path()}
"""CI system → where it looks for its files, from the repository's root."""


def requirement() -> str | None:
    """What pip installs to have this Trunkline: the address or the version that it came from.

    None where it came from a folder or a file of this machine, which a CI system does not have.
    """
    try:
        recorded = metadata.distribution("trunkline").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return None
    if recorded is None:
        return f"trunkline=={__version__}"
    origin = json.loads(recorded)
    url = origin["url"]
    if "vcs_info" in origin:
        vcs = origin["vcs_info"]
        return f"trunkline @ {vcs['vcs']}+{url}@{vcs['commit_id']}"
    return f"trunkline @ {url}" if url.startswith("https://") else None


def workflows(system: str, templates: Path, install: str) -> dict[Path, str]:
    """Path in the repository → text; `templates` is the folder of our templates.

    `install` is the requirement by which pip installs Trunkline there.
    """
    return {
        PLACES[system] / path.name: path.read_text("utf-8").replace(
            # A JSON string is a YAML string.
            "@requirement@",
            json.dumps(install),
        )
        for path in sorted((templates / "ci" / system).iterdir())
        if path.name.endswith(".yml")
    }


def write_workflows(files: dict[Path, str], folder: Path, *, force: bool = False) -> list[Path]:
    """Write what differs and return its paths.

    Refuses with HAND_EDITED, before anything is touched, when another text is there, unless
    `force`.
    """
    changed = [path for path, text in files.items() if _text(folder / path) != text]
    taken = [path for path in changed if (folder / path).exists()]
    if taken and not force:
        message = "There is a workflow of another text"
        hint = "--force replaces it"
        raise TrunklineError(
            [
                Diagnostic(Code.HAND_EDITED, message, Position(str(folder / path), 1, 1), hint)
                for path in taken
            ],
            ExitCode.FINDINGS,
        )
    for path in changed:
        place = folder / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(files[path], encoding="utf-8", newline="\n")
        except OSError as error:
            said = f"Cannot write {place}: {error.strerror}"
            raise TrunklineError.usage(Code.CANNOT_WRITE, said) from error
    return changed


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
