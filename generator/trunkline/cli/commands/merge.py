"""`trunkline merge`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.options import HtmlFile, JsonFile, JunitFile, Verbose


def merge(
    reports: Annotated[
        list[Path], typer.Argument(help="JSON lines of `trunkline test … --json FILE`.")
    ],
    baseline: Annotated[
        Path | None, typer.Option(help="Accept the known violations that this file lists.")
    ] = None,
    json_file: JsonFile = None,
    junit_file: JunitFile = None,
    html_file: HtmlFile = None,
    verbose: Verbose = False,
) -> int:
    """Put the reports of a run's shards together into one.

    Exit codes: as `trunkline test` would have given without shards.

    Example: trunkline merge shard-1.jsonl shard-2.jsonl --html report.html
    """
    from trunkline.cli.reporting import check_writable, deliver
    from trunkline.contract import reports as files
    from trunkline.contract.reports import Baseline

    check_writable(json_file, junit_file, html_file)
    accepted = Baseline.read(baseline) if baseline is not None else Baseline()
    merged = files.merge([files.read_report(path) for path in reports])
    return deliver(
        merged,
        Console(),
        baseline=accepted,
        whole=True,
        write_baseline=None,
        json_file=json_file,
        junit_file=junit_file,
        html_file=html_file,
        verbose=verbose,
    )
