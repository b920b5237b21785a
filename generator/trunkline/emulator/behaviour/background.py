"""Requests to users' servers, carried out while the server goes on answering its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine

_LOG = logging.getLogger("trunkline.emulator")


class BackgroundTasks:
    """The tasks of one server. Started on its event loop; outside of one nothing is done."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._era = 0

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Carry it out; what it raises is logged."""
        era = self._era

        async def guarded() -> None:
            try:
                if era == self._era:
                    await work
                else:
                    work.close()
            except Exception:
                _LOG.exception("a request to a user's server")

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # called outside a server
            work.close()
            return
        task = loop.create_task(guarded())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def pending(self) -> list[asyncio.Task[None]]:
        """Those that are not done."""
        return [task for task in self._tasks if not task.done()]

    def abandon(self) -> None:
        """Cancel everything, from any thread; what has not begun never will."""
        self._era += 1
        for task in list(self._tasks):
            task.get_loop().call_soon_threadsafe(task.cancel)

    async def stop(self) -> None:
        """Cancel everything and wait for its end; call on the server's loop."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
