"""Objects that are gone and still there, or never were and are."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action

_DELETE = frozenset({Action.CREATE, Action.RETRIEVE, Action.DELETE})


class DeleteIgnored(Defect):
    """Deleting is answered, but the object stays."""

    rule = "What was deleted is gone"
    caught_by = ("delete-gone",)
    needs = _DELETE

    def deleting(self, call: Call, scope: Scope, row: Row) -> bool:
        return False


class _Half(Defect):
    """Deleting works for one way of looking only."""

    def __init__(self) -> None:
        super().__init__()
        self.gone: dict[tuple[str, str], Row] = {}

    def deleting(self, call: Call, scope: Scope, row: Row) -> bool:
        self.gone[scope.key, row.id] = row
        return False

    def _key(self, call: Call, scope: Scope) -> tuple[str, str]:
        assert call.compiled.resource is not None
        name = call.compiled.resource.resource.id_parameter or ""
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
        if call.compiled.action is Action.RETRIEVE:
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
        if row is None and call.compiled.action is Action.DELETE:
            return self.gone.get(self._key(call, scope))
        return row


class DeleteTakesNeighbours(Defect):
    """Deleting one object deletes another one with it."""

    rule = "Deleting changes no other object"
    caught_by = ("delete-alone",)
    needs = _DELETE

    def deleting(self, call: Call, scope: Scope, row: Row) -> bool:
        plan = call.compiled.resource
        assert plan is not None
        rows, _ = self.services.store.page(plan.table, scope, Query(limit=2))
        for other in rows:
            if other.id != row.id:
                self.services.store.delete(plan.table, scope, other.id)
                break
        return True


class UnknownIdRead(Defect):
    """Reading an unknown id gives an object made up on the spot."""

    rule = "An unknown id is answered with 404"
    caught_by = ("unknown-missing",)
    needs = frozenset({Action.RETRIEVE})

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        if row is not None or call.compiled.action is not Action.RETRIEVE:
            return row
        plan = call.compiled.resource
        assert plan is not None
        made = self.objects.add(plan, scope, {})
        self.services.store.delete(plan.table, scope, made.id)
        return made


class UnknownIdDeleted(Defect):
    """Deleting an unknown id succeeds."""

    rule = "An unknown id is answered with 404"
    caught_by = ("delete-missing",)
    needs = frozenset({Action.DELETE})

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        if row is not None or call.compiled.action is not Action.DELETE:
            return row
        plan = call.compiled.resource
        assert plan is not None
        return self.objects.add(plan, scope, {})


class UnknownIdUpdated(Defect):
    """Updating an unknown id creates an object."""

    rule = "An unknown id is answered with 404"
    caught_by = ("update-missing",)
    needs = frozenset({Action.UPDATE})

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        if row is not None or call.compiled.action is not Action.UPDATE:
            return row
        plan = call.compiled.resource
        assert plan is not None
        return self.objects.add(plan, scope, {})
