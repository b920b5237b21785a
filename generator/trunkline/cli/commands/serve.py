"""`trunkline serve`."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.findings import brief
from trunkline.cli.options import Overlays
from trunkline.diagnostics import Code, ExitCode, TrunklineError
from trunkline.untrusted import one_line

if TYPE_CHECKING:
    from trunkline.emulator import Running
    from trunkline.emulator.http.messages import HttpRequest, HttpResponse
    from trunkline.ir import Api
    from trunkline.pipeline import Loaded


def _warn(loaded: "Loaded", console: Console) -> None:
    """Say which parts of the description cannot be served as they are written."""
    from trunkline.semantics.fillable import Fillable

    telling = (Code.CONTRADICTION, Code.PATTERN)
    found = [d for d in loaded.diagnostics if d.code in telling]
    found += Fillable(loaded.api).problems()
    brief(console, found)


def _announce(server: "Running", console: Console, *, closed: bool) -> None:
    console.print(f"{console.style(server.emulator.api.title, 'bold')} at {server.url}")
    for account, token in server.credentials.items():
        console.print(f"  {account}: {token}")
    sent = _in_curl(server.emulator.api, server.credentials["token"])
    if sent is not None:
        console.print(f"  in curl: {one_line(sent)}")
    console.print(f"  page and admin surface: {server.origin}/__trunkline__/")
    if closed:
        console.error("Whoever reaches this address can call it; the admin surface is closed.")
    console.print("Ctrl-C ends it.")


def _in_curl(api: "Api", token: str) -> str | None:
    """How curl sends the token to most operations; None where none needs one."""
    from trunkline.ir import HttpScheme
    from trunkline.semantics.credentials import apply_credential, primary_scheme

    scheme = primary_scheme(api)
    if scheme is None:
        return None
    if isinstance(scheme, HttpScheme) and scheme.scheme == "basic":
        return f"-u {quote(f'{token}:')}"
    parts = apply_credential(scheme, token)
    words = [f"-H {quote(f'{name}: {value}')}" for name, value in parts.headers.items()]
    words += [f"-b {quote(f'{name}={value}')}" for name, value in parts.cookies.items()]
    words += [f"--url-query {quote(f'{name}={value}')}" for name, value in parts.query]
    return " ".join(words) or None


def _tell(request: "HttpRequest", response: "HttpResponse", console: Console) -> None:
    target = request.raw_path.decode("latin-1")[:200]
    why = response.reason if response.status >= 400 else ""
    line = f"{request.method} {target} {response.status}{f'  {why}' if why else ''}"
    console.progress(one_line(line))


def _follow(server: "Running", spec: str, first: "Loaded", console: Console) -> None:
    """Serve what is saved; what cannot be read is said and not served."""
    from trunkline.pipeline.watch import saves

    for outcome in saves(spec, first):
        if isinstance(outcome, TrunklineError):
            brief(console, outcome.diagnostics)
            console.progress("not read; what was read before is served")
            continue
        _warn(outcome, console)
        server.replace(outcome.api)
        console.progress("read again")


def _refuse(*, proxy: bool, replay: bool, reload: bool, data: bool, made_up: bool) -> None:
    """Raise `TrunklineError` for options that exclude each other."""
    if proxy and replay:
        raise TrunklineError.usage(Code.BAD_VALUE, "--proxy and --replay exclude each other")
    if (proxy or replay) and (made_up or (replay and data)):
        raise TrunklineError.usage(
            Code.BAD_VALUE, "--defect, --seed and --data are for a server of our own"
        )
    if (proxy or replay) and reload:
        raise TrunklineError.usage(Code.BAD_VALUE, "--reload is for a server of our own")


def serve(
    spec: Annotated[str, typer.Argument(help="Name of a description in specs/, or a path.")],
    overlay: Overlays = None,  # noqa: ARG001  # its callback lays them over
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
    reload: Annotated[
        bool,
        typer.Option(
            "--reload", help="Serve the description anew after every save; objects are kept."
        ),
    ] = False,
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
            "and add every exchange, without secrets, to the file of --data: JSON lines, or an "
            "HTTP archive if it ends in .har."
        ),
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(
            help="Answer from a file that --proxy wrote, or any HTTP archive (.har), offline."
        ),
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
    import threading
    from contextvars import copy_context
    from functools import partial

    from trunkline.emulator import serve as serve_api
    from trunkline.emulator.http.cors import is_this_machine
    from trunkline.pipeline import load_api, spec_name
    from trunkline.pipeline.find import is_address

    console = Console()
    _refuse(
        proxy=proxy is not None,
        replay=replay is not None,
        reload=reload,
        data=data is not None,
        made_up=bool(defect or seed),
    )
    if reload and is_address(spec):
        raise TrunklineError.usage(Code.BAD_VALUE, "--reload is for files, not for addresses")
    # What is read stays: looking for garbage in it takes a fifth of the start.
    gc.disable()
    loaded = load_api(spec)
    api = loaded.api
    gc.freeze()
    gc.enable()
    _warn(loaded, console)

    def tell(url: str) -> None:
        console.print(
            json.dumps({"api": spec_name(spec), "url": url}) if as_json else f"{api.title} at {url}"
        )

    if replay is not None:
        from trunkline.proxy import replay as replay_file

        replay_file(api, replay, host=host, port=port, on_ready=tell)
        return int(ExitCode.OK)
    if proxy is not None:
        from trunkline.proxy import forward

        seen = forward(
            api,
            proxy,
            host=host,
            port=port,
            on_ready=tell,
            on_deviation=lambda deviation: console.error(str(deviation)),
            on_note=console.progress,
            recording=data,
        )
        console.progress(f"{seen or 'no'} deviations from the description")
        return int(ExitCode.FINDINGS if seen else ExitCode.OK)

    def announce(server: "Running") -> None:
        if as_json:
            told = {"api": spec_name(spec), "url": server.url, "credentials": server.credentials}
            console.print(json.dumps(told))
        else:
            _announce(server, console, closed=not is_this_machine(host) and admin_token is None)
            if not quiet:
                server.emulator.on_exchange = lambda sent, got: _tell(sent, got, console)
        if reload:
            # In a copy of this context: the overlays of the command hold there too.
            follow = partial(copy_context().run, _follow, server, spec, loaded, console)
            thread = threading.Thread(target=follow)
            thread.daemon = True
            thread.start()

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
