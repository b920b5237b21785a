"""`trunkline init`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.options import Templates


def init(
    name: Annotated[str, typer.Argument(help="The folder in specs/, in lower case.")],
    origin: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="SPEC",
            help="Description to begin with, by path or address; ours without it.",
        ),
    ] = None,
    templates: Templates = None,
) -> None:
    """Begin a description of your own: a folder in specs/ that every command accepts.

    Examples:

        trunkline init shop

        trunkline init shop --from https://shop.example.com/openapi.json
    """
    from trunkline.pipeline.scaffold import start

    console = Console()
    for path in start(name, origin=origin, templates=templates):
        shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        console.print(str(shown))
    console.print(f"next: trunkline validate {name}, generate {name}, test {name}")
