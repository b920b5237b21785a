"""`trunkline docs`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import Code, Diagnostics
from trunkline.position import Position


def docs(
    spec: Annotated[
        list[str] | None,
        typer.Argument(help="Names in specs/, paths, addresses or -; all in specs/ without one."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder of the pages.")] = Path("docs/apis"),
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if a page is out of date.")
    ] = False,
) -> None:
    """Write a page about each description: a first call, operations with their calls in Python,
    curl and JSON, objects; sources and errata where there are any.

    Examples: trunkline docs · trunkline docs openapi.yaml --out pages
    """
    from trunkline.pages.page import api_page
    from trunkline.pipeline import spec_name
    from trunkline.pipeline.find import chosen_specs

    console = Console()
    found = Diagnostics()
    for chosen in chosen_specs(spec):
        text = api_page(chosen)
        path = out / f"{spec_name(chosen)}.md"
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
