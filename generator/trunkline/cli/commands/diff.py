"""`trunkline diff`."""

import enum
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.findings import brief
from trunkline.diagnostics import ExitCode

if TYPE_CHECKING:
    from trunkline.evolve import Report, Verdict


class Format(enum.StrEnum):
    """How the comparison is written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    JUNIT = "junit"
    GITHUB = "github"
    SARIF = "sarif"


class FailOn(enum.StrEnum):
    """The verdict from which on the command fails."""

    BREAKING = "breaking"
    DANGEROUS = "dangerous"
    NEVER = "never"


SIDE = "a file, a name in specs/, REV:FILE, REV, a wheel or sdist, or NAME==VERSION"


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"What was: {SIDE}.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="What is: the same.")],
    form: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.TERMINAL,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Exit with 1 for changes that are this bad.")
    ] = FailOn.BREAKING,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD",
            help="Print changes of this verdict, rule or id only; may be given more than once.",
        ),
    ] = None,
    operation: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATTERN",
            help="Print changes felt there only: 'GET /calls*', 'client.calls.*'; more than once.",
        ),
    ] = None,
    most: Annotated[
        int, typer.Option("--max", min=0, help="At a terminal, print this many in full; 0: all.")
    ] = 50,
    waivers: Annotated[
        Path | None, typer.Option(help="YAML file of accepted changes, each with its reason.")
    ] = None,
    index: Annotated[
        str, typer.Option(help="Where NAME==VERSION is: pypi, testpypi, or an address.")
    ] = "pypi",
    overlay: Annotated[
        list[Path] | None,
        typer.Option(
            "--overlay",
            metavar="FILE",
            help="OpenAPI overlay to lay over NEW, after those in its overlays/ folder; "
            "repeatable.",
        ),
    ] = None,
) -> int:
    """Tell what changed between two versions of a description, and whom it breaks.

    Every change has two verdicts: for whoever speaks HTTP, and for code written against the
    Python client. REV is a git revision; alone, it means the file of the other side. Published
    versions are compared by the description that the package carries. The exit code counts every
    change, whatever is printed.

    Exit codes: 0 nothing that bad, 1 changes that bad (or a description with faults), 2 a side
    that cannot be found.

    Examples:

        trunkline diff main telnyx

        trunkline diff v1.0:specs/telnyx/openapi.yaml new.yaml --format markdown

        trunkline diff trunkline-telnyx==0.1.0 telnyx --index https://packages.example.org/
    """
    from trunkline.evolve import Verdict, terminal
    from trunkline.pipeline.compare import compare_versions
    from trunkline.release.index import Address

    console = Console()
    compared = compare_versions(
        old, new, waivers=waivers, index=Address.of(index), overlays=overlay or ()
    )
    brief(console, compared.diagnostics)
    level = None if fail_on is FailOn.NEVER else Verdict(fail_on.value)
    report = compared.report.narrowed(only or (), operation or ())
    if form is Format.TERMINAL:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        text = terminal(report, colour=colour, most=most, fold=not only)
    else:
        text = _written(report, form, level)
    console.print(text.rstrip("\n"))
    failed = level is not None and compared.report.fails(level)
    return int(ExitCode.FINDINGS if failed else ExitCode.OK)


def _written(report: "Report", form: Format, level: "Verdict | None") -> str:
    from trunkline.evolve import github, html, json_text, junit, markdown, sarif, terminal

    match form:
        case Format.TERMINAL:
            return terminal(report)
        case Format.MARKDOWN:
            return markdown(report)
        case Format.HTML:
            return html(report)
        case Format.SARIF:
            return sarif(report)
        case Format.JSON:
            return json_text(report)
        case Format.JUNIT:
            return junit(report, fail_on=level)
        case Format.GITHUB:
            return github(report)
