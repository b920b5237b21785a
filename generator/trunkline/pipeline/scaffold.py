"""A new folder in `specs/`: files to begin with, which every command accepts as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trunkline.diagnostics import Code, TrunklineError
from trunkline.names import default_package
from trunkline.pipeline.find import is_address, specs_root
from trunkline.render import Renderer
from trunkline.schemas import SCHEMAS, schema_text
from trunkline.text import literal

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView:
    """What the templates of `trunkline init` receive; finished text for YAML and TOML."""

    title_literal: str
    distribution: str
    module: str
    client: str
    prefix: str


def start(name: str, *, origin: str | None = None, templates: Path | None = None) -> list[Path]:
    """Write `specs/<name>/` and return its files.

    `origin` is a description, by path or address, to begin with instead of ours; the files that it
    refers to come along. Raises `TrunklineError` for a name that is not lower-case words, when the
    folder is there already, and when a file of `origin` cannot be read or cannot keep its place.
    """
    if _NAME.match(name) is None:
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"{name!r} cannot be the name of a folder in specs/",
            None,
            "Lower-case words of letters and digits, with - or _ between them.",
        )
    folder = _root() / name
    if folder.exists():
        raise TrunklineError.usage(Code.BAD_VALUE, f"{folder} is there already")
    written = _texts(name, templates)
    if origin is not None:
        from trunkline.pipeline.import_description import copied

        written |= copied(origin)
        if is_address(origin):
            written["upstream.toml"] = _upstream(origin, written["openapi.yaml"])
    for path, content in written.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return [*(folder / path for path in written), *_schemas(folder.parent / ".schemas")]


def _schemas(folder: Path) -> list[Path]:
    """What editors complete and check the files by, which name these."""
    folder.mkdir(exist_ok=True)
    found: list[Path] = []
    for name in SCHEMAS:
        file = folder / f"{name}.json"
        file.write_text(schema_text(name), "utf-8", newline="\n")
        found.append(file)
    return found


def _upstream(origin: str, content: bytes) -> bytes:
    """Where a description was taken from, for `trunkline pull`."""
    from trunkline.pipeline.upstream import noted, upstream_text

    return upstream_text(noted(Path("upstream.toml"), origin, content, None)).encode()


def _root() -> Path:
    """The `specs/` of the project around, else a new one here: never the installed one."""
    root = specs_root()
    here = Path.cwd().resolve()
    return root if here.is_relative_to(root.resolve().parent) else here / "specs"


def _texts(name: str, templates: Path | None) -> dict[str, bytes]:
    package = default_package(name)
    view = StartView(
        title_literal=literal(name.replace("-", " ").replace("_", " ").capitalize()),
        distribution=package.distribution,
        module=package.module,
        client=package.client,
        prefix=package.prefix,
    )
    renderer = Renderer("init", templates)
    return {
        file: renderer.render(file, start=view).encode()
        for file in ("openapi.yaml", "package.toml", "errata.yaml")
    }
