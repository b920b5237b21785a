"""Lists that lag behind what was created and updated."""

from __future__ import annotations

from trunkline.emulator.defects.base import ListDefect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action


class NewestNotListed(ListDefect):
    """The object created last is not in lists yet."""

    rule = "What was created is in the list"
    caught_by = ("listed-once",)

    def __init__(self) -> None:
        super().__init__()
        self._last: str | None = None

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        self._last = row.id
        return row

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        kept = [row for row in rows if row.id != self._last]
        return kept, total - (len(rows) - len(kept))


class ListShowsOldVersions(ListDefect):
    """Lists show objects as they were created, without later updates."""

    rule = "A list shows objects as reading them does"
    caught_by = ("listed-same",)
    needs = frozenset({Action.LIST, Action.CREATE, Action.UPDATE})

    def __init__(self) -> None:
        super().__init__()
        self._first: dict[str, Row] = {}

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        self._first[row.id] = row
        return row

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        return [self._first.get(row.id, row) for row in rows], total
