"""From what a user types to the file of a description; imports nothing that is slow."""

from __future__ import annotations

import atexit
import difflib
import re
import shutil
import sys
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from trunkline.diagnostics import Code, TrunklineError

_USUAL: Final = ("api", "index", "openapi", "spec", "swagger")
_MOST_PIPED: Final = 64 * 1024 * 1024
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")
_TITLES: Final[dict[str, str]] = {}
"""Names by address, of what was fetched in this process."""
_FILES: Final = re.compile(r"[^\w.-]+")
"""What a name of a folder does not hold."""
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def specs_root(start: Path | None = None) -> Path:
    """The folder of descriptions: `specs/` of the checkout around `start` (default: here), else
    the one that came with the installation."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        specs = folder / "specs"
        if specs.is_dir() and (
            (folder / "pyproject.toml").is_file() or any(specs.glob("*/openapi.yaml"))
        ):
            return specs
    package = Path(str(files("trunkline")))
    checkout = package.parents[1] / "specs"
    return checkout if checkout.is_dir() else package / "_data" / "specs"


def spec_names() -> list[str]:
    """What `specs/` holds, in alphabetical order."""
    return sorted(path.parent.name for path in specs_root().glob("*/openapi.yaml"))


def chosen_specs(given: list[str] | None) -> list[str]:
    """What a command is about: what was given, else everything in `specs/`.

    `TrunklineError` (UNKNOWN_SPEC) when neither is anything.
    """
    found = given or spec_names()
    if not found:
        raise TrunklineError.usage(
            Code.UNKNOWN_SPEC,
            f"{from_here(specs_root())} holds no description",
            None,
            "Give a path, or begin one: trunkline init NAME.",
        )
    return found


def is_address(spec: str | Path) -> bool:
    """Whether `spec` is to be fetched."""
    return isinstance(spec, str) and spec.lower().startswith(("https://", "http://"))


def spec_name(spec: str | Path) -> str:
    """What a description is called.

    In `specs/`, and beside a `package.toml`, that is its folder, or its file there; elsewhere its
    title, and where that says nothing the file's name, or the folder's.
    """
    if is_address(spec):
        if (title := _TITLES.get(str(spec))) is not None:
            return title
        parts = urlsplit(str(spec))
        path = Path(parts.hostname or "api", *parts.path.split("/"))
    else:
        path = find_spec(spec)
        if not _has_a_folder(path):
            from trunkline.pipeline.titles import title_name

            if (title := title_name(path)) is not None:
                return title
    return path.absolute().parent.name if path.stem in _USUAL else path.stem


def _has_a_folder(path: Path) -> bool:
    """Whether a description stands in a folder that was made for it."""
    inside = path.resolve().is_relative_to(specs_root().resolve())
    return inside or (path.parent / "package.toml").is_file()


def note_title(address: str, title: object) -> None:
    """Remember what the description at an address calls itself, once it was fetched."""
    from trunkline.pipeline.titles import name_of

    if (name := name_of(title)) is not None:
        _TITLES[address] = name


def from_here(path: Path) -> Path:
    """The way a person would write `path`: from the current folder when it is inside it."""
    here = Path.cwd().resolve()
    return path.relative_to(here) if path.is_relative_to(here) else path


def find_spec(spec: str | Path) -> Path:
    """The file that `spec` stands for: a path, the name of a folder in `specs/`, or `-`, standard
    input.

    `TrunklineError` when it is none of them: `UNKNOWN_SPEC` with the nearest name.
    """
    if str(spec) == "-":
        return _standard_input()
    if spec == "" or (isinstance(spec, str) and _SCHEME.match(spec) and not is_address(spec)):
        raise TrunklineError.usage(
            Code.UNKNOWN_SPEC,
            f"{spec} cannot be fetched" if spec else "SPEC is empty",
            None,
            "SPEC is a name in specs/, a path, an address (https://, http://), or -.",
        )
    path = Path(spec)
    if path.is_file():
        return path
    if path.is_dir() and (path / "openapi.yaml").is_file():
        return path / "openapi.yaml"
    if path.is_dir() and str(spec) not in spec_names():
        raise _folder(path)
    if not _NAME.match(str(spec)):
        return path
    root, names = specs_root(), spec_names()
    if str(spec) in names:
        return from_here(root / str(spec) / "openapi.yaml")
    near = difflib.get_close_matches(str(spec), names, 1, cutoff=0.5)
    known = f"Known: {', '.join(names)}." if names else f"{root} holds none; give a path."
    raise TrunklineError.usage(
        Code.UNKNOWN_SPEC,
        f"No description called {str(spec)!r}",
        None,
        f"Did you mean {near[0]!r}? {known}" if near else known,
    )


def _folder(path: Path) -> TrunklineError:
    """A folder was given that is not a description's."""
    near = sorted(one.name for kind in ("yaml", "yml", "json") for one in path.glob(f"*.{kind}"))
    hint = f"It holds {', '.join(near[:3])}: give the file." if near else "Give the file."
    return TrunklineError.usage(
        Code.UNKNOWN_SPEC, f"{path} is a folder, and has no openapi.yaml", None, hint
    )


@cache
def _standard_input() -> Path:
    """What was piped in, as a file that is gone when the process ends."""
    folder = tempfile.mkdtemp(prefix="trunkline-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = Path(folder) / "stdin.yaml"
    file.write_bytes(sys.stdin.buffer.read(_MOST_PIPED))
    return file


def generated_folder(spec: str | Path, out: Path | None = None, name: str | None = None) -> Path:
    """Where the package of a description goes: `out`, else `generated/<name>` beside `specs/`.

    Descriptions that are not in `specs/` go to `generated/<name>` of the current folder.
    """
    if out is not None:
        return out
    called = _FILES.sub("-", name).strip("-.") if name else ""
    return project_root(spec) / "generated" / (called or spec_name(spec))


def project_root(spec: str | Path) -> Path:
    """The folder that holds `specs/` for descriptions in it; the current folder for others, those
    that came with the installation among them."""
    path, root = find_spec(spec).resolve(), specs_root()
    around = root.parent
    mine = path.is_relative_to(root) and Path.cwd().resolve().is_relative_to(around)
    return around if mine else Path.cwd()
