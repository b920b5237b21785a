"""Carries out what is declared beside a description: scripts, timers, events, conversations."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from trunkline.emulator.behaviour.background import BackgroundTasks
from trunkline.emulator.behaviour.conversations import Conversations
from trunkline.emulator.behaviour.delivery import Deliveries
from trunkline.emulator.behaviour.outbound_http import OutboundHttp
from trunkline.emulator.behaviour.pending import STEPS, Pending, held_from
from trunkline.emulator.behaviour.script_interpreter import (
    Environment,
    ScriptFailed,
    ScriptInterpreter,
    put_off,
)
from trunkline.emulator.behaviour.script_objects import HeldObject, ScriptObjects
from trunkline.emulator.behaviour.services import ScriptServices
from trunkline.emulator.behaviour.timers import Timers
from trunkline.emulator.behaviour.token_registry import TokenRegistry
from trunkline.emulator.behaviour.values import public
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.jsontext import dump, parse
from trunkline.emulator.http.messages import HttpError, HttpResponse, ValidationError
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.ir import Absent, Json
from trunkline.ir.behaviour import Behaviour, Script
from trunkline.semantics.jsonvalue import get, put

_LOG = logging.getLogger("trunkline.emulator")
_GLANCE = 0.25
"""Seconds after which a sleeping timer looks at the clock again, which may have been moved."""


class Engine:
    """One server's behaviour. All of it runs on the server's event loop."""

    def __init__(
        self,
        services: Services,
        objects: StoredObjects,
        behaviour: Behaviour,
        known: Mapping[str, ResourcePlan],
        *,
        reach: Collection[str] = (),
    ) -> None:
        self.behaviour = behaviour
        self.timers = Timers(services.clock)
        self.timers.added = self._arm
        self.objects = ScriptObjects(services, objects, self.timers, behaviour, known)
        self.outbound = OutboundHttp(reach)
        self._tasks = BackgroundTasks()
        self._script = ScriptServices(
            behaviour,
            services,
            self.objects,
            self.timers,
            self.outbound,
            self._tasks,
            Pending(services.store, behaviour),
        )
        self.deliveries = (
            Deliveries(self._script, behaviour.events) if behaviour.events is not None else None
        )
        self.conversations = Conversations(self._script, self)
        self.tokens = TokenRegistry(services, behaviour, self.objects)
        self._glance: asyncio.Handle | None = None
        self._glance_at = 0.0
        self._settling = 0
        self._restore()

    def _restore(self) -> None:
        """Go on where the server was when it ended."""
        pending = self._script.pending
        for key, record in pending.kept(STEPS):
            step, due, bound = pending.step(record), record.get("due"), record.get("bound")
            if step is None or not isinstance(due, str) or not isinstance(bound, dict):
                pending.drop(STEPS, key)
                continue
            account, held = str(record.get("account")), held_from(record.get("held"))
            work = put_off(self._script, self, step, account, bound, held, key)
            self.timers.at_time(datetime.fromisoformat(due), work)
        if self.deliveries is not None:
            self.deliveries.restore()
        self.conversations.restore()

    # What scripts set going.

    def emit(self, account: str, event: str, data: Json, to: Json) -> None:
        """Send an event to its subscribers, and to `to`."""
        if self.deliveries is not None:
            self.deliveries.emit(account, event, data, to)

    def converse(
        self, name: str, account: str, values: Mapping[str, Json], held: Mapping[str, HeldObject]
    ) -> None:
        """Begin a conversation."""
        self.conversations.start(name, account, values, held)

    def hang_up(self, account: str, member: str, value: Json) -> None:
        """End conversations."""
        self.conversations.hang_up(account, member, value)

    def reset(self) -> None:
        """Forget what waits and what was sent; what is under way has no effect any more."""
        self.timers.clear()
        self.objects.reset()
        self.conversations.clear()
        if self.deliveries is not None:
            self.deliveries.clear()
        self._tasks.abandon()

    async def stop(self) -> None:
        """End what is under way; call on the server's loop before it is closed."""
        self.timers.clear()
        if self._glance is not None:
            self._glance.cancel()
        await self._tasks.stop()
        await self.outbound.close()

    def run(self, script: Script, account: str, bound: Mapping[str, Json]) -> Environment:
        """Carry out a script; raises `Failed`. Its environment holds what it answers."""
        environment = Environment(account, dict(bound))
        ScriptInterpreter(self._script, self, environment).steps(script)
        return environment

    def operated(self, call: Call, response: HttpResponse) -> HttpResponse:
        """The response to an operation after what is declared to follow it; raises `HttpError`."""
        conduct = self.behaviour.operations.get(call.operation.id)
        if conduct is None or response.status >= 300:
            return response
        document = parse(response.body) if response.body else None
        payload = get(document, call.operation.payload)
        bound: dict[str, Json] = {
            "params": {**call.path, **call.query},
            "body": None if isinstance(call.body, Absent) else call.body,
            "result": payload,
        }
        try:
            after = self.run((*conduct.do, *conduct.then), call.account.name, bound).returned
        except ScriptFailed as failed:
            status = failed.failure.status or 400
            detail = failed.data if isinstance(failed.data, str) else "It cannot be done"
            raise HttpError((status,), ValidationError(detail, "behaviour")) from None
        if isinstance(after, Absent):
            return response
        shown = public(after)
        path = call.operation.payload
        if path and isinstance(document, dict):
            put(document, path, shown)
        else:
            document = shown
        return replace(response, body=dump(document), document=None)

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
                pending = self._tasks.pending()
                if pending:
                    await asyncio.wait(pending)
                elif not self._work_one():
                    break
        finally:
            self._settling -= 1
        self.wake()
