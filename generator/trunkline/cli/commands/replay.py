"""`trunkline replay`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from trunkline.cli.options import Overlays

if TYPE_CHECKING:
    from trunkline.contract.runner import Replayed


def replay(
    report: Annotated[Path, typer.Argument(help="JSON lines of `trunkline test … --json FILE`.")],
    findings: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID]...",
            help="Ids of findings, rules or operations; one of each cause without.",
        ),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="Another server than the one of the report.")
    ] = None,
    spec: Annotated[
        str | None, typer.Option(help="The description, where it is not where the report says.")
    ] = None,
    overlay: Overlays = None,  # noqa: ARG001  # its callback lays them over
    app: AppName = None,
    token: Token = None,
    other_token: OtherToken = None,
    credential: Credentials = None,
    auth: AuthFile = None,
    headers: Headers = None,
    allow_writes: AllowWrites = False,
    include_unsafe: IncludeUnsafe = None,
    defect: Defects = None,
    receiver: Annotated[
        list[str] | None,
        typer.Option(help="Another receiver than the one of the report, as for `trunkline test`."),
    ] = None,
    secret: WebhookSecret = None,
    algorithm: WebhookAlgorithm = None,
    login: WebhookLogin = None,
    pytest_file: Annotated[
        Path | None,
        typer.Option("--pytest", help="Write the findings as tests instead of sending them."),
    ] = None,
) -> int:
    """Send the reproductions in a report again, and say which findings are still there.

    Objects are made anew and deleted; a receiver gets new events. A report holds no secrets:
    credentials are given as for `trunkline test`. Without --base-url or --receiver the server is
    the one of the report, or the emulator with the report's defects.

    Exit codes: 0 none is, 1 some are, 2 usage, 3 server unreachable.

    Examples:

        trunkline replay report.jsonl

        trunkline replay report.jsonl 1f3a90bc --base-url http://127.0.0.1:8000 --token secret

        trunkline replay report.jsonl update-visible --pytest test_findings.py

        trunkline replay receiver.jsonl receiver-forged --secret "my own secret"
    """
    from trunkline.cli.receiver import receiver_config
    from trunkline.cli.reporting import check_writable, write_file
    from trunkline.contract.reports import as_tests, is_of_receiver, read_report
    from trunkline.diagnostics import Code, ExitCode, TrunklineError
    from trunkline.pipeline.replaying import findings_of, replay_receiver, replay_report
    from trunkline.pipeline.testing import RunOptions

    known = read_report(report)
    wanted = findings_of(known, findings or [])
    console = Console()
    if is_of_receiver(known):
        if pytest_file is not None or base_url is not None or app is not None or defect:
            raise TrunklineError.usage(
                Code.BAD_VALUE,
                "the report is of a receiver: --pytest, --base-url, --app and --defect say nothing",
                hint="--receiver names another one",
            )
        config = receiver_config(
            spec or known.spec or known.api,
            receiver or (),
            secret=read_secret(secret),
            algorithm=algorithm,
            login=read_secret(login),
            allow_writes=allow_writes,
        )
        return _told(console, replay_receiver(known, wanted, config))
    if pytest_file is not None:
        check_writable(pytest_file)
        write_file(pytest_file, as_tests(known, wanted))
        console.print(f"{len(wanted)} tests in {pytest_file}")
        return int(ExitCode.OK)
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
    options = RunOptions(allow_writes=allow_writes, include_unsafe=tuple(include_unsafe or ()))
    return _told(console, replay_report(known, wanted, target, options, spec or ""))


def _told(console: Console, done: "Sequence[Replayed]") -> int:
    from trunkline.contract.reports import title
    from trunkline.diagnostics import ExitCode
    from trunkline.untrusted import one_line

    refused = [one for one in done if _is_refused(one)]
    for one in done:
        state = "still fails" if one.fails else "fails no more"
        if one in refused:
            state = "could not be tried"
        console.print(one_line(f"{one.finding.id} {title(one.finding)}: {state} ({one.how})"))
        for step in one.steps:
            came = str(step.status or step.reason)
            was = "" if step.status == step.before else f", in the report {step.before or 'none'}"
            console.print(one_line(f"  {step.request} → {came}{was}"))
    failing = sum(one.fails for one in done)
    console.print(f"{failing} of {len(done)} findings are still there")
    if refused:
        console.print(
            f"{len(refused)} could not be tried: the server refuses the credentials; give those "
            "that the run had, with --token or --credential"
        )
    if failing:
        return int(ExitCode.FINDINGS)
    return int(ExitCode.USAGE if refused else ExitCode.OK)


def _is_refused(one: "Replayed") -> bool:
    """Whether nothing can be said of a finding, because nobody was let in who was before."""
    return not one.fails and any(
        step.status == 401 and step.before not in (0, 401) for step in one.steps
    )
