"""Lists: filters, order, pages."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from trunkline.emulator.decoding.query import parse_query
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpError, HttpResponse, RawHeaders, ValidationError
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.responses import Responses
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.envelope import PageInfo
from trunkline.emulator.resources.resource_plan import ResourcePlan, success
from trunkline.emulator.schemas.names import plain_name, plain_text
from trunkline.emulator.storage.query import Cell, Condition, Query, cell
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import (
    ABSENT,
    Absent,
    Array,
    Filter,
    Json,
    Operation,
    PageLocation,
    Pagination,
    PaginationStyle,
    Schema,
    Search,
)
from trunkline.semantics.jsonvalue import get
from trunkline.semantics.ordering import asked_order, may_order
from trunkline.semantics.pagewords import PageWord
from trunkline.semantics.paging import PageArgument, argument, read_range
from trunkline.semantics.parameters import as_json
from trunkline.semantics.responses import for_status, payload_schema
from trunkline.semantics.searching import finds

_DEFAULT_SIZE = 20
_BEHIND_ALL = 2**53
_OWN = "cursor"
"""What a link to the next page says where the description has no parameter for it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where requests say something about the page they want."""

    argument: PageArgument
    default: Json
    """What it is where they do not."""

    def asked(self, call: Call) -> Json:
        """What a request gives; the default where it gives none."""
        argument = self.argument
        match argument.location:
            case PageLocation.QUERY:
                given: Json = call.query.get(argument.name)
            case PageLocation.HEADER:
                given = call.headers.get(argument.name, call.headers.get(argument.name.lower()))
            case PageLocation.BODY:
                given = call.body.get(argument.name) if isinstance(call.body, dict) else None
        found = get(given, argument.path) if argument.path else given
        return self.default if found is None else found


@dataclass(frozen=True, slots=True)
class _ListPlan:
    """What every call of a list asks of its description."""

    pagination: Pagination | None
    size: _Place | None
    page: _Place | None
    most: int | None
    """How many items the response can hold; None: any number."""
    orderable: bool
    """Whether a parameter may ask for an order that is not described."""
    cursor_is_id: bool
    """Whether the next page is asked for by the id of the last object shown."""
    linked: bool
    """Whether a `Link` header is described."""
    ending_before: tuple[str, ...]
    """Parameters that name the object that a page ends before, beside `starting_after`."""


class Listing:
    """Answers lists of one API's resources."""

    def __init__(self, services: Services, objects: StoredObjects, responses: Responses) -> None:
        self._schemas = services.schemas
        self._hooks = services.hooks
        self._store = services.store
        self._errors = services.errors
        self._plans: dict[str, _ListPlan] = {}
        """By operation."""
        self._objects = objects
        self._responses = responses

    def response(self, call: Call, plan: ResourcePlan) -> HttpResponse:
        """One page of objects; raises `HttpError`."""
        scope = self._objects.scope(call, plan)
        about = self._plan(call)
        offset, limit = self._window(call, about)
        if about.most is not None:
            limit = about.most if limit is None else min(limit, about.most)
        query = self._ordered(call, plan, offset, limit)
        for hook in self._hooks:
            query = hook.query(call, query)
        order: tuple[tuple[str, bool], ...] = ()
        if about.orderable and call.query and query.order is None:
            order = asked_order(call.query, self._schemas.members(plan.schema))
        asked = (call.query.get(name) for name in about.ending_before)
        before = next((plain_text(value) for value in asked if value is not None), None)
        loose = self._loose(call)
        if order or loose or before is not None:
            rows, total, query = self._arranged(plan, scope, query, order, before, loose)
        else:
            rows, total = self._store.page(plan.table, scope, query)
        for hook in self._hooks:
            rows, total = hook.listed(call, rows, total)
        page, headers = self._page(call, about, query, rows, total)
        return self._responses.show_many(call, rows, page, headers)

    def _plan(self, call: Call) -> _ListPlan:
        operation = call.compiled.operation
        known = self._plans.get(operation.id)
        if known is None:
            known = self._plans[operation.id] = self._planned(operation)
        return known

    def _planned(self, operation: Operation) -> _ListPlan:
        pagination = operation.pagination
        payload = payload_schema(self._schemas.named, operation)
        shape = self._schemas.resolve(payload).shape if payload is not None else None
        _, response = success(operation)
        headers = response.headers if response is not None else ()
        beside = pagination is not None and pagination.item_token is not None
        return _ListPlan(
            pagination=pagination,
            size=_place(operation, pagination.size if pagination is not None else None),
            page=_place(operation, pagination.page if pagination is not None else None),
            most=shape.max_items if isinstance(shape, Array) else None,
            orderable=operation.sort is None and may_order(p.name for p in operation.parameters),
            cursor_is_id=_cursor_is_id(pagination),
            linked=any(header.name.lower() == "link" for header in headers),
            ending_before=tuple(
                p.name
                for p in operation.parameters
                if beside and plain_name(p.name) == "endingbefore"
            ),
        )

    def _arranged(
        self,
        plan: ResourcePlan,
        scope: Scope,
        query: Query,
        order: tuple[tuple[str, bool], ...],
        before: str | None,
        loose: Sequence[tuple[Search, Json]],
    ) -> tuple[list[Row], int, Query]:
        """A page of objects in an order that the store does not know, of those before one, or of
        those that a search finds."""
        rows, total = self._store.page(plan.table, scope, replace(query, offset=0, limit=None))
        if loose:
            rows = _found(rows, loose)
            total = len(rows)
        for name, descending in reversed(order):
            rows.sort(key=lambda row: _sortable(get(row.document, (name,))), reverse=descending)
        offset, limit = query.offset, query.limit
        if before is not None:
            end = next((n for n, row in enumerate(rows) if row.id == before), len(rows))
            offset = max(0, end - limit) if limit is not None else 0
            limit = end - offset
        end = total if limit is None else offset + limit
        return rows[offset:end], total, replace(query, offset=offset)

    @staticmethod
    def _loose(call: Call) -> list[tuple[Search, Json]]:
        """What a request searches for, by which of its searches."""
        if not call.query or not call.operation.searches:
            return []
        asked = ((search, call.query.get(search.parameter)) for search in call.operation.searches)
        return [(search, value) for search, value in asked if value not in (None, "")]

    def searched(self, call: Call, found: list[Row]) -> HttpResponse:
        """A page of what a search found, as the request asks for pages."""
        about = self._plan(call)
        offset, limit = self._window(call, about)
        end = len(found) if limit is None else offset + limit
        rows = found[offset:end]
        query = Query(offset=offset, limit=limit)
        page, headers = self._page(call, about, query, rows, len(found))
        return self._responses.show_many(call, rows, page, headers)

    def several(self, call: Call, plan: ResourcePlan, rows: Sequence[Row]) -> HttpResponse | None:
        """Some objects of a resource, where the response lists its objects; else None."""
        shown = self._responses.chosen(call, call.compiled.usual)
        item = shown.item if shown is not None and shown.envelope is not None else None
        element = self._schemas.items(item) if item is not None else None
        if element is None or self._schemas.resolve(element) is not self._schemas.resolve(
            plan.schema
        ):
            return None
        page = PageInfo.whole(len(rows))
        return self._responses.show_many(call, rows, page, [])

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

    @staticmethod
    def _size(call: Call, about: _ListPlan) -> int:
        size = about.size.asked(call) if about.size is not None else None
        if isinstance(size, int) and not isinstance(size, bool):
            return max(size, 0)
        return _DEFAULT_SIZE

    def _window(self, call: Call, about: _ListPlan) -> tuple[int, int | None]:
        pagination = about.pagination
        if pagination is None:
            return 0, None
        size = self._size(call, about)
        place = about.page.asked(call) if about.page is not None else None
        if pagination.style is PaginationStyle.RANGE:
            start, end = read_range(plain_text(place), pagination.unit) or (0, None)
            return start, None if end is None else end - start
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
        if self._plan(call).cursor_is_id:
            plan = call.compiled.resource
            assert plan is not None
            scope = self._objects.scope(call, plan)
            rows, _ = self._store.page(plan.table, scope, self._ordered(call, plan))
            rows = _found(rows, self._loose(call))
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
        self, call: Call, about: _ListPlan, query: Query, rows: list[Row], total: int
    ) -> tuple[PageInfo | None, RawHeaders]:
        pagination = about.pagination
        if pagination is not None and pagination.style is PaginationStyle.RANGE:
            return self._ranged(call, pagination, query, rows, total)
        if pagination is None or query.limit is None:
            return PageInfo.whole(len(rows), total), []
        size = query.limit
        end = query.offset + len(rows)
        more = bool(rows) and end < total
        number = query.offset // size + pagination.first if size else pagination.first
        if pagination.style is PaginationStyle.PAGE:
            asked = about.page.asked(call) if about.page is not None else None
            number = asked if isinstance(asked, int) else pagination.first
        upcoming: str | None = None
        headers: RawHeaders = []
        if pagination.style is PaginationStyle.CURSOR and about.cursor_is_id:
            # Where nothing says whether there is more, the last page's own token would not end.
            shown = rows[-1].id if rows and (more or pagination.has_more is not None) else None
            return PageInfo(number, size, total, shown, more, len(rows), query.offset), headers

        def place(offset: int) -> str:
            return self._place(call, pagination, offset, size)

        addressed = pagination.page is not None or pagination.style is PaginationStyle.LINK
        if more and (addressed or pagination.style is PaginationStyle.CURSOR):
            upcoming = place(end)
        known = place if addressed or pagination.style is PaginationStyle.CURSOR else None
        page = PageInfo(
            number, size, total, upcoming, more, len(rows), query.offset, pagination.first, known
        )
        if pagination.style is not PaginationStyle.CURSOR and known is not None:
            always = pagination.style is PaginationStyle.LINK
            if about.linked or (always and page.more):
                headers = self._links(page, described=about.linked)
        return page, headers

    def _ranged(
        self, call: Call, pagination: Pagination, query: Query, rows: list[Row], total: int
    ) -> tuple[PageInfo, RawHeaders]:
        """A range of items, and the header that tells which it is."""
        whole = f"{pagination.unit} */{total}".encode()
        start, end = query.offset, query.offset + len(rows)
        if not rows and start and for_status(call.operation, 416) is not None:
            problem = ValidationError("The range is behind the list's end", "range")
            raise HttpError((416,), problem, headers=[(b"content-range", whole)])
        shown = f"{pagination.unit} {start}-{end - 1}/{total}".encode() if rows else whole
        page = PageInfo(1, max(len(rows), 1), total, None, end < total, len(rows), start)
        return page, [(b"content-range", shown)]

    def _place(self, call: Call, pagination: Pagination, offset: int, size: int) -> str:
        """How the page that begins at an offset is asked for: its token, or its address."""
        token = base64.urlsafe_b64encode(f"offset:{offset}".encode()).decode().rstrip("=")
        if pagination.style is PaginationStyle.CURSOR:
            return token
        number = offset // size + pagination.first if size else pagination.first
        value = {
            PaginationStyle.PAGE: str(number),
            PaginationStyle.OFFSET: str(offset + pagination.first),
        }.get(pagination.style, token)
        return self._address(call, pagination.page or _OWN, value)

    @staticmethod
    def _links(page: PageInfo, *, described: bool) -> RawHeaders:
        """The `Link` header: with all neighbours where it is described, else with the next."""
        words = {"next": PageWord.NEXT}
        if described:
            words |= {"prev": PageWord.PREVIOUS, "first": PageWord.FIRST, "last": PageWord.LAST}
        found = {
            rel: next((v for v in page.told(word, rel) if isinstance(v, str)), None)
            for rel, word in words.items()
        }
        text = ", ".join(f'<{at}>; rel="{rel}"' for rel, at in found.items() if at is not None)
        return [(b"link", text.encode())] if text else []

    @staticmethod
    def _address(call: Call, parameter: str, value: str) -> str:
        pairs = [p for p in parse_query(call.request.query) if p[0] != parameter]
        path = call.request.raw_path.decode("latin-1")
        return f"http://{call.host}{path}?{urlencode([*pairs, (parameter, value)])}"


def _found(rows: list[Row], loose: Sequence[tuple[Search, Json]]) -> list[Row]:
    if not loose:
        return rows
    return [
        row for row in rows if all(finds(search, row.document, wanted) for search, wanted in loose)
    ]


def _place(operation: Operation, name: str | None) -> _Place | None:
    """Where a name of the pagination is given."""
    if operation.pagination is None or name is None:
        return None
    found = argument(operation, operation.pagination, name)
    default: Json | Absent = ABSENT
    if found.parameter is not None and not found.path:
        default = found.parameter.schema.meta.default
    return _Place(found, None if isinstance(default, Absent) else default)


def _cursor_is_id(pagination: Pagination | None) -> bool:
    if pagination is None:
        return False
    named = pagination.next[-1] if pagination.next else ""
    by_name = plain_name(named) in ("lastid", "endingbefore", "startingafter")
    return pagination.item_token is not None or by_name


def _sortable(value: Json) -> tuple[int, float, str]:
    """A member as it is put in order: nothing, then numbers, then text."""
    if value is None:
        return 0, 0, ""
    if isinstance(value, int | float):
        return 1, value, ""
    return 2, 0, plain_text(value)
