"""Carries out what is declared beside a description: scripts, timers, events, conversations."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Coroutine, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from trunkline.emulator.behaviour.conversations import Conversations
from trunkline.emulator.behaviour.delivery import Deliveries
from trunkline.emulator.behaviour.outbound_http import Outside
from trunkline.emulator.behaviour.script_interpreter import Environment, Failed, Runner
from trunkline.emulator.behaviour.script_objects import Objects
from trunkline.emulator.behaviour.timers import Timers
from trunkline.emulator.behaviour.values import public
from trunkline.emulator.hooks.hooks import Call
from trunkline.emulator.http.jsontext import dump, parse
from trunkline.emulator.http.messages import Answer, Fault, Refusal
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.schemas.shapes import at, put
from trunkline.ir import Absent, Json
from trunkline.ir.behaviour import Behaviour, Script

if TYPE_CHECKING:
    from trunkline.emulator.app.application import Emulator

_LOG = logging.getLogger("trunkline.emulator")
_GLANCE = 0.25
"""Seconds after which a sleeping timer looks at the clock again, which may have been moved."""


class Engine:
    """One server's behaviour. All of it runs on the server's event loop."""

    def __init__(
        self,
        emulator: Emulator,
        behaviour: Behaviour,
        known: Mapping[str, ResourcePlan],
        *,
        reach: Collection[str] = (),
    ) -> None:
        self.emulator = emulator
        self.behaviour = behaviour
        self.objects = Objects(emulator, behaviour.resources, known)
        self.timers = Timers(emulator.clock)
        self.timers.added = self._arm
        self.outside = Outside(reach)
        self.deliveries = (
            Deliveries(self, emulator.api, behaviour.events, self.objects)
            if behaviour.events is not None
            else None
        )
        self.conversations = Conversations(self)
        self._tasks: set[asyncio.Task[None]] = set()
        self._glance: asyncio.Handle | None = None
        self._glance_at = 0.0
        self._era = 0
        self._settling = 0

    def reset(self) -> None:
        """Forget what waits and what was sent; what is under way has no effect any more."""
        self._era += 1
        self.timers.clear()
        self.objects.reset()
        self.conversations.clear()
        if self.deliveries is not None:
            self.deliveries.clear()
        for task in list(self._tasks):
            task.get_loop().call_soon_threadsafe(task.cancel)

    async def stop(self) -> None:
        """End what is under way; call on the server's loop before it is closed."""
        self.timers.clear()
        if self._glance is not None:
            self._glance.cancel()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.outside.close()

    def run(self, script: Script, account: str, bound: Mapping[str, Json]) -> Environment:
        """Carry out a script; raises `Failed`. Its environment holds what it answers."""
        environment = Environment(account, dict(bound))
        Runner(self, environment).steps(script)
        return environment

    def operated(self, call: Call, answer: Answer) -> Answer:
        """The answer to an operation after what is declared to follow it; raises `Refusal`."""
        conduct = self.behaviour.conduct.get(call.operation.id)
        if conduct is None or answer.status >= 300:
            return answer
        document = parse(answer.body) if answer.body else None
        payload = at(document, call.operation.payload)
        bound: dict[str, Json] = {
            "params": {**call.path, **call.query},
            "body": None if isinstance(call.body, Absent) else call.body,
            "result": payload,
        }
        try:
            after = self.run((*conduct.do, *conduct.then), call.account.name, bound).answer
        except Failed as failed:
            status = failed.failure.status or 400
            detail = failed.data if isinstance(failed.data, str) else "It cannot be done"
            raise Refusal((status,), Fault(detail, "behaviour")) from None
        if isinstance(after, Absent):
            return answer
        shown = public(after)
        path = call.operation.payload
        if path and isinstance(document, dict):
            put(document, path, shown)
        else:
            document = shown
        return replace(answer, body=dump(document), document=None)

    def background(self, work: Coroutine[object, object, None]) -> None:
        """Carry out requests to users' servers while the server goes on answering."""
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

    def wake(self) -> None:
        """Do what is due, and make sure that the rest is done in time; call after each request."""
        if not self._settling:
            self._work_off()
        self._arm()

    def _arm(self) -> None:
        """Look at the clock again when the next work may be due."""
        wait = self.timers.next_in()
        if wait is None:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # called outside a server
            return
        at = loop.time() + min(wait, _GLANCE)
        if self._glance is not None:
            if self._glance_at <= at:
                return
            self._glance.cancel()
        self._glance, self._glance_at = loop.call_at(at, self._look), at

    def _look(self) -> None:
        self._glance = None
        if self._settling:
            return
        self.wake()

    def _work_off(self) -> None:
        while self._work_one():
            pass

    def _work_one(self) -> bool:
        found = self.timers.due()
        if found is None:
            return False
        self.timers.at, work = found
        try:
            work()
        except Exception:
            _LOG.exception("what was due at %s", found[0])
        finally:
            self.timers.at = None
        return True

    async def settle(self) -> None:
        """Wait until everything that is due by the clock has been done, one after the other,
        requests included."""
        self._settling += 1
        try:
            while True:
                pending = [task for task in self._tasks if not task.done()]
                if pending:
                    await asyncio.wait(pending)
                elif not self._work_one():
                    break
        finally:
            self._settling -= 1
        self.wake()
