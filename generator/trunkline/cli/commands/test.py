"""`trunkline test`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.command_line import shown_command
from trunkline.cli.console import Console
from trunkline.cli.credentials import (
    AllowWrites,
    AppName,
    AuthFile,
    Credentials,
    Defects,
    Headers,
    IncludeUnsafe,
    OtherToken,
    Token,
    WebhookAlgorithm,
    WebhookLogin,
    WebhookSecret,
    target_of,
)
from trunkline.cli.credentials import secret as read_secret
from trunkline.cli.options import (
    AllureFolder,
    HtmlFile,
    JsonFile,
    JunitFile,
    MarkdownFile,
    Overlays,
    SarifFile,
    Since,
    Verbose,
    WfcFile,
)
from trunkline.diagnostics import Code, TrunklineError


def hold_to_description(
    spec: Annotated[str, typer.Argument(help="Name of a description in specs/, or a path.")],
    overlay: Overlays = None,  # noqa: ARG001  # its callback lays them over
    base_url: Annotated[
        str | None, typer.Option(help="Server to test; the emulator without it.")
    ] = None,
    app: AppName = None,
    token: Token = None,
    other_token: OtherToken = None,
    credential: Credentials = None,
    auth: AuthFile = None,
    headers: Headers = None,
    profile: Annotated[
        str, typer.Option(help="smoke: every check, seconds. full: every value, longer.")
    ] = "smoke",
    seed: Annotated[int, typer.Option(help="Makes a run repeat.")] = 0,
    only: Annotated[
        list[str] | None, typer.Option(help="Hold to this rule only; repeatable.")
    ] = None,
    include_path: Annotated[
        list[str] | None,
        typer.Option(
            help="Test this path only: * matches anything. Repeatable; every kind given must fit."
        ),
    ] = None,
    include_method: Annotated[
        list[str] | None, typer.Option(help="Test this method only; repeatable.")
    ] = None,
    include_name: Annotated[
        list[str] | None, typer.Option(help="Test this 'METHOD /path' only; repeatable.")
    ] = None,
    include_tag: Annotated[
        list[str] | None, typer.Option(help="Test operations with this tag only; repeatable.")
    ] = None,
    include_operation_id: Annotated[
        list[str] | None, typer.Option(help="Test this operation only; repeatable.")
    ] = None,
    exclude_path: Annotated[
        list[str] | None, typer.Option(help="Leave this path alone; repeatable.")
    ] = None,
    exclude_method: Annotated[
        list[str] | None, typer.Option(help="Leave this method alone; repeatable.")
    ] = None,
    exclude_name: Annotated[
        list[str] | None, typer.Option(help="Leave this 'METHOD /path' alone; repeatable.")
    ] = None,
    exclude_tag: Annotated[
        list[str] | None, typer.Option(help="Leave operations with this tag alone; repeatable.")
    ] = None,
    exclude_operation_id: Annotated[
        list[str] | None, typer.Option(help="Leave this operation alone; repeatable.")
    ] = None,
    shard: Annotated[str, typer.Option(help="Part i of n, as i/n.")] = "1/1",
    allow_writes: AllowWrites = False,
    include_unsafe: IncludeUnsafe = None,
    settle: Annotated[
        float, typer.Option(help="Seconds that a list is given to show what was changed.")
    ] = 1.0,
    fail_on: Annotated[
        str, typer.Option(help="violations; or gaps: of the description as well.")
    ] = "violations",
    max_requests: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many requests.")
    ] = None,
    max_seconds: Annotated[
        float | None, typer.Option(help="Stop after so many seconds; smoke after 60.")
    ] = None,
    rate: Annotated[float | None, typer.Option(help="Requests per second at most.")] = None,
    json_file: JsonFile = None,
    junit_file: JunitFile = None,
    html_file: HtmlFile = None,
    wfc_file: WfcFile = None,
    sarif_file: SarifFile = None,
    markdown_file: MarkdownFile = None,
    allure_folder: AllureFolder = None,
    har: Annotated[
        Path | None, typer.Option(help="Write all that is sent and received as an HTTP Archive.")
    ] = None,
    verbose: Verbose = False,
    since: Since = None,
    baseline: Annotated[
        Path | None, typer.Option(help="Accept the known violations that this file lists.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(help="Write a baseline of what is found, reasons to be given.")
    ] = None,
    examples: Annotated[
        str | None,
        typer.Option(
            help="Redis address or folder where Hypothesis keeps examples that failed.",
            envvar="TRUNKLINE_EXAMPLES",
        ),
    ] = None,
    receiver: Annotated[
        list[str] | None,
        typer.Option(
            help="Play the service against your own server: an address for everything it sends, "
            "or NAME=address for one webhook, events=address for all events; repeatable."
        ),
    ] = None,
    secret: WebhookSecret = None,
    algorithm: WebhookAlgorithm = None,
    login: WebhookLogin = None,
    defect: Defects = None,
) -> int:
    """Hold a server to its description: checks, and Schemathesis' phases.

    Exit codes: 0 clean, 1 violations, 2 usage, 3 server unreachable, 4 budget spent.

    Examples:

        trunkline test telnyx

        trunkline test ./openapi.yaml --base-url http://127.0.0.1:8000 --token secret

        trunkline test callr --receiver http://127.0.0.1:8000/hooks --secret "my own secret"
    """
    from trunkline.cli.progress import ProgressLine
    from trunkline.cli.reporting import ReportFiles, check_writable, deliver
    from trunkline.contract import RULES, Budget, Profile, Shard
    from trunkline.contract.model import Selection
    from trunkline.contract.reports import Baseline
    from trunkline.contract.session import cleanup_log_folder
    from trunkline.pipeline.find import spec_name
    from trunkline.pipeline.testing import RunOptions, run_suite

    if profile not in {one.value for one in Profile}:
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"there is no profile {profile!r}", hint="smoke or full"
        )
    for option, number in (("--max-seconds", max_seconds), ("--rate", rate)):
        if number is not None and number <= 0:
            raise TrunklineError.usage(Code.BAD_VALUE, f"{option} must be more than 0")
    if fail_on not in {"violations", "gaps"}:
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"--fail-on does not know {fail_on!r}", hint="violations or gaps"
        )
    if (base_url is not None or app is not None) and defect:
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            "--defect is for the emulator; it does not go with --base-url or --app",
        )
    _known_rules(only or [], list(RULES))
    files = ReportFiles(
        json=json_file,
        junit=junit_file,
        html=html_file,
        wfc=wfc_file,
        sarif=sarif_file,
        markdown=markdown_file,
        allure=allure_folder,
        baseline=write_baseline,
        since=since,
    )
    files.check()
    check_writable(har)
    accepted = Baseline.read(baseline) if baseline is not None else Baseline()
    console = Console()
    if receiver:
        from trunkline.cli.receiver import play_service

        if base_url is not None or app is not None or defect or only or har is not None:
            raise TrunklineError.usage(
                Code.BAD_VALUE,
                "--receiver stands without --base-url, --app, --defect, --only and --har",
            )
        report = play_service(
            spec,
            receiver,
            secret=read_secret(secret),
            algorithm=algorithm,
            login=read_secret(login),
            seed=seed,
            profile=Profile(profile),
            budget=Budget(requests=max_requests, seconds=max_seconds, rate=rate),
            allow_writes=allow_writes,
        )
        return deliver(
            report,
            console,
            baseline=accepted,
            whole=True,
            files=files,
            verbose=verbose,
        )
    target = target_of(
        base_url=base_url,
        app=app,
        token=token,
        other_token=other_token,
        credential=credential,
        auth=auth,
        headers=headers,
        defect=defect,
    )
    selection = Selection(
        _values(
            path=include_path,
            method=include_method,
            name=include_name,
            tag=include_tag,
            operation_id=include_operation_id,
        ),
        _values(
            path=exclude_path,
            method=exclude_method,
            name=exclude_name,
            tag=exclude_tag,
            operation_id=exclude_operation_id,
        ),
    )
    options = RunOptions(
        seed=seed,
        profile=Profile(profile),
        budget=Budget.of_profile(
            Profile(profile), requests=max_requests, seconds=max_seconds, rate=rate
        ),
        selection=selection,
        only=tuple(only or ()),
        shard=Shard.parse(shard),
        allow_writes=allow_writes,
        include_unsafe=tuple(include_unsafe or ()),
        settle=settle,
        examples=examples,
        har=har,
        journal=cleanup_log_folder() if base_url is not None or app is not None else None,
    )
    line = ProgressLine(spec_name(spec))
    try:
        report = run_suite(spec, target, options, line)
    finally:
        line.close()
    report.fail_on_gaps = fail_on == "gaps"
    report.command = shown_command()
    return deliver(
        report,
        console,
        baseline=accepted,
        whole=not only
        and selection == Selection()
        and options.shard.count == 1
        and (base_url is None or app is not None or allow_writes),
        files=files,
        verbose=verbose,
    )


def _values(**given: list[str] | None) -> dict[str, tuple[str, ...]]:
    """The values of each selector that was given, by its name in `Selection`."""
    return {name.replace("_", "-"): tuple(values) for name, values in given.items() if values}


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
