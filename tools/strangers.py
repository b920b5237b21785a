"""The suite on the emulator of descriptions that nobody here wrote: whatever it finds is a mistake
of one of the two, or a contradiction inside the description.

    python tools/strangers.py PATH... [--seeds 1,2,3] [--causes] [--limit SECONDS]

A folder stands for the descriptions in it and one level below it. For each description and seed:
violations, what most likely causes them, gaps of the description, checks that could not be tried,
cases, seconds. Exit status 1 when something was found or a run did not come to its end.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from trunkline.contract.model import RunReport, UnitVerdict
from trunkline.contract.reports.read import read_report
from trunkline.diagnostics import TrunklineError

COLUMNS = ("description", "seed", "violations", "causes", "gaps", "untried", "cases", "seconds")
WIDTHS = (32, 5, 11, 7, 6, 8, 8, 8)


def descriptions(paths: Sequence[Path]) -> Iterator[Path]:
    """The files that `paths` stand for; what is named to fail when it is read is left out."""
    for path in paths:
        if path.is_file():
            yield path
            continue
        files = sorted([*path.glob("*.*"), *path.glob("*/openapi.*")])
        for file in files:
            if file.suffix not in {".json", ".yaml", ".yml"}:
                continue
            if not file.parent.name.startswith("failing-"):
                yield file


def tested(description: Path, seed: int, limit: float) -> RunReport | str:
    """The report of one run, in a process of its own; a sentence where there is none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.jsonl"
        command = [sys.executable, "-m", "trunkline", "test", str(description)]
        command += ["--seed", str(seed), "--json", str(file)]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            return f"not done after {limit:.0f} s"
        try:
            return read_report(file)
        except TrunklineError:
            last = done.stderr.strip().splitlines()[-1:]
            return f"exit status {done.returncode}: {''.join(last)}"


def row(*cells: object) -> str:
    """One line of the table."""
    first, *rest = (str(cell) for cell in cells)
    padded = [cell.rjust(width) for cell, width in zip(rest, WIDTHS[1:], strict=True)]
    return first.ljust(WIDTHS[0]) + "".join(padded)


def told(report: RunReport) -> Iterator[str]:
    """What a run found, cause by cause, and why it ended early."""
    for cause in report.causes:
        operations = ", ".join(cause.operations[:3])
        more = f" and {len(cause.operations) - 3} more" if len(cause.operations) > 3 else ""
        yield f"    {cause.rule} · {operations}{more}: {cause.example.message}"
        for step in cause.example.steps:
            yield f"      $ {step.curl}"
            yield f"        {step.status} {step.answer[:300]}"
    if broken_off(report):
        yield f"    ended early: {report.mismatch or report.unreachable or 'interrupted'}"


def broken_off(report: RunReport) -> bool:
    """Whether a run ended early, its time being up aside."""
    return bool(report.mismatch or report.unreachable or report.interrupted)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--seeds", default="1", help="numbers with commas between them")
    parser.add_argument("--causes", action="store_true", help="tell each cause below its run")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds that a run may take")
    options = parser.parse_args()
    print(row(*COLUMNS), flush=True)
    clean = True
    for description in descriptions(options.paths):
        name = description.name
        name = description.parent.name if name.startswith("openapi.") else name
        for seed in map(int, options.seeds.split(",")):
            report = tested(description, seed, options.limit)
            if isinstance(report, str):
                print(f"{name.ljust(WIDTHS[0])}{seed:>5}  {report}", flush=True)
                clean = False
                continue
            clean = clean and not report.violations and not broken_off(report)
            untried = report.count(UnitVerdict.NOT_TRIED)
            print(
                row(
                    name,
                    seed,
                    len(report.violations),
                    len(report.causes),
                    len(report.gaps),
                    untried,
                    report.cases,
                    f"{report.seconds:.1f}",
                ),
                flush=True,
            )
            if options.causes:
                print("\n".join(told(report)), end="\n" if report.causes else "", flush=True)
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
