"""One operation or erratum of the descriptions in `specs/`, as plain text for a terminal."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from trunkline.audit.load import load_material
from trunkline.diagnostics import Diagnostics
from trunkline.pages.page import erratum_lines, operation_pages
from trunkline.pipeline import find_spec, load_api, spec_names

_LINK: Final = re.compile(r"\[(`[^`]*`)\]\(#[^)]*\)")
_ESCAPED: Final = re.compile(r"\\([|*_\[#])")
_SUMMARY: Final = re.compile(r"<summary>(.*)</summary>")


def explained(name: str) -> list[str]:
    """What the pages say of an operation, a JSON-RPC method or an erratum; empty where no
    description has one called so.

    Raises `TrunklineError` where the description that has it cannot be read.
    """
    for spec in spec_names():
        folder = find_spec(spec).parent
        if _mentions(folder / "errata.yaml", name):
            material = load_material(folder, Diagnostics())
            found = next((e for e in material.errata if e.id == name), None)
            if found is not None:
                return list(_plain([f"{found.id}: {found.title}", "", *erratum_lines(found)]))
        if _mentions(find_spec(spec), name):
            lines = operation_pages(spec, load_api(spec, strict=False).api).one(name)
            if lines:
                return list(_plain(lines))
    return []


def _mentions(path: Path, name: str) -> bool:
    """Whether it is worth reading: descriptions of megabytes are not parsed for a typo."""
    return path.is_file() and name in path.read_text("utf-8", errors="replace")


def _plain(lines: Iterable[str]) -> Iterator[str]:
    """Lines of a page without what is there for its rendering, and no two blank ones together."""
    blank = True
    for line in lines:
        told = _SUMMARY.search(line)
        text = f"{told[1]}:" if told is not None else line
        if told is None and text.startswith(("<a ", "<details", "</details", "```")):
            continue
        text = _ESCAPED.sub(r"\1", html.unescape(_LINK.sub(r"\1", text)))
        if text or not blank:
            yield text
        blank = not text
