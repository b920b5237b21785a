"""What methods do to the objects of their resource."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from trunkline.emulator.behaviour.functions import hits
from trunkline.emulator.hooks.hooks import Call
from trunkline.emulator.jsonrpc.errors import INVALID_PARAMS, RpcError
from trunkline.emulator.jsonrpc.objects import RpcResource, as_document
from trunkline.emulator.resources.projection import Later, merge
from trunkline.emulator.resources.resource_plan import ResourcePlan, seeded
from trunkline.emulator.schemas.sampling import NoValue
from trunkline.emulator.schemas.shapes import item, kinds, members, resolve
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import Exists, Row, Scope
from trunkline.ir import Action, Json, Object, RpcEvidence, RpcMethod, Schema

if TYPE_CHECKING:
    from trunkline.emulator.app.application import Emulator

_LIMIT = 1000


class RpcActions:
    """Creates, shows, changes, deletes and lists."""

    def __init__(
        self,
        emulator: Emulator,
        resources: Mapping[tuple[str, ...], RpcResource],
        codes: Collection[int],
    ) -> None:
        self._emulator = emulator
        self._api = emulator.api
        self._resources = resources
        self._codes = codes

    def carry_out(self, call: Call, method: RpcMethod, named: dict[str, Json]) -> Json:
        """The result of a valid call, as far as names and schemas tell what it means."""
        resource = self._resources.get(method.resource)
        if resource is None or method.evidence is RpcEvidence.LISTED:
            return self.sample(method)
        scope = Scope(call.account.name)
        self._populate(resource, scope)
        match method.action:
            case Action.CREATE:
                return self._create(resource, scope, method, named)
            case Action.RETRIEVE if method.parameters:
                return self._require(resource, scope, method, named).document
            case Action.UPDATE | Action.REPLACE if method.parameters:
                row = self._require(resource, scope, method, named)
                rest = {p.name: named.get(p.name) for p in method.parameters[1:] if p.name in named}
                return self._change(resource, scope, row, rest, method)
            case Action.DELETE if method.parameters:
                row = self._require(resource, scope, method, named)
                self._emulator.store.delete(resource.plan.table, scope, row.id)
                return self.done(method)
            case Action.LIST:
                return self._list(resource, scope, method, named)
            case _:
                return self._other(resource, scope, method, named)

    def _populate(self, resource: RpcResource, scope: Scope) -> None:
        if resource.created or not self._emulator.store.first_visit(resource.plan.table, scope):
            return
        for _ in range(3):
            row = self._emulator.actions.add(resource.plan, scope, {})
            if not self._emulator.validators.fits(resource.plan.schema, row.document, "response"):
                self._emulator.store.delete(resource.plan.table, scope, row.id)

    def _create(
        self, resource: RpcResource, scope: Scope, method: RpcMethod, named: dict[str, Json]
    ) -> Json:
        plan = resource.plan
        document = as_document(self._api, self._emulator.validators, plan.schema, named)
        number = self._emulator.store.next_number(plan.table)
        document = self._emulator.actions.dress(plan, scope, document, number)
        id_ = self._emulator.actions.id_of(plan, document, number)
        try:
            self._emulator.store.insert(plan.table, scope, id_, document)
        except Exists:
            raise RpcError(INVALID_PARAMS, "it exists") from None
        if method.result is not None and self._is_item(method.result, plan):
            return document
        return self._as_id(method, id_)

    def _is_item(self, schema: Schema, plan: ResourcePlan) -> bool:
        return resolve(self._api, schema) is resolve(self._api, plan.schema) or (
            "object" in kinds(self._api, schema)
        )

    def _as_id(self, method: RpcMethod, id_: str) -> Json:
        if method.result is None:
            return id_
        options: list[Json] = [id_, int(id_) if id_.isdecimal() and len(id_) < 300 else id_, True]
        fits = self._emulator.validators.fits
        return next((o for o in options if fits(method.result, o, "response")), None)

    def _require(
        self, resource: RpcResource, scope: Scope, method: RpcMethod, named: dict[str, Json]
    ) -> Row:
        first = method.parameters[0].name
        row = self._emulator.store.get(resource.plan.table, scope, str(named.get(first)))
        if row is None:
            raise RpcError(self._missing(method), f"there is no such object: {named.get(first)}")
        return row

    def _missing(self, method: RpcMethod) -> int:
        if "media" in method.resource and 115 in self._codes:
            return 115
        return 151 if 151 in self._codes else INVALID_PARAMS

    def _change(
        self,
        resource: RpcResource,
        scope: Scope,
        row: Row,
        named: dict[str, Json],
        method: RpcMethod,
    ) -> Json:
        plan = resource.plan
        old = row.document
        change = as_document(self._api, self._emulator.validators, plan.schema, named)
        merged = merge(old, change)
        assert isinstance(merged, dict)
        plan.keep_owned(old, merged)
        plan.stamp(merged, self._emulator.clock.now(), new=False)
        later = Later(self._emulator.seed, plan.table.name, row.number)
        new = self._emulator.actions.documents.complete(plan.schema, merged, later)
        after = self._emulator.store.replace(plan.table, scope, row, new)
        if method.result is None or not self._is_item(method.result, plan):
            return self.done(method)
        return after.document

    def done(self, method: RpcMethod) -> Json:
        """What a method answers that has nothing to tell."""
        if method.result is None:
            return True
        options: tuple[Json, ...] = (True, 1, "OK", None)
        fits = self._emulator.validators.fits
        for option in options:
            if fits(method.result, option, "response"):
                return option
        return self.sample(method)

    def _list(
        self, resource: RpcResource, scope: Scope, method: RpcMethod, named: dict[str, Json]
    ) -> Json:
        plan = resource.plan
        rows, _ = self._emulator.store.page(plan.table, scope, Query(limit=_LIMIT))
        filters = named.get("filters")
        wanted = filters if isinstance(filters, dict) else {}
        shown = {prop.name for prop in members(self._api, plan.schema)}
        found = [
            (row.id, document)
            for row, document in ((row, row.document) for row in rows)
            if all(document.get(k) == v for k, v in wanted.items() if k in shown)
        ]
        result = method.result
        if result is None or item(self._api, result) is not None:
            return [document for _, document in found]
        if "hits" in {prop.name for prop in members(self._api, result)}:
            options = named.get("options")
            return hits([d for _, d in found], options if isinstance(options, dict) else {})
        shape = resolve(self._api, result).shape
        if isinstance(shape, Object) and not shape.properties:
            return dict(found)
        return self.sample(method)

    def _other(
        self, resource: RpcResource, scope: Scope, method: RpcMethod, named: dict[str, Json]
    ) -> Json:
        """Lists under another name, single members set, objects shown; else as described."""
        result = method.result
        plan = resource.plan
        if result is not None and resource.lists(self._api, result):
            return self._list(resource, scope, method, named)
        if not method.parameters:
            return self.sample(method)
        first = method.parameters[0].name
        row = self._emulator.store.get(plan.table, scope, str(named.get(first)))
        if row is None:
            if resource.names_item(method):
                raise RpcError(self._missing(method), f"there is no such object: {named[first]}")
            return self.sample(method)
        last = method.name.rpartition(".")[2]
        if last.startswith("set_"):
            rest = {k: v for k, v in named.items() if k != first}
            return self._change(resource, scope, row, rest, method)
        if result is not None and resolve(self._api, result) is resolve(self._api, plan.schema):
            return row.document
        return self.sample(method)

    def valid(self, method: RpcMethod, result: Json) -> Json:
        """The result, made to fit what is documented about it."""
        if method.result is None:
            return result
        if self._emulator.validators.fits(method.result, result, "response"):
            return result
        fixed = self._emulator.actions.documents.complete(
            method.result, result, Later(self._emulator.seed, method.name)
        )
        if self._emulator.validators.fits(method.result, fixed, "response"):
            return fixed
        return self.sample(method)

    def sample(self, method: RpcMethod) -> Json:
        """A result as described."""
        if method.result is None:
            return True
        try:
            rng = seeded(self._emulator.seed, method.name)
            return self._emulator.sampler.sample(method.result, rng)
        except NoValue:
            return None
