"""A generated client of either kind, in front of the emulator of its API on a socket."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from typing import Any

import pytest
import trunkline_callr
import trunkline_opentact
import trunkline_telnyx

from trunkline.emulator import Running, running
from trunkline.ir import Api
from trunkline.pipeline import load_api

CLASSES: dict[str, tuple[type[Any], type[Any]]] = {
    "callr": (trunkline_callr.Callr, trunkline_callr.AsyncCallr),
    "opentact": (trunkline_opentact.OpenTact, trunkline_opentact.AsyncOpenTact),
    "telnyx": (trunkline_telnyx.Telnyx, trunkline_telnyx.AsyncTelnyx),
}


@cache
def api(name: str) -> Api:
    return load_api(name).api


class Driver:
    """A client of either kind behind one blocking surface; methods called are noted.

    `do("outbound_voice_profiles.create", name="x")` returns what the method does, awaited where
    the client is asynchronous.
    """

    def __init__(self, name: str, kind: str, server: Running) -> None:
        self.name, self.kind, self.server = name, kind, server
        self.cls = CLASSES[name][kind == "async"]
        self.runner = asyncio.Runner() if kind == "async" else None
        self.called: set[str] = set()
        self.open: list[Any] = []
        self.client = self.make()

    def make(self, **settings: Any) -> Any:
        """Another client of the same server."""
        given = {"base_url": self.server.url, "strict": True, **self.credentials()} | settings
        made = self.cls(**given)
        self.open.append(made)
        return made

    def credentials(self, which: str = "token") -> dict[str, str]:
        token = self.server.credentials[which]
        if self.name == "callr":
            return {"username": "me", "password": token}
        if self.name == "opentact":
            return {"api_key": token, "username": "me", "password": token}
        return {"api_key": token}

    def run(self, value: Any) -> Any:
        if self.runner is None or not inspect.isawaitable(value):
            return value

        async def waiting() -> Any:
            return await value

        return self.runner.run(waiting())

    def method(self, path: str, client: Any = None) -> Callable[..., Any]:
        self.called.add(path)
        found = self.client if client is None else client
        for part in path.split("."):
            found = getattr(found, part)
        return found

    def __call__(self, path: str, *arguments: Any, **keywords: Any) -> Any:
        return self.run(self.method(path)(*arguments, **keywords))

    def items(self, path: str, *arguments: Any, **keywords: Any) -> list[Any]:
        """All items of a list, page after page."""
        return self.collect(self.method(path)(*arguments, **keywords))

    def collect(self, source: Any) -> list[Any]:
        if self.runner is None:
            return list(source)

        async def collecting() -> list[Any]:
            return [item async for item in source]

        return self.runner.run(collecting())

    def methods(self) -> set[str]:
        """Every method of every resource."""
        found: set[str] = set()
        pending: list[tuple[str, Any]] = [("", self.client)]
        while pending:
            path, owner = pending.pop()
            for name, member in vars(type(owner)).items():
                if name.startswith("_"):
                    continue
                if isinstance(member, cached_property):
                    pending.append((f"{path}{name}.", getattr(owner, name)))
                elif path and inspect.isfunction(member):
                    found.add(path + name)
        return found

    def close(self) -> None:
        for client in self.open:
            self.run(client.close())
        if self.runner is not None:
            self.runner.close()


@pytest.fixture(scope="module", params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    """Whether the client is the synchronous or the asynchronous one."""
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Iterator[Running]:
    """The emulator of the API that the module names in `API`."""
    with running(api(request.module.API)) as started:
        yield started


@pytest.fixture
def do(request: pytest.FixtureRequest, kind: str, server: Running) -> Iterator[Driver]:
    """Makes calls of the API that the module names in `API`."""
    server.reset()
    driver = Driver(request.module.API, kind, server)
    yield driver
    driver.close()


@pytest.fixture(scope="module")
def make_driver() -> type[Driver]:
    """For modules that drive several APIs."""
    return Driver
