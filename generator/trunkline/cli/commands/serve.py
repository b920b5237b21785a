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

    from trunkline.emulator import Started, serve_forever
    from trunkline.pipeline import load_api

    console = Console()
    loaded = load_api(spec)

    def announce(server: Started) -> None:
        if as_json:
            console.print(
                json.dumps({"api": loaded.name, "url": server.url, "credentials": server.credentials})
            )
            return
        console.print(f"{console.style(loaded.api.title, 'bold')} at {server.url}")
        for account, value in server.credentials.items():
            console.print(f"  {account}: {value}")
        console.print("Ctrl-C ends it.")

    serve_forever(
        loaded.api, port=port, data=data, seed=seed, defects=defect or (), on_ready=announce
    )
