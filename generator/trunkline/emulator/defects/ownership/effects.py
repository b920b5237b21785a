"""Requests that do more, or less, than what they are answered with."""

from __future__ import annotations

from trunkline.emulator.defects.base import (
    Defect,
    edited_objects,
    item_properties,
    operations_of,
    parents,
    sent,
    settable,
)
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import Account, HttpRequest, HttpResponse, ValidationError
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action, Api, Json, Operation, Resource, String
from trunkline.semantics.schemas import resolve

_READ = frozenset({Action.CREATE, Action.RETRIEVE})
_UPDATE = _READ | {Action.UPDATE}


def _texts(api: Api, resource: Resource) -> set[str]:
    """The settable properties that hold any text of a length: it may be turned round."""
    shapes = {p.name: resolve(api.schemas, p.schema).shape for p in settable(api, resource)}
    return {
        name
        for name, shape in shapes.items()
        if isinstance(shape, String) and not (shape.format or shape.pattern)
    }


class DeleteAnswersAnother(Defect):
    """The response to a deletion shows the object with other texts than it had."""

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
            and bool(_texts(api, resource))
        )

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        if call.compiled.action is not Action.DELETE or call.compiled.resource is None:
            return response
        names = _texts(self.services.api, call.compiled.resource.resource)
        return edited_objects(
            call,
            response,
            lambda document: {
                name: value[::-1] if name in names and isinstance(value, str) else value
                for name, value in document.items()
            },
        )


class ReplaceNotKept(Defect):
    """A replacement is answered, but not kept."""

    rule = "What was replaced reads back"
    caught_by = ("replace-visible",)
    needs = _READ | {Action.REPLACE}

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        if call.compiled.action is Action.REPLACE and call.compiled.resource is not None:
            self.services.store.replace(call.compiled.resource.table, scope, new, old.document)
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
        plan = call.compiled.resource
        assert plan is not None
        given = sent(call)
        if call.compiled.action is not Action.UPDATE or any(
            old.get(k) != v for k, v in given.items()
        ):
            return new
        may = {p.name for p in settable(self.services.api, plan.resource)}
        shown = item_properties(self.services.api, plan.resource)
        lost = [p.name for p in shown if p.name in may and not p.required and p.name in new]
        return {name: value for name, value in new.items() if name not in lost[:1]}


class RefusedUpdateHalfDone(Defect):
    """Of an update that is refused, the members without fault are kept."""

    rule = "What is refused has no effect"
    caught_by = ("refused-keeps",)
    needs = _UPDATE

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        plan = call.compiled.resource
        if not problems or plan is None or call.compiled.action is not Action.UPDATE:
            return problems
        scope = Scope(call.account.name, parents(call))
        id_ = str(call.path.get(plan.resource.id_parameter or ""))
        row = self.services.store.get(plan.table, scope, id_)
        if row is not None:
            names = {p.name for p in settable(self.services.api, plan.resource, Action.UPDATE)}
            wrong = {(f.pointer or "").split("/")[1] for f in problems if f.pointer}
            kept = {k: v for k, v in sent(call).items() if k in names - wrong}
            self.services.store.replace(plan.table, scope, row, {**row.document, **kept})
        return problems


class RefusedButCreated(Defect):
    """A create request that is refused makes an object of the members without fault."""

    rule = "What is refused has no effect"
    caught_by = ("refused-creates-nothing",)
    needs = _READ | {Action.LIST}

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        plan = call.compiled.resource
        if not problems or plan is None or call.compiled.action is not Action.CREATE:
            return problems
        names = {p.name for p in settable(self.services.api, plan.resource)}
        wrong = {(f.pointer or "/").split("/")[1] for f in problems}
        kept = {k: v for k, v in sent(call).items() if k in names - wrong}
        self.objects.add(plan, Scope(call.account.name, parents(call)), kept)
        return problems


class DeletedStillUpdated(Defect):
    """A deleted object comes back when it is updated."""

    rule = "What was deleted cannot be updated"
    caught_by = ("delete-unusable",)
    needs = _UPDATE | {Action.DELETE}

    def __init__(self) -> None:
        super().__init__()
        self.gone: dict[tuple[str, str], Row] = {}

    def deleting(self, call: Call, scope: Scope, row: Row) -> bool:
        self.gone[scope.key, row.id] = row
        return True

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        plan = call.compiled.resource
        if row is not None or plan is None or call.compiled.action is not Action.UPDATE:
            return row
        id_ = str(call.path.get(plan.resource.id_parameter or ""))
        gone = self.gone.pop((scope.key, id_), None)
        if gone is None:
            return None
        return self.services.store.insert(plan.table, scope, gone.id, gone.document)


class RefusedStillDeletes(Defect):
    """Deleting without credentials is refused, and done."""

    rule = "What is refused has no effect"
    caught_by = ("auth-no-effect",)
    needs = _READ | {Action.DELETE}

    def authenticated(
        self, operation: Operation, request: HttpRequest, account: Account | None
    ) -> Account | None:
        plan = self.services.resources.of(operation)
        if account is None and plan is not None and operation.action is Action.DELETE:
            id_ = request.raw_path.decode("ascii", "replace").rpartition("/")[2]
            for each in self.services.accounts:
                self.services.store.delete(plan.table, Scope(each.name), id_)
        return account
