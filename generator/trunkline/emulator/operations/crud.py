"""What operations do: create, retrieve, update, replace, delete and list objects, or answer from
the description where nothing can be kept."""

from __future__ import annotations

from collections.abc import Callable

from trunkline import pointer
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpError, HttpResponse, ValidationError
from trunkline.emulator.operations.listing import Listing
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.responses import Responses
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.projection import LazyRandom, merge
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.storage.records import AlreadyExists, Row, Scope
from trunkline.ir import ABSENT, Action, Json
from trunkline.semantics.jsonvalue import remove
from trunkline.semantics.parameters import as_json


class Operations:
    """Carries out calls whose parameters and body are known to be valid."""

    def __init__(self, services: Services) -> None:
        self._schemas = services.schemas
        self._errors = services.errors
        self._projection = services.projection
        self._hooks = services.hooks
        self._store = services.store
        self._clock = services.clock
        self._seed = services.seed
        self._resources = services.resources
        self.objects = StoredObjects(services)
        self.responses = Responses(services)
        self._listing = Listing(services, self.objects, self.responses)
        self._handlers: dict[Action, Callable[[Call, ResourcePlan], HttpResponse]] = {
            Action.LIST: self._listing.response,
            Action.CREATE: self._create,
            Action.RETRIEVE: self._retrieve,
            Action.UPDATE: self._update,
            Action.REPLACE: self._replace,
            Action.DELETE: self._delete,
        }

    def carry_out(self, call: Call) -> HttpResponse:
        """Do what the operation does; raises `HttpError`."""
        resource = call.compiled.resource
        if resource is None or call.compiled.action is Action.OTHER:
            return self.responses.described(call.compiled, call)
        return self._handlers[call.compiled.action](call, resource)

    def _retrieve(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        return self.responses.show(
            call, self.objects.require(call, plan, self.objects.scope(call, plan))
        )

    def _create(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        scope = self.objects.scope(call, plan)
        document = self._from_body(call, defaults=True)
        row = self._keep_new(call, plan, scope, document)
        return self.responses.show(call, row, self.responses.location(call, plan, row))

    def _keep_new(
        self,
        call: Call,
        plan: ResourcePlan,
        scope: Scope,
        document: dict[str, Json],
        id_: Json = None,
    ) -> Row:
        number = self._store.next_number(plan.table)
        for path in plan.owned:
            if path != plan.id_member:
                remove(document, path)
        new = self.objects.complete(plan, scope, document, number, id_=id_)
        for hook in self._hooks:
            new = hook.creating(call, new)
        if not call.lax:
            self.objects.check_unique(plan, scope, new, None)
        key = self.objects.id_of(plan, new, number)
        try:
            row = self._store.insert(plan.table, scope, key, new)
        except AlreadyExists:
            place = pointer.join(plan.id_member or ())
            raise HttpError(
                (409, *self._errors.validation),
                ValidationError("An object with this id exists", "unique", pointer=place),
            ) from None
        for hook in self._hooks:
            row = hook.created(call, scope, row)
        return row

    def _from_body(self, call: Call, *, defaults: bool) -> dict[str, Json]:
        body = {} if call.body is ABSENT else call.body
        schema = call.compiled.request_schema
        if schema is not None:
            body = self._projection.accepted(schema, body)
            if defaults:
                body = self._projection.with_defaults(schema, body)
        return dict(body) if isinstance(body, dict) else {}

    def _update(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        scope = self.objects.scope(call, plan)
        row = self.objects.require(call, plan, scope)
        change = self._from_body(call, defaults=False)
        return self._keep_changed(call, plan, scope, row, merge(row.document, change))

    def _replace(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        scope = self.objects.scope(call, plan)
        id_, row = self.objects.find(call, plan, scope)
        document = self._from_body(call, defaults=True)
        if row is None:
            if call.compiled.status != 201 and Action.CREATE in plan.resource.operations:
                raise self.objects.missing(id_)
            schema = self._schemas.descend(plan.schema, plan.id_member) if plan.id_member else None
            typed = as_json(id_, self._schemas.types(schema)) if schema is not None else [id_]
            row = self._keep_new(call, plan, scope, document, id_=typed[0])
            return self.responses.show(call, row, self.responses.location(call, plan, row))
        old = row.document
        new: dict[str, Json] = {
            name: value for name, value in document.items() if (name,) not in plan.owned
        }
        plan.keep_owned(old, new)
        return self._keep_changed(call, plan, scope, row, new)

    def _keep_changed(
        self, call: Call, plan: ResourcePlan, scope: Scope, row: Row, merged: Json
    ) -> HttpResponse:
        old = row.document
        new = dict(merged) if isinstance(merged, dict) else old
        plan.keep_owned(old, new)
        self.objects.name_parents(plan, scope, new)
        plan.stamp(new, self._clock.now(), new=False)
        complete = self._projection.complete(
            plan.schema, new, LazyRandom(self._seed, plan.table.name, row.number)
        )
        new = complete if isinstance(complete, dict) else new
        for hook in self._hooks:
            new = hook.changing(call, old, new)
        self.objects.check_unique(plan, scope, new, row.number)
        after = self._store.replace(plan.table, scope, row, new)
        for hook in self._hooks:
            after = hook.changed(call, scope, row, after)
        return self.responses.show(call, after)

    def _delete(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        scope = self.objects.scope(call, plan)
        row = self.objects.require(call, plan, scope)
        if all(hook.deleting(call, scope, row) for hook in self._hooks):
            with self._store.transaction():
                self._store.delete(plan.table, scope, row.id)
                below = Scope(scope.account, (*scope.parents, row.id))
                for child in self._resources.known():
                    if self._resources.parent_of(child) is plan:
                        self._store.delete_below(child.table, below)
        return self.responses.show(call, row, deleted=True)
