"""Responses: an object as an operation shows it, or the description's own examples where nothing
can be kept."""

from __future__ import annotations

import re
from urllib.parse import quote

from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.http.messages import HttpError, HttpResponse, RawHeaders, ValidationError
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.compiled import CompiledOperation
from trunkline.emulator.resources.projection import LazyRandom, merge
from trunkline.emulator.resources.resource_plan import ResourcePlan, seeded
from trunkline.emulator.schemas.names import plain_text
from trunkline.emulator.schemas.sampling import NoValue
from trunkline.emulator.storage.records import Row
from trunkline.ir import Content, Json
from trunkline.semantics.jsonvalue import get
from trunkline.semantics.media import is_json

_PROJECTED = 4096
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
        self._projected: dict[tuple[str, bytes], bytes] = {}

    def described(
        self,
        plan: CompiledOperation,
        call: Call | None = None,
        *,
        status: int | None = None,
        content: Content | None = None,
        example: str | None = None,
    ) -> HttpResponse:
        """The documented example, else a value made from the schema."""
        content = content if status is not None else plan.content
        status = status if status is not None else plan.status
        headers = list(plan.headers) if status == plan.status else []
        if content is None or status in (204, 304):
            return HttpResponse(status, b"", None, headers)
        media_type = content.media_type.split(";")[0].strip()
        if "*" in media_type:
            media_type = "application/json" if content.schema else "application/octet-stream"
        value = self._example(content, example, call)
        if call is not None and example is None:
            value = self._with_token(call, content, value)
        if is_json(media_type):
            return HttpResponse(status, dump(value), media_type.encode("ascii", "replace"), headers)
        text = value if isinstance(value, str) else dump(value).decode()
        return HttpResponse(status, text.encode(), media_type.encode("ascii", "replace"), headers)

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

    def location(self, call: Call, plan: ResourcePlan, row: Row) -> RawHeaders:
        """The Location header of a new object, where its status wants one."""
        path = plan.resource.item_path
        if call.compiled.status != 201 or path is None:
            return []
        values = {k: plain_text(v) for k, v in call.path.items()}
        if plan.resource.id_parameter is not None:
            values[plan.resource.id_parameter] = row.id
        for name, value in values.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        return [(b"location", f"{self._base}{path}".encode("ascii", "replace"))]

    def show(
        self,
        call: Call,
        row: Row,
        headers: RawHeaders | None = None,
        *,
        deleted: bool = False,
    ) -> HttpResponse:
        """An object in the response of the operation called."""
        plan = call.compiled
        more = [*plan.headers, *headers] if headers else plan.headers
        if plan.content is None or plan.envelope is None or plan.item is None:
            if plan.content is None or plan.status == 204:
                return HttpResponse(plan.status, b"", None, list(more))
            return self.described(plan, call)
        text = row.text if plan.same_item else self.project(call, row, deleted)
        media_type = plan.content.media_type
        return HttpResponse(
            plan.status,
            plan.envelope.one(text),
            b"application/json" if "*" in media_type else media_type.encode("ascii", "replace"),
            list(more),
        )

    def project(self, call: Call, row: Row, deleted: bool = False) -> bytes:
        """The object as this operation's response describes it, where that is not the item's own
        schema."""
        plan = call.compiled
        assert plan.item is not None
        key = (plan.operation.id, row.text)
        known = self._projected.get(key)
        if known is None:
            document: dict[str, Json] = row.document
            if deleted:
                document = {**document, "deleted": True, "success": True}
            shown = self._projection.complete(
                plan.item, document, LazyRandom(self._seed, plan.operation.id, row.number)
            )
            known = dump(shown)
            if len(self._projected) >= _PROJECTED:
                self._projected.clear()
            self._projected[key] = known
        return known


def _nested(path: tuple[str, ...], value: Json) -> Json:
    for name in reversed(path):
        value = {name: value}
    return value
