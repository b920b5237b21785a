"""Requests that meet: between what a server reads and what it writes there is a gap."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator

from trunkline.emulator.defects.base import Defect, sent, settable
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.http.messages import HttpRequest, HttpResponse
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action, Api, Json, Operation, Resource
from trunkline.semantics.jsonvalue import get, put

GAP = 0.02
"""Seconds between reading and writing: others come in meanwhile."""


class _Gap(Defect):
    """Requests of some methods wait after they have arrived. Moments are counted, not timed: what
    was kept after a request had arrived is what it does not know of."""

    methods: frozenset[str]

    def __init__(self) -> None:
        super().__init__()
        self._moments: Iterator[int] = itertools.count(1)
        self._arrived: dict[int, int] = {}

    async def arrived(self, request: HttpRequest) -> None:
        if request.method in self.methods:
            self._arrived[id(request)] = next(self._moments)
            await asyncio.sleep(GAP)

    def moment(self) -> int:
        """The next moment."""
        return next(self._moments)

    def since(self, call: Call) -> int:
        """The moment at which a call arrived."""
        return self._arrived.get(id(call.request), self.moment())

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        self._arrived.pop(id(call.request), None)
        return response

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        self._arrived.pop(id(request), None)
        return response


class UpdatesOverwriteOneAnother(_Gap):
    """An update writes the whole object as it was when the update arrived."""

    rule = "Updates of different members at the same time are all kept"
    caught_by = ("updates-kept",)
    needs = frozenset({Action.CREATE, Action.RETRIEVE, Action.UPDATE})
    methods = frozenset({"PATCH", "POST", "PUT"})

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[str, str], list[tuple[int, dict[str, Json]]]] = {}

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        updated = [p for p in settable(api, resource, Action.UPDATE) if not p.required]
        return super().shows(api, resource) and len(updated) > 1

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        plan = call.compiled.resource
        since = self.since(call)
        if plan is None or call.compiled.action is not Action.UPDATE:
            return new
        key = (plan.table.name, repr(sorted(call.path.items(), key=str)))
        history = self._kept.setdefault(key, [])
        unseen = [before for moment, before in history if moment > since]
        history.append((self.moment(), old))
        if not unseen:
            return new
        seen = unseen[0].items()
        return {**new, **{n: v for n, v in seen if n not in sent(call) and (n,) not in plan.owned}}


class UniqueValuesRaced(_Gap):
    """Whether a unique value is taken is looked up when the request arrives, and not again when
    the object is kept."""

    rule = "Of several requests for one unique value at the same time one succeeds"
    caught_by = ("unique-raced",)
    needs = frozenset({Action.CREATE})
    methods = frozenset({"POST"})

    def __init__(self) -> None:
        super().__init__()
        self._taken: dict[tuple[str, str, str], int] = {}

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return bool(resource.unique) and super().shows(api, resource)

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        plan = call.compiled.resource
        since = self.since(call)
        if plan is None:
            return document
        for path in plan.resource.unique:
            key = (call.account.name, plan.table.name, repr((path, get(document, path))))
            call.lax = call.lax or self._taken.get(key, 0) > since
            self._taken.setdefault(key, self.moment())
        return document


class IdsRaced(_Gap):
    """Objects that are created together are answered with one id."""

    rule = "Objects created at the same time have different ids"
    caught_by = ("creates-apart",)
    needs = frozenset({Action.CREATE, Action.RETRIEVE})
    methods = frozenset({"POST"})

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[tuple[str, str], tuple[int, Json]] = {}

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        plan = call.compiled.resource
        since = self.since(call)
        if plan is None or plan.id_member is None or call.compiled.action is not Action.CREATE:
            return row
        document = row.document
        moment, id_ = self._last.get((plan.table.name, scope.key), (0, None))
        met = moment > since
        own = get(document, plan.id_member)
        self._last[plan.table.name, scope.key] = (self.moment(), id_ if met else own)
        if not met:
            return row
        put(document, plan.id_member, id_)
        return Row(row.number, row.id, dump(document))
