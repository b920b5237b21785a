"""`trunkline validate --fix`: what is mechanical, put right by an overlay."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.diagnostics import Diagnostic, Diagnostics
from trunkline.openapi.mending import mended
from trunkline.overlay import difference
from trunkline.source import Document, written


@dataclass(frozen=True, slots=True)
class Fix:
    """The text of an overlay, empty where there is nothing to put right, and what it does."""

    text: str
    told: tuple[Diagnostic, ...]


def _order(one: Diagnostic) -> tuple[int, int]:
    return (one.position.line, one.position.column) if one.position is not None else (0, 0)


def fix(document: Document, name: str) -> Fix:
    """The overlay that puts right what is mechanical in a description, called `name` there, to be
    laid over it after those that it has.

    Nothing is lost: the file itself, its comments and its order stay as they are. Raises
    `TrunklineError` for what is not of OpenAPI 3.
    """
    found = Diagnostics()
    better = mended(document, found)
    made = difference(document.file.data, better.file.data, title=f"Slips of {name}")
    if not made["actions"]:
        return Fix("", ())
    told = sorted(found, key=_order)
    lines = [f"# {one.position}: {one.message}\n" for one in told]
    return Fix("".join(lines) + written(made), (*told,))
