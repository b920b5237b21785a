"""`trunkline drift`."""

import enum
import sys
from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.options import Overlays
from trunkline.diagnostics import Code, ExitCode, TrunklineError


class Format(enum.StrEnum):
    """How the edits are written."""

    PATCH = "patch"
    OVERLAY = "overlay"


def drift(
    spec: Annotated[str, typer.Argument(help="Name of a description in specs/, or a path.")],
    reports: Annotated[
        list[Path], typer.Argument(help="JSON lines of `trunkline test … --json FILE`.")
    ],
    form: Annotated[
        Format, typer.Option("--format", help="A patch of the files, or an overlay beside them.")
    ] = Format.PATCH,
    out: Annotated[
        Path | None, typer.Option(help="New file to write it to; stdout without it.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Accept this alone: a finding's id, a rule, or ID.N; repeatable."),
    ] = None,
    overlay: Overlays = None,  # noqa: ARG001  # its callback lays them over
) -> int:
    """Propose edits of a description that settle what a live server does otherwise.

    Prints a patch, its evidence at the head, for `git apply` or `patch -p1` in this folder; or an
    overlay, each action below its evidence, for a description that somebody else owns. What is
    changed says that it was `observed`. What is not settled is listed on stderr with the reason,
    and where several causes are possible with the edits to choose from: --only ID.N takes one.

    Exit codes: 0 nothing differs, 1 proposals or open findings, 2 usage.

    Examples:

        trunkline drift telnyx report.jsonl > drift.patch && git apply drift.patch

        trunkline drift shop report.jsonl --format overlay --out specs/shop/overlays/50-seen.yaml

        trunkline drift shop report.jsonl --format overlay --only 1a2b3c4d
    """
    from trunkline.contract.drift import (
        accepted,
        alternatives,
        as_overlay,
        evidence_lines,
        patch,
        propose,
    )
    from trunkline.contract.reports import merge, read_report
    from trunkline.pipeline import load_api

    console = Console()
    if out is not None and out.exists():
        message = f"{out} is there already, and what it says would be lost"
        raise TrunklineError.usage(Code.CANNOT_WRITE, message)
    report = merge([read_report(path) for path in reports])
    loaded = load_api(spec)
    name = f"What the server of {spec} does otherwise"
    proposals = accepted(propose(loaded.document, loaded.api, report), only or [])
    if form is Format.OVERLAY:
        made = as_overlay(loaded.document, proposals, name)
    else:
        made = patch(loaded.document, proposals, Path.cwd())
    if made.text:
        _deliver(made.text, out, console)
    if made.unsettled:
        console.error(f"{len(made.unsettled)} findings that no edit of the description settles:")
        for proposal in made.unsettled:
            console.error(f"  {evidence_lines(proposal.violation)[0]}")
            console.error(f"    not edited: {proposal.reason}")
            for line in alternatives(loaded.document, proposal, name)[1:]:
                console.error(f"    {line}")
    console.error(f"{len(made.settled)} findings are settled by the {form}")
    return int(ExitCode.FINDINGS if report.violations or report.gaps else ExitCode.OK)


def _deliver(text: str, out: Path | None, console: Console) -> None:
    if out is not None:
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(text, encoding="utf-8")
        except OSError as error:
            message = f"Cannot write {out}: {error.strerror}"
            raise TrunklineError.usage(Code.CANNOT_WRITE, message) from None
        console.progress(f"wrote {out}")
    elif sys.stdout.isatty():
        console.print(text.removesuffix("\n"))
    else:
        # What is piped is data: every character as it is.
        sys.stdout.write(text)
