"""`trunkline validate`."""

import json
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.findings import MOST, show, summary
from trunkline.cli.options import Overlays
from trunkline.diagnostics import ExitCode


def validate(
    spec: Annotated[
        list[str] | None, typer.Argument(help="Names in specs/, or paths; all without one.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the reports as one JSON array.")
    ] = False,
    most: Annotated[
        int, typer.Option("--max", min=0, help="Findings of one code to print; 0: all.")
    ] = MOST,
    overlay: Overlays = None,  # noqa: ARG001  # its callback lays them over
) -> int:
    """Check descriptions: the OpenAPI specification, then rules of our own.

    Findings that waivers.yaml beside the description accepts, with a reason, do not count.

    Example: trunkline validate ./openapi.yaml
    """
    from trunkline.pipeline import find_spec, spec_names
    from trunkline.rules import validate as validate_file

    console = Console()
    reports = [validate_file(find_spec(name)) for name in spec or spec_names()]
    for report in reports:
        show(console, report.diagnostics, most)
        if not as_json:
            found, waived = len(report.diagnostics), len(report.waived)
            accepted = f", {waived} accepted with a reason" if waived else ""
            plural = "" if found == 1 else "s"
            console.print(f"{report.name}: {found or 'no'} finding{plural}{accepted}")
            for line in summary(report.diagnostics):
                console.print(line)
    if as_json:
        console.print(json.dumps([report.to_json() for report in reports], indent=2))
    return int(ExitCode.OK if all(report.ok for report in reports) else ExitCode.FINDINGS)
