"""Ids that are given twice, or matched by less than all of them."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect, operations_of
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action, Api, Json, Resource, String
from trunkline.semantics.jsonvalue import put
from trunkline.semantics.schemas import resolve

_READ = frozenset({Action.CREATE, Action.RETRIEVE})


class IdsGivenTwice(Defect):
    """Every other object gets the id of the one before, which it replaces."""

    rule = "Every object has an id of its own"
    caught_by = ("ids-unique", "creates-apart")
    needs = _READ

    def __init__(self) -> None:
        super().__init__()
        self.last: dict[str, Row] = {}

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        plan = call.compiled.resource
        assert plan is not None
        before = self.last.pop(plan.table.name, None)
        if before is None or plan.id_member is None:
            self.last[plan.table.name] = row
            return row
        document = row.document
        self.services.store.delete(plan.table, scope, row.id)
        there = self.services.store.get(plan.table, scope, before.id)
        id_: Json = before.document
        for name in plan.id_member:
            id_ = id_[name] if isinstance(id_, dict) else None
        put(document, plan.id_member, id_)
        if there is None:
            return self.services.store.insert(plan.table, scope, before.id, document)
        return self.services.store.replace(plan.table, scope, there, document)


class IdsMatchedByStart(Defect):
    """The beginning of an id, or more than it, finds the object too."""

    rule = "An id is matched exactly"
    caught_by = ("id-exact",)
    needs = _READ

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        # Where ids have a pattern or are UUIDs, whatever resembles one is refused before anything
        # is looked up.
        operation = operations_of(api, resource).get(Action.RETRIEVE)
        return super().shows(api, resource) and not any(
            p.name == resource.id_parameter
            and isinstance(shape := resolve(api.schemas, p.schema).shape, String)
            and (shape.pattern is not None or shape.format == "uuid")
            for p in (operation.parameters if operation else ())
        )

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        plan = call.compiled.resource
        if row is not None or plan is None:
            return row
        given = str(call.path.get(plan.resource.id_parameter or "")).lower()
        rows, _ = self.services.store.page(plan.table, scope, Query(limit=200))
        near = (r for r in rows if r.id.lower().startswith(given) or given.startswith(r.id.lower()))
        return next(near, None) if len(given) > 2 else None
