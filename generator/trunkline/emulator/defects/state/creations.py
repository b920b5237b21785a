"""Creations that are forgotten, doubled, or clash."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import ValidationError
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action, Api, Json, Resource
from trunkline.semantics.jsonvalue import put

_CREATE = frozenset({Action.CREATE, Action.RETRIEVE})


class CreateNotKept(Defect):
    """Creating is answered, but nothing is kept."""

    rule = "What was created can be read"
    caught_by = ("create-read",)
    needs = _CREATE

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        assert call.compiled.resource is not None
        self.services.store.delete(call.compiled.resource.table, scope, row.id)
        return row


class CreateKeptTwice(Defect):
    """Creating keeps two objects."""

    rule = "Creating adds one object"
    caught_by = ("created-once",)
    needs = frozenset({Action.CREATE, Action.LIST})

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        plan = call.compiled.resource
        assert plan is not None
        document = row.document
        number = self.services.store.next_number(plan.table)
        id_ = plan.identifiers.make(number)
        if plan.id_member is not None:
            put(document, plan.id_member, id_)
        self.services.store.insert(plan.table, scope, str(id_), document)
        return row


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


class CreationsRefused(Defect):
    """Valid objects are refused as if something were wrong with them."""

    rule = "A valid object can be created"
    caught_by = ("create-accepted",)
    needs = frozenset({Action.CREATE})

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        if call.compiled.action is Action.CREATE:
            return [*problems, ValidationError("It is not accepted", "type", pointer="")]
        return problems
