"""What operations do: create, retrieve, update, replace, delete and list objects, or answer from
the description where nothing can be kept."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import quote, urlencode

from trunkline.emulator.clock import Clock
from trunkline.emulator.documents import Documents, Later, merge
from trunkline.emulator.envelope import Page
from trunkline.emulator.errors import Errors, is_json
from trunkline.emulator.jsontext import dump
from trunkline.emulator.parameters import candidates, parse_query
from trunkline.emulator.plans import OperationPlan
from trunkline.emulator.resources import ResourcePlan, seeded
from trunkline.emulator.sampling import NoValue, Sampler
from trunkline.emulator.seams import Call, Seam
from trunkline.emulator.shapes import at, kinds, member, members, put
from trunkline.emulator.store import Cell, Condition, Exists, Query, Row, Scope, Store, cell
from trunkline.emulator.validation import Validators, escape
from trunkline.emulator.wire import Answer, Fault, RawHeaders, Refusal
from trunkline.ir import (
    ABSENT,
    Action,
    Api,
    Content,
    Filter,
    Json,
    Pagination,
    PaginationStyle,
    Schema,
)

_DEFAULT_SIZE = 20
_SEEDED = 3
_PROJECTED = 4096
_LONG = 8
_TRIES = 200
_SIGN_IN = re.compile(r"/(auth|login|sign-?in|tokens?|sessions?)/?$", re.IGNORECASE)
_TOKENS = {"token", "access_token", "accessToken", "api_token", "session_token"}


class Actions:
    """Carries out calls whose parameters and body are known to be valid."""

    def __init__(
        self,
        api: Api,
        validators: Validators,
        sampler: Sampler,
        store: Store,
        clock: Clock,
        errors: Errors,
        *,
        seed: int,
        base: str,
        resources: Mapping[str, ResourcePlan | None],
        parent_of: Callable[[ResourcePlan], ResourcePlan | None],
        seams: tuple[Seam, ...] = (),
    ) -> None:
        self._api = api
        self._validators = validators
        self._sampler = sampler
        self._store = store
        self._clock = clock
        self._errors = errors
        self._seed = seed
        self._base = base
        self._resources = resources
        self._parent_of = parent_of
        self._seams = seams
        self.documents = Documents(api, validators, sampler)
        self._projected: dict[tuple[str, bytes], bytes] = {}
        self._handlers: dict[Action, Callable[[Call, ResourcePlan], Answer]] = {
            Action.LIST: self._list,
            Action.CREATE: self._create,
            Action.RETRIEVE: self._retrieve,
            Action.UPDATE: self._update,
            Action.REPLACE: self._replace,
            Action.DELETE: self._delete,
        }

    def carry_out(self, call: Call) -> Answer:
        """Do what the operation does; raises `Refusal`."""
        resource = call.plan.resource
        if resource is None or call.plan.action is Action.OTHER:
            return self.described(call.plan, call)
        return self._handlers[call.plan.action](call, resource)

    # Answers from the description alone.

    def described(
        self,
        plan: OperationPlan,
        call: Call | None = None,
        *,
        status: int | None = None,
        content: Content | None = None,
        example: str | None = None,
    ) -> Answer:
        """The documented example, else a value made from the schema."""
        content = content if status is not None else plan.content
        status = status if status is not None else plan.status
        headers = list(plan.headers) if status == plan.status else []
        if content is None or status in (204, 304):
            return Answer(status, b"", None, headers)
        media_type = content.media_type.split(";")[0].strip()
        if "*" in media_type:
            media_type = "application/json" if content.schema else "application/octet-stream"
        value = self._example(content, example, call)
        if call is not None and example is None:
            value = self._with_token(call, content, value)
        if is_json(media_type):
            return Answer(status, dump(value), media_type.encode("ascii", "replace"), headers)
        text = value if isinstance(value, str) else dump(value).decode()
        return Answer(status, text.encode(), media_type.encode("ascii", "replace"), headers)

    def _with_token(self, call: Call, content: Content, value: Json) -> Json:
        """The answer of an operation that hands out credentials, with the account's own token."""
        operation = call.operation
        if not _SIGN_IN.search(operation.path) or content.schema is None:
            return value
        found = at(value, operation.payload)
        if not isinstance(found, dict):
            return value
        for name in _TOKENS & set(found):
            signed = {**found, name: call.account.token}
            whole: Json = signed
            if operation.payload and isinstance(value, dict):
                whole = merge(value, _nested(operation.payload, signed))
            if self._validators.fits(content.schema, whole, "response"):
                value = whole
        return value

    def _example(self, content: Content, wanted: str | None, call: Call | None) -> Json:
        schema = content.schema
        examples = content.examples
        if wanted is not None:
            if wanted not in examples:
                raise Refusal((404,), Fault(f"There is no example {wanted!r}", "example"))
            return examples[wanted]
        for value in examples.values():
            if schema is None or self._validators.fits(schema, value, "response"):
                return value
        if schema is None:
            return ""
        seed = call.operation.id if call is not None else ""
        try:
            return self._sampler.sample(schema, seeded(self._seed, seed))
        except NoValue:
            return None

    # Objects.

    def _scope(self, call: Call, plan: ResourcePlan) -> Scope:
        names = plan.resource.parent_parameters
        parents = tuple(_text(call.path.get(name)) for name in names) if names else ()
        scope = Scope(call.account.name, parents)
        for seam in self._seams:
            scope = seam.scope(call, scope)
        if names:
            self._require_parent(plan, scope)
        self.populate(plan, scope)
        return scope

    def _require_parent(self, plan: ResourcePlan, scope: Scope) -> None:
        parent = self._parent_of(plan)
        if parent is None:
            return
        above = Scope(scope.account, scope.parents[:-1])
        self.populate(parent, above)
        if self._store.get(parent.table, above, scope.parents[-1]) is None:
            raise self._missing(scope.parents[-1])

    def populate(self, plan: ResourcePlan, scope: Scope) -> None:
        """Give a resource that no operation can create a few objects, once per scope."""
        operations = plan.resource.operations
        if Action.CREATE in operations:
            return
        single = plan.resource.id_parameter is None and Action.LIST not in operations
        if Action.REPLACE in operations and not single:
            return
        if not self._store.first_visit(plan.table, scope):
            return
        for _ in range(1 if single else _SEEDED):
            row = self.add(plan, scope, {}, single=single)
            if not self._validators.fits(plan.schema, row.document, "response"):
                # Better nothing than an object that breaks its own schema.
                self._store.delete(plan.table, scope, row.id)

    def add(
        self,
        plan: ResourcePlan,
        scope: Scope,
        given: dict[str, Json],
        *,
        single: bool = False,
        id_: Json = None,
        exact: bool = False,
    ) -> Row:
        """Keep an object made from `given` and, for the rest, from the description. `exact`:
        members of `given` that the server owns are kept too."""
        number = self._store.next_number(plan.table)
        rng = seeded(self._seed, plan.table.name, number)
        try:
            document = self._sampler.sample(plan.schema, rng)
        except NoValue:
            document = {}
        base = document if isinstance(document, dict) else {}
        new = self.dress(plan, scope, {**base, **given}, number, id_=id_)
        if exact:
            new.update({n: v for n, v in given.items() if (n,) != plan.id_member})
        return self._store.insert(
            plan.table, scope, "" if single else self.id_of(plan, new, number), new
        )

    def dress(
        self,
        plan: ResourcePlan,
        scope: Scope,
        document: dict[str, Json],
        number: int,
        *,
        id_: Json = None,
    ) -> dict[str, Json]:
        """The document with what the server owns, complete by the item's schema."""
        new = dict(document)
        plan.stamp(new, self._clock.now(), new=True)
        if plan.id_member is not None:
            if id_ is None:
                given = at(document, plan.id_member) if self._settable_id(plan) else None
                id_ = given if given is not None else self._unused(plan, scope, number)
            put(new, plan.id_member, id_)
        self._name_parents(plan, scope, new)
        complete = self.documents.complete(
            plan.schema, new, Later(self._seed, plan.table.name, number)
        )
        return complete if isinstance(complete, dict) else new

    def _unused(self, plan: ResourcePlan, scope: Scope, number: int) -> Json:
        """A new identifier. Long ones never meet; where the description only allows short ones,
        those in use are passed over."""
        made = plan.identifiers.make(number)
        for step in range(1, _TRIES):
            if len(_text(made)) >= _LONG or self._store.get(plan.table, scope, _text(made)) is None:
                break
            made = plan.identifiers.make(number + step * 1_000_003)
        return made

    def _settable_id(self, plan: ResourcePlan) -> bool:
        return Action.CREATE in plan.resource.operations

    def _name_parents(self, plan: ResourcePlan, scope: Scope, document: dict[str, Json]) -> None:
        """Members called like a parent's path parameter hold its value."""
        names = plan.resource.parent_parameters
        if not names:
            return
        known = {_plain(p.name): p for p in members(self._api, plan.schema)}
        for name, value in zip(names, scope.parents, strict=True):
            prop = known.get(_plain(name))
            if prop is None or (prop.name,) == plan.id_member:
                continue
            for typed in candidates(value, kinds(self._api, prop.schema)):
                if self._validators.fits(prop.schema, typed, "response"):
                    document[prop.name] = typed
                    break

    def id_of(self, plan: ResourcePlan, document: Json, number: int) -> str:
        """Under which id an object is kept."""
        if plan.id_member is None:
            return _text(plan.identifiers.make(number))
        return _text(at(document, plan.id_member))

    def _missing(self, id_: str) -> Refusal:
        return Refusal((404, 410), Fault(f"There is no such object: {id_[:200]}", "missing"))

    def _find(self, call: Call, plan: ResourcePlan, scope: Scope) -> tuple[str, Row | None]:
        name = plan.resource.id_parameter
        id_ = _text(call.path.get(name)) if name is not None else ""
        row = self._store.get(plan.table, scope, id_)
        for seam in self._seams:
            row = seam.found(call, scope, row)
        return id_, row

    def _require(self, call: Call, plan: ResourcePlan, scope: Scope) -> Row:
        id_, row = self._find(call, plan, scope)
        if row is None:
            raise self._missing(id_)
        return row

    def _retrieve(self, call: Call, plan: ResourcePlan) -> Answer:
        return self._show(call, self._require(call, plan, self._scope(call, plan)))

    def _create(self, call: Call, plan: ResourcePlan) -> Answer:
        scope = self._scope(call, plan)
        document = self._from_body(call, defaults=True)
        row = self._keep_new(call, plan, scope, document)
        return self._show(call, row, self._location(call, plan, row))

    def _keep_new(
        self,
        call: Call,
        plan: ResourcePlan,
        scope: Scope,
        document: dict[str, Json],
        id_: Json = None,
    ) -> Row:
        number = self._store.next_number(plan.table)
        for path in plan.owned:
            if path != plan.id_member:
                _remove(document, path)
        new = self.dress(plan, scope, document, number, id_=id_)
        for seam in self._seams:
            new = seam.creating(call, new)
        if not call.lax:
            self._check_unique(plan, scope, new, None)
        key = self.id_of(plan, new, number)
        try:
            row = self._store.insert(plan.table, scope, key, new)
        except Exists:
            pointer = "".join(f"/{escape(name)}" for name in plan.id_member or ())
            raise Refusal(
                (409, *self._errors.validation),
                Fault("An object with this id exists", "unique", pointer=pointer),
            ) from None
        for seam in self._seams:
            row = seam.created(call, scope, row)
        return row

    def _from_body(self, call: Call, *, defaults: bool) -> dict[str, Json]:
        body = {} if call.body is ABSENT else call.body
        schema = call.plan.request_schema
        if schema is not None:
            body = self.documents.accepted(schema, body)
            if defaults:
                body = self.documents.with_defaults(schema, body)
        return dict(body) if isinstance(body, dict) else {}

    def _check_unique(
        self, plan: ResourcePlan, scope: Scope, document: dict[str, Json], but: int | None
    ) -> None:
        for path in plan.resource.unique:
            value = at(document, path)
            if value is None:
                continue
            if self._store.taken(plan.table, scope.account, path, value, but):
                pointer = "".join(f"/{escape(name)}" for name in path)
                raise Refusal(
                    (409, *self._errors.validation),
                    Fault(f"{'.'.join(path)} is already in use", "unique", pointer=pointer),
                )

    def _update(self, call: Call, plan: ResourcePlan) -> Answer:
        scope = self._scope(call, plan)
        row = self._require(call, plan, scope)
        change = self._from_body(call, defaults=False)
        return self._keep_changed(call, plan, scope, row, merge(row.document, change))

    def _replace(self, call: Call, plan: ResourcePlan) -> Answer:
        scope = self._scope(call, plan)
        id_, row = self._find(call, plan, scope)
        document = self._from_body(call, defaults=True)
        if row is None:
            if call.plan.status != 201 and Action.CREATE in plan.resource.operations:
                raise self._missing(id_)
            schema = member(self._api, plan.schema, plan.id_member) if plan.id_member else None
            typed = candidates(id_, kinds(self._api, schema)) if schema is not None else [id_]
            row = self._keep_new(call, plan, scope, document, id_=typed[0])
            return self._show(call, row, self._location(call, plan, row))
        old = row.document
        new: dict[str, Json] = {
            name: value for name, value in document.items() if (name,) not in plan.owned
        }
        plan.keep_owned(old, new)
        return self._keep_changed(call, plan, scope, row, new)

    def _keep_changed(
        self, call: Call, plan: ResourcePlan, scope: Scope, row: Row, merged: Json
    ) -> Answer:
        old = row.document
        new = dict(merged) if isinstance(merged, dict) else old
        plan.keep_owned(old, new)
        self._name_parents(plan, scope, new)
        plan.stamp(new, self._clock.now(), new=False)
        complete = self.documents.complete(
            plan.schema, new, Later(self._seed, plan.table.name, row.number)
        )
        new = complete if isinstance(complete, dict) else new
        for seam in self._seams:
            new = seam.changing(call, old, new)
        self._check_unique(plan, scope, new, row.number)
        after = self._store.replace(plan.table, scope, row, new)
        for seam in self._seams:
            after = seam.changed(call, scope, row, after)
        return self._show(call, after)

    def _delete(self, call: Call, plan: ResourcePlan) -> Answer:
        scope = self._scope(call, plan)
        row = self._require(call, plan, scope)
        if all(seam.deleting(call, scope, row) for seam in self._seams):
            with self._store.transaction():
                self._store.delete(plan.table, scope, row.id)
                below = Scope(scope.account, (*scope.parents, row.id))
                for child in self._resources.values():
                    if child is not None and self._parent_of(child) is plan:
                        self._store.delete_below(child.table, below)
        return self._show(call, row, deleted=True)

    # Showing.

    def _location(self, call: Call, plan: ResourcePlan, row: Row) -> RawHeaders:
        path = plan.resource.item_path
        if call.plan.status != 201 or path is None:
            return []
        values = {k: _text(v) for k, v in call.path.items()}
        if plan.resource.id_parameter is not None:
            values[plan.resource.id_parameter] = row.id
        for name, value in values.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        return [(b"location", f"{self._base}{path}".encode("ascii", "replace"))]

    def _show(
        self,
        call: Call,
        row: Row,
        headers: RawHeaders | None = None,
        *,
        deleted: bool = False,
    ) -> Answer:
        plan = call.plan
        more = [*plan.headers, *headers] if headers else plan.headers
        if plan.content is None or plan.envelope is None or plan.item is None:
            if plan.content is None or plan.status == 204:
                return Answer(plan.status, b"", None, list(more))
            return self.described(plan, call)
        text = row.text if plan.same_item else self._project(call, row, deleted)
        media_type = plan.content.media_type
        return Answer(
            plan.status,
            plan.envelope.one(text),
            b"application/json" if "*" in media_type else media_type.encode("ascii", "replace"),
            list(more),
        )

    def _project(self, call: Call, row: Row, deleted: bool = False) -> bytes:
        """The object as this operation's answer describes it, where that is not the item's own
        schema."""
        plan = call.plan
        assert plan.item is not None
        key = (plan.operation.id, row.text)
        known = self._projected.get(key)
        if known is None:
            document: dict[str, Json] = row.document
            if deleted:
                document = {**document, "deleted": True, "success": True}
            shown = self.documents.complete(
                plan.item, document, Later(self._seed, plan.operation.id, row.number)
            )
            known = dump(shown)
            if len(self._projected) >= _PROJECTED:
                self._projected.clear()
            self._projected[key] = known
        return known

    # Lists.

    def _list(self, call: Call, plan: ResourcePlan) -> Answer:
        scope = self._scope(call, plan)
        query = self._query(call, plan)
        for seam in self._seams:
            query = seam.query(call, query)
        rows, total = self._store.page(plan.table, scope, query)
        for seam in self._seams:
            rows, total = seam.listed(call, rows, total)
        operation = call.plan
        texts = [row.text if operation.same_item else self._project(call, row) for row in rows]
        assert operation.envelope is not None
        assert operation.content is not None
        page, headers = self._page(call, query, rows, total)
        media_type = operation.content.media_type
        return Answer(
            operation.status,
            operation.envelope.many(texts, page),
            b"application/json" if "*" in media_type else media_type.encode("ascii", "replace"),
            [*operation.headers, *headers],
        )

    @staticmethod
    def _cursor_is_id(call: Call) -> bool:
        """Whether the next page is asked for by the id of the last object shown."""
        pagination = call.operation.pagination
        named = pagination.next[-1] if pagination is not None and pagination.next else ""
        return _plain(named) in ("lastid", "endingbefore", "startingafter")

    def _query(self, call: Call, plan: ResourcePlan) -> Query:
        offset, limit = self._window(call)
        return replace(self._ordered(call, plan), offset=offset, limit=limit)

    def _ordered(self, call: Call, plan: ResourcePlan) -> Query:
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
        return Query(conditions, order, descending)

    def _condition(self, schema: Schema, filter_: Filter, value: Json) -> Condition:
        target = member(self._api, schema, filter_.member)
        given = value if isinstance(value, list) else [value]
        cells: list[Cell] = []
        for one in given:
            if isinstance(one, str) and target is not None:
                allowed = kinds(self._api, target)
                if "string" not in allowed:
                    one = candidates(one, allowed)[0]
            elif target is not None and kinds(self._api, target) <= {"string", "null"}:
                one = _text(one)
            cells.append(cell(one))
        return Condition(filter_.member, filter_.operator, tuple(cells), filter_.ignore_case)

    def _size(self, call: Call, pagination: Pagination) -> int:
        if pagination.size is None:
            return _DEFAULT_SIZE
        size = call.query.get(pagination.size, _default(call, pagination.size))
        if isinstance(size, int) and not isinstance(size, bool):
            return max(size, 0)
        return _DEFAULT_SIZE

    def _window(self, call: Call) -> tuple[int, int | None]:
        pagination = call.operation.pagination
        if pagination is None:
            return 0, None
        size = self._size(call, pagination)
        place = call.query.get(pagination.page) if pagination.page is not None else None
        if pagination.style is PaginationStyle.PAGE:
            number = place if isinstance(place, int) else pagination.first
            return max(0, number - pagination.first) * size, size
        if pagination.style is PaginationStyle.OFFSET:
            offset = place if isinstance(place, int) else pagination.first
            return max(0, offset - pagination.first), size
        if isinstance(place, int):
            return max(0, place - pagination.first) * size, size
        if isinstance(place, str) and place:
            return self._cursor(call, pagination.page or "", place), size
        return 0, size

    def _cursor(self, call: Call, parameter: str, token: str) -> int:
        if self._cursor_is_id(call):
            plan = call.plan.resource
            assert plan is not None
            scope = self._scope(call, plan)
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
        fault = Fault(
            "is not a token this list gave out", "cursor", parameter=parameter, location="query"
        )
        raise Refusal(self._errors.validation, fault)

    def _page(
        self, call: Call, query: Query, rows: list[Row], total: int
    ) -> tuple[Page | None, RawHeaders]:
        pagination = call.operation.pagination
        if pagination is None or query.limit is None:
            return None, []
        size = query.limit
        end = query.offset + len(rows)
        more = bool(rows) and end < total
        number = query.offset // size + pagination.first if size else pagination.first
        if pagination.style is PaginationStyle.PAGE:
            asked = call.query.get(pagination.page or "")
            number = asked if isinstance(asked, int) else pagination.first
        upcoming: str | None = None
        headers: RawHeaders = []
        if pagination.style is PaginationStyle.CURSOR and self._cursor_is_id(call):
            return Page(number, size, total, rows[-1].id if rows else None, more), headers
        if more:
            token = base64.urlsafe_b64encode(f"offset:{end}".encode()).decode().rstrip("=")
            if pagination.style is PaginationStyle.CURSOR:
                upcoming = token
            elif pagination.page is not None:
                place = {
                    PaginationStyle.PAGE: str(number + 1),
                    PaginationStyle.OFFSET: str(end + pagination.first),
                }.get(pagination.style, token)
                address = self._address(call, pagination.page, place)
                upcoming = address
                if pagination.style is PaginationStyle.LINK:
                    headers.append((b"link", f'<{address}>; rel="next"'.encode()))
        return Page(number, size, total, upcoming, more), headers

    @staticmethod
    def _address(call: Call, parameter: str, value: str) -> str:
        pairs = [p for p in parse_query(call.request.query) if p[0] != parameter]
        host = (call.request.header(b"host") or b"localhost").decode("latin-1")
        path = call.request.raw_path.decode("latin-1")
        return f"http://{host}{path}?{urlencode([*pairs, (parameter, value)])}"


def _nested(path: tuple[str, ...], value: Json) -> Json:
    for name in reversed(path):
        value = {name: value}
    return value


def _default(call: Call, name: str) -> Json:
    for parameter in call.operation.parameters:
        if parameter.name == name:
            default = parameter.schema.meta.default
            return None if default is ABSENT else default
    return None


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if value is not None else ""


def _remove(document: dict[str, Json], path: tuple[str, ...]) -> None:
    for name in path[:-1]:
        child = document.get(name)
        if not isinstance(child, dict):
            return
        document = child
    document.pop(path[-1], None)
