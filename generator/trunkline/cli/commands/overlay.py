"""`trunkline overlay`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import Code, ExitCode, TrunklineError

_OUT = typer.Option(help="File to write, as JSON if it ends in .json; stdout without it.")


def commands() -> typer.Typer:
    """`trunkline overlay diff`, `apply` and `check`."""
    group = typer.Typer(
        help="Correct a description without touching it: OpenAPI overlays 1.0 and 1.1.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command("diff")(diff)
    group.command("apply")(apply)
    group.command("check")(check)
    return group


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="What the overlay is to correct.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="What is to come of it.")],
    out: Annotated[Path | None, _OUT] = None,
) -> int:
    """Write the overlay that makes NEW of OLD.

    Both are read as they are written, without their own overlays. Change a copy of a description
    by hand, and keep what this prints instead of the copy.

    Example: trunkline overlay diff upstream.yaml mine.yaml --out overlays/10-mine.yaml
    """
    from trunkline.diagnostics import Diagnostics
    from trunkline.pipeline.overlays import as_text, overlay_between

    console = Console()
    found = Diagnostics()
    made = overlay_between(old, new, found)
    for diagnostic in found:
        console.diagnostic(diagnostic)
    if made is None:
        console.error(f"{old} and {new} say the same: there is nothing to overlay")
        return int(ExitCode.OK)
    _deliver(as_text(made, str(out or "")), out, console)
    return int(ExitCode.OK)


def apply(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="[SPEC] OVERLAY...",
            help="A name in specs/, a path or an address, and overlays; an overlay alone, where it "
            "says what it extends.",
        ),
    ],
    out: Annotated[Path | None, _OUT] = None,
) -> int:
    """Print the description with the overlays applied in the order given.

    The description is taken as it is written: other commands apply those in its overlays/ folder
    by themselves. Comments are not kept. An action that matches nothing is a warning.

    Example: trunkline overlay apply upstream.yaml overlays/10-mine.yaml --out openapi.yaml
    """
    from trunkline.diagnostics import Diagnostics
    from trunkline.pipeline.overlays import as_text, overlaid

    console = Console()
    spec, overlays = (None, files) if len(files) == 1 else (files[0], files[1:])
    found = Diagnostics()
    before, after = overlaid(spec, [Path(name) for name in overlays], found)
    for diagnostic in found:
        console.diagnostic(diagnostic)
    _deliver(as_text(after.data, str(out or before.name)), out, console)
    return int(ExitCode.OK)


def check(
    spec: Annotated[str, typer.Argument(help="A name in specs/, a path or an address.")],
    overlays: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[OVERLAY]...", help="Overlays beside those in its folder."),
    ] = None,
) -> int:
    """Say which actions of a description's overlays no longer match, or are no longer needed.

    Exit codes: 0 every action does something, 1 some do not, 2 usage.

    Example: trunkline overlay check shop
    """
    from trunkline.cli.findings import show
    from trunkline.diagnostics import Diagnostics
    from trunkline.pipeline.overlays import hold, no_overlay

    console = Console()
    found = Diagnostics()
    held = hold(spec, overlays or (), found)
    if not held:
        raise no_overlay(spec)
    show(console, found, 0)
    stale = 0
    for one in held:
        unmatched, idle = len(one.outcome.unmatched), len(one.outcome.idle)
        stale += unmatched + idle
        console.print(
            f"{one.path}: {len(one.overlay.actions)} actions, {unmatched or 'none'} "
            f"without a match, {idle or 'none'} without effect"
        )
    return int(ExitCode.FINDINGS if stale else ExitCode.OK)


def _deliver(text: str, out: Path | None, console: Console) -> None:
    if out is None:
        if sys.stdout.isatty():
            console.print(text.removesuffix("\n"))
        else:
            # What is piped is data: every character as it is.
            sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TrunklineError.usage(
            Code.CANNOT_WRITE, f"Cannot write {out}: {error.strerror}"
        ) from None
    console.progress(f"wrote {out}")
