"""Operations that are none of a resource's own: they act on the object that their path names, list
objects of a resource found elsewhere, hold files, or can only be responded to as described."""

from __future__ import annotations

from trunkline.emulator.decoding.bodies import UploadedFile
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpResponse
from trunkline.emulator.operations.contents import Contents, download
from trunkline.emulator.operations.listing import Listing
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.responses import Responses
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.compiled import Outcome, Representation
from trunkline.emulator.resources.projection import LazyRandom, merge
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.schemas.names import plain_name
from trunkline.emulator.storage.query import Query, Table
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Enumeration, Json
from trunkline.semantics.media import MediaKind, kind

_FILES = Table("\0files", ())
"""Files under addresses that belong to no object. No resource is called so."""
_STATES = ("status", "state")
_SHOWN = 100


class Actions:
    """Carries out such operations."""

    def __init__(
        self,
        services: Services,
        objects: StoredObjects,
        responses: Responses,
        contents: Contents,
        listing: Listing,
    ) -> None:
        self._schemas = services.schemas
        self._projection = services.projection
        self._store = services.store
        self._clock = services.clock
        self._seed = services.seed
        self._resources = services.resources
        self._objects = objects
        self._responses = responses
        self._contents = contents
        self._listing = listing

    def carry_out(self, call: Call) -> HttpResponse:
        """Do what the operation does, as far as the description tells; raises `HttpError`."""
        subject = call.compiled.subject
        if subject is None:
            return self._without_object(call)
        parents = self._objects.path_values(call, 0, subject.parents)
        parts = self._objects.path_values(call, subject.parents, len(subject.keys))
        scope = Scope(call.account.name, parents)
        self._objects.require_parent(subject, scope)
        row = self._objects.existing(subject, scope, parts)
        if row is None and call.operation.method == "put" and call.operation.path.endswith("}"):
            row = self._objects.on_demand(subject, scope, parts)
        if row is None:
            raise self._objects.missing(parts[-1])
        return self._on(call, subject, scope, row)

    def _on(self, call: Call, plan: ResourcePlan, scope: Scope, row: Row) -> HttpResponse:
        outcome = call.compiled.usual
        name = call.operation.path.rpartition("}")[2].strip("/")
        method = call.operation.method
        shown = self._responses.chosen(call, outcome)
        if call.files and method != "get":
            return self._upload(call, plan, scope, row, name)
        if method in ("get", "head"):
            file = self._contents.get(plan, scope, row, name) if _is_file(shown) else None
            if file is not None and shown is not None:
                media_type = shown.content.media_type.encode("ascii", "replace")
                return download(call, file, media_type, outcome.status)
        elif self._shows(shown, plan):
            row = self._advanced(call, plan, scope, row)
        if self._shows(shown, plan):
            return self._responses.show(call, row, outcome=outcome)
        return self._responses.described(call, about=row.document)

    def _upload(
        self, call: Call, plan: ResourcePlan, scope: Scope, row: Row, name: str
    ) -> HttpResponse:
        file = next(iter(call.files.values()))
        document = row.document
        with self._store.transaction():
            self._contents.put(plan, scope, row, name, file)
            self._contents.describe(plan, document, file)
            if document != row.document:
                row = self._store.replace(plan.table, scope, row, document)
        if self._shows(self._responses.chosen(call, call.compiled.usual), plan):
            return self._responses.show(call, row)
        return self._responses.described(call, about=row.document)

    def _shows(self, shown: Representation | None, plan: ResourcePlan) -> bool:
        """Whether a response is about the object itself."""
        if shown is None or shown.item is None:
            return False
        if self._schemas.resolve(shown.item) is self._schemas.resolve(plan.schema):
            return True
        mine = self._schemas.members(plan.schema)
        theirs = self._schemas.members(shown.item)
        if plan.id_member is None or plan.id_member[-1] not in theirs or not theirs:
            return False
        return len(theirs.keys() & mine.keys()) >= 0.7 * len(theirs)

    def _advanced(self, call: Call, plan: ResourcePlan, scope: Scope, row: Row) -> Row:
        """The object after the action: with what the body sets, and in the state that the action
        is named after (`cancel`, `cancelled`)."""
        change: dict[str, Json] = {}
        mapping = call.compiled.mapping
        if isinstance(call.body, dict) and mapping is not None:
            known = self._schemas.members(plan.schema)
            given = mapping.applied(call.body)
            change = {
                name: value
                for name, value in given.items()
                if name in known
                and (name,) not in plan.owned
                and self._schemas.fits(known[name].schema, value, "response")
            }
        change.update(self._state(call, plan))
        if not change:
            return row
        merged = merge(row.document, change)
        assert isinstance(merged, dict)
        plan.stamp(merged, self._clock.now(), new=False)
        rng = LazyRandom(self._seed, plan.table.name, row.number)
        complete = self._projection.complete(plan.schema, merged, rng)
        if isinstance(complete, dict) and isinstance(merged, dict):
            complete = self._objects.with_beyond(plan, merged, complete)
        return self._store.replace(plan.table, scope, row, complete)

    def _state(self, call: Call, plan: ResourcePlan) -> dict[str, Json]:
        verb = plain_name(call.operation.path.rpartition("/")[2])
        if "{" in verb or len(verb) < 4:
            return {}
        for name, member in self._schemas.members(plan.schema).items():
            shape = self._schemas.resolve(member.schema).shape
            if plain_name(name) in _STATES and isinstance(shape, Enumeration):
                for value in shape.values:
                    if isinstance(value, str) and _is_after(verb, plain_name(value)):
                        return {name: value}
        return {}

    def forget(self, plan: ResourcePlan, scope: Scope, row: Row) -> None:
        """Delete an object with its files and everything below it."""
        with self._store.transaction():
            self._store.delete(plan.table, scope, row.id)
            self._contents.forget(plan, scope, row)
            self._objects.gone(plan, scope, row)
            below = Scope(scope.account, (*scope.parents, *plan.key_parts(row.id)))
            for child in self._resources.known():
                if self._resources.parent_of(child) is plan:
                    self._store.delete_below(child.table, below)

    # Without an object in the path.

    def _without_object(self, call: Call) -> HttpResponse:
        outcome = call.compiled.usual
        if call.operation.method == "delete":
            plan = self._resources.collection_at(call.operation.path)
            if plan is not None:
                return self._clear(call, plan)
        file = self._file(call, outcome)
        if file is not None:
            return file
        found = self._listed_elsewhere(call, outcome)
        if found is not None:
            plan, scope = found
            rows, total = self._store.page(plan.table, scope, Query(limit=_SHOWN))
            return self._listing.shown(call, rows, total)
        return self._responses.described(call)

    def _clear(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        parents = self._objects.path_values(call, 0, plan.parents)
        scope = Scope(call.account.name, parents)
        self._objects.require_parent(plan, scope)
        rows, _ = self._store.page(plan.table, scope, Query())
        for row in rows:
            self.forget(plan, scope, row)
        return self._responses.described(call)

    def _file(self, call: Call, outcome: Outcome) -> HttpResponse | None:
        """Files put under an address of their own."""
        if not self._resources.is_file(call.operation.path):
            return None
        scope = Scope(call.account.name)
        id_ = call.request.raw_path.decode("latin-1")
        row = self._store.get(_FILES, scope, id_)
        if call.operation.method == "put" and "" in call.files:
            data = call.files[""].data
            document: dict[str, Json] = {"data": data.decode("latin-1")}
            if row is None:
                self._store.insert(_FILES, scope, id_, document)
            else:
                self._store.replace(_FILES, scope, row, document)
            wanted = (201,) if row is None else (200, 204)
            return self._responses.described(call, outcome=call.compiled.outcome(*wanted))
        if row is None:
            raise self._objects.missing(id_)
        if call.operation.method == "delete":
            self._store.delete(_FILES, scope, id_)
            return self._responses.described(call)
        shown = self._responses.chosen(call, outcome)
        if shown is None or call.operation.method != "get":
            return None
        raw = str(row.document["data"]).encode("latin-1")
        media_type = shown.content.media_type.encode("ascii", "replace")
        return download(call, UploadedFile(raw, "", None), media_type, outcome.status)

    def _listed_elsewhere(self, call: Call, outcome: Outcome) -> tuple[ResourcePlan, Scope] | None:
        """The resource whose objects a response lists, where nothing but its schema says so: a
        search by POST."""
        shown = self._responses.chosen(call, outcome)
        if shown is None or shown.item is None or shown.envelope is None:
            return None
        element = self._schemas.items(shown.item)
        if element is None:
            return None
        plan = self._resources.showing(self._schemas.resolve(element))
        if plan is None or plan.parents:
            return None
        scope = Scope(call.account.name)
        self._objects.populate(plan, scope)
        return plan, scope


def _is_file(shown: Representation | None) -> bool:
    return shown is not None and kind(shown.content.media_type) not in (
        MediaKind.JSON,
        MediaKind.EVENT_STREAM,
    )


def _is_after(verb: str, state: str) -> bool:
    """Whether a state is called after the verb that leads to it."""
    common = 0
    for one, other in zip(verb, state, strict=False):
        if one != other:
            break
        common += 1
    return common >= min(5, len(verb) - 1) and common >= len(state) - 4
