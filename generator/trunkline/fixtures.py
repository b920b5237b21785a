"""What a test of one's own gets from Trunkline, known to pytest wherever Trunkline is installed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from trunkline.emulator import Running
    from trunkline.ir import Api

__all__ = ["StartEmulator", "emulator"]


class StartEmulator(Protocol):
    """What the fixture is: a function that starts a server."""

    def __call__(
        self,
        spec: str | Path,
        *,
        defects: Collection[str] = (),
        seed: int = 0,
        data: Path | None = None,
    ) -> Running:
        """A server of the description `spec` names, on a socket of its own until the test ends.

        It has `url`, `credentials` (`token`, `other_token`) and `reset()`; `emulator` is the ASGI
        application itself, for transports that need no socket. `TrunklineError` for a name that
        is not known or a description with faults.
        """
        ...


@cache
def _api(spec: str | Path) -> Api:
    from trunkline.pipeline import load_api

    return load_api(spec).api


@pytest.fixture
def emulator() -> Iterator[StartEmulator]:
    """Starts emulators: `shop = emulator("shop")`."""
    with ExitStack() as stack:

        def start(
            spec: str | Path,
            *,
            defects: Collection[str] = (),
            seed: int = 0,
            data: Path | None = None,
        ) -> Running:
            from trunkline.emulator import running

            server = running(_api(spec), defects=defects, seed=seed, data=data)
            return stack.enter_context(server)

        yield start
