"""`trunkline docs`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import Code, Diagnostics
from trunkline.position import Position


def docs(
    out: Annotated[Path, typer.Option(help="Folder of the pages.")] = Path("docs/apis"),
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if a page is out of date.")
    ] = False,
) -> None:
    """Write a page for each description in specs/: operations, objects, provenance, errata.

    Example: trunkline docs
    """
    from trunkline.pages.page import api_page
    from trunkline.pipeline import find_spec, spec_names

    console = Console()
    found = Diagnostics()
    for name in spec_names():
        path, text = out / f"{name}.md", api_page(find_spec(name).parent)
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        if check:
            found.add(
                Code.OUT_OF_DATE,
                "The page is not what the description says",
                Position(str(path), 1, 1),
                hint="run `trunkline docs`",
            )
            continue
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        console.print(str(path))
    found.raise_errors()
