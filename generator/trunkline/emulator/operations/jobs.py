"""Jobs: objects that begin in a state which means "not yet", and end by themselves.

A job ends as soon as the server's clock shows another time than that of its making: the response to
the request that makes it shows it begun, and what is read afterwards shows it done. While the clock
is frozen it does not end.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.resource_plan import ResourcePlan, seeded
from trunkline.emulator.schemas.sampling import NoValue
from trunkline.emulator.storage.query import Table
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Json
from trunkline.semantics.jsonvalue import get, put


class Jobs:
    """The jobs of one server that have not come to their end."""

    def __init__(self, services: Services) -> None:
        self._store = services.store
        self._clock = services.clock
        self._hooks = services.hooks
        self._resources = services.resources
        self._schemas = services.schemas
        self._sampler = services.sampler
        self._seed = services.seed
        self._begun: list[tuple[datetime, ResourcePlan, Scope, str]] = []
        used = services.store.lasts or services.store.version
        self._filled = 0 if used else services.store.filled
        """Which filling of the store `_begun` is about: what was begun before that is not in it."""

    def begin(self, plan: ResourcePlan, scope: Scope, row: Row) -> None:
        """Note a new object; nothing, where it is no job."""
        if plan.progress is not None and self._is_begun(plan, row.document):
            self._begun.append((self._clock.now(), plan, scope, row.id))

    def settle(self) -> None:
        """End the jobs whose time has come. Called before every request."""
        if self._filled != self._store.filled:
            self._filled = self._store.filled
            self._begun.clear()
            self._end_all()
        if not self._begun:
            return
        now = self._clock.now()
        for made, plan, scope, id_ in [job for job in self._begun if job[0] != now]:
            self._begun.remove((made, plan, scope, id_))
            self._end(plan, scope, id_)

    def _end(self, plan: ResourcePlan, scope: Scope, id_: str) -> None:
        row = self._store.get(plan.table, scope, id_)
        if row is None:
            return
        document = row.document
        if self._is_begun(plan, document) and self._ends(plan):
            self._store.replace(plan.table, scope, row, self._done(plan, row.number, document))

    def _end_all(self) -> None:
        """End what was begun before the store was opened, or is in a snapshot."""
        for resource in self._resources.all():
            if not self._store.holds(Table(".".join(resource.name), ())):
                continue
            plan = self._resources.plan(resource)
            if plan is None or plan.progress is None or not self._ends(plan):
                continue

            def ended(number: int, document: Json, plan: ResourcePlan = plan) -> Json:
                if isinstance(document, dict) and self._is_begun(plan, document):
                    return self._done(plan, number, dict(document))
                return document

            self._store.rewrite(plan.table, ended)

    def _ends(self, plan: ResourcePlan) -> bool:
        return all(hook.job_ending(plan.resource) for hook in self._hooks)

    @staticmethod
    def _is_begun(plan: ResourcePlan, document: dict[str, Json]) -> bool:
        progress = plan.progress
        return progress is not None and get(document, progress.path) == progress.begun

    def _done(self, plan: ResourcePlan, number: int, document: dict[str, Json]) -> dict[str, Json]:
        """The job at its end, in place."""
        assert plan.progress is not None
        put(document, plan.progress.path, plan.progress.done)
        for path, begun, done in plan.progress.beside:
            if get(document, path) == begun:
                put(document, path, done)
        for path in plan.progress.results:
            schema = self._schemas.descend(plan.schema, path)
            if schema is None or get(document, path) is not None:
                continue
            with suppress(NoValue):
                rng = seeded(self._seed, plan.table.name, number, *path)
                result = self._sampler.sample(schema, rng)
                whole = {**document, path[0]: result}
                if self._schemas.fits(plan.schema, whole, "response"):
                    document = whole
        return document
