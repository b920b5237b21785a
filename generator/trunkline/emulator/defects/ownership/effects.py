"""Requests that do more, or less, than what they are answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline.emulator.defects.base import (
    Defect,
    edited_objects,
    item_properties,
    operations_of,
    parents,
    sent,
    settable,
)
from trunkline.emulator.hooks.hooks import Call
from trunkline.emulator.http.messages import Account, Answer, Fault, Request
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action, Api, Json, Operation, Resource

if TYPE_CHECKING:
    from trunkline.emulator.app.application import Emulator

_READ = frozenset({Action.CREATE, Action.RETRIEVE})
_UPDATE = _READ | {Action.UPDATE}


class DeleteAnswersAnother(Defect):
    """The answer to a deletion shows the object with other texts than it had."""

    rule = "The answer to a deletion shows what was deleted"
    caught_by = ("delete-answer",)
    needs = _READ | {Action.DELETE}

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = operations_of(api, resource).get(Action.DELETE)
        return (
            super().shows(api, resource)
            and operation is not None
            and any(r.is_success and r.contents for r in operation.responses)
        )

    def answered(self, call: Call, answer: Answer) -> Answer:
        if call.plan.action is not Action.DELETE or call.plan.resource is None:
            return answer
        names = {p.name for p in settable(self.emulator.api, call.plan.resource.resource)}
        return edited_objects(
            call,
            answer,
            lambda document: {
                name: value[:-1] if name in names and isinstance(value, str) else value
                for name, value in document.items()
            },
        )


class ReplaceNotKept(Defect):
    """A replacement is answered, but not kept."""

    rule = "What was replaced reads back"
    caught_by = ("replace-visible",)
    needs = _READ | {Action.REPLACE}

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        if call.plan.action is Action.REPLACE and call.plan.resource is not None:
            self.emulator.store.replace(call.plan.resource.table, scope, new, old.document)
        return new


class EmptyUpdateClears(Defect):
    """An update without a change takes a member away that need not be there."""

    rule = "An update that names nothing changes nothing"
    caught_by = ("empty-keeps",)
    needs = _UPDATE

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        may = {p.name for p in settable(api, resource)}
        shown = item_properties(api, resource)
        return super().shows(api, resource) and any(p.name in may and not p.required for p in shown)

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        plan = call.plan.resource
        assert plan is not None
        given = sent(call)
        if call.plan.action is not Action.UPDATE or any(old.get(k) != v for k, v in given.items()):
            return new
        may = {p.name for p in settable(self.emulator.api, plan.resource)}
        shown = item_properties(self.emulator.api, plan.resource)
        lost = [p.name for p in shown if p.name in may and not p.required and p.name in new]
        return {name: value for name, value in new.items() if name not in lost[:1]}


class RefusedUpdateHalfDone(Defect):
    """Of an update that is refused, the members without fault are kept."""

    rule = "What is refused has no effect"
    caught_by = ("refused-keeps",)
    needs = _UPDATE

    def body_faults(self, call: Call, faults: list[Fault]) -> list[Fault]:
        plan = call.plan.resource
        if not faults or plan is None or call.plan.action is not Action.UPDATE:
            return faults
        scope = Scope(call.account.name, parents(call))
        id_ = str(call.path.get(plan.resource.id_parameter or ""))
        row = self.emulator.store.get(plan.table, scope, id_)
        if row is not None:
            names = {p.name for p in settable(self.emulator.api, plan.resource, Action.UPDATE)}
            wrong = {(f.pointer or "").split("/")[1] for f in faults if f.pointer}
            kept = {k: v for k, v in sent(call).items() if k in names - wrong}
            self.emulator.store.replace(plan.table, scope, row, {**row.document, **kept})
        return faults


class RefusedButCreated(Defect):
    """A create request that is refused makes an object of the members without fault."""

    rule = "What is refused has no effect"
    caught_by = ("refused-creates-nothing",)
    needs = _READ | {Action.LIST}

    def body_faults(self, call: Call, faults: list[Fault]) -> list[Fault]:
        plan = call.plan.resource
        if not faults or plan is None or call.plan.action is not Action.CREATE:
            return faults
        names = {p.name for p in settable(self.emulator.api, plan.resource)}
        wrong = {(f.pointer or "/").split("/")[1] for f in faults}
        kept = {k: v for k, v in sent(call).items() if k in names - wrong}
        self.emulator.actions.add(plan, Scope(call.account.name, parents(call)), kept)
        return faults


class DeletedStillUpdated(Defect):
    """A deleted object comes back when it is updated."""

    rule = "What was deleted cannot be updated"
    caught_by = ("delete-unusable",)
    needs = _UPDATE | {Action.DELETE}

    def __init__(self, emulator: Emulator) -> None:
        super().__init__(emulator)
        self.gone: dict[tuple[str, str], Row] = {}

    def deleting(self, call: Call, scope: Scope, row: Row) -> bool:
        self.gone[scope.key, row.id] = row
        return True

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        plan = call.plan.resource
        if row is not None or plan is None or call.plan.action is not Action.UPDATE:
            return row
        id_ = str(call.path.get(plan.resource.id_parameter or ""))
        gone = self.gone.pop((scope.key, id_), None)
        if gone is None:
            return None
        return self.emulator.store.insert(plan.table, scope, gone.id, gone.document)


class RefusedStillDeletes(Defect):
    """Deleting without credentials is refused, and done."""

    rule = "What is refused has no effect"
    caught_by = ("auth-no-effect",)
    needs = _READ | {Action.DELETE}

    def authenticated(
        self, operation: Operation, request: Request, account: Account | None
    ) -> Account | None:
        plan = self.emulator.plan(operation).resource
        if account is None and plan is not None and operation.action is Action.DELETE:
            id_ = request.raw_path.decode("ascii", "replace").rpartition("/")[2]
            for each in self.emulator.accounts:
                self.emulator.store.delete(plan.table, Scope(each.name), id_)
        return account
