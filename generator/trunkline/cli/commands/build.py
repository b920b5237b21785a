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
    """Build the sdist and the wheel of generated packages, and say what they were made from.

    The same bytes wherever and whenever it is done. Refuses when a package is not what its
    description generates. Beside the two goes NAME-VERSION.provenance.json, an in-toto statement
    that is not signed.

    Example: trunkline build telnyx
    """
    from trunkline.pipeline.build import build as build_package
    from trunkline.pipeline.find import chosen_specs

    console = Console()
    for name in chosen_specs(spec):
        built = build_package(name, out)
        for file, digest in built.distribution.digests.items():
            console.print(f"{out / file}  sha256:{digest}")
        console.print(f"{built.provenance}")
