"""A server that forgets, invents or spoils what it was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from trunkline.emulator.defects.base import (
    Defect,
    item_properties,
    settable,
)
from trunkline.emulator.seams import Call
from trunkline.emulator.shapes import kinds, members, nullable, put, resolve
from trunkline.emulator.store import Row, Scope
from trunkline.ir import ABSENT, Action, Api, Json, Object, Resource

if TYPE_CHECKING:
    from trunkline.emulator.application import Emulator

_UPDATE = frozenset({Action.CREATE, Action.RETRIEVE, Action.UPDATE})
_CREATE = frozenset({Action.CREATE, Action.RETRIEVE})
_DELETE = frozenset({Action.CREATE, Action.RETRIEVE, Action.DELETE})


def _given(call: Call) -> dict[str, Json]:
    return call.body if isinstance(call.body, dict) else {}


class CreateNotKept(Defect):
    """Creating is answered, but nothing is kept."""

    rule = "What was created can be read"
    caught_by = ("create-read",)
    needs = _CREATE

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        assert call.plan.resource is not None
        self.emulator.store.delete(call.plan.resource.table, scope, row.id)
        return row


class CreateKeptTwice(Defect):
    """Creating keeps two objects."""

    rule = "Creating adds one object"
    caught_by = ("created-once",)
    needs = frozenset({Action.CREATE, Action.LIST})

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        plan = call.plan.resource
        assert plan is not None
        document = row.document
        number = self.emulator.store.next_number(plan.table)
        id_ = plan.identifiers.make(number)
        if plan.id_member is not None:
            put(document, plan.id_member, id_)
        self.emulator.store.insert(plan.table, scope, str(id_), document)
        return row


class UpdateNotKept(Defect):
    """An update is answered, but not kept."""

    rule = "What an update answered is what reading gives"
    caught_by = ("update-visible",)
    needs = _UPDATE

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        assert call.plan.resource is not None
        self.emulator.store.replace(call.plan.resource.table, scope, old, old.document)
        return new


class UpdateAnsweredStale(Defect):
    """An update is kept, but the answer shows the object as it was."""

    rule = "What an update answered is what reading gives"
    caught_by = ("update-echo",)
    needs = _UPDATE

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        return old


class DeleteIgnored(Defect):
    """Deleting is answered, but the object stays."""

    rule = "What was deleted is gone"
    caught_by = ("delete-gone",)
    needs = _DELETE

    def deleting(self, call: Call, scope: Scope, row: Row) -> bool:
        return False


class _Half(Defect):
    """Deleting works for one way of looking only."""

    def __init__(self, emulator: Emulator) -> None:
        super().__init__(emulator)
        self.gone: dict[tuple[str, str], Row] = {}

    def deleting(self, call: Call, scope: Scope, row: Row) -> bool:
        self.gone[scope.key, row.id] = row
        return False

    def _key(self, call: Call, scope: Scope) -> tuple[str, str]:
        assert call.plan.resource is not None
        name = call.plan.resource.resource.id_parameter or ""
        return scope.key, str(call.path.get(name))


class DeletedStillListed(_Half):
    """Deleted objects cannot be read any more, but stay in lists."""

    rule = "What was deleted is in no list"
    caught_by = ("delete-unlisted",)
    needs = _DELETE | {Action.LIST}

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        return None if self._key(call, scope) in self.gone else row


class DeletedStillRead(_Half):
    """Deleted objects are in no list, but can still be read."""

    rule = "What was deleted is gone"
    caught_by = ("delete-gone",)
    needs = _DELETE | {Action.LIST}

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        if call.plan.action is Action.RETRIEVE:
            return row
        return None if self._key(call, scope) in self.gone else row

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        gone = {id_ for _, id_ in self.gone}
        kept = [row for row in rows if row.id not in gone]
        return kept, total - (len(rows) - len(kept))


class DeletedTwice(_Half):
    """Deleting an object a second time succeeds again."""

    rule = "Deleting what is gone is answered with 404"
    caught_by = ("delete-twice",)
    needs = _DELETE

    def deleting(self, call: Call, scope: Scope, row: Row) -> bool:
        self.gone[scope.key, row.id] = row
        return True

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        if row is None and call.plan.action is Action.DELETE:
            return self.gone.get(self._key(call, scope))
        return row


class DeleteTakesNeighbours(Defect):
    """Deleting one object deletes another one with it."""

    rule = "Deleting changes no other object"
    caught_by = ("delete-alone",)
    needs = _DELETE

    def deleting(self, call: Call, scope: Scope, row: Row) -> bool:
        from trunkline.emulator.store import Query

        plan = call.plan.resource
        assert plan is not None
        rows, _ = self.emulator.store.page(plan.table, scope, Query(limit=2))
        for other in rows:
            if other.id != row.id:
                self.emulator.store.delete(plan.table, scope, other.id)
                break
        return True


class UpdateTouchesNeighbours(Defect):
    """Updating one object changes another one too."""

    rule = "Updating changes no other object"
    caught_by = ("update-alone",)
    needs = _UPDATE

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        from trunkline.emulator.store import Query

        plan = call.plan.resource
        assert plan is not None
        rows, _ = self.emulator.store.page(plan.table, scope, Query(limit=2))
        for other in rows:
            if other.id != new.id:
                document = {**other.document, **_given(call)}
                self.emulator.store.replace(plan.table, scope, other, document)
                break
        return new


class UnknownIdRead(Defect):
    """Reading an unknown id gives an object made up on the spot."""

    rule = "An unknown id is answered with 404"
    caught_by = ("unknown-missing",)
    needs = frozenset({Action.RETRIEVE})

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        if row is not None or call.plan.action is not Action.RETRIEVE:
            return row
        plan = call.plan.resource
        assert plan is not None
        made = self.emulator.actions.add(plan, scope, {})
        self.emulator.store.delete(plan.table, scope, made.id)
        return made


class UnknownIdDeleted(Defect):
    """Deleting an unknown id succeeds."""

    rule = "An unknown id is answered with 404"
    caught_by = ("delete-missing",)
    needs = frozenset({Action.DELETE})

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        if row is not None or call.plan.action is not Action.DELETE:
            return row
        plan = call.plan.resource
        assert plan is not None
        return self.emulator.actions.add(plan, scope, {})


class UnknownIdUpdated(Defect):
    """Updating an unknown id creates an object."""

    rule = "An unknown id is answered with 404"
    caught_by = ("update-missing",)
    needs = frozenset({Action.UPDATE})

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        if row is not None or call.plan.action is not Action.UPDATE:
            return row
        plan = call.plan.resource
        assert plan is not None
        return self.emulator.actions.add(plan, scope, {})


class _Changing(Defect):
    needs = _UPDATE


class UpdateResetsTheRest(_Changing):
    """An update sets the members that it does not mention back to their defaults."""

    rule = "An update leaves alone what it does not mention"
    caught_by = ("absent-keeps",)

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        plan = call.plan.resource
        schema = call.plan.request_schema
        if plan is None or schema is None:
            return new
        result = dict(new)
        for prop in members(self.emulator.api, plan.schema):
            if prop.name in _given(call) or (prop.name,) in plan.owned:
                continue
            default = self.emulator.actions.documents.default(prop)
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
            nullable(api, p.schema) for p in settable(api, resource, Action.UPDATE)
        )

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        cleared = [n for n, v in _given(call).items() if v is None and old.get(n) is not None]
        return {**new, **{name: old[name] for name in cleared}}


class NestedReplaced(_Changing):
    """An update of one nested member drops its neighbours."""

    rule = "An update leaves alone what it does not mention"
    caught_by = ("nested-kept",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and any(
            isinstance(s := resolve(api, p.schema).shape, Object) and len(s.properties) > 1
            for p in settable(api, resource, Action.UPDATE)
        )

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        nested = {n: v for n, v in _given(call).items() if isinstance(v, dict)}
        return {**new, **nested}


class ArraysAppended(_Changing):
    """An update of an array appends to it."""

    rule = "An update of an array replaces it"
    caught_by = ("list-replaces",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and any(
            "array" in kinds(api, p.schema) for p in settable(api, resource, Action.UPDATE)
        )

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        result = dict(new)
        for name, value in _given(call).items():
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
        return {**old, **new} if call.plan.action is Action.REPLACE else new


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
        assert call.plan.resource is not None
        times = {path[0] for path in call.plan.resource.updated}
        return {**new, **{name: old[name] for name in times if name in old}}


class CreationTimeMoves(_Owned):
    """An update changes the time of creation."""

    rule = "The time of creation never changes"
    caught_by = ("created-fixed",)
    needs = _UPDATE
    plan_member = "created"

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        assert call.plan.resource is not None
        result = dict(new)
        for path in call.plan.resource.created:
            put(result, path, call.plan.resource.created[path](self.emulator.clock.move(1)))
        return result


class IdChanges(Defect):
    """An update gives the object another id."""

    rule = "The id never changes"
    caught_by = ("id-fixed",)
    needs = _UPDATE

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        plan = call.plan.resource
        assert plan is not None
        result = dict(new)
        if plan.id_member is not None:
            put(result, plan.id_member, plan.identifiers.make(10**6))
        return result


class UniquenessIgnored(Defect):
    """Two objects may share a value that must be unique."""

    rule = "Unique members are unique"
    caught_by = ("unique-enforced",)
    needs = frozenset({Action.CREATE})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return bool(resource.unique) and cls.needs <= set(resource.operations)

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        call.lax = True
        return document


class OneMemberNeverUpdated(_Changing):
    """One member keeps its first value, whatever an update says."""

    rule = "What an update answered is what was asked"
    caught_by = ("update-visible",)

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        assert call.plan.resource is not None
        names = [n for n in _given(call) if n in old and (n,) not in call.plan.resource.owned]
        return {**new, **{name: old[name] for name in names[:1]}}
