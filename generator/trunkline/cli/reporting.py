"""What `trunkline test` and `trunkline merge` do with a report: baseline, files, terminal."""

from __future__ import annotations

import datetime
from pathlib import Path

from trunkline.cli.console import Console
from trunkline.contract import RunReport
from trunkline.contract.reports import Baseline, html, json_lines, junit, summary, write
from trunkline.diagnostics import Code, TrunklineError


def deliver(
    report: RunReport,
    console: Console,
    *,
    baseline: Baseline,
    whole: bool,
    write_baseline: Path | None,
    json_file: Path | None,
    junit_file: Path | None,
    html_file: Path | None,
    verbose: bool,
) -> int:
    """Apply the baseline, write the files asked for, print the summary; returns the exit code.

    `whole`: the run held to every rule on everything.
    """
    today = datetime.datetime.now(datetime.UTC).date()
    baseline.apply(report, today, whole=whole)
    to_stdout = json_file is not None and str(json_file) == "-"
    if json_file is not None:
        text = "\n".join(json_lines(report))
        if to_stdout:
            console.print(text)
        else:
            write_file(json_file, text + "\n")
    if junit_file is not None:
        write_file(junit_file, junit(report))
    if html_file is not None:
        write_file(html_file, html(report))
    if write_baseline is not None:
        write_file(write_baseline, write(report.violations, today))
    for shown in summary(report, verbose=verbose):
        (console.error if to_stdout else console.print)(shown)
    return int(report.exit_code)


def check_writable(*paths: Path | None) -> None:
    """A usage error, before anything is run, for a file that could not be written afterwards."""
    for path in paths:
        if path is None or str(path) == "-":
            continue
        if path.is_dir():
            raise TrunklineError.usage(Code.CANNOT_WRITE, f"cannot write {path}: it is a folder")
        if not path.parent.is_dir():
            raise TrunklineError.usage(
                Code.CANNOT_WRITE, f"cannot write {path}: there is no folder {path.parent}"
            )


def write_file(path: Path, text: str) -> None:
    """Write; a usage error where that cannot be done."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TrunklineError.usage(
            Code.CANNOT_WRITE, f"cannot write {path}: {error.strerror}"
        ) from None
