"""`trunkline serve`."""

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console


def serve(
    spec: Annotated[str, typer.Argument(help="Name of a description in specs/, or a path.")],
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 picks a free one.")] = 0,
    as_json: Annotated[
        bool, typer.Option("--json", help="Say where it listens as one JSON object on stdout.")
    ] = False,
    data: Annotated[
        Path | None, typer.Option(help="Keep everything in this file; in memory without it.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Makes ids and other made-up values repeat.")] = 0,
    defect: Annotated[
        list[str] | None, typer.Option(help="Switch a seeded defect on, by name; repeatable.")
    ] = None,
) -> None:
    """Serve a description: a stateful server on loopback that keeps what it is given.

    Examples:

        trunkline serve telnyx --port 8080

        trunkline serve ./openapi.yaml --data state.sqlite
    """
    import json

    from trunkline.emulator import Running
    from trunkline.emulator import serve as serve_api
    from trunkline.pipeline import load_api, spec_name

    console = Console()
    api = load_api(spec).api

    def announce(server: Running) -> None:
        if as_json:
            told = {"api": spec_name(spec), "url": server.url, "credentials": server.credentials}
            console.print(json.dumps(told))
            return
        console.print(f"{console.style(api.title, 'bold')} at {server.url}")
        for account, token in server.credentials.items():
            console.print(f"  {account}: {token}")
        console.print("Ctrl-C ends it.")

    serve_api(api, port=port, on_ready=announce, seed=seed, data=data, defects=defect or ())
