"""What methods do to the objects of their resource."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from trunkline.emulator.hooks.call import Call
from trunkline.emulator.jsonrpc.errors import INVALID_PARAMS, JsonRpcError
from trunkline.emulator.jsonrpc.objects import RpcResource, as_document
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.search import search_page
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.projection import LazyRandom, merge
from trunkline.emulator.resources.resource_plan import ResourcePlan, seeded
from trunkline.emulator.schemas.sampling import NoValue
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import AlreadyExists, Row, Scope
from trunkline.ir import Action, Json, Object, RpcEvidence, RpcMethod, Schema
from trunkline.ir.behaviour import Behaviour

_LIMIT = 1000


class RpcActions:
    """Creates, shows, changes, deletes and lists."""

    def __init__(
        self,
        services: Services,
        objects: StoredObjects,
        resources: Mapping[tuple[str, ...], RpcResource],
        codes: Collection[int],
    ) -> None:
        self._services = services
        self._schemas = services.schemas
        self._objects = objects
        self._resources = resources
        self._codes = codes
        self._behaviour = services.api.behaviour or Behaviour()

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
                self._services.store.delete(resource.plan.table, scope, row.id)
                return self.done(method)
            case Action.LIST:
                return self._list(resource, scope, method, named)
            case _:
                return self._other(resource, scope, method, named)

    def _populate(self, resource: RpcResource, scope: Scope) -> None:
        if resource.created or not self._services.store.first_visit(resource.plan.table, scope):
            return
        for _ in range(3):
            row = self._objects.add(resource.plan, scope, {})
            if not self._services.schemas.fits(resource.plan.schema, row.document, "response"):
                self._services.store.delete(resource.plan.table, scope, row.id)

    def _create(
        self, resource: RpcResource, scope: Scope, method: RpcMethod, named: dict[str, Json]
    ) -> Json:
        plan = resource.plan
        document = as_document(self._schemas, plan.schema, named)
        number = self._services.store.next_number(plan.table)
        document = self._objects.complete(plan, scope, document, number)
        id_ = self._objects.id_of(plan, document, number)
        try:
            self._services.store.insert(plan.table, scope, id_, document)
        except AlreadyExists:
            raise JsonRpcError(INVALID_PARAMS, "it exists") from None
        if method.result is not None and self._is_item(method.result, plan):
            return document
        return self._as_id(method, id_)

    def _is_item(self, schema: Schema, plan: ResourcePlan) -> bool:
        return self._schemas.resolve(schema) is self._schemas.resolve(plan.schema) or (
            "object" in self._schemas.types(schema)
        )

    def _as_id(self, method: RpcMethod, id_: str) -> Json:
        if method.result is None:
            return id_
        options: list[Json] = [id_, int(id_) if id_.isdecimal() and len(id_) < 300 else id_, True]
        fits = self._services.schemas.fits
        return next((o for o in options if fits(method.result, o, "response")), None)

    def _require(
        self, resource: RpcResource, scope: Scope, method: RpcMethod, named: dict[str, Json]
    ) -> Row:
        first = method.parameters[0].name
        row = self._services.store.get(resource.plan.table, scope, str(named.get(first)))
        if row is None:
            raise JsonRpcError(
                self._missing(method), f"there is no such object: {named.get(first)}"
            )
        return row

    def _missing(self, method: RpcMethod) -> int:
        missing = self._behaviour.methods.missing
        codes = [missing[part] for part in (*method.resource, "") if part in missing]
        return next((code for code in codes if code in self._codes), INVALID_PARAMS)

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
        change = as_document(self._schemas, plan.schema, named)
        merged = merge(old, change)
        assert isinstance(merged, dict)
        plan.keep_owned(old, merged)
        plan.stamp(merged, self._services.clock.now(), new=False)
        later = LazyRandom(self._services.seed, plan.table.name, row.number)
        new = self._services.projection.complete(plan.schema, merged, later)
        after = self._services.store.replace(plan.table, scope, row, new)
        if method.result is None or not self._is_item(method.result, plan):
            return self.done(method)
        return after.document

    def done(self, method: RpcMethod) -> Json:
        """What a method answers that has nothing to tell."""
        if method.result is None:
            return True
        options: tuple[Json, ...] = (True, 1, "OK", None)
        fits = self._services.schemas.fits
        for option in options:
            if fits(method.result, option, "response"):
                return option
        return self.sample(method)

    def _list(
        self, resource: RpcResource, scope: Scope, method: RpcMethod, named: dict[str, Json]
    ) -> Json:
        plan = resource.plan
        rows, _ = self._services.store.page(plan.table, scope, Query(limit=_LIMIT))
        search = self._behaviour.search
        filters = named.get(search.filters)
        wanted = filters if isinstance(filters, dict) else {}
        shown = {prop.name for prop in self._schemas.properties(plan.schema)}
        found = [
            (row.id, document)
            for row, document in ((row, row.document) for row in rows)
            if all(document.get(k) == v for k, v in wanted.items() if k in shown)
        ]
        result = method.result
        if result is None or self._schemas.items(result) is not None:
            return [document for _, document in found]
        if search.items in {prop.name for prop in self._schemas.properties(result)}:
            options = named.get(search.options)
            asked = options if isinstance(options, dict) else {}
            return search_page(search, [d for _, d in found], asked)
        shape = self._schemas.resolve(result).shape
        if isinstance(shape, Object) and not shape.properties:
            return dict(found)
        return self.sample(method)

    def _other(
        self, resource: RpcResource, scope: Scope, method: RpcMethod, named: dict[str, Json]
    ) -> Json:
        """Lists under another name, single members set, objects shown; else as described."""
        result = method.result
        plan = resource.plan
        if result is not None and resource.lists(
            self._schemas, result, self._behaviour.search.items
        ):
            return self._list(resource, scope, method, named)
        if not method.parameters:
            return self.sample(method)
        first = method.parameters[0].name
        row = self._services.store.get(plan.table, scope, str(named.get(first)))
        if row is None:
            if resource.names_item(method):
                raise JsonRpcError(
                    self._missing(method), f"there is no such object: {named[first]}"
                )
            return self.sample(method)
        last = method.name.rpartition(".")[2]
        if last.startswith("set_"):
            rest = {k: v for k, v in named.items() if k != first}
            return self._change(resource, scope, row, rest, method)
        if result is not None and self._schemas.resolve(result) is self._schemas.resolve(
            plan.schema
        ):
            return row.document
        return self.sample(method)

    def valid(self, method: RpcMethod, result: Json) -> Json:
        """The result, made to fit what is documented about it."""
        if method.result is None:
            return result
        if self._services.schemas.fits(method.result, result, "response"):
            return result
        fixed = self._services.projection.complete(
            method.result, result, LazyRandom(self._services.seed, method.name)
        )
        if self._services.schemas.fits(method.result, fixed, "response"):
            return fixed
        return self.sample(method)

    def sample(self, method: RpcMethod) -> Json:
        """A result as described."""
        if method.result is None:
            return True
        try:
            rng = seeded(self._services.seed, method.name)
            return self._services.sampler.sample(method.result, rng)
        except NoValue:
            return None
