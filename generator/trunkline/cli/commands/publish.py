"""`trunkline publish`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console


def publish(
    index: Annotated[
        str, typer.Option(help="pypi, testpypi, or the address of an index that takes uploads.")
    ],
    spec: Annotated[
        list[str] | None, typer.Argument(help="Names in specs/; all of them without one.")
    ] = None,
    listing: Annotated[
        str | None,
        typer.Option(help="The index's simple API, where it is not at simple/ below --index."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the files go.")] = Path("dist"),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do everything but the uploads.")
    ] = False,
    allow_dirty: Annotated[
        bool, typer.Option("--allow-dirty", help="Publish files that are not committed.")
    ] = False,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds until the index counts as unanswering.")
    ] = 60.0,
) -> None:
    """Build packages and upload them to an index.

    Refuses a package that is not what its description generates, that is not committed, whose
    contract run did not pass for exactly these files, or whose version does not fit the changes.
    An upload that broke off may be repeated: files the index has are passed over.

    The token is TRUNKLINE_INDEX_TOKEN, else from trusted publishing in CI, else the keyring's.

    Examples:

        trunkline publish telnyx --index testpypi --dry-run

        trunkline publish --index https://packages.example.org/upload/
    """
    from trunkline.pipeline.find import chosen_specs
    from trunkline.pipeline.publish import publish as publish_packages
    from trunkline.release.index import Address

    console = Console()
    address = Address.of(index, listing)
    releases = publish_packages(
        chosen_specs(spec),
        address,
        out,
        console.progress,
        dry_run=dry_run,
        allow_dirty=allow_dirty,
        timeout=timeout,
    )
    for release in releases:
        for file, digest in release.built.distribution.digests.items():
            missing = any(path.name == file for path in release.missing)
            done = "would be uploaded" if dry_run else "uploaded"
            state = done if missing else "already there"
            console.print(f"{release.title}: {file}  sha256:{digest}  {state}")
