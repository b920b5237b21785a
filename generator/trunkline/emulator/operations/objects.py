"""Objects as the server keeps them: made, dressed with what the server owns, kept unique."""

from __future__ import annotations

from trunkline.emulator.decoding.scalars import candidates
from trunkline.emulator.hooks.hooks import Call, Seam
from trunkline.emulator.http.messages import Fault, Refusal
from trunkline.emulator.operations.errors import Errors
from trunkline.emulator.resources.projection import Documents, Later
from trunkline.emulator.resources.relations import Relations
from trunkline.emulator.resources.resource_plan import ResourcePlan, seeded
from trunkline.emulator.schemas.sampling import NoValue, Sampler
from trunkline.emulator.schemas.shapes import (
    at,
    kinds,
    members,
    plain_name,
    plain_text,
    put,
    remove,
)
from trunkline.emulator.schemas.validation import Validators, escape
from trunkline.emulator.storage.clock import Clock
from trunkline.emulator.storage.records import Exists, Row, Scope
from trunkline.emulator.storage.store import Store
from trunkline.ir import Action, Api, Json

_SEEDED = 3
_SAMPLES = 6
"""Tries at a made-up object that fits its schema with what the server owns."""
_LONG = 8
_TRIES = 200


class Objects:
    """The objects of one API's resources."""

    def __init__(
        self,
        api: Api,
        documents: Documents,
        validators: Validators,
        sampler: Sampler,
        store: Store,
        clock: Clock,
        errors: Errors,
        relations: Relations,
        *,
        seed: int,
        seams: tuple[Seam, ...],
    ) -> None:
        self._api = api
        self.documents = documents
        self._validators = validators
        self._sampler = sampler
        self.store = store
        self.clock = clock
        self._errors = errors
        self.relations = relations
        self.seed = seed
        self.seams = seams

    def scope(self, call: Call, plan: ResourcePlan) -> Scope:
        """Whose objects a call is about; `Refusal` when what they stand below is not there."""
        names = plan.resource.parent_parameters
        parents = tuple(plain_text(call.path.get(name)) for name in names) if names else ()
        scope = Scope(call.account.name, parents)
        for seam in self.seams:
            scope = seam.scope(call, scope)
        if names:
            self._require_parent(plan, scope)
        self.populate(plan, scope)
        return scope

    def _require_parent(self, plan: ResourcePlan, scope: Scope) -> None:
        parent = self.relations.parent_of(plan)
        if parent is None:
            return
        above = Scope(scope.account, scope.parents[:-1])
        self.populate(parent, above)
        if self.store.get(parent.table, above, scope.parents[-1]) is None:
            raise self.missing(scope.parents[-1])

    def populate(self, plan: ResourcePlan, scope: Scope) -> None:
        """Give a resource that no operation can create a few objects, once per scope."""
        operations = plan.resource.operations
        if Action.CREATE in operations:
            return
        single = plan.resource.id_parameter is None and Action.LIST not in operations
        if Action.REPLACE in operations and not single:
            return
        if not self.store.first_visit(plan.table, scope):
            return
        if single and self.store.get(plan.table, scope, "") is not None:
            return
        for _ in range(1 if single else _SEEDED):
            try:
                row = self.add(plan, scope, {}, single=single)
            except Exists:
                break  # the description allows fewer identifiers than that
            if not self._validators.fits(plan.schema, row.document, "response"):
                # Better nothing than an object that breaks its own schema.
                self.store.delete(plan.table, scope, row.id)

    def add(
        self,
        plan: ResourcePlan,
        scope: Scope,
        given: dict[str, Json],
        *,
        single: bool = False,
        id_: Json = None,
        exact: bool = False,
    ) -> Row:
        """Keep an object made from `given` and, for the rest, from the description. `exact`:
        members of `given` that the server owns are kept too."""
        number = self.store.next_number(plan.table)
        new = self._made(plan, scope, given, number, id_, ())
        for attempt in range(1, _SAMPLES):
            if self._validators.fits(plan.schema, new, "response"):
                break
            new = self._made(plan, scope, given, number, id_, (attempt,))
        if exact:
            new.update({n: v for n, v in given.items() if (n,) != plan.id_member})
        return self.store.insert(
            plan.table, scope, "" if single else self.id_of(plan, new, number), new
        )

    def _made(
        self,
        plan: ResourcePlan,
        scope: Scope,
        given: dict[str, Json],
        number: int,
        id_: Json,
        salt: tuple[int, ...],
    ) -> dict[str, Json]:
        try:
            rng = seeded(self.seed, plan.table.name, number, *salt)
            document = self._sampler.sample(plan.schema, rng)
        except NoValue:
            document = {}
        base = dict(document) if isinstance(document, dict) else {}
        if plan.id_member is not None and at(given, plan.id_member) is None:
            # A sampled identifier may be an example, the same for every object.
            remove(base, plan.id_member)
        return self.dress(plan, scope, {**base, **given}, number, id_=id_)

    def dress(
        self,
        plan: ResourcePlan,
        scope: Scope,
        document: dict[str, Json],
        number: int,
        *,
        id_: Json = None,
    ) -> dict[str, Json]:
        """The document with what the server owns, complete by the item's schema."""
        new = dict(document)
        plan.stamp(new, self.clock.now(), new=True)
        if plan.id_member is not None:
            if id_ is None:
                given = at(document, plan.id_member) if self._settable_id(plan) else None
                id_ = given if given is not None else self._unused(plan, scope, number)
            put(new, plan.id_member, id_)
        self.name_parents(plan, scope, new)
        complete = self.documents.complete(
            plan.schema, new, Later(self.seed, plan.table.name, number)
        )
        return complete if isinstance(complete, dict) else new

    def _unused(self, plan: ResourcePlan, scope: Scope, number: int) -> Json:
        """A new identifier. Long ones never meet; where the description only allows short ones,
        those in use are passed over."""
        made = plan.identifiers.make(number)
        for step in range(1, _TRIES):
            text = plain_text(made)
            if len(text) >= _LONG or self.store.get(plan.table, scope, text) is None:
                break
            made = plan.identifiers.make(number + step * 1_000_003)
        return made

    def _settable_id(self, plan: ResourcePlan) -> bool:
        return Action.CREATE in plan.resource.operations

    def name_parents(self, plan: ResourcePlan, scope: Scope, document: dict[str, Json]) -> None:
        """Members called like a parent's path parameter hold its value."""
        names = plan.resource.parent_parameters
        if not names:
            return
        known = {plain_name(p.name): p for p in members(self._api, plan.schema)}
        for name, value in zip(names, scope.parents, strict=True):
            prop = known.get(plain_name(name))
            if prop is None or (prop.name,) == plan.id_member:
                continue
            for typed in candidates(value, kinds(self._api, prop.schema)):
                if self._validators.fits(prop.schema, typed, "response"):
                    document[prop.name] = typed
                    break

    def id_of(self, plan: ResourcePlan, document: Json, number: int) -> str:
        """Under which id an object is kept."""
        if plan.id_member is None:
            return plain_text(plan.identifiers.make(number))
        return plain_text(at(document, plan.id_member))

    def missing(self, id_: str) -> Refusal:
        """What to raise when there is no such object."""
        return Refusal((404, 410), Fault(f"There is no such object: {id_[:200]}", "missing"))

    def find(self, call: Call, plan: ResourcePlan, scope: Scope) -> tuple[str, Row | None]:
        """The id that a call names, and the object if it is there."""
        name = plan.resource.id_parameter
        id_ = plain_text(call.path.get(name)) if name is not None else ""
        row = self.store.get(plan.table, scope, id_)
        for seam in self.seams:
            row = seam.found(call, scope, row)
        return id_, row

    def require(self, call: Call, plan: ResourcePlan, scope: Scope) -> Row:
        """The object that a call names; raises `Refusal`."""
        id_, row = self.find(call, plan, scope)
        if row is None:
            raise self.missing(id_)
        return row

    def check_unique(
        self, plan: ResourcePlan, scope: Scope, document: dict[str, Json], but: int | None
    ) -> None:
        """Raise `Refusal` when another object (number other than `but`) has a unique value."""
        for path in plan.resource.unique:
            value = at(document, path)
            if value is None:
                continue
            if self.store.taken(plan.table, scope.account, path, value, but):
                pointer = "".join(f"/{escape(name)}" for name in path)
                raise Refusal(
                    (409, *self._errors.validation),
                    Fault(f"{'.'.join(path)} is already in use", "unique", pointer=pointer),
                )
