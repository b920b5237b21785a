"""Updates that are not kept, or change more, less or other things than they say."""

from __future__ import annotations

from typing import ClassVar

from trunkline.emulator.defects.base import (
    Defect,
    item_properties,
    operations_of,
    sent,
    settable,
)
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpResponse
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import ABSENT, Action, Api, Json, Object, Resource
from trunkline.semantics.jsonvalue import put
from trunkline.semantics.media import MERGE_PATCH, essence
from trunkline.semantics.schemas import nullable, resolve, types

_UPDATE = frozenset({Action.CREATE, Action.RETRIEVE, Action.UPDATE})


class UpdateNotKept(Defect):
    """An update is answered, but not kept."""

    rule = "What an update answered is what reading gives"
    caught_by = ("update-visible",)
    needs = _UPDATE

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        assert call.compiled.resource is not None
        self.services.store.replace(call.compiled.resource.table, scope, old, old.document)
        return new


class UpdateAnsweredStale(Defect):
    """An update is kept, but the response shows the object as it was."""

    rule = "What an update answered is what reading gives"
    caught_by = ("update-echo",)
    needs = _UPDATE

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        return old


class UpdateTouchesNeighbours(Defect):
    """Updating one object changes another one too."""

    rule = "Updating changes no other object"
    caught_by = ("update-alone",)
    needs = _UPDATE

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        plan = call.compiled.resource
        assert plan is not None
        rows, _ = self.services.store.page(plan.table, scope, Query(limit=2))
        for other in rows:
            if other.id != new.id:
                document = {**other.document, **sent(call)}
                self.services.store.replace(plan.table, scope, other, document)
                break
        return new


class _Changing(Defect):
    needs = _UPDATE


class UpdateResetsTheRest(_Changing):
    """An update sets the members that it does not mention back to their defaults."""

    rule = "An update leaves alone what it does not mention"
    caught_by = ("absent-keeps",)

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        plan = call.compiled.resource
        schema = call.compiled.request_schema
        if plan is None or schema is None:
            return new
        result = dict(new)
        for prop in self.services.schemas.properties(plan.schema):
            if prop.name in sent(call) or (prop.name,) in plan.owned:
                continue
            default = self.services.projection.default(prop)
            if default is not ABSENT:
                result[prop.name] = default
            elif not prop.required:
                result.pop(prop.name, None)
        return result


class NullIgnored(_Changing):
    """An update to null leaves the old value."""

    rule = "An update to null clears the member"
    caught_by = ("null-clears",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and any(
            nullable(api.schemas, p.schema) for p in settable(api, resource, Action.UPDATE)
        )

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        cleared = [n for n, v in sent(call).items() if v is None and old.get(n) is not None]
        return {**new, **{name: old[name] for name in cleared}}


class NestedReplaced(_Changing):
    """An update of one nested member drops its neighbours."""

    rule = "An update leaves alone what it does not mention"
    caught_by = ("nested-kept",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and any(
            isinstance(s := resolve(api.schemas, p.schema).shape, Object) and len(s.properties) > 1
            for p in settable(api, resource, Action.UPDATE)
        )

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        nested = {n: v for n, v in sent(call).items() if isinstance(v, dict)}
        return {**new, **nested}


class MergePatchNotMerged(NestedReplaced):
    """A merge patch of one nested member drops its neighbours."""

    rule = "A merge patch is merged member by member"
    caught_by = ("merge-nested",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        if not super().shows(api, resource):
            return False
        body = api.operation(resource.operations[Action.UPDATE]).body
        taken = {essence(c.media_type) for c in body.contents} if body is not None else set()
        return taken == {MERGE_PATCH}


class ArraysAppended(_Changing):
    """An update of an array appends to it."""

    rule = "An update of an array replaces it"
    caught_by = ("list-replaces",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and any(
            "array" in types(api.schemas, p.schema) for p in settable(api, resource, Action.UPDATE)
        )

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        result = dict(new)
        for name, value in sent(call).items():
            before = old.get(name)
            if isinstance(value, list) and isinstance(before, list):
                result[name] = [*before, *value]
        return result


class ReplaceMerges(Defect):
    """Replacing an object keeps the members that were not given."""

    rule = "Replacing sets the whole object"
    caught_by = ("replace-whole",)
    needs = frozenset({Action.CREATE, Action.REPLACE, Action.RETRIEVE})

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        return {**old, **new} if call.compiled.action is Action.REPLACE else new


class ReplacingSaysCreated(Defect):
    """Replacing an object is answered as if it had been created."""

    rule = "A PUT on what is there does not say that it was created"
    caught_by = ("replace-status",)
    needs = frozenset({Action.REPLACE, Action.RETRIEVE})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        replacer = operations_of(api, resource).get(Action.REPLACE)
        both = {r.status for r in replacer.responses if r.is_success} if replacer else set()
        return super().shows(api, resource) and both > {"201"}

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        if call.compiled.action is not Action.REPLACE or response.status >= 300:
            return response
        if 201 not in call.compiled.outcomes:
            return response
        return HttpResponse(201, response.body, response.media_type, response.headers)


class _Put(Defect):
    """Objects that are made by PUT alone."""

    needs = frozenset({Action.REPLACE, Action.RETRIEVE})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return super().shows(api, resource) and Action.CREATE not in resource.operations

    def concerns(self, call: Call) -> bool:
        """Whether a call is about such an object."""
        plan = call.compiled.resource
        return plan is not None and Action.CREATE not in plan.resource.operations


class CreatingSaysReplaced(_Put):
    """An object that a PUT has made is answered as if it had been there."""

    rule = "A PUT that makes an object says so"
    caught_by = ("put-created",)

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        replaces = call.compiled.action is Action.REPLACE and self.concerns(call)
        if not replaces or response.status != 201:
            return response
        return HttpResponse(200, response.body, response.media_type, response.headers)


class PutAgainTurnsFlags(_Put):
    """A PUT that says what is there already turns every boolean."""

    rule = "The same PUT again changes nothing"
    caught_by = ("put-idempotent",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return super().shows(api, resource) and any(
            "boolean" in types(api.schemas, p.schema)
            for p in settable(api, resource, Action.REPLACE)
        )

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        given = sent(call)
        if call.compiled.action is not Action.REPLACE or not self.concerns(call):
            return new
        if any(old.get(name) != value for name, value in given.items()):
            return new
        return {n: not v if isinstance(v, bool) and n in given else v for n, v in new.items()}


class PutAgainListedTwice(_Put):
    """Lists show an object as often as it was put."""

    rule = "A repeated PUT makes no second object"
    caught_by = ("put-once",)
    needs = frozenset({Action.REPLACE, Action.RETRIEVE, Action.LIST})

    def __init__(self) -> None:
        super().__init__()
        self._again: dict[tuple[str, str], int] = {}

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        if call.compiled.action is Action.REPLACE and self.concerns(call):
            self._again[scope.key, new.id] = self._again.get((scope.key, new.id), 0) + 1
        return new

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        if not self.concerns(call):
            return rows, total
        put = {id_: count for (_, id_), count in self._again.items()}
        shown = [row for row in rows for _ in range(1 + put.get(row.id, 0))]
        return shown, total + len(shown) - len(rows)


class _Owned(Defect):
    """What the server owns is handled wrongly."""

    plan_member: ClassVar[str]

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        wanted = "updat" if cls.plan_member == "updated" else "creat"
        return cls.needs <= set(resource.operations) and any(
            wanted in p.name.lower() for p in item_properties(api, resource)
        )


class UpdateTimeStays(_Owned):
    """The time of the last update does not change."""

    rule = "An update sets the time of the last update"
    caught_by = ("updated-moves",)
    needs = _UPDATE
    plan_member = "updated"

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        assert call.compiled.resource is not None
        times = {path[0] for path in call.compiled.resource.updated}
        return {**new, **{name: old[name] for name in times if name in old}}


class CreationTimeMoves(_Owned):
    """An update changes the time of creation."""

    rule = "The time of creation never changes"
    caught_by = ("created-fixed",)
    needs = _UPDATE
    plan_member = "created"

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        assert call.compiled.resource is not None
        result = dict(new)
        for path in call.compiled.resource.created:
            put(result, path, call.compiled.resource.created[path](self.services.clock.move(1)))
        return result


class IdChanges(Defect):
    """An update gives the object another id."""

    rule = "The id never changes"
    caught_by = ("id-fixed",)
    needs = _UPDATE

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        plan = call.compiled.resource
        assert plan is not None
        result = dict(new)
        if plan.id_member is not None:
            put(result, plan.id_member, plan.identifiers.make(10**6))
        return result


class OneMemberNeverUpdated(_Changing):
    """One member keeps its first value, whatever an update says."""

    rule = "What an update answered is what was asked"
    caught_by = ("update-visible",)

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        assert call.compiled.resource is not None
        names = [n for n in sent(call) if n in old and (n,) not in call.compiled.resource.owned]
        return {**new, **{name: old[name] for name in names[:1]}}
