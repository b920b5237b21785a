"""Operations that are none of a resource's own: they act on the object that their path names, list
objects of a resource found elsewhere, hold files, or can only be responded to as described."""

from __future__ import annotations

from trunkline.emulator.decoding.bodies import UploadedFile
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpResponse
from trunkline.emulator.operations.collective import Collective
from trunkline.emulator.operations.contents import Contents, download
from trunkline.emulator.operations.held import HeldValues
from trunkline.emulator.operations.listing import Listing
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.parts import Parts
from trunkline.emulator.operations.responses import Responses
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.compiled import Outcome, Representation
from trunkline.emulator.resources.projection import LazyRandom, merge
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.schemas.names import plain_name
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Boolean, Enumeration, Json, String
from trunkline.semantics.jsonvalue import remove
from trunkline.semantics.media import MediaKind, kind
from trunkline.semantics.questions import action_word

_STATES = ("status", "state")


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
        self._held = HeldValues(services, objects, responses, contents)
        self._parts = Parts(services, objects)
        self._collective = Collective(services, objects, responses, listing, self.forget)

    def carry_out(self, call: Call) -> HttpResponse:
        """Do what the operation does, as far as the description tells; raises `HttpError`."""
        many = self._collective.carry_out(call)
        if many is not None:
            return many
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
        if method in ("put", "delete") and self._resources.is_mark(call.operation.path):
            row = self._advanced(plan, scope, row, self._state(call, plan))
        parts = self._parts.changed(call, plan, row) if self._shows(shown, plan) else None
        if parts is not None:
            row = self._advanced(plan, scope, row, parts)
            return self._responses.show(call, row, outcome=outcome)
        held = self._held.carry_out(call, self._contents.place(plan, scope, row), name)
        if held is not None:
            return held
        if method in ("get", "head"):
            file = self._file(plan, scope, row, name) if self._is_file(shown) else None
            if file is not None and shown is not None:
                media_type = shown.content.media_type.encode("ascii", "replace")
                return download(call, file, media_type, outcome.status)
        elif outcome.status == 201 and self._shows(shown, plan) and _copies(call):
            row = self._copied(plan, scope, row)
        elif self._shows(shown, plan):
            change = {**self._sent(call, plan), **self._state(call, plan)}
            row = self._advanced(plan, scope, row, change)
        elif method in ("post", "put", "patch"):
            row = self._advanced(plan, scope, row, self._state(call, plan))
        if self._shows(shown, plan):
            return self._responses.show(call, row, outcome=outcome)
        return self._responses.described(call, about=row.document)

    def _is_file(self, shown: Representation | None) -> bool:
        if shown is None:
            return False
        schema = shown.content.schema
        shape = self._schemas.resolve(schema).shape if schema is not None else None
        if isinstance(shape, String) and shape.format == "binary":
            return True  # whatever the media type: `*/*` stands for all of them
        return kind(shown.content.media_type) not in (MediaKind.JSON, MediaKind.EVENT_STREAM)

    def _file(self, plan: ResourcePlan, scope: Scope, row: Row, name: str) -> UploadedFile | None:
        """A file of an object; else the one that was uploaded as an object of its own:
        `/files/1/content` of what was sent to `/files/content`."""
        file = self._contents.get(plan, scope, row, name)
        own = self._resources.named((*plan.resource.name, name)) if file is None else None
        made = self._store.get(own.table, scope, row.id) if own is not None else None
        if own is None or made is None:
            return file
        return self._contents.get(own, scope, made, "")

    def _upload(
        self, call: Call, plan: ResourcePlan, scope: Scope, row: Row, name: str
    ) -> HttpResponse:
        file = next(iter(call.files.values()))
        sent = {k: v for k, v in self._sent(call, plan).items() if k not in call.files}
        document = {**row.document, **sent}
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

    def _advanced(self, plan: ResourcePlan, scope: Scope, row: Row, change: dict[str, Json]) -> Row:
        """The object after the action."""
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

    def _copied(self, plan: ResourcePlan, scope: Scope, row: Row) -> Row:
        """A new object like one that is there."""
        document = row.document
        for path in (*plan.owned, *((name,) for name in plan.further_ids)):
            remove(document, path)
        return self._objects.keep(plan, scope, document)

    def _sent(self, call: Call, plan: ResourcePlan) -> dict[str, Json]:
        """What the body sets of the object."""
        mapping = call.compiled.mapping
        if not isinstance(call.body, dict) or mapping is None:
            return {}
        known = self._schemas.members(plan.schema)
        return {
            name: value
            for name, value in mapping.applied(call.body).items()
            if name in known
            and (name,) not in plan.owned
            and self._schemas.fits(known[name].schema, value, "response")
        }

    def _state(self, call: Call, plan: ResourcePlan) -> dict[str, Json]:
        """The state that the action is named after: `cancelled` for `cancel`, and whether it
        holds, where that is a member: `starred`."""
        verb = plain_name(action_word(call.operation.path)[1])
        found: dict[str, Json] = {}
        for name, member in self._schemas.members(plan.schema).items():
            shape = self._schemas.resolve(member.schema).shape
            value: Json = None
            if plain_name(name) in _STATES and isinstance(shape, Enumeration):
                value = self._reached(verb, shape.values)
            elif isinstance(shape, Boolean):
                value = _holds(verb, plain_name(name).removeprefix("is"))
                if value is not None and call.operation.method == "delete":
                    value = not value
            if value is not None:
                found[name] = value
        return found

    @staticmethod
    def _reached(verb: str, states: tuple[Json, ...]) -> Json:
        """The state that a verb leads to; null where none is called like it."""
        texts = [state for state in states if isinstance(state, str)]
        return next((state for state in texts if is_after(verb, plain_name(state))), None)

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
        held = self._held.at_address(call)
        if held is not None:
            return held
        found = self._listed_elsewhere(call, call.compiled.usual)
        if found is not None:
            return self._collective.search(call, *found)
        return self._responses.described(call)

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


_IRREGULAR = {"pay": "paid", "send": "sent", "void": "voided", "win": "won", "lose": "lost"}
_NOT = ("un", "dis", "de")


def _copies(call: Call) -> bool:
    return plain_name(action_word(call.operation.path)[1]) in ("copy", "clone", "duplicate", "fork")


def is_after(verb: str, state: str) -> bool:
    """Whether a state is called after the verb that leads to it."""
    if state in (_IRREGULAR.get(verb), f"on{verb}"):
        return True
    if len(verb) < 4:
        return False
    common = 0
    for one, other in zip(verb, state, strict=False):
        if one != other:
            break
        common += 1
    if common >= min(5, len(verb) - 1) and common >= len(state) - 4:
        return True
    return verb.startswith("re") and len(verb) > 5 and is_after(verb[2:], state)


def _holds(verb: str, state: str) -> bool | None:
    """Whether a state holds after a verb: `locked` does after `lock`, and not after `unlock`; None
    where the verb says nothing about it."""
    if is_after(verb, state):
        return True
    bare = next((verb[len(no) :] for no in _NOT if verb.startswith(no)), "")
    opposite = is_after(bare, state) or is_after(f"en{bare}", state) if bare else False
    return False if opposite else None
