"""Points in time that move when they must not, or that callers can set."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect, item_properties, operations_of, sent
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action, Api, Json, Object, Resource
from trunkline.semantics.jsonvalue import put
from trunkline.semantics.responses import sent_schema
from trunkline.semantics.schemas import resolve

_READ = frozenset({Action.CREATE, Action.RETRIEVE})
_UPDATE = _READ | {Action.UPDATE}


def _times(api: Api, resource: Resource) -> set[str]:
    return {
        word
        for word in ("creat", "made", "updat", "modif", "chang")
        if any(word in p.name.lower() and "_" in p.name for p in item_properties(api, resource))
    }


class ReadingMoves(Defect):
    """Reading an object sets the time of its last update."""

    rule = "Reading changes nothing"
    caught_by = ("read-stable",)
    needs = _READ

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return super().shows(api, resource) and bool(
            _times(api, resource) & {"updat", "modif", "chang"}
        )

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        plan = call.compiled.resource
        if row is None or plan is None or call.compiled.action is not Action.RETRIEVE:
            return row
        document = row.document
        for path, write in plan.updated.items():
            put(document, path, write(self.services.clock.move(1)))
        return self.services.store.replace(plan.table, scope, row, document)


class OwnedTakenOnCreate(Defect):
    """A create request sets what belongs to the server."""

    rule = "What the server owns cannot be written"
    caught_by = ("owned-on-create",)
    needs = _READ

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        # A closed schema refuses them already.
        operations = operations_of(api, resource)
        action = Action.UPDATE if Action.UPDATE in cls.needs else Action.CREATE
        schema = sent_schema(operations[action]) if action in operations else None
        shape = resolve(api.schemas, schema).shape if schema is not None else None
        return (
            super().shows(api, resource)
            and bool(_times(api, resource))
            and isinstance(shape, Object)
            and shape.additional is not None
        )

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        return self._taken(call, document)

    def _taken(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        assert call.compiled.resource is not None
        times = {*call.compiled.resource.created, *call.compiled.resource.updated}
        names = {path[0] for path in times} & set(sent(call))
        return {**document, **{name: sent(call)[name] for name in names}}


class OwnedTakenOnUpdate(OwnedTakenOnCreate):
    """An update sets what belongs to the server."""

    rule = "What the server owns cannot be written"
    caught_by = ("owned-on-update",)
    needs = _UPDATE

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        return document

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        return self._taken(call, new)


class UpdatedBeforeCreated(Defect):
    """A new object's last update is long before its creation."""

    rule = "No object is updated before it was created"
    caught_by = ("times-ordered",)
    needs = _UPDATE

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        times = _times(api, resource)
        return super().shows(api, resource) and bool(
            times & {"creat", "made"} and times & {"updat", "modif", "chang"}
        )

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        assert call.compiled.resource is not None
        result = dict(document)
        for path, write in call.compiled.resource.updated.items():
            put(result, path, write(self.services.clock.now().replace(year=2001)))
        return result
