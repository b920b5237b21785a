"""Options that several commands have."""

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
Verbose: TypeAlias = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show every cause with its requests and responses.")
]
