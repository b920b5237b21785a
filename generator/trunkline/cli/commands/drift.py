"""`trunkline drift`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.options import Overlays
from trunkline.diagnostics import ExitCode


def drift(
    spec: Annotated[str, typer.Argument(help="Name of a description in specs/, or a path.")],
    reports: Annotated[
        list[Path], typer.Argument(help="JSON lines of `trunkline test … --json FILE`.")
    ],
    overlay: Overlays = None,  # noqa: ARG001  # its callback lays them over
) -> int:
    """Propose edits of a description that settle what a live server does otherwise.

    Prints a patch, its evidence at the head, for `git apply` or `patch -p1` in this folder. What
    no description can say is listed on stderr: there the server is wrong, or a check is.

    Exit codes: 0 nothing differs, 1 proposals or open findings, 2 usage.

    Example: trunkline drift telnyx report.jsonl > drift.patch && git apply drift.patch
    """
    from trunkline.contract.drift import patch, propose
    from trunkline.contract.reports import merge, read_report, title
    from trunkline.pipeline import load_api

    console = Console()
    report = merge([read_report(path) for path in reports])
    loaded = load_api(spec)
    made = patch(loaded.document, propose(loaded.document, loaded.api, report), Path.cwd())
    if made.text:
        console.print(made.text.removesuffix("\n"))
    if made.unsettled:
        console.error(f"{len(made.unsettled)} findings that no edit of the description settles:")
        for violation in made.unsettled:
            console.error(f"  {title(violation)}: {violation.message}")
    console.error(f"{len(made.settled)} findings are settled by the patch")
    return int(ExitCode.FINDINGS if report.violations or report.gaps else ExitCode.OK)
