"""`trunkline audit`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.options import Overlays
from trunkline.diagnostics import ExitCode


def audit(
    spec: Annotated[
        list[str] | None, typer.Argument(help="Names in specs/; all of them without one.")
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option(help="Folder with the documents' texts, to compare them with their hashes."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the reports as one JSON array.")
    ] = False,
    record: Annotated[
        bool,
        typer.Option(
            "--record", help="First write down anew what descriptions say beyond their documents."
        ),
    ] = False,
    overlay: Overlays = None,  # noqa: ARG001  # its callback lays them over
) -> int:
    """Hold descriptions to the inventories of their documents, both ways.

    Every fact of a document is in the description or ruled on in errata.yaml; every operation,
    parameter and property says where it comes from.

    Example: trunkline audit telnyx
    """
    from trunkline.audit import audit as audit_folder
    from trunkline.pipeline.find import chosen_specs, find_spec

    console = Console()
    if record:
        from trunkline.audit import load_material
        from trunkline.audit import record as records
        from trunkline.diagnostics import Diagnostics

        for name in chosen_specs(spec):
            folder = find_spec(name).parent
            for path, content in records(load_material(folder, Diagnostics())).items():
                path.parent.mkdir(exist_ok=True)
                path.write_text(content, encoding="utf-8")
                console.progress(f"wrote {path}")
    reports = [
        audit_folder(find_spec(name).parent, documents=documents) for name in chosen_specs(spec)
    ]
    for report in reports:
        for diagnostic in report.diagnostics:
            console.diagnostic(diagnostic)
    if as_json:
        console.print(json.dumps([report.to_json() for report in reports], indent=2))
    else:
        console.table(
            ["api", "description", "source", "facts", "covered", "ruled", "missing"],
            [
                [
                    report.api,
                    row.description,
                    row.source,
                    *map(str, (row.facts, row.covered, row.ruled, row.missing)),
                ]
                for report in reports
                for row in report.by_source()
            ],
        )
    return int(ExitCode.OK if all(report.ok for report in reports) else ExitCode.FINDINGS)
