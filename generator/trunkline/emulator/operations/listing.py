"""Lists: filters, order, pages."""

from __future__ import annotations

import base64
from urllib.parse import urlencode

from trunkline.emulator.decoding.query import parse_query
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpError, HttpResponse, RawHeaders, ValidationError
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.responses import Responses
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.envelope import PageInfo
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.schemas.names import plain_name, plain_text
from trunkline.emulator.storage.query import Cell, Condition, Query, cell
from trunkline.emulator.storage.records import Row
from trunkline.ir import (
    Absent,
    Array,
    Filter,
    Json,
    Operation,
    PageLocation,
    Pagination,
    PaginationStyle,
    Schema,
)
from trunkline.semantics.jsonvalue import get
from trunkline.semantics.paging import PageArgument, argument
from trunkline.semantics.parameters import as_json
from trunkline.semantics.responses import for_status, payload_schema

_DEFAULT_SIZE = 20
_BEHIND_ALL = 2**53
_OWN = "cursor"
"""What a link to the next page says where the description has no parameter for it."""


class Listing:
    """Answers lists of one API's resources."""

    def __init__(self, services: Services, objects: StoredObjects, responses: Responses) -> None:
        self._schemas = services.schemas
        self._hooks = services.hooks
        self._store = services.store
        self._errors = services.errors
        self._mosts: dict[str, int | None] = {}
        self._places: dict[tuple[str, str], PageArgument] = {}
        self._objects = objects
        self._responses = responses

    def response(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        """One page of objects; raises `HttpError`."""
        scope = self._objects.scope(call, plan)
        query = self._query(call, plan)
        for hook in self._hooks:
            query = hook.query(call, query)
        rows, total = self._store.page(plan.table, scope, query)
        for hook in self._hooks:
            rows, total = hook.listed(call, rows, total)
        page, headers = self._page(call, query, rows, total)
        return self._responses.show_many(call, rows, page, headers)

    def shown(self, call: Call, rows: list[Row], total: int) -> HttpResponse:
        """Objects as a response lists them that no list of their resource is described for."""
        return self._responses.show_many(call, rows, PageInfo(1, len(rows), total, None), [])

    @staticmethod
    def _cursor_is_id(call: Call) -> bool:
        """Whether the next page is asked for by the id of the last object shown."""
        pagination = call.operation.pagination
        if pagination is None:
            return False
        named = pagination.next[-1] if pagination.next else ""
        by_name = plain_name(named) in ("lastid", "endingbefore", "startingafter")
        return pagination.item_token is not None or by_name

    def _asked(self, call: Call, name: str | None) -> Json:
        """What the request gives for a name of the pagination; the default where it gives none."""
        pagination = call.operation.pagination
        if pagination is None or name is None:
            return None
        key = (call.operation.id, name)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = argument(call.operation, pagination, name)
        match place.location:
            case PageLocation.QUERY:
                given: Json = call.query.get(place.name)
            case PageLocation.HEADER:
                given = call.headers.get(place.name, call.headers.get(place.name.lower()))
            case PageLocation.BODY:
                given = call.body.get(place.name) if isinstance(call.body, dict) else None
        found = get(given, place.path)
        if found is None and place.parameter is not None and not place.path:
            default = place.parameter.schema.meta.default
            return None if isinstance(default, Absent) else default
        return found

    def _query(self, call: Call, plan: ResourcePlan) -> Query:
        offset, limit = self._window(call)
        most = self._most(call.operation)
        if most is not None:
            limit = most if limit is None else min(limit, most)
        return self._ordered(call, plan, offset, limit)

    def _most(self, operation: Operation) -> int | None:
        """How many items the response of a list can hold; None: any number."""
        if operation.id not in self._mosts:
            payload = payload_schema(self._schemas.named, operation)
            shape = self._schemas.resolve(payload).shape if payload is not None else None
            self._mosts[operation.id] = shape.max_items if isinstance(shape, Array) else None
        return self._mosts[operation.id]

    def _ordered(
        self, call: Call, plan: ResourcePlan, offset: int = 0, limit: int | None = None
    ) -> Query:
        operation = call.operation
        conditions = tuple(
            self._condition(plan.schema, filter_, call.query[filter_.parameter])
            for filter_ in operation.filters
            if filter_.parameter in call.query
        )
        order: tuple[str, ...] | None = None
        descending = False
        if operation.sort is not None:
            wanted = call.query.get(operation.sort.parameter, operation.sort.default)
            if isinstance(wanted, list):
                wanted = wanted[0] if wanted else None
            key = operation.sort.keys.get(str(wanted)) if wanted is not None else None
            if key is not None:
                order, descending = key
        return Query(conditions, order, descending, offset, limit)

    def _condition(self, schema: Schema, filter_: Filter, value: Json) -> Condition:
        target = self._schemas.descend(schema, filter_.member)
        given = value if isinstance(value, list) else [value]
        cells: list[Cell] = []
        for one in given:
            if isinstance(one, str) and target is not None:
                allowed = self._schemas.types(target)
                if "string" not in allowed:
                    one = as_json(one, allowed)[0]
            elif target is not None and self._schemas.types(target) <= {"string", "null"}:
                one = plain_text(one)
            cells.append(cell(one))
        return Condition(filter_.member, filter_.operator, tuple(cells), filter_.ignore_case)

    def _size(self, call: Call, pagination: Pagination) -> int:
        if pagination.size is None:
            return _DEFAULT_SIZE
        size = self._asked(call, pagination.size)
        if isinstance(size, int) and not isinstance(size, bool):
            return max(size, 0)
        return _DEFAULT_SIZE

    def _window(self, call: Call) -> tuple[int, int | None]:
        pagination = call.operation.pagination
        if pagination is None:
            return 0, None
        size = self._size(call, pagination)
        place = self._asked(call, pagination.page)
        if pagination.page is None and pagination.style is PaginationStyle.LINK:
            place = dict(parse_query(call.request.query)).get(_OWN)
        if pagination.style is PaginationStyle.PAGE:
            number = place if isinstance(place, int) else pagination.first
            return max(0, number - pagination.first) * size, size
        if pagination.style is PaginationStyle.OFFSET:
            offset = place if isinstance(place, int) else pagination.first
            return max(0, offset - pagination.first), size
        if isinstance(place, int):
            return max(0, place - pagination.first) * size, size
        if isinstance(place, str) and place:
            return self._cursor(call, pagination.page or _OWN, place), size
        return 0, size

    def _cursor(self, call: Call, parameter: str, token: str) -> int:
        if self._cursor_is_id(call):
            plan = call.compiled.resource
            assert plan is not None
            scope = self._objects.scope(call, plan)
            rows, _ = self._store.page(plan.table, scope, self._ordered(call, plan))
            for index, row in enumerate(rows):
                if row.id == token:
                    return index + 1
            return len(rows)
        try:
            text = base64.urlsafe_b64decode(token.encode() + b"==").decode()
            kind, _, number = text.partition(":")
            if kind == "offset" and number.isdecimal() and len(number) < 16:
                return int(number)
        except ValueError:
            pass
        if all(for_status(call.operation, status) is None for status in self._errors.validation):
            return _BEHIND_ALL  # No refusal is described.
        problem = ValidationError(
            "is not a token this list gave out", "cursor", parameter=parameter, location="query"
        )
        raise HttpError(self._errors.validation, problem)

    def _page(
        self, call: Call, query: Query, rows: list[Row], total: int
    ) -> tuple[PageInfo | None, RawHeaders]:
        pagination = call.operation.pagination
        if pagination is None or query.limit is None:
            return None, []
        size = query.limit
        end = query.offset + len(rows)
        more = bool(rows) and end < total
        number = query.offset // size + pagination.first if size else pagination.first
        if pagination.style is PaginationStyle.PAGE:
            asked = self._asked(call, pagination.page)
            number = asked if isinstance(asked, int) else pagination.first
        upcoming: str | None = None
        headers: RawHeaders = []
        if pagination.style is PaginationStyle.CURSOR and self._cursor_is_id(call):
            # Where nothing says whether there is more, the last page's own token would not end.
            shown = rows[-1].id if rows and (more or pagination.has_more is not None) else None
            return PageInfo(number, size, total, shown, more), headers
        if more:
            token = base64.urlsafe_b64encode(f"offset:{end}".encode()).decode().rstrip("=")
            if pagination.style is PaginationStyle.CURSOR:
                upcoming = token
            elif pagination.page is not None or pagination.style is PaginationStyle.LINK:
                place = {
                    PaginationStyle.PAGE: str(number + 1),
                    PaginationStyle.OFFSET: str(end + pagination.first),
                }.get(pagination.style, token)
                address = self._address(call, pagination.page or _OWN, place)
                upcoming = address
                if pagination.style is PaginationStyle.LINK:
                    headers.append((b"link", f'<{address}>; rel="next"'.encode()))
        return PageInfo(number, size, total, upcoming, more), headers

    @staticmethod
    def _address(call: Call, parameter: str, value: str) -> str:
        pairs = [p for p in parse_query(call.request.query) if p[0] != parameter]
        path = call.request.raw_path.decode("latin-1")
        return f"http://{call.host}{path}?{urlencode([*pairs, (parameter, value)])}"
