"""An application of the user's, served from this very process: no server to start beside it."""

from __future__ import annotations

import difflib
import importlib
import inspect
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import uvicorn

from trunkline.diagnostics import Code, TrunklineError

_PATIENCE = 30.0
"""Seconds that an application has to start."""


@contextmanager
def serving_app(named: str) -> Iterator[str]:
    """Serve the ASGI or WSGI application `package.module:name`; gives its address.

    A name that leads to something that takes no arguments is called for the application. It runs in
    threads of this process, on a free port of the loopback.
    """
    app = _imported(named)
    with _on_wsgi(app) if _is_wsgi(app) else _on_asgi(app, named) as address:
        yield address


def _imported(named: str) -> Any:
    module_name, separator, name = named.partition(":")
    if not separator or not module_name or not name:
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"{named!r} names no application",
            hint="it is package.module:name, as uvicorn and gunicorn take it",
        )
    if (here := str(Path.cwd())) not in sys.path:
        sys.path.insert(0, here)
    try:
        found: Any = importlib.import_module(module_name)
        for part in name.removesuffix("()").split("."):
            found = getattr(found, part)
    except AttributeError as error:
        near = difflib.get_close_matches(str(error.name), dir(error.obj), 1)
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"{named} cannot be imported: {error}",
            hint=f"did you mean {near[0]!r}?" if near else None,
        ) from error
    except Exception as error:
        # It is the user's program: whatever it raises is to be mended there.
        said = error if isinstance(error, ImportError) else f"{type(error).__name__}: {error}"
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"{named} cannot be imported: {said}",
            hint=f'python -c "import {module_name}" shows where',
        ) from error
    if not callable(found):
        message = f"{named} is {found!r:.60}, and no ASGI or WSGI application"
        raise TrunklineError.usage(Code.BAD_VALUE, message)
    return found() if _arguments(found) == 0 else found


def _arguments(called: Callable[..., Any]) -> int | None:
    """How many arguments it must be given; None where that is not known."""
    if inspect.isclass(called):
        return None
    try:
        parameters = inspect.signature(called).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        return None
    kinds = {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}
    return sum(p.kind in kinds and p.default is p.empty for p in parameters)


def _is_wsgi(app: Any) -> bool:
    """Whether an application is called as PEP 3333 says: with an environment, and to answer."""
    called = app if inspect.isfunction(app) else getattr(app, "__call__", app)  # noqa: B004
    return not inspect.iscoroutinefunction(called) and _arguments(app) == 2


class _ThreadingServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # as it is called
        """Say nothing."""


@contextmanager
def _on_wsgi(app: Any) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, _ThreadingServer, _Silent)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _on_asgi(app: Any, named: str) -> Iterator[str]:
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        for _ in range(int(_PATIENCE / 0.05)):
            if server.started or not thread.is_alive():
                break
            thread.join(0.05)
        if not server.started:
            raise TrunklineError.usage(Code.BAD_VALUE, f"the application {named} does not start")
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)
