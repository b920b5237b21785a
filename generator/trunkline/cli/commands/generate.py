"""`trunkline generate`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import Code, TrunklineError


def generate(
    spec: Annotated[
        list[str] | None,
        typer.Argument(help="Names in specs/, or paths; everything in specs/ without one."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the package; generated/<name> without it.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="What the package is named after; the file without it.")
    ] = None,
    templates: Annotated[
        Path | None, typer.Option(help="Folder with templates that replace ours.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail with a diff if anything differs.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that were edited by hand.")
    ] = False,
    allow_skips: Annotated[
        bool, typer.Option("--allow-skips", help="Leave out what cannot be expressed.")
    ] = False,
) -> None:
    """Generate the typed client package of a description.

    Examples:

        trunkline generate telnyx

        trunkline generate ./openapi.yaml --out ./clients/shop --name shop

        trunkline generate --check
    """
    from trunkline.pipeline.find import find_spec, generated_folder, spec_names
    from trunkline.pipeline.fresh import Options, fresh

    console = Console()
    specs = spec or spec_names()
    options = Options(name=name, templates=templates, allow_skips=allow_skips)
    if len(specs) != 1 and (out or name):
        raise TrunklineError.usage(
            Code.BAD_VALUE, "--out and --name go with exactly one description"
        )
    stale: list[TrunklineError] = []
    for one in specs:
        current = fresh(find_spec(one), generated_folder(one, out), options)
        if current is not None:
            for diagnostic in current.warnings:
                console.diagnostic(diagnostic)
            if not check:
                console.print(f"{current.distribution}: nothing to do in {current.folder}")
            continue

        from trunkline.pipeline.generate import check as check_package
        from trunkline.pipeline.generate import note, plan_package, write_package

        generated = plan_package(
            one, out=out, name=name, templates=templates, allow_skips=allow_skips
        )
        for diagnostic in generated.diagnostics:
            console.diagnostic(diagnostic)
        if check:
            if generated.changes:
                console.print(generated.changes.diff().rstrip("\n"))
            try:
                check_package(generated)
                note(generated, one, options)
            except TrunklineError as error:
                stale.append(error)
            continue
        written = write_package(generated, force=force)
        note(written, one, options)
        count = len(generated.changes.changes)
        state = f"{count} files changed" if count else "nothing to do"
        console.print(f"{generated.package.distribution}: {state} in {generated.folder}")
    if stale:
        raise TrunklineError([d for error in stale for d in error.diagnostics], stale[0].exit_code)
