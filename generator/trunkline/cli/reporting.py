"""What `trunkline test` and `trunkline merge` do with a report: baseline, files, terminal."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from trunkline.cli.console import Console
from trunkline.contract import RunReport
from trunkline.contract.reports import (
    Baseline,
    allure,
    changed,
    html,
    json_lines,
    junit,
    markdown,
    read_report,
    sarif,
    since,
    summary,
    wfc,
    write,
)
from trunkline.diagnostics import Code, TrunklineError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFiles:
    """The files that a report is written to."""

    json: Path | None = None
    junit: Path | None = None
    html: Path | None = None
    wfc: Path | None = None
    sarif: Path | None = None
    markdown: Path | None = None
    allure: Path | None = None
    """A folder."""
    baseline: Path | None = None
    since: Path | None = None
    """An earlier report, to be read."""

    def check(self) -> None:
        """A usage error, before anything is run, for a file that could not be written later."""
        files = (self.json, self.junit, self.html, self.wfc, self.sarif, self.markdown)
        check_writable(*files, self.baseline)
        if self.allure is not None and not self.allure.is_dir():
            check_writable(self.allure)
        if self.since is not None:
            read_report(self.since)

    def earlier(self) -> RunReport | None:
        """The report to compare with."""
        return read_report(self.since) if self.since is not None else None

    def write(self, report: RunReport) -> None:
        """Write them all, except what goes to stdout."""
        now = datetime.datetime.now(datetime.UTC)
        if self.json is not None and str(self.json) != "-":
            write_file(self.json, "\n".join(json_lines(report)) + "\n")
        if self.junit is not None:
            write_file(self.junit, junit(report))
        if self.html is not None:
            write_file(self.html, html(report, self.earlier()))
        if self.wfc is not None:
            write_file(self.wfc, wfc(report, now.isoformat(timespec="seconds")))
        if self.sarif is not None:
            write_file(self.sarif, sarif(report))
        if self.markdown is not None:
            write_file(self.markdown, markdown(report), append=True)
        if self.allure is not None:
            self.allure.mkdir(exist_ok=True)
            for name, text in allure(report, now.timestamp()).items():
                write_file(self.allure / name, text)
        if self.baseline is not None:
            write_file(self.baseline, write(report.violations, now.date()))


def deliver(
    report: RunReport,
    console: Console,
    *,
    baseline: Baseline,
    whole: bool,
    files: ReportFiles,
    verbose: bool,
) -> int:
    """Apply the baseline, write the files asked for, print the summary; returns the exit code.

    `whole`: the run held to every rule on everything.
    """
    today = datetime.datetime.now(datetime.UTC).date()
    baseline.apply(report, today, whole=whole)
    files.write(report)
    to_stdout = str(files.json) == "-"
    if to_stdout:
        console.print("\n".join(json_lines(report)))
    say = console.error if to_stdout else console.print
    lines = summary(report, verbose=verbose)
    for shown in lines[:-1]:
        say(shown)
    if (earlier := files.earlier()) is not None:
        for shown in changed(since(report, earlier)):
            say(shown)
    say(lines[-1])
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


def write_file(path: Path, text: str, *, append: bool = False) -> None:
    """Write; a usage error where that cannot be done."""
    try:
        # Servers can show half a surrogate pair, which is no text; its escape is, as in JSON.
        mode = "a" if append else "w"
        with path.open(mode, encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        raise TrunklineError.usage(
            Code.CANNOT_WRITE, f"cannot write {path}: {error.strerror}"
        ) from None
