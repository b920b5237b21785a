"""`trunkline generate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.findings import brief
from trunkline.cli.options import Overlays, Templates
from trunkline.diagnostics import Code, TrunklineError

if TYPE_CHECKING:
    from trunkline.pipeline.generate import Generated
    from trunkline.pipeline.up_to_date import Options


def generate(
    spec: Annotated[
        list[str] | None,
        typer.Argument(
            help="Names in specs/, paths, or addresses; everything in specs/ without one."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the package; generated/<name> without it.")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(help="What the package is named after; the title without it."),
    ] = None,
    templates: Templates = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail with a diff if anything differs.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that were edited by hand.")
    ] = False,
    allow_skips: Annotated[
        bool, typer.Option("--allow-skips", help="Leave out what cannot be expressed.")
    ] = False,
    allow_ref: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PREFIX",
            help="Folder or start of an address that references may lead to; may be repeated.",
        ),
    ] = None,
    overlay: Overlays = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Stay, and generate again after every save.")
    ] = False,
) -> None:
    """Generate the typed client package of a description.

    Examples:

        trunkline generate telnyx

        trunkline generate ./openapi.yaml --out ./clients/shop --name shop

        trunkline generate https://shop.example.com/openapi.json --name shop

        trunkline generate --check

        trunkline generate telnyx --watch
    """
    from trunkline.pipeline.find import chosen_specs, find_spec, generated_folder
    from trunkline.pipeline.up_to_date import Options, fresh

    console = Console()
    specs = chosen_specs(spec)
    options = Options(
        name=name,
        templates=templates,
        allow_skips=allow_skips,
        allow_refs=tuple(allow_ref or ()),
        overlays=tuple(overlay or ()),
    )
    _refuse(specs, options, out, watch=watch, check=check)
    if watch:
        _watch(specs, options, out, force=force, console=console)
        return
    stale: list[TrunklineError] = []
    for one in specs:
        current = fresh(find_spec(one), generated_folder(one, out, options.name), options)
        if current is not None:
            brief(console, current.warnings)
            if not check:
                console.print(f"{current.distribution}: nothing to do in {current.folder}")
            continue

        from trunkline.model_printing import ahead

        with ahead():
            generated = _plan(one, options, out)
        brief(console, generated.diagnostics)
        if check:
            from trunkline.pipeline.generate import check as check_package
            from trunkline.pipeline.generate import note

            if generated.changes and not generated.new:
                console.print(generated.changes.diff().rstrip("\n"))
            try:
                check_package(generated)
                note(generated, one, options)
            except TrunklineError as error:
                stale.append(error)
            continue
        _write(generated, one, options, force=force)
        console.print(_said(generated))
    if stale:
        raise TrunklineError([d for error in stale for d in error.diagnostics], stale[0].exit_code)


def _refuse(
    specs: list[str], options: "Options", out: Path | None, *, watch: bool, check: bool
) -> None:
    """Raise `TrunklineError` for options that do not go together, or mean nothing."""
    from trunkline.pipeline.find import is_address

    if len(specs) != 1 and (out or options.name or options.overlays):
        raise TrunklineError.usage(
            Code.BAD_VALUE, "--out, --name and --overlay go with exactly one description"
        )
    if options.name is not None and not any(map(str.isalnum, options.name)):
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"--name {options.name!r} is no name for a package",
            hint="it must hold letters or digits",
        )
    if watch and any(is_address(one) for one in specs):
        raise TrunklineError.usage(Code.BAD_VALUE, "--watch is for files, not for addresses")
    if watch and check:
        raise TrunklineError.usage(Code.BAD_VALUE, "--watch does not go with --check")


def _plan(spec: str, options: "Options", out: Path | None) -> "Generated":
    from trunkline.pipeline.generate import plan_package

    return plan_package(
        spec,
        out=out,
        name=options.name,
        templates=options.templates,
        allow_skips=options.allow_skips,
        allow_refs=options.allow_refs,
    )


def _write(generated: "Generated", spec: str, options: "Options", *, force: bool) -> None:
    from trunkline.pipeline.generate import note, write_package

    note(write_package(generated, force=force), spec, options)


def _said(generated: "Generated") -> str:
    count = len(generated.changes.changes)
    state = f"{count} files changed" if count else "nothing to do"
    return f"{generated.package.distribution}: {state} in {generated.folder}"


def _watch(
    specs: list[str], options: "Options", out: Path | None, *, force: bool, console: Console
) -> None:
    from trunkline.pipeline.watch import rounds

    def generate_one(spec: str) -> "Generated":
        generated = _plan(spec, options, out)
        _write(generated, spec, options, force=force)
        return generated

    for done in rounds(specs, generate_one, options.templates):
        if isinstance(done.outcome, TrunklineError):
            brief(console, done.outcome.diagnostics)
            console.print(f"{done.spec}: not generated; waiting for the next save")
            continue
        brief(console, done.outcome.diagnostics)
        console.print(f"{_said(done.outcome)} ({done.seconds:.2f} s)")
