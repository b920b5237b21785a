"""Responses: an object as an operation shows it, or the description's own examples where nothing
can be kept."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from email.utils import format_datetime

from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.jsontext import dump, parse
from trunkline.emulator.http.messages import HttpError, HttpResponse, RawHeaders, ValidationError
from trunkline.emulator.operations.conversion import CONVERTED, written
from trunkline.emulator.operations.preconditions import changed_at, entity_tag, tagged
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.compiled import Outcome, Representation
from trunkline.emulator.resources.envelope import PageInfo
from trunkline.emulator.resources.identifiers import timestamps
from trunkline.emulator.resources.projection import LazyRandom, merge
from trunkline.emulator.resources.resource_plan import BETWEEN, ResourcePlan, seeded
from trunkline.emulator.schemas.names import plain_name, plain_text
from trunkline.emulator.schemas.sampling import NoValue
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action, Content, Json
from trunkline.semantics.jsonvalue import get, put
from trunkline.semantics.media import MediaKind, acceptable, kind
from trunkline.semantics.parameters import as_json

_PROJECTED = 4096
_ADDRESSES = (b"operation-location", b"azure-asyncoperation", b"content-location")
_SIGN_IN = re.compile(r"/(auth|login|sign-?in|tokens?|sessions?)/?$", re.IGNORECASE)
_TOKENS = {"token", "access_token", "accessToken", "api_token", "session_token"}


class Responses:
    """Writes the responses of one API."""

    def __init__(self, services: Services) -> None:
        self._projection = services.projection
        self._schemas = services.schemas
        self._sampler = services.sampler
        self._seed = services.seed
        self._base = services.base
        self._clock = services.clock
        self._projected: dict[tuple[str, bytes], bytes] = {}

    def described(
        self,
        call: Call,
        *,
        outcome: Outcome | None = None,
        example: str | None = None,
        about: Mapping[str, Json] | None = None,
    ) -> HttpResponse:
        """The documented example, else a value made from the schema; members that are called like
        path parameters, and those of the object that it is `about`, as they are."""
        outcome = outcome or call.compiled.usual
        headers = list(outcome.headers)
        shown = self.chosen(call, outcome)
        if shown is None or outcome.status in (204, 304):
            return HttpResponse(outcome.status, b"", None, headers)
        content = shown.content
        value = self._example(content, example, call)
        if example is None:
            value = self._told(call, content, value, about or {})
            value = self._with_token(call, content, value)
        return HttpResponse(
            outcome.status, self._written(content, value), shown.media_type, headers
        )

    def chosen(self, call: Call, outcome: Outcome) -> Representation | None:
        """How an outcome is written for this caller."""
        if call.accept is None or outcome.usual is None or outcome.response is None:
            return outcome.usual
        found = acceptable(call.accept, outcome.response.contents)
        return outcome.others[found.media_type] if found is not None else outcome.usual

    def _written(self, content: Content, value: Json) -> bytes:
        kind_ = kind(content.media_type)
        if kind_ is MediaKind.JSON:
            return dump(value)
        if isinstance(value, str):
            return value.encode()
        if kind_ in CONVERTED and content.schema is not None:
            return written(kind_, self._schemas, content.schema, value)
        return dump(value)

    def _told(self, call: Call, content: Content, value: Json, about: Mapping[str, Json]) -> Json:
        """The value with what is known from the path and of the object."""
        found = get(value, call.operation.payload)
        if content.schema is None or not isinstance(found, dict):
            return value
        known = {plain_name(name): given for name, given in about.items()}
        for name in call.compiled.path_names:
            known.setdefault(plain_name(name), call.path.get(name))
        for name in list(found):
            given = known.get(plain_name(name))
            if given is None or given == found[name]:
                continue
            options: list[Json] = [given, plain_text(given)]
            if isinstance(given, str):
                options += as_json(given, frozenset({"integer", "number", "boolean"}))
            for option in options:
                told = {**found, name: option}
                whole: Json = told
                if call.operation.payload and isinstance(value, dict):
                    whole = merge(value, _nested(call.operation.payload, told))
                if self._schemas.fits(content.schema, whole, "response"):
                    value, found = whole, told
                    break
        return value

    def _with_token(self, call: Call, content: Content, value: Json) -> Json:
        """The response of an operation that hands out credentials, with the account's own token."""
        operation = call.operation
        if not _SIGN_IN.search(operation.path) or content.schema is None:
            return value
        found = get(value, operation.payload)
        if not isinstance(found, dict):
            return value
        for name in _TOKENS & set(found):
            signed = {**found, name: call.account.token}
            whole: Json = signed
            if operation.payload and isinstance(value, dict):
                whole = merge(value, _nested(operation.payload, signed))
            if self._schemas.fits(content.schema, whole, "response"):
                value = whole
        return value

    def _example(self, content: Content, wanted: str | None, call: Call | None) -> Json:
        schema = content.schema
        examples = content.examples
        if wanted is not None:
            if wanted not in examples:
                raise HttpError(
                    (404,), ValidationError(f"There is no example {wanted!r}", "example")
                )
            return examples[wanted]
        for value in examples.values():
            if schema is None or self._schemas.fits(schema, value, "response"):
                return value
        if schema is None:
            return ""
        seed = call.operation.id if call is not None else ""
        try:
            return self._sampler.sample(schema, seeded(self._seed, seed))
        except NoValue:
            return None

    def location(self, call: Call, plan: ResourcePlan, scope: Scope, row: Row) -> RawHeaders:
        """The Location header of a new object, as the response to `call` describes it: relative
        where that fits. None where the object has no address."""
        path = plan.address(scope.parents, plan.key_parts(row.id) if plan.keys else ())
        if path is None:
            return []
        address = f"{self._base}{path}"
        response = call.compiled.creation.response
        for header in response.headers if response is not None else ():
            if header.name.lower() == "location":
                whole = f"http://{call.host}{address}"
                fits = self._schemas.fits(header.schema, address, "response")
                if not fits and self._schemas.fits(header.schema, whole, "response"):
                    address = whole
        return [(b"location", address.encode("ascii", "replace"))]

    def addressed(
        self, call: Call, shown: HttpResponse, plan: ResourcePlan, scope: Scope, row: Row
    ) -> HttpResponse:
        """A response with the new object's address in the headers that tell it under another name
        than `Location`."""
        if not shown.headers or not any(name in _ADDRESSES for name, _ in shown.headers):
            return shown
        told = self.location(call, plan, scope, row)
        if not told:
            return shown
        headers = [(n, told[0][1] if n in _ADDRESSES else value) for n, value in shown.headers]
        return replace(shown, headers=headers)

    def show(
        self,
        call: Call,
        row: Row,
        headers: RawHeaders | None = None,
        *,
        outcome: Outcome | None = None,
        deleted: bool = False,
        just_set: Container[str] = (),
    ) -> HttpResponse:
        """An object in the response of the operation called, which has `just_set` some members:
        those are shown even where they are masked."""
        outcome = outcome or call.compiled.usual
        more = [*outcome.headers, *headers] if headers else outcome.headers
        if call.compiled.conditional and not deleted:
            more = [*more, (b"etag", entity_tag(row))]
        if call.compiled.dated:
            more = self._dated(call, row, more)
        shown = self.chosen(call, outcome)
        if shown is None:
            return HttpResponse(outcome.status, b"", None, list(more))
        if shown.by_example:
            return self.described(call, outcome=outcome)
        if shown.id_alone:
            body = self._written(shown.content, self._id(call, shown.content, row))
            return HttpResponse(outcome.status, body, shown.media_type, list(more))
        if shown.envelope is None or shown.item is None:
            told = self.described(call, outcome=outcome, about=row.document)
            return replace(told, headers=[*told.headers, *(h for h in more if h[0] == b"etag")])
        row = masked(call, row, just_set)
        ends = deleted and bool(call.compiled.resource and call.compiled.resource.not_yet)
        as_kept = shown.same_item and not ends
        text = row.text if as_kept else self.project(call, shown, row, deleted)
        if call.operation.mapped:
            body = shown.envelope.many([text], PageInfo.whole(1), [_last(row.id)])
        else:
            body = shown.envelope.one(text)
        body = self._in_form(shown, body)
        return HttpResponse(outcome.status, body, shown.media_type, list(more))

    def show_made(self, call: Call, rows: Sequence[Row], outcome: Outcome) -> HttpResponse:
        """Several objects in the response to the request that made them."""
        shown = self.chosen(call, outcome)
        if shown is None or shown.envelope is None or not shown.several:
            return self.show(call, rows[0], outcome=outcome)
        texts = self._texts(call, shown, rows)
        body = shown.envelope.many(texts, PageInfo.whole(len(rows)))
        body = self._in_form(shown, body)
        return HttpResponse(outcome.status, body, shown.media_type, list(outcome.headers))

    def _texts(self, call: Call, shown: Representation, rows: Sequence[Row]) -> list[bytes]:
        """Objects as a response shows each of them."""
        return [row.text if shown.same_item else self.project(call, shown, row) for row in rows]

    def _in_form(self, shown: Representation, body: bytes) -> bytes:
        """A body that was put together as JSON, in the media type that is wanted."""
        return body if shown.is_json else self._written(shown.content, parse(body))

    @staticmethod
    def _dated(call: Call, row: Row, headers: RawHeaders) -> RawHeaders:
        """The headers with the time of the object's last change, where it is known."""
        changed = changed_at(call, row)
        if changed is None:
            return headers
        text = format_datetime(changed, usegmt=True).encode()
        return [(n, text if n == b"last-modified" else value) for n, value in headers]

    def _id(self, call: Call, content: Content, row: Row) -> Json:
        """The body that is an object's id, in the envelope that is described."""
        plan = call.compiled.resource
        id_ = get(row.document, plan.id_member) if plan is not None and plan.id_member else None
        for option in (id_, *as_json(row.id, frozenset({"integer", "string"}))):
            whole = _nested(call.operation.payload, option)
            if content.schema is None or self._schemas.fits(content.schema, whole, "response"):
                return whole
        return self._example(content, None, call)

    def show_many(
        self,
        call: Call,
        rows: Sequence[Row],
        page: PageInfo | None,
        headers: RawHeaders,
    ) -> HttpResponse:
        """Objects in the response of a list."""
        outcome = call.compiled.usual
        if page is not None and _is_part(page, headers):
            outcome = call.compiled.outcome(206)
        shown = self.chosen(call, outcome)
        assert shown is not None
        envelope = shown.envelope
        if envelope is None or shown.item is None or shown.by_example:
            return self.described(call)
        if call.operation.action is not Action.LIST:
            # A search by POST: what it is about is the list as a whole.
            element = self._schemas.items(shown.item)
            shown = replace(shown, item=element or shown.item, same_item=False)
        rows = [masked(call, row) for row in rows]
        texts = self._texts(call, shown, rows)
        ids = [_last(row.id) for row in rows] if call.operation.mapped else None
        body = envelope.many(texts, page, ids)
        for element in shown.elements:
            schema = shown.content.schema
            if schema is None or self._schemas.fits(schema, parse(body), "response"):
                break
            # A list of these or a list of those, not one of both.
            alone = replace(shown, item=element, same_item=False)
            body = envelope.many([self.project(call, alone, row) for row in rows], page)
        body = self._in_form(shown, body)
        told = {name for name, _ in headers}
        more = [h for h in self._about_page(outcome, page) if h[0] not in told]
        more += headers
        return tagged(call, HttpResponse(outcome.status, body, shown.media_type, more))

    def _about_page(self, outcome: Outcome, page: PageInfo | None) -> RawHeaders:
        """The documented headers of a list, those about its pages as they are."""
        if page is None or not outcome.page_headers:
            return outcome.headers
        fits = self._schemas.fits
        told: dict[bytes, bytes | None] = {}
        for header, word in outcome.page_headers:
            options = (o for v in page.told(word, header.name) for o in _spellings(v))
            value = next((o for o in options if fits(header.schema, o, "response")), None)
            told[header.name.lower().encode()] = (
                None if value is None else plain_text(value).encode("latin-1", "replace")
            )
        found = [(name, told.get(name, text)) for name, text in outcome.headers]
        return [(name, text) for name, text in found if text is not None]

    def project(self, call: Call, shown: Representation, row: Row, deleted: bool = False) -> bytes:
        """The object as this response describes it, where that is not the item's own schema."""
        assert shown.item is not None
        operation = call.operation.id
        told = {name: call.path.get(parameter) for name, parameter in shown.from_path}
        about = f"{operation} {shown.content.media_type} {deleted} {id(shown.item)} {told or ''}"
        key = (about, row.text)
        known = self._projected.get(key)
        if known is None:
            document: dict[str, Json] = row.document
            if deleted:
                document = {**document, "deleted": True, "success": True}
                self._end(call.compiled.resource, document)
            if told:
                document = {**document, **told}
            plan = call.compiled.resource
            if shown.id_as is not None and plan is not None and plan.id_member is not None:
                document = {**document, shown.id_as: get(document, plan.id_member)}
            item = self._projection.deleted_form(shown.item) if deleted else shown.item
            complete = self._projection.complete(
                item, document, LazyRandom(self._seed, operation, row.number)
            )
            known = dump(complete)
            if len(self._projected) >= _PROJECTED:
                self._projected.clear()
            self._projected[key] = known
        return known

    def _end(self, plan: ResourcePlan | None, document: dict[str, Json]) -> None:
        """Write when the object was deleted where it says so, in place."""
        for path in plan.not_yet if plan is not None else ():
            schema = self._schemas.descend(plan.schema, path) if plan is not None else None
            if schema is not None and plain_name(path[-1]).startswith(("deleted", "removed")):
                check = self._schemas.check(schema, "response")
                put(document, path, timestamps(self._schemas, schema, check)(self._clock.now()))


def masked(call: Call, row: Row, just_set: Container[str] = ()) -> Row:
    """An object without what is not shown a second time."""
    plan = call.compiled.resource
    if plan is None or not plan.masked:
        return row
    document = row.document
    hidden = {
        name: mask
        for name, mask in plan.masked.items()
        if isinstance(document.get(name), str) and name not in just_set
    }
    return row._replace(text=dump({**document, **hidden})) if hidden else row


def _is_part(page: PageInfo, headers: RawHeaders) -> bool:
    """Whether a range of a list is shown, and not all of it."""
    return page.shown < page.total and any(name == b"content-range" for name, _ in headers)


def _last(id_: str) -> str:
    """What tells an object among those that stand below the same."""
    return id_.rpartition(BETWEEN)[2]


def _spellings(value: Json) -> tuple[Json, ...]:
    """A value, and as text; nothing for null."""
    return () if value is None else (value, plain_text(value))


def _nested(path: tuple[str, ...], value: Json) -> Json:
    for name in reversed(path):
        value = {name: value}
    return value
