"""Options that several commands have."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

JsonFile: TypeAlias = Annotated[
    Path | None, typer.Option("--json", help="Write the report as JSON lines; - for stdout.")
]
JunitFile: TypeAlias = Annotated[
    Path | None, typer.Option("--junit", help="Write the report as JUnit XML.")
]
HtmlFile: TypeAlias = Annotated[
    Path | None, typer.Option("--html", help="Write the report as one HTML page.")
]
WfcFile: TypeAlias = Annotated[
    Path | None,
    typer.Option("--wfc", help="Write the report of Web Fuzzing Commons: faults by category."),
]
SarifFile: TypeAlias = Annotated[
    Path | None, typer.Option("--sarif", help="Write the report as SARIF, for code scanning.")
]
AllureFolder: TypeAlias = Annotated[
    Path | None, typer.Option("--allure", help="Write Allure results into this folder.")
]
MarkdownFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--markdown", help="Append a summary in Markdown, for $GITHUB_STEP_SUMMARY and its like."
    ),
]
Since: TypeAlias = Annotated[
    Path | None,
    typer.Option("--since", help="Compare with this earlier report, JSON lines: new, gone, still."),
]
Verbose: TypeAlias = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show every cause with its requests and responses.")
]


def _pack(given: Path | None) -> Path | None:
    """A folder as it is; the folder of a pack of templates that is installed, by its name."""
    if given is None or given.is_dir():
        return given
    from trunkline.plugins import template_pack

    return template_pack(str(given)) or given


Templates: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        help="Folder with templates that replace ours, or the name of an installed pack of them.",
        callback=_pack,
    ),
]


def _lay_over(context: typer.Context, overlays: Sequence[Path] | None) -> Sequence[Path] | None:
    """What the command reads is read with the overlays, until it ends."""
    if overlays:
        from trunkline.overlay import laid_over

        context.with_resource(laid_over(overlays))
    return overlays


Overlays: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--overlay",
        metavar="FILE",
        help="OpenAPI overlay to lay over the description, after those in its overlays/ folder; "
        "repeatable.",
        callback=_lay_over,
    ),
]
"""For commands that read one description; laid over by the option itself."""
