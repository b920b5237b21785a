"""Real servers on real sockets: in a thread for tests, in the main thread for the command line."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import functools
import gc
import logging
import signal
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import uvicorn

from trunkline.diagnostics import Code, TrunklineError
from trunkline.emulator.app.application import Emulator
from trunkline.emulator.behaviour.engine import Engine
from trunkline.emulator.server.fast_path import protocol_for
from trunkline.emulator.server.protocol import LimitedProtocol
from trunkline.ir import Api


def new_event_loop() -> asyncio.AbstractEventLoop:
    """uvloop's, where there is one."""
    try:
        import uvloop
    except ImportError:  # Windows
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


_KEEP_ALIVE = 30
_GARBAGE = 10_000
"""Objects after which garbage is looked for: hardly anything in a request is a circle."""


class Running:
    """An emulator that accepts connections."""

    def __init__(self, emulator: Emulator, host: str, port: int) -> None:
        self.emulator = emulator
        self.host = host
        self.port = port
        shown = f"[{host}]" if ":" in host else host
        self.origin = f"http://{shown}:{port}"
        self.url = self.origin + emulator.base
        self.credentials = {
            "token": emulator.accounts[0].token,
            "other_token": emulator.accounts[1].token,
        }
        self._call: Callable[[Callable[[], object]], object] = lambda work: work()
        self._replace: Callable[[Api], None] = lambda _: None

    def replace(self, api: Api) -> None:
        """Serve another description from now on, with the objects that are kept."""
        self._call(lambda: self._replace(api))

    def reset(self) -> None:
        """Forget all objects and let the clock run; what is being answered is finished first."""
        self._call(self.emulator.reset)


class _Server(uvicorn.Server):
    """uvicorn without its tenth-of-a-second sleeps, so that hundreds can be started and ended."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ended: asyncio.Event | None = None
        self.ready: Callable[[], None] = lambda: None
        self.engine: Engine | None = None
        self._stopping: set[asyncio.Task[None]] = set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.ended = asyncio.Event()
        await super().startup(sockets)
        await self.on_tick(0)
        if self.engine is not None:
            self.engine.wake()  # what waited when the server ended may be due
        self.ready()

    async def main_loop(self) -> None:
        assert self.ended is not None
        counter = 0
        while not await self.on_tick(counter):
            counter += 10
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.ended.wait(), 1.0)
            now = time.monotonic()
            for connection in list(self.server_state.connections):
                if isinstance(connection, LimitedProtocol):
                    connection.hang_up_if_slow(now)

    def replace(self, emulator: Emulator) -> None:
        """Let another emulator respond from now on; call on its loop. Connections are closed when
        what they asked is answered: the next one is the new emulator's."""
        previous, self.engine = self.engine, emulator.engine
        if previous is not None:
            task = asyncio.get_running_loop().create_task(previous.stop())
            self._stopping.add(task)
            task.add_done_callback(self._stopping.discard)
        self.config.app = self.config.loaded_app = emulator
        self.config.http_protocol_class = protocol_for(emulator)
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.engine is not None:
            self.engine.wake()

    def end(self) -> None:
        """Ask the server to end; call on its loop."""
        self.should_exit = True
        if self.ended is not None:
            self.ended.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        tasks = list(self.server_state.tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=2.0)
            for task in late:
                task.cancel()
        if self.engine is not None:
            await self.engine.stop()
        await asyncio.sleep(0)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; `TrunklineError` when the port is taken, forbidden or none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
        listener.setblocking(False)
    except OSError as error:
        listener.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            what = "is in use" if error.errno == errno.EADDRINUSE else "is not allowed"
            raise TrunklineError.usage(
                Code.PORT_IN_USE,
                f"port {port} on {host} {what}",
                hint="choose another port, or 0 to have one picked",
            ) from None
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"cannot listen on {host}:{port}: {error.strerror or error}",
            hint="an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them",
        ) from None
    except OverflowError:
        listener.close()
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"{port} is no port: ports go from 0 to 65535"
        ) from None
    return listener


def _server(emulator: Emulator) -> _Server:
    config = uvicorn.Config(
        emulator,
        http=protocol_for(emulator),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE,
    )
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    server = _Server(config)
    server.engine = emulator.engine
    return server


def _on(loop: asyncio.AbstractEventLoop) -> Callable[[Callable[[], object]], object]:
    """What carries work out on a loop, for other threads."""

    def on_loop(task: Callable[[], object]) -> object:
        async def carry_out() -> object:
            return task()

        return asyncio.run_coroutine_threadsafe(carry_out(), loop).result()

    return on_loop


@contextlib.contextmanager
def running(
    api: Api,
    port: int = 0,
    *,
    defects: Collection[str] = (),
    seed: int = 0,
    data: Path | None = None,
    host: str = "127.0.0.1",
    reach: Collection[str] = (),
    cors: Collection[str] = (),
    admin_token: str | None = None,
) -> Iterator[Running]:
    """An emulator on a socket, in a thread of its own, until the block ends.

    `port` 0 picks one. `reach`: hosts beside this machine that events are sent to. Raises
    `TrunklineError` when the port is taken.
    """
    listener = listen(host, port)
    try:
        emulator = Emulator(
            api,
            seed=seed,
            data=data,
            defects=defects,
            reach=reach,
            cors=cors,
            admin_token=admin_token,
        )
    except BaseException:
        listener.close()
        raise
    server = _server(emulator)
    ready = threading.Event()
    server.ready = ready.set
    loop = new_event_loop()

    def work() -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(server.serve([listener]))
        finally:
            ready.set()
            loop.close()

    thread = threading.Thread(target=work, name="trunkline-emulator", daemon=True)
    handle = Running(emulator, host, listener.getsockname()[1])
    thread.start()
    ready.wait()

    handle._call = _on(loop)
    try:
        yield handle
    finally:
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(server.end)
        thread.join()
        emulator.close()


def serve(
    api: Api,
    host: str = "127.0.0.1",
    port: int = 0,
    on_ready: Callable[[Running], None] = lambda _: None,
    *,
    seed: int = 0,
    data: Path | None = None,
    defects: Collection[str] = (),
    reach: Collection[str] = (),
    cors: Collection[str] = (),
    admin_token: str | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; `on_ready` is called once connections are accepted."""
    listener = listen(host, port)
    make = functools.partial(
        Emulator, seed=seed, defects=defects, reach=reach, cors=cors, admin_token=admin_token
    )
    try:
        emulator = make(api, data=data)
    except BaseException:
        listener.close()
        raise
    server = _server(emulator)
    handle = Running(emulator, host, listener.getsockname()[1])
    server.ready = lambda: on_ready(handle)

    def replace(other: Api) -> None:
        changed = make(other, store=handle.emulator.store)
        changed.objects.adapt()
        changed.on_exchange = handle.emulator.on_exchange
        server.replace(changed)
        handle.emulator = changed

    async def main() -> None:
        loop = asyncio.get_running_loop()
        handle._call = _on(loop)
        handle._replace = replace
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, server.end)
        await server._serve([listener])  # serve() would take the signals over

    # The description is never garbage: not looking at it again keeps the slowest responses fast.
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    loop = new_event_loop()
    try:
        loop.run_until_complete(main())
    finally:
        loop.close()
        emulator.close()
