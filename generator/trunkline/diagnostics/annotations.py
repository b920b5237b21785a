"""Positions as other programs take them: annotations of a workflow, locations of SARIF."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote

from trunkline.position import Position
from trunkline.untrusted import workflow_command


def annotation(level: str, title: str, position: Position | None, text: str) -> str:
    """A command that GitHub Actions turns into an annotation of a line."""
    properties = {"title": title}
    if position is not None:
        properties |= {
            "file": position.file,
            "line": str(position.line),
            "col": str(position.column),
        }
    return workflow_command(level, properties, text)


def sarif_location(position: Position) -> dict[str, object]:
    """A location of SARIF, whose file is an address."""
    region = {"startLine": position.line, "startColumn": position.column}
    address = quote(PurePath(position.file).as_posix(), safe="/:")
    return {"physicalLocation": {"artifactLocation": {"uri": address}, "region": region}}
