"""`trunkline test`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import Code, TrunklineError


def hold_to_description(
    spec: Annotated[str, typer.Argument(help="Name of a description in specs/, or a path.")],
    base_url: Annotated[
        str | None, typer.Option(help="Server to test; the emulator without it.")
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(help="Credential of the account to test with.", envvar="TRUNKLINE_TOKEN"),
    ] = None,
    other_token: Annotated[
        str | None,
        typer.Option(
            help="Credential of a second account, for isolation.", envvar="TRUNKLINE_OTHER_TOKEN"
        ),
    ] = None,
    header: Annotated[
        list[str] | None, typer.Option(help="'Name: value', sent with every request; repeatable.")
    ] = None,
    profile: Annotated[
        str, typer.Option(help="smoke: every law, seconds. full: every value, longer.")
    ] = "smoke",
    seed: Annotated[int, typer.Option(help="Makes a run repeat.")] = 0,
    only: Annotated[
        list[str] | None, typer.Option(help="Hold to this rule only; repeatable.")
    ] = None,
    shard: Annotated[str, typer.Option(help="Part i of n, as i/n.")] = "1/1",
    allow_writes: Annotated[
        bool, typer.Option("--allow-writes", help="Create and delete away from loopback too.")
    ] = False,
    max_requests: Annotated[int | None, typer.Option(help="Stop after so many requests.")] = None,
    max_seconds: Annotated[float | None, typer.Option(help="Stop after so many seconds.")] = None,
    rate: Annotated[float | None, typer.Option(help="Requests per second at most.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the report as JSON lines; - for stdout.")
    ] = None,
    junit_file: Annotated[
        Path | None, typer.Option("--junit", help="Write the report as JUnit XML.")
    ] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", help="Write the report as one HTML page.")
    ] = None,
    defect: Annotated[
        list[str] | None, typer.Option(help="Switch a defect of the emulator on; repeatable.")
    ] = None,
) -> int:
    """Hold a server to its description: laws, and Schemathesis' phases.

    Exit codes: 0 clean, 1 violations, 2 usage, 3 server unreachable, 4 budget spent.

    Examples:

        trunkline test telnyx

        trunkline test ./openapi.yaml --base-url http://127.0.0.1:8000 --token secret
    """
    from trunkline.cli.progress import ProgressLine
    from trunkline.contract import RULES, Budget, Profile, Shard
    from trunkline.contract.report import html, json_lines, junit, summary
    from trunkline.pipeline.testing import Effort, Target, run_suite

    if profile not in {one.value for one in Profile}:
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"there is no profile {profile!r}", hint="smoke or full"
        )
    if base_url is not None and defect:
        raise TrunklineError.usage(
            Code.BAD_VALUE, "--defect is for the emulator; it does not go with --base-url"
        )
    _known_rules(only or [], list(RULES))
    console = Console()
    target = Target(
        base_url=base_url,
        token=token,
        other_token=other_token,
        headers=dict(_header(text) for text in header or []),
        defects=tuple(defect or ()),
    )
    effort = Effort(
        seed=seed,
        profile=Profile(profile),
        budget=Budget(requests=max_requests, seconds=max_seconds, rate=rate),
        only=tuple(only or ()),
        shard=Shard.parse(shard),
        allow_writes=allow_writes,
        journal=_journal() if base_url is not None else None,
    )
    line = ProgressLine(spec)
    try:
        report = run_suite(spec, target, effort, line)
    finally:
        line.close()
    to_stdout = json_file is not None and str(json_file) == "-"
    if json_file is not None:
        text = "\n".join(json_lines(report))
        if to_stdout:
            console.print(text)
        else:
            _write(json_file, text + "\n")
    if junit_file is not None:
        _write(junit_file, junit(report))
    if html_file is not None:
        _write(html_file, html(report))
    for shown in summary(report):
        (console.error if to_stdout else console.print)(shown)
    return int(report.exit_code)


def _header(text: str) -> tuple[str, str]:
    name, separator, value = text.partition(":")
    if not separator or not name.strip():
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"header {text!r} is not 'Name: value'", hint="quote it as one argument"
        )
    return name.strip(), value.strip()


def _known_rules(wanted: list[str], known: list[str]) -> None:
    import difflib

    for rule in wanted:
        if rule not in known:
            near = difflib.get_close_matches(rule, known, n=1)
            raise TrunklineError.usage(
                Code.BAD_VALUE,
                f"there is no rule {rule!r}",
                hint=f"did you mean {near[0]}?" if near else None,
            )


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"cannot write {path}: {error.strerror}"
        ) from None


def _journal() -> Path:
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "trunkline" / "journal"
