"""`trunkline validate`."""

import difflib
import enum
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.findings import MOST, show, summary
from trunkline.cli.options import Overlays
from trunkline.diagnostics import Code, ExitCode, TrunklineError

if TYPE_CHECKING:
    from trunkline.rules import ValidationReport


class Format(enum.StrEnum):
    """How the findings are written."""

    TERMINAL = "terminal"
    JSON = "json"
    JUNIT = "junit"
    GITHUB = "github"
    SARIF = "sarif"


class FailOn(enum.StrEnum):
    """The severity from which on the command fails."""

    ERRORS = "errors"
    WARNINGS = "warnings"


def validate(
    spec: Annotated[
        list[str] | None, typer.Argument(help="Names in specs/, or paths; all without one.")
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE",
            help="Only findings of this code, or of all that begin so (V, V003), several between "
            "commas; repeatable.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="No findings of this one; repeatable.")
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Exit with 1 for findings that are this bad.")
    ] = FailOn.ERRORS,
    form: Annotated[
        Format, typer.Option("--format", help="How the findings are written.")
    ] = Format.TERMINAL,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    most: Annotated[
        int, typer.Option("--max", min=0, help="Findings of one code to print; 0: all.")
    ] = MOST,
    mend: Annotated[
        Path | None,
        typer.Option(
            "--fix",
            metavar="FILE",
            help="Write an overlay to this new file that puts right what is mechanical; what is "
            "left with it is told.",
        ),
    ] = None,
    overlay: Overlays = None,  # noqa: ARG001  # its callback lays them over
) -> int:
    """Check descriptions: the OpenAPI specification, then rules of our own.

    Findings that waivers.yaml beside the description accepts, with a reason, do not count. The exit
    code is about what was selected.

    Examples:

        trunkline validate ./openapi.yaml

        trunkline validate shop --ignore V002 --fail-on warnings --format sarif

        trunkline validate shop --fix specs/shop/overlays/10-slips.yaml
    """
    from trunkline.overlay import laid_over
    from trunkline.pipeline.find import chosen_specs

    console = Console()
    chosen, left = _codes(select), _codes(ignore)
    specs = chosen_specs(spec)
    with laid_over(_fixed(specs, mend, console)):
        reports = [_report(name).narrowed(chosen, left) for name in specs]
    warnings = fail_on is FailOn.WARNINGS
    form = Format.JSON if as_json else form
    if form is Format.TERMINAL:
        for report in reports:
            _show(report, most, console)
    else:
        if form is Format.JSON:
            for report in reports:
                show(console, report.diagnostics, most)
        console.print(_written(reports, form, warnings_fail=warnings).rstrip("\n"))
    failed = any(
        report.fails(found, warnings=warnings) for report in reports for found in report.diagnostics
    )
    return int(ExitCode.FINDINGS if failed else ExitCode.OK)


def _fixed(names: "Sequence[str]", out: Path | None, console: Console) -> list[Path]:
    """Writes the overlay of what is mechanical; a list of it, or of nothing."""
    from trunkline.diagnostics import Diagnostics
    from trunkline.overlay import beside
    from trunkline.pipeline.find import find_spec, is_address
    from trunkline.pipeline.load import read_spec
    from trunkline.rules.fix import fix

    if out is None:
        return []
    if len(names) != 1:
        raise TrunklineError.usage(Code.BAD_VALUE, "--fix is for one description: name it")
    if out.exists():
        message = f"{out} is there already, and what it says would be lost"
        raise TrunklineError.usage(Code.CANNOT_WRITE, message)
    made = fix(read_spec(names[0], Diagnostics()), names[0])
    if not made.text:
        console.error(f"{names[0]}: nothing to put right that is mechanical")
        return []
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(made.text, encoding="utf-8")
    except OSError as error:
        message = f"Cannot write {out}: {error.strerror}"
        raise TrunklineError.usage(Code.CANNOT_WRITE, message) from None
    console.progress(f"wrote {out}: {len(made.told)} slips put right")
    # One in the folder of the description is laid over it anyway.
    own = [] if is_address(names[0]) else beside(find_spec(names[0]))
    return [] if out.resolve() in [one.resolve() for one in own] else [out]


def _report(spec: str) -> "ValidationReport":
    from trunkline.pipeline.find import find_spec, is_address
    from trunkline.rules import validate as validate_file

    if not is_address(spec):
        return validate_file(find_spec(spec))

    from trunkline.pipeline.load import read_spec

    return validate_file(spec, partial(read_spec, spec))


def _show(report: "ValidationReport", most: int, console: Console) -> None:
    show(console, report.diagnostics, most)
    found, waived = len(report.diagnostics), len(report.waived)
    accepted = f", {waived} accepted with a reason" if waived else ""
    plural = "" if found == 1 else "s"
    console.print(f"{report.name}: {found or 'no'} finding{plural}{accepted}")
    for line in summary(report.diagnostics):
        console.print(line)


def _written(reports: "Sequence[ValidationReport]", form: Format, *, warnings_fail: bool) -> str:
    from trunkline.rules.formats import as_github, as_json, as_junit, as_sarif

    match form:
        case Format.JSON | Format.TERMINAL:
            return as_json(reports)
        case Format.JUNIT:
            return as_junit(reports, warnings_fail=warnings_fail)
        case Format.GITHUB:
            return as_github(reports)
        case Format.SARIF:
            return as_sarif(reports)


def _codes(given: list[str] | None) -> list[str]:
    """Codes, or their beginnings, commas between them, in capitals; a usage error for one that is
    none."""
    known = [code.value for code in Code]
    found = [code.strip().upper() for part in given or () for code in part.split(",")]
    for code in found:
        if not code or not any(one.startswith(code) for one in known):
            near = difflib.get_close_matches(code, known, 1)
            hint = f"did you mean {near[0]}?" if near else "trunkline explain CODE says what one is"
            raise TrunklineError.usage(
                Code.BAD_VALUE, f"No finding has the code {code!r}", None, hint
            )
    return found
