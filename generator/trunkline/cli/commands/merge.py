"""`trunkline merge`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.options import (
    AllureFolder,
    HtmlFile,
    JsonFile,
    JunitFile,
    MarkdownFile,
    SarifFile,
    Since,
    Verbose,
    WfcFile,
)


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
    wfc_file: WfcFile = None,
    sarif_file: SarifFile = None,
    markdown_file: MarkdownFile = None,
    allure_folder: AllureFolder = None,
    verbose: Verbose = False,
    since: Since = None,
) -> int:
    """Put the reports of a run's shards together into one.

    Exit codes: as `trunkline test` would have given without shards.

    Example: trunkline merge shard-1.jsonl shard-2.jsonl --html report.html
    """
    from trunkline.cli.reporting import ReportFiles, deliver
    from trunkline.contract import reports as files
    from trunkline.contract.reports import Baseline

    written = ReportFiles(
        json=json_file,
        junit=junit_file,
        html=html_file,
        wfc=wfc_file,
        sarif=sarif_file,
        markdown=markdown_file,
        allure=allure_folder,
        since=since,
    )
    written.check()
    accepted = Baseline.read(baseline) if baseline is not None else Baseline()
    merged = files.merge([files.read_report(path) for path in reports])
    return deliver(
        merged,
        Console(),
        baseline=accepted,
        whole=True,
        files=written,
        verbose=verbose,
    )
