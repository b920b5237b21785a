"""`trunkline serve`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import Code, ExitCode, TrunklineError


def serve(
    spec: Annotated[str, typer.Argument(help="Name of a description in specs/, or a path.")],
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 picks a free one.")] = 0,
    as_json: Annotated[
        bool, typer.Option("--json", help="Say where it listens as one JSON object on stdout.")
    ] = False,
    data: Annotated[
        Path | None,
        typer.Option(help="Keep everything in this file; in memory without it. See --proxy."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Makes ids and other made-up values repeat.")] = 0,
    defect: Annotated[
        list[str] | None, typer.Option(help="Switch a seeded defect on, by name; repeatable.")
    ] = None,
    send_to: Annotated[
        list[str] | None,
        typer.Option(
            help="Send events to this host too, not to this machine alone; * for any; repeatable."
        ),
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option(
            help="Pass requests through to this server, say what deviates from the description, "
            "and add every exchange, without secrets, to the file of --data."
        ),
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Answer from a file that --proxy wrote, offline.")
    ] = None,
) -> int:
    """Serve a description: a stateful server on loopback that keeps what it is given.

    With --proxy the exit code is 1 if anything deviated from the description.

    Examples:

        trunkline serve telnyx --port 8080

        trunkline serve ./openapi.yaml --data state.sqlite

        trunkline serve telnyx --proxy https://api.telnyx.com/v2 --data seen.jsonl

        trunkline serve telnyx --replay seen.jsonl
    """
    import gc
    import json

    from trunkline.emulator import Running
    from trunkline.emulator import serve as serve_api
    from trunkline.pipeline import load_api, spec_name

    console = Console()
    if proxy is not None and replay is not None:
        raise TrunklineError.usage(Code.BAD_VALUE, "--proxy and --replay exclude each other")
    if (proxy or replay) and (defect or seed or (replay and data)):
        raise TrunklineError.usage(
            Code.BAD_VALUE, "--defect, --seed and --data are for a server of our own"
        )
    # What is read stays: looking for garbage in it takes a fifth of the start.
    gc.disable()
    api = load_api(spec).api
    gc.enable()

    def tell(url: str) -> None:
        console.print(
            json.dumps({"api": spec_name(spec), "url": url}) if as_json else f"{api.title} at {url}"
        )

    if replay is not None:
        from trunkline.proxy import replay as replay_file

        replay_file(api, replay, port=port, on_ready=tell)
        return int(ExitCode.OK)
    if proxy is not None:
        from trunkline.proxy import forward

        seen = forward(
            api,
            proxy,
            port=port,
            on_ready=tell,
            on_deviation=lambda deviation: console.error(str(deviation)),
            recording=data,
        )
        console.progress(f"{seen or 'no'} deviations from the description")
        return int(ExitCode.FINDINGS if seen else ExitCode.OK)

    def announce(server: Running) -> None:
        if as_json:
            told = {"api": spec_name(spec), "url": server.url, "credentials": server.credentials}
            console.print(json.dumps(told))
            return
        console.print(f"{console.style(api.title, 'bold')} at {server.url}")
        for account, token in server.credentials.items():
            console.print(f"  {account}: {token}")
        console.print("Ctrl-C ends it.")

    serve_api(
        api,
        port=port,
        on_ready=announce,
        seed=seed,
        data=data,
        defects=defect or (),
        reach=send_to or (),
    )
    return int(ExitCode.OK)
