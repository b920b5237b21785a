"""Objects as the server keeps them: made, completed with what the server owns, kept unique."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping, Sequence

from trunkline import pointer
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpError, ValidationError
from trunkline.emulator.http.routing import origin
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.projection import LazyRandom
from trunkline.emulator.resources.prototypes import Prototypes
from trunkline.emulator.resources.resource_plan import BETWEEN, ResourcePlan, seeded
from trunkline.emulator.schemas.names import plain_name, plain_text
from trunkline.emulator.schemas.sampling import NoValue
from trunkline.emulator.storage.query import Table
from trunkline.emulator.storage.records import AlreadyExists, Row, Scope
from trunkline.ir import ABSENT, Absent, Action, Enumeration, Json, Schema, Union
from trunkline.semantics.jsonvalue import Path, get, put, remove
from trunkline.semantics.parameters import as_json

_SEEDED = 3
_MOST = 50
"""Objects that a resource which nobody can add to begins with, and at most where the description
shows more."""
_SAMPLES = 6
"""Tries at a made-up object that fits its schema with what the server owns."""
_LONG = 8
_TRIES = 200

_DESCRIPTION = Table("\0description", ())
"""No resource is called so."""
_NOBODY = Scope("")


class StoredObjects:
    """The objects of one API's resources."""

    def __init__(self, services: Services) -> None:
        self._projection = services.projection
        self._schemas = services.schemas
        self._sampler = services.sampler
        self._store = services.store
        self._clock = services.clock
        self._errors = services.errors
        self._resources = services.resources
        self._seed = services.seed
        self._hooks = services.hooks
        self._prototypes = Prototypes(services.projection)
        self._outermost = {a.name: Scope(a.name) for a in services.accounts}
        self._base = services.base
        self._origin = origin(services.api)

    # Whose objects.

    def scope(self, call: Call, plan: ResourcePlan) -> Scope:
        """Whose objects a call is about; `HttpError` when what they stand below is not there."""
        parents: tuple[str, ...] = ()
        if plan.parents:
            parents = self.path_values(call, 0, plan.parents)
            scope = Scope(call.account.name, parents)
        else:
            name = call.account.name
            scope = self._outermost.get(name) or Scope(name)
        for hook in self._hooks:
            scope = hook.scope(call, scope)
        if parents:
            self.require_parent(plan, scope)
        self.populate(plan, scope)
        return scope

    @staticmethod
    def path_values(call: Call, start: int, count: int) -> tuple[str, ...]:
        """Path parameters by their places in the path: their names differ between operations."""
        path = call.path
        names = call.compiled.path_names
        if count == 1:
            return (plain_text(path.get(names[start])),)
        return tuple([plain_text(path.get(name)) for name in names[start : start + count]])

    def require_parent(self, plan: ResourcePlan, scope: Scope) -> None:
        """Raise `HttpError` when what the objects stand below is not there."""
        parent = self._resources.parent_of(plan)
        if parent is None:
            return
        above = Scope(scope.account, scope.parents[: parent.parents])
        parts = scope.parents[parent.parents :]
        if self.existing(parent, above, parts) is None:
            raise self.missing(parts[-1])

    def existing(self, plan: ResourcePlan, scope: Scope, parts: Sequence[str]) -> Row | None:
        """The object that path parameters name, made where it is only made by being asked for."""
        self.populate(plan, scope)
        row = self._store.get(plan.table, scope, plan.key(parts))
        if row is None and (plan.on_demand or self._is_shown(plan, parts)):
            row = self._on_demand(plan, scope, parts)
        return row

    def _is_shown(self, plan: ResourcePlan, parts: Sequence[str]) -> bool:
        """Whether the description shows such an object, of those that nobody makes."""
        if plan.can_be_made or not plan.listed:
            return False
        return any(self._parts_of(plan, example) == tuple(parts) for example in plan.examples)

    def _on_demand(self, plan: ResourcePlan, scope: Scope, parts: Sequence[str]) -> Row | None:
        if not self._first_asked(plan, scope, parts):
            return None  # it was there, and has been deleted
        return self.on_demand(plan, scope, parts)

    def _first_asked(self, plan: ResourcePlan, scope: Scope, parts: Sequence[str]) -> bool:
        asked = Scope(scope.account, (*scope.parents, *parts, "asked for"))
        return self._store.first_visit(plan.table, asked)

    def gone(self, plan: ResourcePlan, scope: Scope, row: Row) -> None:
        """An object is deleted: it does not come back by being asked for."""
        if plan.on_demand:
            self._first_asked(plan, scope, plan.key_parts(row.id))

    def on_demand(self, plan: ResourcePlan, scope: Scope, parts: Sequence[str]) -> Row | None:
        """Make the object that path parameters name, like an example that has its id where the
        description shows one; None where no object with it fits."""
        shown = [e for e in plan.examples if self._parts_of(plan, e) == tuple(parts)]
        given = copy.deepcopy(shown[0]) if shown else {}
        for path, value in self._named_by(plan, parts):
            put(given, path, value)
        id_ = get(given, plan.id_member) if plan.id_member is not None else None
        try:
            row = self.add(plan, scope, given, id_=id_, exact=True, key=plan.key(parts))
        except AlreadyExists:
            return None
        if not self._is_one(plan.schema, row.document):
            self._store.delete(plan.table, scope, row.id)
            return None
        return row

    def _is_one(self, schema: Schema, document: Json) -> bool:
        """Whether a document is what a schema describes; of alternatives that nothing tells apart
        any will do: there is no other."""
        if self._schemas.fits(schema, document, "response"):
            return True
        shape = self._schemas.resolve(schema).shape
        parts = shape.members if isinstance(shape, Union) else ()
        return any(self._schemas.fits(part, document, "response") for part in parts)

    def _named_by(self, plan: ResourcePlan, parts: Sequence[str]) -> list[tuple[Path, Json]]:
        """The members that path parameters stand for, with their values in the members' types."""
        found: list[tuple[Path, Json]] = []
        for path, text in zip(plan.keys, parts, strict=False):
            schema = self._schemas.descend(plan.schema, path) if path is not None else None
            if path is not None and schema is not None:
                options = as_json(text, self._schemas.types(schema))
                fits = [o for o in options if self._schemas.fits(schema, o, "response")]
                if not fits and path == plan.id_member:
                    continue  # asked for by a name that no member shows: it has an id of its own
                found.append((path, fits[0] if fits else options[0]))
        return found

    def populate(self, plan: ResourcePlan, scope: Scope) -> None:
        """Give a resource that no operation can create a few objects, once per scope."""
        listed = Action.LIST in plan.resource.operations
        if plan.can_be_made or plan.is_made_elsewhere or (plan.on_demand and not listed):
            return
        single = plan.is_single
        if not self._store.first_visit(plan.table, scope):
            return
        if single and self._store.get(plan.table, scope, "") is not None:
            return
        # A list that is shown says how many there are.
        wanted = 1 if single else 0 if plan.listed else _SEEDED
        for example in (plan.listed or plan.examples)[: 1 if single else _MOST]:
            wanted -= self._seeded(plan, scope, copy.deepcopy(example), single=single)
        for _ in range(wanted):
            if not self._seeded(plan, scope, {}, single=single):
                break  # where one cannot be made up, the next cannot either

    def _seeded(
        self, plan: ResourcePlan, scope: Scope, given: dict[str, Json], *, single: bool
    ) -> bool:
        id_ = get(given, plan.id_member) if plan.id_member is not None else None
        try:
            row = self.add(plan, scope, given, single=single, id_=id_, exact=True)
        except AlreadyExists:
            return False  # an example shown twice, or the description allows fewer identifiers
        if not self._is_one(plan.schema, row.document):
            # Better nothing than an object that breaks its own schema.
            self._store.delete(plan.table, scope, row.id)
            return False
        return True

    # Making objects.

    def add(
        self,
        plan: ResourcePlan,
        scope: Scope,
        given: dict[str, Json],
        *,
        single: bool = False,
        id_: Json = None,
        exact: bool = False,
        key: str | None = None,
    ) -> Row:
        """Keep an object made from `given` and, for the rest, from the description. `exact`:
        members of `given` that the server owns are kept too. `key`: the id to keep it under."""
        number = self._store.next_number(plan.table)
        new = self._made(plan, scope, given, number, id_, ())
        for attempt in range(1, _SAMPLES):
            if self._schemas.fits(plan.schema, new, "response"):
                break
            new = self._made(plan, scope, given, number, id_, (attempt,))
        if exact:
            new.update({n: v for n, v in given.items() if (n,) != plan.id_member})
        if single:
            key = ""
        return self._store.insert(
            plan.table, scope, self.id_of(plan, new, number) if key is None else key, new
        )

    def keep(self, plan: ResourcePlan, scope: Scope, document: dict[str, Json]) -> Row:
        """Keep a new object as a request would make it that sends `document`; raises
        `AlreadyExists`."""
        number = self._store.next_number(plan.table)
        whole = {**copy.deepcopy(plan.defaults), **document}
        new = self.complete(plan, scope, whole, number)
        return self._store.insert(plan.table, scope, self.id_of(plan, new, number), new)

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
            rng = seeded(self._seed, plan.table.name, number, *salt)
            document = self._sampler.sample(plan.schema, rng)
        except NoValue:
            document = {}
        base = dict(document) if isinstance(document, dict) else {}
        # Sampled identifiers may be examples, the same for every object.
        if plan.id_member is not None and get(given, plan.id_member) is None:
            remove(base, plan.id_member)
        for name in plan.further_ids:
            base.pop(name, None)
        for path in plan.not_yet:
            if get(base, path) is not None:
                put(base, path, None)
        defaults = {} if salt else copy.deepcopy(plan.defaults)  # unless nothing fits with them
        whole = {**base, **defaults, **given}
        if plan.progress is not None and get(given, plan.progress.path) is None:
            put(whole, plan.progress.path, plan.progress.done)  # nobody began it
            for path, _, done in plan.progress.beside:
                put(whole, path, done)
            for path in plan.progress.failures:
                remove(whole, path)
        return self.complete(plan, scope, whole, number, id_=id_)

    def complete(
        self,
        plan: ResourcePlan,
        scope: Scope,
        document: dict[str, Json],
        number: int,
        *,
        id_: Json = None,
        host: str | None = None,
    ) -> dict[str, Json]:
        """The document with what the server owns, complete by the item's schema. `host`: what the
        server is called by whoever makes the object."""
        new = dict(document)
        plan.stamp(new, self._clock.now(), new=True)
        for path, value in plan.initial.items():
            if get(new, path) is None:
                put(new, path, value)
        if plan.id_member is not None:
            if id_ is None:
                given = get(document, plan.id_member) if self._settable_id(plan) else None
                id_ = given if given is not None else self._unused(plan, scope, number)
            put(new, plan.id_member, id_)
        self.name_parents(plan, scope, new)
        if len(plan.keys) > 1:
            self._fill_keys(plan, new, number)
        if plan.addresses:
            self._tell_address(plan, scope, new, number, host)
        rng = LazyRandom(self._seed, plan.table.name, number)
        complete = self._projection.complete(plan.schema, new, rng)
        if not isinstance(complete, dict):
            return new
        for name, identifiers in plan.further_ids.items():
            if name in complete and name not in new:
                complete[name] = identifiers.make(number)
        for schema in plan.others:
            shown = self._projection.complete(schema, complete, rng)
            for name, value in shown.items() if isinstance(shown, dict) else ():
                mine = complete.get(name, ABSENT)
                more = _with_what_lacks(mine, value)
                if more != mine and self._schemas.fits(
                    plan.schema, {**complete, name: more}, "response"
                ):
                    complete = {**complete, name: more}
        self._narrow(plan, document, complete)
        return self.with_beyond(plan, new, complete)

    def copied(
        self, call: Call, plan: ResourcePlan, scope: Scope, number: int
    ) -> dict[str, Json] | None:
        """The object that `complete` makes of what a request sends, made from its prototype; None
        where there is none, or what comes of it does not fit."""
        size = len(call.request.body)
        prototype = self._prototypes.of(call.compiled, plan, call.body, size)
        if prototype is None or not isinstance(call.body, dict):
            return None
        rng = LazyRandom(self._seed, plan.table.name, number)
        new = self._prototypes.copied(prototype, call.body, self._clock.now(), number, rng)
        if new is None:
            return None
        if plan.id_member is not None and new.get(plan.id_member[0]) is None:
            usual = plan.identifiers.usual(number)
            if usual is None or len(usual) < _LONG:
                new[plan.id_member[0]] = self._unused(plan, scope, number)
            else:
                new[plan.id_member[0]] = usual
        if plan.addresses:
            self._tell_address(plan, scope, new, number, call.host)
        return new if self._schemas.fits(plan.schema, new, "response") else None

    def _narrow(
        self, plan: ResourcePlan, given: Mapping[str, Json], complete: dict[str, Json]
    ) -> None:
        """Change what was made up into what every response can show, in place."""
        for name, schemas in plan.narrower.items():
            if name in given or name not in complete or (name,) in plan.initial:
                continue
            for schema in schemas:
                shape = self._schemas.resolve(schema).shape
                for value in shape.values if isinstance(shape, Enumeration) else ():
                    attempt = {**complete, name: value}
                    fit = all(self._schemas.fits(s, value, "response") for s in schemas)
                    if fit and self._schemas.fits(plan.schema, attempt, "response"):
                        complete[name] = value
                        break

    def with_beyond(
        self, plan: ResourcePlan, given: Mapping[str, Json], complete: dict[str, Json]
    ) -> dict[str, Json]:
        """`complete` with what was given and other responses than the item's own can show."""
        more = {
            name: given[name]
            for name, schema in plan.beyond.items()
            if name in given
            and name not in complete
            and not self._schemas.write_only(schema)
            and self._schemas.fits(schema, given[name], "response")
        }
        return {**complete, **more} if more else complete

    def adapt_if_new(self, schemas: Mapping[str, Schema]) -> None:
        """`adapt`, unless the description has the same schemas as when it was last called."""
        digest = hashlib.sha256(repr(sorted(schemas.items())).encode()).hexdigest()
        known = self._store.get(_DESCRIPTION, _NOBODY, "schemas")
        if known is not None and known.document.get("digest") == digest:
            return
        self.adapt()
        if known is None:
            self._store.insert(_DESCRIPTION, _NOBODY, "schemas", {"digest": digest})
        else:
            self._store.replace(_DESCRIPTION, _NOBODY, known, {"digest": digest})

    def adapt(self) -> None:
        """Bring what is kept into the form that the description has now."""
        for resource in self._resources.all():
            if not self._store.holds(Table(".".join(resource.name), ())):
                continue
            plan = self._resources.plan(resource)
            if plan is None:
                continue

            def change(number: int, document: Json, plan: ResourcePlan = plan) -> Json:
                rng = LazyRandom(self._seed, plan.table.name, number)
                return self._projection.complete(plan.schema, document, rng)

            self._store.rewrite(plan.table, change)

    def _tell_address(
        self,
        plan: ResourcePlan,
        scope: Scope,
        document: dict[str, Json],
        number: int,
        host: str | None,
    ) -> None:
        """Write an object's own address where it tells it, in place."""
        parts = plan.key_parts(self.id_of(plan, document, number)) if plan.keys else ()
        path = plan.address(scope.parents, parts)
        for address in plan.addresses if path is not None else ():
            here = f"{self._base}{path}"
            whole = f"http://{host}{here}" if host is not None else f"{self._origin}{here}"
            put(document, address.path, whole if address.absolute else here)

    def _fill_keys(self, plan: ResourcePlan, document: dict[str, Json], number: int) -> None:
        """Members that address the object have a value that an address may hold."""
        rng = seeded(self._seed, plan.table.name, number)
        for path, asked in zip(plan.keys, plan.key_schemas, strict=True):
            schema = self._schemas.descend(plan.schema, path) if path is not None else None
            if path is None or schema is None:
                continue
            value = get(document, path)
            if value is None:
                value = self._sampler.nearest(schema, rng)
            if asked is not None and not self._schemas.fits(asked, value, "request"):
                other = self._sampler.nearest(asked, rng, "request")
                value = other if self._schemas.fits(schema, other, "response") else value
            put(document, path, value)

    def _unused(self, plan: ResourcePlan, scope: Scope, number: int) -> Json:
        """A new identifier. Long ones never meet; where the description only allows short ones,
        those in use are passed over."""
        made = plan.identifiers.make(number)
        for step in range(1, _TRIES):
            text = plain_text(made)
            if len(text) >= _LONG or self._store.get(plan.table, scope, text) is None:
                break
            made = plan.identifiers.make(number + step * 1_000_003)
        return made

    def _settable_id(self, plan: ResourcePlan) -> bool:
        return Action.CREATE in plan.resource.operations

    def name_parents(self, plan: ResourcePlan, scope: Scope, document: dict[str, Json]) -> None:
        """Members called like a parent's path parameter hold its value."""
        if not plan.parents:
            return
        known = {
            plain_name(prop.name): prop
            for prop in self._schemas.properties(plan.schema)
            if (prop.name,) != plan.id_member
        }
        for names, value in zip(plan.parent_names, scope.parents, strict=False):
            prop = next((known[name] for name in names if name in known), None)
            if prop is None:
                continue
            for typed in as_json(value, self._schemas.types(prop.schema)):
                if self._schemas.fits(prop.schema, typed, "response"):
                    document[prop.name] = typed
                    break

    # Finding objects.

    def id_of(self, plan: ResourcePlan, document: Json, number: int) -> str:
        """Under which id an object is kept."""
        parts = self._parts_of(plan, document)
        if parts is None:
            return plain_text(plan.identifiers.make(number))
        return plan.key(parts)

    @staticmethod
    def _parts_of(plan: ResourcePlan, document: Json) -> tuple[str, ...] | None:
        """The path parameters of an object, None where its members do not tell."""
        if len(plan.keys) > 1:
            return tuple(plain_text(get(document, path)) if path else "" for path in plan.keys)
        if plan.id_member is None:
            return None
        return (plain_text(get(document, plan.id_member)),)

    def missing(self, id_: str) -> HttpError:
        """What to raise when there is no such object."""
        told = ", ".join(id_.split(BETWEEN))[:200]
        return HttpError((404, 410), ValidationError(f"There is no such object: {told}", "missing"))

    def find(self, call: Call, plan: ResourcePlan, scope: Scope) -> tuple[str, Row | None]:
        """The id that a call names, and the object if it is there."""
        parts = self.path_values(call, plan.parents, len(plan.keys))
        id_ = plan.key(parts) if parts else ""
        row = self._store.get(plan.table, scope, id_)
        if row is None and parts and (plan.on_demand or self._is_shown(plan, parts)):
            row = self._on_demand(plan, scope, parts)
        for hook in self._hooks:
            row = hook.found(call, scope, row)
        return id_, row

    def require(self, call: Call, plan: ResourcePlan, scope: Scope) -> Row:
        """The object that a call names; raises `HttpError`."""
        id_, row = self.find(call, plan, scope)
        if row is None:
            raise self.missing(id_)
        return row

    def keyed(self, call: Call, plan: ResourcePlan, document: dict[str, Json]) -> Json:
        """Put what the path says into a new document; returns its id."""
        parts = self.path_values(call, plan.parents, len(plan.keys))
        id_: Json = parts[-1] if parts else None
        for path, value in self._named_by(plan, parts):
            put(document, path, value)
            if path == plan.id_member:
                id_ = value
        return id_

    def check_unique(
        self, plan: ResourcePlan, scope: Scope, document: dict[str, Json], but: int | None
    ) -> None:
        """Raise `HttpError` when another object (number other than `but`) has a unique value."""
        for path in plan.resource.unique:
            value = get(document, path)
            if value is None:
                continue
            if self._store.taken(plan.table, scope.account, path, value, but):
                raise HttpError(
                    (409, *self._errors.validation),
                    ValidationError(
                        f"{'.'.join(path)} is already in use",
                        "unique",
                        pointer=pointer.join(path),
                    ),
                )


def _with_what_lacks(mine: Json | Absent, shown: Json) -> Json:
    """A value with what another response needs of it beside, nothing of its own given up."""
    if isinstance(mine, Absent):
        return shown
    if isinstance(mine, dict) and isinstance(shown, dict):
        return mine | {n: _with_what_lacks(mine.get(n, ABSENT), v) for n, v in shown.items()}
    if isinstance(mine, list) and isinstance(shown, list) and len(mine) == len(shown):
        return [_with_what_lacks(one, other) for one, other in zip(mine, shown, strict=True)]
    return mine
