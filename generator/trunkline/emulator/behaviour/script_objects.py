"""The objects that scripts keep: their resources, their seeds, what they are looked up by."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime

from trunkline.emulator.behaviour.timers import Timers
from trunkline.emulator.behaviour.values import ScriptValues
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.identifiers import spell
from trunkline.emulator.resources.projection import LazyRandom
from trunkline.emulator.resources.resource_plan import ResourcePlan, seeded
from trunkline.emulator.schemas.sampling import NoValue
from trunkline.emulator.storage.query import Query, Table
from trunkline.emulator.storage.records import AlreadyExists, Row, Scope
from trunkline.ir import Anything, Json, Meta, Origin, Resource, Schema
from trunkline.ir.behaviour import Behaviour, Kept
from trunkline.position import Position
from trunkline.semantics.jsonvalue import get, put

_NOWHERE = Origin(position=Position("", 0, 0), pointer="")
_TRIES = 50
_TICKS = Table("kept.ticks", ())
_NOBODY = Scope("")


@dataclass(slots=True)
class HeldObject:
    """An object that a script has bound."""

    resource: str
    scope: Scope
    row: Row
    document: dict[str, Json]


class ScriptObjects:
    """Finds and changes objects by the name of their resource."""

    def __init__(
        self,
        services: Services,
        objects: StoredObjects,
        timers: Timers,
        behaviour: Behaviour,
        known: Mapping[str, ResourcePlan],
    ) -> None:
        self._services = services
        self._objects = objects
        self._timers = timers
        self._kept = behaviour.resources
        self.search = behaviour.search
        self.plans: dict[str, ResourcePlan] = dict(known)
        for name, one in self._kept.items():
            if name not in self.plans:
                plan = self._existing(name) or self._plan(name, one)
                self.plans[name] = plan
        self._ticks: int | None = None

    @property
    def seed(self) -> int:
        """Fixes what is random."""
        return self._services.seed

    def _existing(self, name: str) -> ResourcePlan | None:
        api = self._services.api
        resource = next((r for r in api.resources if ".".join(r.name) == name), None)
        return None if resource is None else self._services.resources.plan(resource)

    def _plan(self, name: str, kept: Kept) -> ResourcePlan:
        api = self._services.api
        schema = api.schemas.get(kept.schema or "")
        if schema is None:
            schema = Schema(shape=Anything(), nullable=False, meta=Meta(origin=_NOWHERE))
        resource = Resource(
            name=("kept", *name.split(".")),
            collection_path=None,
            item_path=None,
            operations={},
            schema=kept.schema if kept.schema in api.schemas else None,
            id_parameter=None,
            id_member=(kept.id,) if kept.id else None,
        )
        return self._services.resources.planner.plan_item(resource, schema, None)

    def tick(self) -> int:
        """A number that grows, also over restarts; for what must not be the same twice."""
        store = self._services.store
        row = store.get(_TICKS, _NOBODY, "ticks")
        if self._ticks is None:
            found = row.document.get("number") if row is not None else None
            self._ticks = found if isinstance(found, int) else 0
        self._ticks += 1
        document: dict[str, Json] = {"number": self._ticks}
        if row is None:
            store.insert(_TICKS, _NOBODY, "ticks", document)
        else:
            store.replace(_TICKS, _NOBODY, row, document)
        return self._ticks

    def reset(self) -> None:
        """Numbers start again."""
        self._ticks = None

    def plan(self, name: str) -> ResourcePlan:
        """The plan of a resource; behaviour files are checked, so there is one."""
        plan = self.plans.get(name)
        if plan is None:
            plan = self._existing(name) or self._plan(name, Kept())
            self.plans[name] = plan
        return plan

    def populate(self, account: str, name: str) -> None:
        """Keep the declared seeds, at the first visit of an account."""
        kept = self._kept.get(name)
        if kept is None or not kept.seeds:
            return
        plan = self.plan(name)
        scope = Scope(account)
        if not self._services.store.first_visit(plan.table, scope):
            return
        values = ScriptValues(self, account, self._services.clock.now())
        for number, seed in enumerate(kept.seeds, 1):
            made = values.of(dict(seed), {"seed": number})
            if isinstance(made, dict):
                self._insert(
                    plan,
                    scope,
                    made,
                    kept,
                )

    def list_documents(self, account: str, name: str) -> list[dict[str, Json]]:
        """Every object of an account, oldest first."""
        self.populate(account, name)
        rows, _ = self._services.store.page(self.plan(name).table, Scope(account), Query())
        return [row.document for row in rows]

    def find(
        self, account: str, name: str, id_: Json, where: Mapping[str, Json]
    ) -> HeldObject | None:
        """The object with this id, or the first with these members (null asks nothing)."""
        self.populate(account, name)
        plan, scope, store = self.plan(name), Scope(account), self._services.store
        if id_ is not None:
            if isinstance(id_, (dict, list)):
                return None
            row = store.get(plan.table, scope, _text(id_))
            rows = [row] if row is not None else []
        elif where:
            rows, _ = store.page(plan.table, scope, Query())
        else:
            return None
        asked = {tuple(k.split(".")): v for k, v in where.items() if v is not None}
        for row in rows:
            document = row.document
            if all(get(document, path) == value for path, value in asked.items()):
                return HeldObject(name, scope, row, document)
        return None

    def again(self, held: HeldObject) -> HeldObject | None:
        """The object as it is now."""
        row = self._services.store.get(self.plan(held.resource).table, held.scope, held.row.id)
        return None if row is None else HeldObject(held.resource, held.scope, row, row.document)

    def create(self, account: str, name: str, members: dict[str, Json]) -> HeldObject:
        """Keep a new object; members that are not given come from the description."""
        self.populate(account, name)
        kept = self._kept.get(name, Kept())
        scope = Scope(account)
        row = self._insert(self.plan(name), scope, members, kept)
        return HeldObject(name, scope, row, row.document)

    def _insert(
        self,
        plan: ResourcePlan,
        scope: Scope,
        members: dict[str, Json],
        kept: Kept,
    ) -> Row:
        hidden = {k: v for k, v in members.items() if k.startswith("_")}
        shown = {k: v for k, v in members.items() if k not in hidden}
        for _ in range(_TRIES):
            number = self._services.store.next_number(plan.table)
            id_ = get(members, plan.id_member) if plan.id_member else None
            if id_ is None and kept.id_format is not None:
                id_ = self._formatted(plan, kept.id_format, number)
            document = self._objects.complete(plan, scope, deepcopy(shown), number, id_=id_)
            self._stamp(plan, document, created=True)
            # What a script says is meant so, whatever the description makes of such a member.
            document.update(shown)
            document.update(hidden)
            try:
                key = self._objects.id_of(plan, document, number)
                return self._services.store.insert(plan.table, scope, key, document)
            except AlreadyExists:
                if id_ is not None and plan.id_member and get(members, plan.id_member) is not None:
                    break
        raise AlreadyExists

    def _stamp(self, plan: ResourcePlan, document: dict[str, Json], *, created: bool) -> None:
        """The times of creation and change, at the time that work is being done for."""
        now = self.now()
        for path, write in plan.updated.items():
            if len(path) == 1:
                put(document, path, write(now))
        for path, write in plan.created.items() if created else ():
            if len(path) == 1:
                put(document, path, write(now))

    def _formatted(self, plan: ResourcePlan, form: Mapping[str, Json], number: int) -> Json:
        first = form.get("first")
        if isinstance(first, int):
            return first + number - 1
        length, alphabet = form.get("length"), form.get("alphabet")
        size = length if isinstance(length, int) and 0 < length < 1000 else 8
        letters = alphabet if isinstance(alphabet, str) and alphabet else "0123456789ABCDEF"
        return spell(f"{self.seed}:{plan.table.name}:{number}", letters, size)

    def update(self, held: HeldObject, members: Mapping[str, Json]) -> HeldObject:
        """Change members; the time of change moves with them."""
        plan = self.plan(held.resource)
        new = {**held.document, **members}
        self._stamp(plan, new, created=False)
        if plan.id_member is not None:
            put(new, plan.id_member, get(held.document, plan.id_member))
        row = self._services.store.replace(plan.table, held.scope, held.row, new)
        return HeldObject(held.resource, held.scope, row, row.document)

    def delete(self, held: HeldObject) -> None:
        """Forget it."""
        self._services.store.delete(self.plan(held.resource).table, held.scope, held.row.id)

    def now(self) -> datetime:
        """The server's time, or that which work in progress was due at."""
        return self._timers.now()

    def sample(self, schema: str, members: Mapping[str, Json]) -> Json:
        """An object as the schema of this name describes it, with these members; None where
        there is no such schema."""
        described = self._services.api.schemas.get(schema)
        if described is None:
            return None
        try:
            made = self._services.sampler.sample(described, seeded(self.seed, schema))
        except NoValue:
            made = {}
        whole: Json = {**(made if isinstance(made, dict) else {}), **members}
        return self._services.projection.complete(described, whole, LazyRandom(self.seed, schema))


def _text(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
