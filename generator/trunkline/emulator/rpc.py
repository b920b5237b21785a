"""JSON-RPC 2.0: calls dispatched by method name, parameters and results checked, objects kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trunkline.emulator.documents import Later, merge
from trunkline.emulator.domain.credentials import presented
from trunkline.emulator.domain.runner import Failed
from trunkline.emulator.domain.values import public
from trunkline.emulator.jsontext import JsonTextError, dump, parse
from trunkline.emulator.negotiation import acceptable
from trunkline.emulator.query import Query
from trunkline.emulator.records import Exists, Row, Scope
from trunkline.emulator.resources import ResourcePlan, seeded
from trunkline.emulator.rpcobjects import RpcResource, as_document, rpc_resources
from trunkline.emulator.sampling import NoValue
from trunkline.emulator.seams import Call
from trunkline.emulator.shapes import item, kinds, member, members, resolve
from trunkline.emulator.wire import Answer, Fault
from trunkline.ir import (
    ABSENT,
    Absent,
    Action,
    Content,
    Json,
    Object,
    RpcEvidence,
    RpcMethod,
    Schema,
)

if TYPE_CHECKING:
    from trunkline.emulator.application import Emulator

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
_STANDARD = {
    PARSE_ERROR: "Parse error",
    INVALID_REQUEST: "Invalid request",
    METHOD_NOT_FOUND: "Method not found",
    INVALID_PARAMS: "Invalid params",
}
_LIMIT = 1000


@dataclass(slots=True)
class RpcError(Exception):  # an answer, not a failure
    """A call that is answered with an error."""

    code: int
    data: Json = None


class RpcServer:
    """Answers the calls that one HTTP operation carries."""

    def __init__(self, emulator: Emulator) -> None:
        rpc = emulator.api.rpc
        assert rpc is not None
        self.operation = rpc.operation
        self._emulator = emulator
        self._api = emulator.api
        self._errors = {**_STANDARD, **rpc.errors}
        self._methods = {method.name: method for method in rpc.methods}
        self._resources = rpc_resources(emulator.api, rpc.methods, emulator.planner)

    def plans(self) -> dict[str, ResourcePlan]:
        """The plan of each kind of objects, by the name of its resource."""
        return {".".join(name): one.plan for name, one in self._resources.items()}

    def answer(self, call: Call) -> Answer:
        """The HTTP answer; raises `Refusal` for a media type that is not documented."""
        body = call.plan.body
        content_type = call.request.header(b"content-type")
        # No bytes without a media type are malformed JSON, not another media type.
        said = content_type is not None or call.request.body
        content = body.content(content_type) if body and said else None
        identity: Json = None
        message: Json = None
        try:
            message = self._parsed(call.request.body)
            self._check_message(call, message)
            assert isinstance(message, dict)
            identity = message["id"]
            result = self._result(call, message)
            reply: dict[str, Json] = {"jsonrpc": "2.0", "id": identity, "result": result}
        except RpcError as error:
            if isinstance(message, dict) and self._is_id(call, message.get("id")):
                identity = message.get("id")
            reply = {"jsonrpc": "2.0", "id": identity, "error": self._error(error)}
        for seam in self._emulator.seams:
            reply = seam.replied(call, message, reply)
        return Answer(call.plan.status, dump(reply), self._media_type(call, content))

    def _media_type(self, call: Call, asked_in: Content | None) -> bytes:
        response = call.plan.response
        contents = response.contents if response is not None else ()
        accept = call.request.header(b"accept")
        documented = [content.media_type for content in contents]
        chosen = (documented or ["application/json"])[0]
        if asked_in is not None and asked_in.media_type in documented:
            chosen = asked_in.media_type
        if accept is not None and accept != b"*/*":
            wanted = acceptable(accept, contents)
            if wanted is not None and b"*/*" not in accept:
                chosen = wanted.media_type
        return chosen.encode("ascii", "replace")

    def _error(self, error: RpcError) -> dict[str, Json]:
        message = self._errors.get(error.code, "Error")
        shown: dict[str, Json] = {"code": error.code, "message": message}
        if error.data is not None:
            shown["data"] = error.data
        return shown

    @staticmethod
    def _parsed(text: bytes) -> Json:
        try:
            return parse(text)
        except JsonTextError:
            raise RpcError(PARSE_ERROR) from None

    def _check_message(self, call: Call, message: Json) -> None:
        if not isinstance(message, dict):
            raise RpcError(INVALID_REQUEST, "one request object at a time")
        if message.get("jsonrpc") != "2.0":
            raise RpcError(INVALID_REQUEST, 'jsonrpc must be "2.0"')
        if "id" not in message or not self._is_id(call, message["id"]):
            raise RpcError(INVALID_REQUEST, "id must be given, and of the documented type")
        if not isinstance(message.get("method"), str):
            raise RpcError(INVALID_REQUEST, "method must be a text")

    def _is_id(self, call: Call, value: Json) -> bool:
        """JSON-RPC has numbers and texts; a description may allow fewer, in calls and replies."""
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            return False
        schema = call.plan.request_schema
        described = member(self._api, schema, ("id",)) if schema is not None else None
        return described is None or self._emulator.validators.fits(described, value, "request")

    def _result(self, call: Call, message: dict[str, Json]) -> Json:
        method = self._methods.get(str(message["method"]))
        if method is None:
            raise RpcError(METHOD_NOT_FOUND)
        params = message.get("params", [])
        if not isinstance(params, list):
            raise RpcError(INVALID_PARAMS, "params must be an array: parameters go by position")
        if method.evidence is not RpcEvidence.LISTED:
            faults = self._faults(method, params)
            for seam in self._emulator.seams:
                faults = seam.rpc_faults(call, method, faults)
            if faults:
                shown: list[Json] = [
                    {"parameter": f.parameter, "pointer": f.pointer, "detail": f.detail}
                    for f in faults
                ]
                raise RpcError(INVALID_PARAMS, shown)
        named = dict(zip((p.name for p in method.parameters), params, strict=False))
        return self._valid(method, self._conducted(call, method, named))

    def _conducted(self, call: Call, method: RpcMethod, named: dict[str, Json]) -> Json:
        """What the method does: as declared, where it is."""
        engine = self._emulator.engine
        if engine is None:
            return self._carry_out(call, method, named)
        conduct = engine.behaviour.conduct.get(method.name)
        params: dict[str, Json] = {p.name: named.get(p.name) for p in method.parameters}
        account = call.account.name
        shown: dict[str, Json] = {"params": params, "credential": self._secret(call)}
        try:
            with self._emulator.store.transaction():
                if conduct is not None and conduct.replaces:
                    result = engine.run(conduct.do, account, shown).answer
                    result = self._done(method) if result is ABSENT else result
                else:
                    engine.objects.populate(account, ".".join(method.resource))
                    result = self._carry_out(call, method, named)
                if conduct is not None and conduct.then:
                    bound: dict[str, Json] = {**shown, "result": result}
                    after = engine.run(conduct.then, account, bound).answer
                    result = result if isinstance(after, Absent) else after
        except Failed as failed:
            code = failed.failure.code
            raise RpcError(INVALID_PARAMS if code is None else code, failed.data) from None
        return public(result)

    def _secret(self, call: Call) -> str | None:
        schemes = self._api.security_schemes
        named = [schemes[name] for one in call.operation.security for name in one]
        return next((s for scheme in named if (s := presented(scheme, call.request))), None)

    def _faults(self, method: RpcMethod, params: Sequence[Json]) -> list[Fault]:
        parameters = method.parameters
        found = [
            Fault(f"{parameter.name} is missing", "required", f"/{index}", parameter.name)
            for index, parameter in enumerate(parameters)
            if parameter.required and index >= len(params)
        ]
        if len(params) > len(parameters):
            detail = f"{len(parameters)} parameters at most, not {len(params)}"
            found.append(Fault(detail, "maxItems", f"/{len(parameters)}"))
        validators = self._emulator.validators
        for index, (parameter, value) in enumerate(zip(parameters, params, strict=False)):
            if not validators.fits(parameter.schema, value, "request"):
                found += [
                    Fault(f.detail, f.keyword, f"/{index}{f.pointer}", parameter.name)
                    for f in validators.faults(parameter.schema, value)
                ]
        return found

    def _valid(self, method: RpcMethod, result: Json) -> Json:
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
        return self._sample(method)

    def _sample(self, method: RpcMethod) -> Json:
        if method.result is None:
            return True
        try:
            rng = seeded(self._emulator.seed, method.name)
            return self._emulator.sampler.sample(method.result, rng)
        except NoValue:
            return None

    # What methods do.

    def _carry_out(self, call: Call, method: RpcMethod, named: dict[str, Json]) -> Json:
        resource = self._resources.get(method.resource)
        if resource is None or method.evidence is RpcEvidence.LISTED:
            return self._sample(method)
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
                return self._done(method)
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
        if "media" in method.resource and 115 in self._errors:
            return 115
        return 151 if 151 in self._errors else INVALID_PARAMS

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
            return self._done(method)
        return after.document

    def _done(self, method: RpcMethod) -> Json:
        """What a method answers that has nothing to tell."""
        if method.result is None:
            return True
        options: tuple[Json, ...] = (True, 1, "OK", None)
        fits = self._emulator.validators.fits
        for option in options:
            if fits(method.result, option, "response"):
                return option
        return self._sample(method)

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
            return self._hits([document for _, document in found], named)
        shape = resolve(self._api, result).shape
        if isinstance(shape, Object) and not shape.properties:
            return dict(found)
        return self._sample(method)

    @staticmethod
    def _hits(found: list[dict[str, Json]], named: dict[str, Json]) -> Json:
        options = named.get("options")
        given = options if isinstance(options, dict) else {}
        offset, quantity = given.get("offset"), given.get("quantity")
        start = offset if isinstance(offset, int) and offset > 0 else 0
        count = quantity if isinstance(quantity, int) and quantity >= 0 else 100
        hits: list[Json] = list(found[start : start + count])
        return {
            "hits": hits,
            "offset": start,
            "total": len(found),
            "has_more": start + count < len(found),
        }

    def _other(
        self, resource: RpcResource, scope: Scope, method: RpcMethod, named: dict[str, Json]
    ) -> Json:
        """Lists under another name, single members set, objects shown; else as described."""
        result = method.result
        plan = resource.plan
        if result is not None and resource.lists(self._api, result):
            return self._list(resource, scope, method, named)
        if not method.parameters:
            return self._sample(method)
        first = method.parameters[0].name
        row = self._emulator.store.get(plan.table, scope, str(named.get(first)))
        if row is None:
            if resource.names_item(method):
                raise RpcError(self._missing(method), f"there is no such object: {named[first]}")
            return self._sample(method)
        last = method.name.rpartition(".")[2]
        if last.startswith("set_"):
            rest = {k: v for k, v in named.items() if k != first}
            return self._change(resource, scope, row, rest, method)
        if result is not None and resolve(self._api, result) is resolve(self._api, plan.schema):
            return row.document
        return self._sample(method)
