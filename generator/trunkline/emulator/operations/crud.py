"""What operations do: create, retrieve, update, replace, delete and list objects, or answer from
the description where nothing can be kept."""

from __future__ import annotations

from collections.abc import Callable

from trunkline.emulator.decoding.scalars import candidates
from trunkline.emulator.hooks.hooks import Call
from trunkline.emulator.http.messages import Answer, Fault, Refusal
from trunkline.emulator.operations.errors import Errors
from trunkline.emulator.operations.listing import Listing
from trunkline.emulator.operations.objects import Objects
from trunkline.emulator.operations.responses import Answers
from trunkline.emulator.resources.projection import Documents, Later, merge
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.schemas.shapes import kinds, member, remove
from trunkline.emulator.schemas.validation import escape
from trunkline.emulator.storage.records import Exists, Row, Scope
from trunkline.ir import ABSENT, Action, Api, Json


class Actions:
    """Carries out calls whose parameters and body are known to be valid."""

    def __init__(self, api: Api, objects: Objects, answers: Answers, errors: Errors) -> None:
        self._api = api
        self._objects = objects
        self._answers = answers
        self._errors = errors
        self._listing = Listing(api, objects, answers, errors)
        self._handlers: dict[Action, Callable[[Call, ResourcePlan], Answer]] = {
            Action.LIST: self._listing.answer,
            Action.CREATE: self._create,
            Action.RETRIEVE: self._retrieve,
            Action.UPDATE: self._update,
            Action.REPLACE: self._replace,
            Action.DELETE: self._delete,
        }
        self.described = answers.described
        self.add = objects.add
        self.dress = objects.dress
        self.id_of = objects.id_of

    @property
    def documents(self) -> Documents:
        """Documents of this API."""
        return self._objects.documents

    def carry_out(self, call: Call) -> Answer:
        """Do what the operation does; raises `Refusal`."""
        resource = call.plan.resource
        if resource is None or call.plan.action is Action.OTHER:
            return self._answers.described(call.plan, call)
        return self._handlers[call.plan.action](call, resource)

    def _retrieve(self, call: Call, plan: ResourcePlan) -> Answer:
        return self._answers.show(
            call, self._objects.require(call, plan, self._objects.scope(call, plan))
        )

    def _create(self, call: Call, plan: ResourcePlan) -> Answer:
        scope = self._objects.scope(call, plan)
        document = self._from_body(call, defaults=True)
        row = self._keep_new(call, plan, scope, document)
        return self._answers.show(call, row, self._answers.location(call, plan, row))

    def _keep_new(
        self,
        call: Call,
        plan: ResourcePlan,
        scope: Scope,
        document: dict[str, Json],
        id_: Json = None,
    ) -> Row:
        number = self._objects.store.next_number(plan.table)
        for path in plan.owned:
            if path != plan.id_member:
                remove(document, path)
        new = self._objects.dress(plan, scope, document, number, id_=id_)
        for seam in self._objects.seams:
            new = seam.creating(call, new)
        if not call.lax:
            self._objects.check_unique(plan, scope, new, None)
        key = self._objects.id_of(plan, new, number)
        try:
            row = self._objects.store.insert(plan.table, scope, key, new)
        except Exists:
            pointer = "".join(f"/{escape(name)}" for name in plan.id_member or ())
            raise Refusal(
                (409, *self._errors.validation),
                Fault("An object with this id exists", "unique", pointer=pointer),
            ) from None
        for seam in self._objects.seams:
            row = seam.created(call, scope, row)
        return row

    def _from_body(self, call: Call, *, defaults: bool) -> dict[str, Json]:
        body = {} if call.body is ABSENT else call.body
        schema = call.plan.request_schema
        if schema is not None:
            body = self.documents.accepted(schema, body)
            if defaults:
                body = self.documents.with_defaults(schema, body)
        return dict(body) if isinstance(body, dict) else {}

    def _update(self, call: Call, plan: ResourcePlan) -> Answer:
        scope = self._objects.scope(call, plan)
        row = self._objects.require(call, plan, scope)
        change = self._from_body(call, defaults=False)
        return self._keep_changed(call, plan, scope, row, merge(row.document, change))

    def _replace(self, call: Call, plan: ResourcePlan) -> Answer:
        scope = self._objects.scope(call, plan)
        id_, row = self._objects.find(call, plan, scope)
        document = self._from_body(call, defaults=True)
        if row is None:
            if call.plan.status != 201 and Action.CREATE in plan.resource.operations:
                raise self._objects.missing(id_)
            schema = member(self._api, plan.schema, plan.id_member) if plan.id_member else None
            typed = candidates(id_, kinds(self._api, schema)) if schema is not None else [id_]
            row = self._keep_new(call, plan, scope, document, id_=typed[0])
            return self._answers.show(call, row, self._answers.location(call, plan, row))
        old = row.document
        new: dict[str, Json] = {
            name: value for name, value in document.items() if (name,) not in plan.owned
        }
        plan.keep_owned(old, new)
        return self._keep_changed(call, plan, scope, row, new)

    def _keep_changed(
        self, call: Call, plan: ResourcePlan, scope: Scope, row: Row, merged: Json
    ) -> Answer:
        old = row.document
        new = dict(merged) if isinstance(merged, dict) else old
        plan.keep_owned(old, new)
        self._objects.name_parents(plan, scope, new)
        plan.stamp(new, self._objects.clock.now(), new=False)
        complete = self.documents.complete(
            plan.schema, new, Later(self._objects.seed, plan.table.name, row.number)
        )
        new = complete if isinstance(complete, dict) else new
        for seam in self._objects.seams:
            new = seam.changing(call, old, new)
        self._objects.check_unique(plan, scope, new, row.number)
        after = self._objects.store.replace(plan.table, scope, row, new)
        for seam in self._objects.seams:
            after = seam.changed(call, scope, row, after)
        return self._answers.show(call, after)

    def _delete(self, call: Call, plan: ResourcePlan) -> Answer:
        scope = self._objects.scope(call, plan)
        row = self._objects.require(call, plan, scope)
        if all(seam.deleting(call, scope, row) for seam in self._objects.seams):
            with self._objects.store.transaction():
                self._objects.store.delete(plan.table, scope, row.id)
                below = Scope(scope.account, (*scope.parents, row.id))
                for child in self._objects.relations.known():
                    if self._objects.relations.parent_of(child) is plan:
                        self._objects.store.delete_below(child.table, below)
        return self._answers.show(call, row, deleted=True)
