"""`trunkline pull`."""

import enum
from typing import TYPE_CHECKING, Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import Code, ExitCode, TrunklineError

if TYPE_CHECKING:
    from trunkline.pipeline.upstream import Pulled


class Format(enum.StrEnum):
    """How the differences are written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"


def pull(
    spec: Annotated[
        list[str] | None,
        typer.Argument(help="Names in specs/; all that have an upstream.toml without one."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if there is anything new.")
    ] = False,
    form: Annotated[
        Format, typer.Option("--format", help="How the differences are written.")
    ] = Format.TERMINAL,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a description that was edited by hand.")
    ] = False,
) -> int:
    """Fetch what the owner of a description has made of it, and say what that changes.

    upstream.toml beside the description has its address. Told are the differences and whom they
    break, with the overlays of the description applied to both; which actions of these no longer
    match or are no longer needed; and the version that must follow. Then the files are replaced.

    Exit codes: 0 nothing new, or taken and every overlay fits; 1 overlays to look at (or, with
    --check, anything new); 3 the address cannot be reached.

    Examples:

        trunkline pull shop

        trunkline pull --check
    """
    from trunkline.pipeline import spec_names
    from trunkline.pipeline.upstream import pull as fetch
    from trunkline.pipeline.upstream import upstream_file, write_pulled

    console = Console()
    names = spec or [name for name in spec_names() if upstream_file(name).is_file()]
    if not names:
        raise TrunklineError.usage(
            Code.FILE_MISSING,
            "No description in specs/ has an upstream.toml",
            hint='one line is enough: address = "https://shop.example.com/openapi.yaml"',
        )
    findings = False
    for name in names:
        pulled = fetch(name, force=force)
        findings = _told(pulled, form, console) or findings
        if check:
            findings = findings or bool(pulled.files)
            continue
        for path in write_pulled(pulled):
            console.progress(f"wrote {path}")
    return int(ExitCode.FINDINGS if findings else ExitCode.OK)


def _told(pulled: "Pulled", form: Format, console: Console) -> bool:
    """Say what there is; whether overlays are to be looked at."""
    from trunkline.cli.findings import show

    if not pulled.files:
        console.print(f"{pulled.name}: nothing new at {pulled.upstream.address}")
        return False
    was, now = pulled.upstream, pulled.noted
    files = "1 file differs" if len(pulled.files) == 1 else f"{len(pulled.files)} files differ"
    heading = f"{pulled.name}: {files} at {was.address}"
    console.print(f"## {heading}" if form is Format.MARKDOWN else heading)
    for what, old, new in (
        ("revision", was.revision, now.revision),
        ("license", was.license, now.license),
    ):
        if old != new and (old or new):
            console.print(f"{what}: {old or 'not noted'} -> {new or 'none'}")
    show(console, pulled.diagnostics)
    if pulled.report is not None:
        console.print()
        console.print(_written(pulled, form).rstrip("\n"))
    console.print()
    for one in pulled.held:
        unmatched, idle = len(one.outcome.unmatched), len(one.outcome.idle)
        console.print(
            f"{one.path}: {len(one.overlay.actions)} actions, {unmatched or 'none'} "
            f"without a match, {idle or 'none'} without effect"
        )
    if pulled.step is not None:
        last = pulled.step.bundle.title if pulled.step.bundle is not None else "nothing"
        console.print(f"published {last}, bump {pulled.step.bump}, next {pulled.step.version}")
    return bool(pulled.stale) or pulled.report is None


def _written(pulled: "Pulled", form: Format) -> str:
    import os
    import sys

    from trunkline.evolve import markdown, terminal

    assert pulled.report is not None
    if form is Format.MARKDOWN:
        return markdown(pulled.report)
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return terminal(pulled.report, colour=colour)
