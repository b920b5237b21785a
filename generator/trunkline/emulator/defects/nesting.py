"""Objects below others: what stands above them is not looked at."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect, parents
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action, Api, Resource


class _Nested(Defect):
    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and bool(resource.parent_parameters)

    def below(self, call: Call) -> bool:
        """Whether a call is about objects that are below others."""
        plan = call.compiled.resource
        return plan is not None and bool(plan.resource.parent_parameters)


class _Confused(_Nested):
    """A server that knows what was made below what, and does not keep it apart."""

    def __init__(self) -> None:
        self._made: list[tuple[str, Scope]] = []

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        if self.below(call):
            self._made.append((row.id, scope))
        return row


class ReachedBelowAnyParent(_Confused):
    """An object is read below any parent, whichever it was made below."""

    rule = "An object is reached below its own parent only"
    caught_by = ("parent-exact",)
    needs = frozenset({Action.CREATE, Action.RETRIEVE})

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        plan = call.compiled.resource
        if row is not None or plan is None or call.compiled.action is not Action.RETRIEVE:
            return row
        wanted = str(call.path.get(plan.resource.id_parameter or ""))
        for id_, other in self._made:
            if id_ == wanted and other.account == scope.account:
                row = self.services.store.get(plan.table, other, id_)
        return row


class ListsOfEveryParent(_Confused):
    """The list below one parent shows what is below the others as well."""

    rule = "A parent's list holds its own"
    caught_by = ("parent-listed",)
    needs = frozenset({Action.CREATE, Action.LIST})

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        plan = call.compiled.resource
        if plan is None or not self.below(call):
            return rows, total
        own = parents(call)
        others = [
            row
            for id_, scope in self._made
            if scope.parents != own
            and scope.account == call.account.name
            and (row := self.services.store.get(plan.table, scope, id_)) is not None
        ]
        return [*rows, *others], total + len(others)


class OrphansAccepted(_Nested):
    """Objects can be created below a parent that does not exist."""

    rule = "Nothing is created below a parent that does not exist"
    caught_by = ("parent-missing",)
    needs = frozenset({Action.CREATE})

    def __init__(self) -> None:
        self._above: dict[str, list[str]] = {}

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        if not self.below(call):
            self._above.setdefault(scope.account, []).append(row.id)
        return row

    def scope(self, call: Call, scope: Scope) -> Scope:
        known = self._above.get(scope.account, [])
        creates = call.compiled.action is Action.CREATE
        if not creates or not known or len(scope.parents) != 1 or scope.parents[0] in known:
            return scope
        return Scope(scope.account, (known[-1],))
