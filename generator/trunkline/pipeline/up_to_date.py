"""Whether a package is what generating again would write, found out without generating.

After every run a note is kept outside the project, in the user's cache: the digests of everything
that went in and came out. All of it is compared by content (Trunkline's own files by size and
time of change), so the note can be lost, copied or out of date, and never be wrong. Imports
nothing that is slow.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from trunkline import version
from trunkline.diagnostics import Code, Diagnostic
from trunkline.output.manifest import MANIFEST, STAGE
from trunkline.plugins import shape_packages
from trunkline.position import Position

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run was told, as far as it reaches the files."""

    name: str | None = None
    templates: Path | None = None
    allow_skips: bool = False
    allow_refs: tuple[str, ...] = ()
    overlays: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Fresh:
    """A package that needs nothing, and the warnings that generating it would repeat."""

    distribution: str
    folder: Path
    warnings: tuple[Diagnostic, ...]


def fresh(spec: Path, target: Path, options: Options) -> Fresh | None:
    """The package in `target` if it is what generating from `spec` would write; else None.

    Not told where plugins have a say in packages: nothing notices when they change.
    """
    if shape_packages():
        return None
    place = _place(target)
    try:
        note = json.loads(place.read_bytes())
        same = (
            note["key"] == _key(spec, target, options)
            and all(_digest(Path(name)) == was for name, was in note["inputs"].items())
            and _same_outputs(target, note["manifest"])
        )
        if not same:
            return None
        return Fresh(note["distribution"], target, tuple(map(_diagnostic, note["warnings"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def remember(
    spec: Path,
    target: Path,
    options: Options,
    *,
    inputs: Mapping[str, str],
    distribution: str,
    warnings: Iterable[Diagnostic],
) -> None:
    """Note that `target` is now what `inputs` (path → text as it was read) generate.

    A cache that cannot be written is done without.
    """
    package = spec.parent / "package.toml"
    digests: dict[str, str | None] = {
        str(Path(name).absolute()): hashlib.sha256(text.encode()).hexdigest()
        for name, text in inputs.items()
    }
    digests[str(package.absolute())] = _digest(package)
    place = _place(target)
    try:
        note = {
            "key": _key(spec, target, options),
            "inputs": digests,
            "manifest": _digest(target / MANIFEST),
            "distribution": distribution,
            "warnings": [asdict(one) for one in warnings],
        }
        place.parent.mkdir(parents=True, exist_ok=True)
        staged = place.with_name(f"{place.name}.{os.getpid()}")
        staged.write_text(json.dumps(note), encoding="utf-8")
        staged.replace(place)
    except OSError:
        return


def _place(target: Path) -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = hashlib.sha256(str(target.absolute()).encode()).hexdigest()[:32]
    return cache / "trunkline" / "generated" / f"{name}.json"


def _key(spec: Path, target: Path, options: Options) -> str:
    override = options.templates
    said = [
        str(spec.absolute()),
        str(spec),
        str(target.absolute()),
        repr((options.name, str(override), options.allow_skips, options.allow_refs)),
        # Their contents are inputs like any other; here it counts that one came or went.
        *(str(path) for path in options.overlays),
        *sorted(path.name for path in spec.parent.glob("overlays/*.yaml")),
        _tool(),
        _tree(override) if override is not None else "",
    ]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


def _tool() -> str:
    """Python, every installed distribution and its version, and Trunkline's own files."""
    root = Path(version.__file__).parent
    installed = sorted(one.name for one in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    templates = root.parent.parent / "templates"
    trees = [root, templates] if templates.is_dir() else [root]
    return "\0".join([sys.version, *installed, *map(_tree, trees)])


def _tree(root: Path) -> str:
    """Name, size and time of change of every file."""
    found: list[str] = []
    pending = [str(root)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        pending.append(entry.path)
                else:
                    stat = entry.stat()
                    found.append(f"{entry.path}:{stat.st_size}:{stat.st_mtime_ns}")
    return "\n".join(sorted(found))


def _digest(path: Path) -> str | None:
    """SHA-256 of the text without its byte order mark; None where there is no file."""
    try:
        return hashlib.sha256(path.read_bytes().removeprefix(_BOM)).hexdigest()
    except FileNotFoundError:
        return None


def _same_outputs(target: Path, manifest: str | None) -> bool:
    content = (target / MANIFEST).read_bytes()
    if hashlib.sha256(content).hexdigest() != manifest or (target / STAGE).exists():
        return False
    return all(
        _digest(target / name) == was and not (target / name).is_symlink()
        for name, was in json.loads(content)["files"].items()
    )


def _diagnostic(note: Mapping[str, object]) -> Diagnostic:
    position, hint = note["position"], note["hint"]
    return Diagnostic(
        Code(str(note["code"])),
        str(note["message"]),
        Position(**position) if isinstance(position, dict) else None,
        None if hint is None else str(hint),
    )
