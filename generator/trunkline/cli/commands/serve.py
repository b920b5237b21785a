"""`trunkline serve`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import Code, ExitCode, TrunklineError


def serve(
    spec: Annotated[str, typer.Argument(help="Name of a description in specs/, or a path.")],
    port: Annotated[int, typer.Option(help="Port to listen on; 0 picks a free one.")] = 0,
    host: Annotated[
        str,
        typer.Option(
            help="Address to listen on: 0.0.0.0 in a container. From elsewhere the admin surface "
            "wants --admin-token."
        ),
    ] = "127.0.0.1",
    admin_token: Annotated[
        str | None,
        typer.Option(
            envvar="TRUNKLINE_ADMIN_TOKEN",
            help="Secret that requests below /__trunkline__/ must show in X-Trunkline-Admin.",
        ),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            help="Origin whose pages may read responses, beside pages of this machine; * for any, "
            "none for no page at all; repeatable."
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No line for each request.")] = False,
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
    """Serve a description: a stateful server that keeps what it is given.

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
    from trunkline.emulator.http.cors import is_this_machine
    from trunkline.emulator.http.messages import HttpRequest, HttpResponse
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
        console.print(f"  page and admin surface: {server.origin}/__trunkline__/")
        if not is_this_machine(host) and admin_token is None:
            console.error("Whoever reaches this address can call it; the admin surface is closed.")
        console.print("Ctrl-C ends it.")
        if not quiet:
            server.emulator.on_exchange = tell_exchange

    def tell_exchange(request: HttpRequest, response: HttpResponse) -> None:
        target = request.raw_path.decode("latin-1")[:200]
        why = response.reason if response.status >= 400 else ""
        line = f"{request.method} {target} {response.status}{f'  {why}' if why else ''}"
        console.progress("".join(c for c in line if c.isprintable()))

    serve_api(
        api,
        port=port,
        on_ready=announce,
        seed=seed,
        data=data,
        defects=defect or (),
        reach=send_to or (),
        host=host,
        cors=cors or (),
        admin_token=admin_token,
    )
    return int(ExitCode.OK)
