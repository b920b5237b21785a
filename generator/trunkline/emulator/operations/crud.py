"""What operations do: create, retrieve, update, replace, delete and list objects, act on them, or
respond from the description where nothing can be kept."""

from __future__ import annotations

import copy
from collections.abc import Callable

from trunkline import pointer
from trunkline.emulator.decoding.bodies import UploadedFile
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpError, HttpResponse, RawHeaders, ValidationError
from trunkline.emulator.operations import json_patch
from trunkline.emulator.operations.actions import Actions
from trunkline.emulator.operations.contents import Contents
from trunkline.emulator.operations.jobs import Jobs
from trunkline.emulator.operations.listing import Listing
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.preconditions import check_change, not_modified
from trunkline.emulator.operations.responses import Responses
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.compiled import Outcome
from trunkline.emulator.resources.projection import LazyRandom, merge
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.schemas.names import plain_text
from trunkline.emulator.storage.records import AlreadyExists, Row, Scope
from trunkline.ir import ABSENT, Absent, Action, Json, ObjectKey, ObjectKeyLocation
from trunkline.semantics import jsonvalue, responses
from trunkline.semantics.jsonvalue import remove

_MERGE_PATCH = "application/merge-patch+json"


class Operations:
    """Carries out calls whose parameters and body are known to be valid."""

    def __init__(self, services: Services) -> None:
        self._errors = services.errors
        self._projection = services.projection
        self._schemas = services.schemas
        self._hooks = services.hooks
        self._store = services.store
        self._clock = services.clock
        self._seed = services.seed
        self._resources = services.resources
        self.objects = StoredObjects(services)
        self.responses = Responses(services)
        self.jobs = Jobs(services)
        self._contents = Contents(services)
        self._listing = Listing(services, self.objects, self.responses)
        self._actions = Actions(
            services, self.objects, self.responses, self._contents, self._listing
        )
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
        if call.compiled.unfillable:
            why = "Nothing fits the response that the description asks for"
            raise HttpError((500, 501, 503), ValidationError(why, "unfillable"))
        resource = call.compiled.resource
        if resource is None or call.compiled.action is Action.OTHER:
            return self._actions.carry_out(call)
        if call.operation.key is not None:
            _name(call, call.operation.key)
        return self._handlers[call.compiled.action](call, resource)

    def _retrieve(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        row = self.objects.require(call, plan, self.objects.scope(call, plan))
        return not_modified(call, row) or self.responses.show(call, row)

    def _create(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        scope = self.objects.scope(call, plan)
        if not self._hooks and not call.files:
            number = self._store.next_number(plan.table)
            new = self.objects.copied(call, plan, scope, number)
            if new is not None:
                return self._created(
                    call, plan, scope, self._insert(call, plan, scope, new, number)
                )
        document = self._from_body(call, defaults=True)
        if call.compiled.several or call.compiled.one_each:
            return self._create_several(call, plan, scope, document)
        for file in call.files.values():
            self._contents.describe(plan, document, file)
        named = self._named(call, plan)
        if named is not None and not self._says_taken(call):
            known = self._store.get(plan.table, scope, plain_text(named))
            if known is not None:  # what is there already is added again
                return self._created(call, plan, scope, known)
        row = self._keep_new(call, plan, scope, document, id_=named)
        if call.files:
            self._contents.put(plan, scope, row, "", _main(call))
        return self._created(call, plan, scope, row)

    def _create_several(
        self, call: Call, plan: ResourcePlan, scope: Scope, first: dict[str, Json]
    ) -> HttpResponse:
        """Make all objects that a request lists, or none; `first` is as the only one would be."""
        with self._store.transaction():
            rows = [
                self._keep_new(call, plan, scope, one) for one in self._listed(call, plan, first)
            ]
        if len(rows) == 1:
            return self._created(call, plan, scope, rows[0])
        return self.responses.show_made(call, rows, call.compiled.creation)

    def _listed(
        self, call: Call, plan: ResourcePlan, first: dict[str, Json]
    ) -> list[dict[str, Json]]:
        """The objects that the body of a request lists."""
        mapping = call.compiled.mapping
        body = None if isinstance(call.body, Absent) else call.body
        if call.compiled.one_each is not None:
            listed, member = call.compiled.one_each
            values = body.get(listed) if isinstance(body, dict) else None
            rest = {name: value for name, value in first.items() if name != listed}
            each = [{**rest, member: v} for v in values] if isinstance(values, list) else []
            return each or [first]
        assert mapping is not None  # without, nothing would be known of several
        inner = jsonvalue.get(body, mapping.wrapper)
        given = [one for one in inner if isinstance(one, dict)] if isinstance(inner, list) else []
        others = [{**copy.deepcopy(plan.defaults), **mapping.each(one)} for one in given[1:]]
        return [first, *others]

    def _named(self, call: Call, plan: ResourcePlan) -> Json:
        """The id that the request gives a new object, by the name that paths give it."""
        if plan.id_sent_as is None or plan.id_member is None or not isinstance(call.body, dict):
            return None
        id_ = call.body.get(plan.id_sent_as)
        shown = self._schemas.descend(plan.schema, plan.id_member)
        fits = shown is not None and self._schemas.fits(shown, id_, "response")
        return id_ if fits else None

    def _says_taken(self, call: Call) -> bool:
        """Whether some refusal of what is there already is described."""
        statuses = (409, *self._errors.validation)
        return any(responses.for_status(call.operation, s) is not None for s in statuses)

    def _created(self, call: Call, plan: ResourcePlan, scope: Scope, row: Row) -> HttpResponse:
        outcome = call.compiled.creation
        headers: RawHeaders = []
        if outcome.status == 201 or outcome.is_located:
            headers = self.responses.location(call, plan, scope, row)
        shown = self.responses.show(call, row, headers, outcome=outcome, just_set=plan.masked)
        return self.responses.addressed(call, shown, plan, scope, row)

    def _keep_new(
        self,
        call: Call,
        plan: ResourcePlan,
        scope: Scope,
        document: dict[str, Json],
        id_: Json = None,
        key: str | None = None,
    ) -> Row:
        number = self._store.next_number(plan.table)
        for path in plan.owned:
            if path != plan.id_member:
                remove(document, path)
        new = self.objects.complete(plan, scope, document, number, id_=id_, host=call.host)
        for hook in self._hooks:
            new = hook.creating(call, new)
        return self._insert(call, plan, scope, new, number, key)

    def _insert(
        self,
        call: Call,
        plan: ResourcePlan,
        scope: Scope,
        new: dict[str, Json],
        number: int,
        key: str | None = None,
    ) -> Row:
        """Keep a new object that is complete; raises `HttpError` where there is one like it."""
        if not call.lax:
            self.objects.check_unique(plan, scope, new, None)
        if key is None:
            key = self.objects.id_of(plan, new, number)
        try:
            row = self._store.insert(plan.table, scope, key, new)
        except AlreadyExists:
            if plan.resource.item_path is not None:
                place = pointer.join(plan.id_member or ())
                raise HttpError(
                    (409, *self._errors.validation),
                    ValidationError("An object with this id exists", "unique", pointer=place),
                ) from None
            # Nothing is addressed by it: it is a name that several may have.
            row = self._store.insert(plan.table, scope, f"{key}#{number}", new)
        self.jobs.begin(plan, scope, row)
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
        if isinstance(body, list) and call.compiled.several:
            body = next((one for one in body if isinstance(one, dict)), {})
        if not isinstance(body, dict):
            return {}
        for name in call.files:
            body = {k: v for k, v in body.items() if k != name}
        mapping = call.compiled.mapping
        return mapping.applied(body) if mapping is not None else dict(body)

    def _update(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        scope = self.objects.scope(call, plan)
        row = self.objects.require(call, plan, scope)
        check_change(call, row)
        return self._keep_changed(call, plan, scope, row, self._merged(call, row))

    def _merged(self, call: Call, row: Row) -> Json:
        """The object as an update wants it, by the media type of the change."""
        if call.media_type == json_patch.MEDIA_TYPE:
            return self._patched(call, row.document)
        change = self._from_body(call, defaults=False)
        if call.media_type == _MERGE_PATCH:
            return jsonvalue.merge(row.document, change)
        return merge(row.document, change)

    def _patched(self, call: Call, document: dict[str, Json]) -> Json:
        payload = call.operation.payload
        patch = None if isinstance(call.body, Absent) else call.body
        shown: Json = document
        for name in reversed(payload):
            shown = {name: shown}
        try:
            try:
                return json_patch.apply(document, patch)
            except json_patch.PatchError:
                # Or its paths go through what stands around the object in responses.
                if not payload:
                    raise
                return jsonvalue.get(json_patch.apply(shown, patch), payload)
        except json_patch.PatchError as error:
            problem = ValidationError(f"The patch cannot be applied: {error}", "patch")
            raise HttpError((409, *self._errors.validation), problem) from None

    def _replace(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        scope = self.objects.scope(call, plan)
        id_, row = self.objects.find(call, plan, scope)
        check_change(call, row)
        document = self._from_body(call, defaults=True)
        if row is None:
            if Action.CREATE in plan.resource.operations and 201 not in call.compiled.outcomes:
                raise self.objects.missing(id_)
            named = self.objects.keyed(call, plan, document)
            row = self._keep_new(call, plan, scope, document, id_=named, key=id_)
            return self._created(call, plan, scope, row)
        old = row.document
        new: dict[str, Json] = {
            name: value for name, value in document.items() if (name,) not in plan.owned
        }
        plan.keep_owned(old, new)
        return self._keep_changed(call, plan, scope, row, new)

    def _keep_changed(
        self, call: Call, plan: ResourcePlan, scope: Scope, row: Row, merged: Json
    ) -> HttpResponse:
        after = self._changed(call, plan, scope, row, merged)
        old = row.document if plan.masked else {}
        just_set = [name for name in plan.masked if old.get(name) != after.document.get(name)]
        return self.responses.show(call, after, outcome=_of_change(call), just_set=just_set)

    def _changed(self, call: Call, plan: ResourcePlan, scope: Scope, row: Row, merged: Json) -> Row:
        old = row.document
        new = dict(merged) if isinstance(merged, dict) else old
        plan.keep_owned(old, new)
        self.objects.name_parents(plan, scope, new)
        plan.stamp(new, self._clock.now(), new=False)
        complete = self._projection.complete(
            plan.schema, new, LazyRandom(self._seed, plan.table.name, row.number)
        )
        if isinstance(complete, dict):
            new = self.objects.with_beyond(plan, new, complete)
        for hook in self._hooks:
            new = hook.changing(call, old, new)
        self.objects.check_unique(plan, scope, new, row.number)
        after = self._store.replace(plan.table, scope, row, new)
        for hook in self._hooks:
            after = hook.changed(call, scope, row, after)
        return after

    def _delete(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        scope = self.objects.scope(call, plan)
        row = self.objects.require(call, plan, scope)
        check_change(call, row)
        if all(hook.deleting(call, scope, row) for hook in self._hooks):
            self._actions.forget(plan, scope, row)
        return self.responses.show(call, row, deleted=True)


def _name(call: Call, key: ObjectKey) -> None:
    """Put what names the object where other paths have it."""
    if key.location is ObjectKeyLocation.QUERY:
        call.path[key.name] = call.query.get(key.name)
    elif isinstance(call.body, dict):
        call.path[key.name] = call.body.get(key.name)
        call.body = {name: value for name, value in call.body.items() if name != key.name}


def _main(call: Call) -> UploadedFile:
    """The file that a body is about: the first."""
    return next(iter(call.files.values()))


def _of_change(call: Call) -> Outcome:
    """The success of a change of what was there already: not that of a creation."""
    usual = call.compiled.usual
    return usual if usual.status != 201 else call.compiled.outcome(200, 202, 204)
