"""`trunkline build`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console


def build(
    spec: Annotated[
        list[str] | None, typer.Argument(help="Names in specs/; all of them without one.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the files go.")] = Path("dist"),
) -> None:
    """Build the sdist and the wheel of generated packages.

    Refuses when the package is not what its description generates.

    Example: trunkline build telnyx
    """
    from trunkline import pipeline

    console = Console()
    for name in spec or pipeline.spec_names():
        distribution = pipeline.build(name, out)
        for file, digest in distribution.digests.items():
            console.print(f"{out / file}  sha256:{digest}")
