"""The emulator in a process of its own, so that it and the suite each have a core."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from trunkline.diagnostics import Code, TrunklineError
from trunkline.emulator import Running, running, serve
from trunkline.ir import Api


@dataclass(frozen=True, slots=True)
class Address:
    """Where an emulator answers, and who may call it."""

    url: str
    credentials: dict[str, str]


@contextmanager
def emulator(api: Api, *, defects: Collection[str] = (), seed: int = 0) -> Iterator[Address]:
    """An emulator on loopback until the block ends, or this process does.

    It is a fork where forking is safe (Linux, no other thread), else a thread. Raises
    `TrunklineError` when it does not start.
    """
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        with running(api, defects=defects, seed=seed) as server:
            yield Address(server.url, server.credentials)
        return
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(api, defects, seed, ours, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield _told(ours)
    finally:
        ours.close()
        process.join()


def _told(connection: Connection) -> Address:
    try:
        said = connection.recv()
    except EOFError:
        raise TrunklineError.usage(Code.BAD_VALUE, "the emulator did not start") from None
    if isinstance(said, TrunklineError):
        raise said
    assert isinstance(said, Address)
    return said


def _serve(
    api: Api, defects: Collection[str], seed: int, theirs: Connection, ours: Connection
) -> None:
    """The child: serves until the other end of the pipe is closed, however its owner ended."""
    theirs.close()
    # Ctrl-C is for the suite, which still has objects to delete here.
    os.setpgid(0, 0)

    def ready(server: Running) -> None:
        ours.send(Address(server.url, server.credentials))
        threading.Thread(target=watch, daemon=True).start()

    def watch() -> None:
        try:
            ours.recv()
        except (EOFError, OSError):
            os.kill(os.getpid(), signal.SIGTERM)

    try:
        serve(api, on_ready=ready, defects=defects, seed=seed)
    except TrunklineError as error:
        ours.send(error)
