"""Operations on a collection as a whole: several objects made or deleted at once, those that a
search by POST asks for, how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpResponse
from trunkline.emulator.operations.listing import Listing
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.responses import Responses
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.matching import body_mapping
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.schemas.names import plain_name, plain_text
from trunkline.emulator.storage.query import Condition, Query, cell, holds
from trunkline.emulator.storage.records import AlreadyExists, Row, Scope
from trunkline.ir import Absent, FilterOperator, Json
from trunkline.semantics.parameters import as_json
from trunkline.semantics.questions import about_many, action_word, deletes_many, is_query

_COUNTS = ("count", "total")
_INSIDE = ("filter", "filters", "where", "query", "criteria", "conditions")
"""Objects of a search that hold what is searched for."""


class Collective:
    """Carries out such operations."""

    def __init__(
        self,
        services: Services,
        objects: StoredObjects,
        responses: Responses,
        listing: Listing,
        forget: Callable[[ResourcePlan, Scope, Row], None],
    ) -> None:
        self._gone = forget
        self._schemas = services.schemas
        self._store = services.store
        self._resources = services.resources
        self._objects = objects
        self._responses = responses
        self._listing = listing

    def carry_out(self, call: Call) -> HttpResponse | None:
        """What `/things/bulk`, `/things/bulk-delete`, `/things/count` and `DELETE /things` do; None
        for anything else. Raises `HttpError`."""
        operation = call.operation
        if operation.method == "delete":
            plan = self._resources.collection_at(operation.path)
            return self._clear(call, plan) if plan is not None else None
        above, word = action_word(operation.path)
        if operation.method == "get":
            plan = self._resources.collection_at(above) if word.lower() in _COUNTS else None
            return self._counted(call, plan) if plan is not None else None
        many = about_many(operation)
        plan = self._resources.collection_at(many) if many is not None else None
        if plan is None:
            return None
        if deletes_many(operation):
            return self._delete(call, plan, _listed_ids(call.body))
        return self._create(call, plan)

    def _scope(self, call: Call, plan: ResourcePlan) -> Scope:
        scope = Scope(call.account.name, self._objects.path_values(call, 0, plan.parents))
        self._objects.require_parent(plan, scope)
        self._objects.populate(plan, scope)
        return scope

    def _found(
        self, plan: ResourcePlan, scope: Scope, conditions: tuple[Condition, ...] = ()
    ) -> list[Row]:
        rows, _ = self._store.page(plan.table, scope, Query())
        return [row for row in rows if holds(conditions, row.document)] if conditions else rows

    def _counted(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        scope = self._scope(call, plan)
        rows = self._found(plan, scope, self._conditions(plan, call.query))
        return self._responses.described(call, about=dict.fromkeys(_COUNTS, len(rows)))

    # Making several.

    def _create(self, call: Call, plan: ResourcePlan) -> HttpResponse | None:
        given = _objects(call.body)
        schema = call.compiled.request_schema
        if not given or schema is None:
            return None
        mapping = body_mapping(self._schemas, schema, plan.schema)
        scope = self._scope(call, plan)
        rows: list[Row] = []
        with self._store.transaction():
            for one in given:
                document = mapping.each(one)
                for path in plan.owned:
                    if path != plan.id_member:
                        document.pop(path[0], None)
                try:
                    rows.append(self._objects.keep(plan, scope, document))
                except AlreadyExists:
                    continue
        return self._shown(call, plan, rows, ("created", "imported", "inserted"))

    # Deleting several.

    def _clear(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        given = {**call.query, **(call.body if isinstance(call.body, dict) else {})}
        parameter = plain_name(plan.resource.id_parameter or "id")
        names = {
            "id",
            "ids",
            parameter,
            f"{parameter}s",
            f"{plain_name(plan.resource.name[-1])}ids",
        }
        for name, value in given.items():
            if plain_name(name) in names and value is not None:
                return self._delete(call, plan, _texts(value))
        if isinstance(call.body, list):
            return self._delete(call, plan, _texts(call.body))
        scope = self._scope(call, plan)
        conditions = self._conditions(plan, given)
        asked = [name for name, value in given.items() if not isinstance(value, bool)]
        # What is not understood may mean fewer than all of them.
        understood = len(conditions) >= len(asked)
        rows = self._found(plan, scope, conditions) if understood else []
        return self._forget(call, plan, scope, rows)

    def _delete(self, call: Call, plan: ResourcePlan, ids: Sequence[str]) -> HttpResponse:
        scope = self._scope(call, plan)
        found = (self._store.get(plan.table, scope, id_) for id_ in ids)
        return self._forget(call, plan, scope, [row for row in found if row is not None])

    def _forget(
        self, call: Call, plan: ResourcePlan, scope: Scope, rows: Sequence[Row]
    ) -> HttpResponse:
        for row in rows:
            self._gone(plan, scope, row)
        return self._shown(call, plan, rows, ("deleted", "removed"))

    def _shown(
        self, call: Call, plan: ResourcePlan, rows: Sequence[Row], words: Sequence[str]
    ) -> HttpResponse:
        """The response about some objects: they themselves, or how many they are."""
        listed = self._listing.several(call, plan, rows)
        if listed is not None:
            return listed
        names = (*words, *(f"{word}count" for word in words), *_COUNTS, "affected")
        return self._responses.described(call, about=dict.fromkeys(names, len(rows)))

    # Searching.

    def search(self, call: Call, plan: ResourcePlan, scope: Scope) -> HttpResponse:
        """The objects that a search by POST asks for, page by page where it says which."""
        given = call.body if isinstance(call.body, dict) else {}
        asked = {**call.query, **given} if given == {} or is_query(call.operation) else {}
        for name, value in given.items():
            if plain_name(name) in _INSIDE and isinstance(value, dict):
                asked.update(value)
        rows = self._found(plan, scope, self._conditions(plan, asked))
        return self._listing.searched(call, rows)

    def _conditions(self, plan: ResourcePlan, asked: Mapping[str, Json]) -> tuple[Condition, ...]:
        """What members have to be, of those that a request names like them."""
        known = {plain_name(name): name for name in self._schemas.members(plan.schema)}
        return tuple(
            Condition((known[plain_name(name)],), FilterOperator.EQUALS, tuple(map(cell, values)))
            for name, value in asked.items()
            if plain_name(name) in known
            and (values := self._values(plan, known[plain_name(name)], value))
        )

    def _values(self, plan: ResourcePlan, name: str, value: Json) -> list[Json]:
        schema = self._schemas.members(plan.schema)[name].schema
        if self._schemas.types(schema) & {"array", "object"}:
            return []
        listed = value if isinstance(value, list) else [value]
        return [self._typed(one, self._schemas.types(schema)) for one in _scalars(listed)]

    @staticmethod
    def _typed(value: Json, types: frozenset[str]) -> Json:
        if isinstance(value, str) and "string" not in types:
            return as_json(value, types)[0]
        return value


def _scalars(values: Sequence[Json]) -> Iterator[Json]:
    return (v for v in values if isinstance(v, str | int | float))


def _objects(body: Json | Absent) -> list[dict[str, Json]]:
    """The objects that a body lists: `{"items": [{…}]}`, `[{…}]`."""
    return [one for one in _listed(body) if isinstance(one, dict)]


def _listed_ids(body: Json | Absent) -> list[str]:
    """The ids that a body names: `{"ids": [1, 2]}`, `[1, 2]`, `{"items": [{"id": 1}]}`."""
    return _texts(_listed(body))


def _listed(body: Json | Absent) -> list[Json]:
    """A body that is a list, or the only list in one that is an object."""
    if isinstance(body, dict):
        lists = [v for v in body.values() if isinstance(v, list)]
        return lists[0] if len(lists) == 1 else []
    return body if isinstance(body, list) else []


def _texts(value: Json) -> list[str]:
    named = value if isinstance(value, list) else [value]
    inner = (next(iter(v.values()), None) if isinstance(v, dict) else v for v in named)
    return [plain_text(v) for v in inner if isinstance(v, str | int)]
