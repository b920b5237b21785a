"""`trunkline version`."""

from contextlib import nullcontext
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.options import Overlays
from trunkline.diagnostics import ExitCode


def version(
    spec: Annotated[str, typer.Argument(help="A name in specs/, or a path.")],
    index: Annotated[
        str | None,
        typer.Option(help="Ask an index too what was published: pypi, testpypi, or an address."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Set it in package.toml, and write CHANGELOG.md.")
    ] = False,
    overlay: Overlays = None,  # noqa: ARG001  # its callback lays them over
) -> int:
    """Say which version the package must have next, and what its CHANGELOG will say.

    Compared is with the last published version: the last one in published/ beside the
    description, or a later one that the index has. Anything that breaks asks for a major version,
    anything else that is more than text for a minor one.

    Examples:

        trunkline version telnyx

        trunkline version telnyx --index pypi --write
    """
    from trunkline.pipeline.test_records import package_now
    from trunkline.pipeline.versions import step, write_version
    from trunkline.release.index import Address, Index

    console = Console()
    with nullcontext() if index is None else Index(Address.of(index)) as asked:
        found = step(spec, asked, package_digest=package_now(spec))
    last = found.bundle.title if found.bundle is not None else "nothing"
    console.print(f"published {last}, bump {found.bump}, next {found.version}")
    console.print()
    console.print(found.entry.rstrip("\n"))
    if write:
        for path in write_version(spec, found):
            console.progress(f"wrote {path}")
    return int(ExitCode.OK)
