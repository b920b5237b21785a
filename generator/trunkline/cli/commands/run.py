"""`trunkline run`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import ExitCode


def run(
    out: Annotated[Path, typer.Option(help="Where sdists and wheels go.")] = Path("dist"),
) -> int:
    """Do the main job for every description in specs/: generate, test on the emulator, build.

    Example: trunkline run
    """
    from trunkline.cli.progress import ProgressLine
    from trunkline.contract import Progress
    from trunkline.contract.reports import summary
    from trunkline.pipeline.find import chosen_specs
    from trunkline.pipeline.run import RunResult
    from trunkline.pipeline.run import run as run_one

    console = Console()
    rows: list[RunResult] = []
    for name in chosen_specs(None):
        line = ProgressLine(f"{name}: testing")

        def tell(
            doing: str, progress: Progress | None, name: str = name, line: ProgressLine = line
        ) -> None:
            if progress is None:
                line.close()
                console.progress(f"{name}: {doing}")
            else:
                line(progress)

        done = run_one(name, out, tell)
        rows.append(done)
        if done.report.exit_code is not ExitCode.OK:
            for shown in summary(done.report):
                console.print(shown)
    console.table(
        ["api", "operations", "models", "cases", "violations", "wheel", "seconds"],
        [
            [
                done.name,
                str(done.operations),
                str(done.models),
                str(done.report.cases),
                str(len(done.report.violations)),
                done.distribution.wheel.name,
                f"{done.seconds:.1f}",
            ]
            for done in rows
        ],
    )
    return max((int(done.report.exit_code) for done in rows), default=int(ExitCode.OK))
