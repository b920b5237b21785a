"""Calls dispatched by method name: parameters and results checked, errors told."""

from __future__ import annotations

from collections.abc import Sequence

from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.jsontext import JsonTextError, dump, parse
from trunkline.emulator.http.messages import HttpResponse, ValidationError
from trunkline.emulator.jsonrpc.actions import RpcActions
from trunkline.emulator.jsonrpc.behaviour import MethodBehaviour
from trunkline.emulator.jsonrpc.errors import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    STANDARD,
    JsonRpcError,
)
from trunkline.emulator.jsonrpc.objects import rpc_resources
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.ir import Content, Json, Rpc, RpcEvidence, RpcMethod
from trunkline.semantics.media import acceptable


class RpcServer:
    """Answers the calls that one HTTP operation carries."""

    def __init__(self, services: Services, objects: StoredObjects, rpc: Rpc) -> None:
        self.operation = rpc.operation
        self._services = services
        self._api = services.api
        self.behaviour: MethodBehaviour | None = None
        """What is declared about methods beside the description."""
        self._errors = {**STANDARD, **rpc.errors}
        self._methods = {method.name: method for method in rpc.methods}
        self._resources = rpc_resources(services, rpc.methods)
        self._actions = RpcActions(services, objects, self._resources, self._errors)

    def plans(self) -> dict[str, ResourcePlan]:
        """The plan of each kind of objects, by the name of its resource."""
        return {".".join(name): one.plan for name, one in self._resources.items()}

    def response(self, call: Call) -> HttpResponse:
        """The HTTP response; raises `HttpError` for a media type that is not documented."""
        body = call.compiled.body
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
        except JsonRpcError as error:
            if isinstance(message, dict) and self._is_id(call, message.get("id")):
                identity = message.get("id")
            reply = {"jsonrpc": "2.0", "id": identity, "error": self._error(error)}
        for hook in self._services.hooks:
            reply = hook.replied(call, message, reply)
        return HttpResponse(call.compiled.status, dump(reply), self._media_type(call, content))

    def _media_type(self, call: Call, asked_in: Content | None) -> bytes:
        response = call.compiled.response
        contents = response.contents if response is not None else ()
        accept = call.request.header(b"accept")
        documented = [content.media_type for content in contents]
        chosen = (documented or ["application/json"])[0]
        if asked_in is not None and asked_in.media_type in documented:
            chosen = asked_in.media_type
        if accept is not None and accept != b"*/*":
            wanted = acceptable(accept.decode("latin-1"), contents)
            if wanted is not None and b"*/*" not in accept:
                chosen = wanted.media_type
        return chosen.encode("ascii", "replace")

    def _error(self, error: JsonRpcError) -> dict[str, Json]:
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
            raise JsonRpcError(PARSE_ERROR) from None

    def _check_message(self, call: Call, message: Json) -> None:
        if not isinstance(message, dict):
            raise JsonRpcError(INVALID_REQUEST, "one request object at a time")
        if message.get("jsonrpc") != "2.0":
            raise JsonRpcError(INVALID_REQUEST, 'jsonrpc must be "2.0"')
        if "id" not in message or not self._is_id(call, message["id"]):
            raise JsonRpcError(INVALID_REQUEST, "id must be given, and of the documented type")
        if not isinstance(message.get("method"), str):
            raise JsonRpcError(INVALID_REQUEST, "method must be a text")

    def _is_id(self, call: Call, value: Json) -> bool:
        """JSON-RPC has numbers and texts; a description may allow fewer, in calls and replies."""
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            return False
        schema = call.compiled.request_schema
        described = self._services.schemas.descend(schema, ("id",)) if schema is not None else None
        return described is None or self._services.schemas.fits(described, value, "request")

    def _result(self, call: Call, message: dict[str, Json]) -> Json:
        method = self._methods.get(str(message["method"]))
        if method is None:
            raise JsonRpcError(METHOD_NOT_FOUND)
        params = message.get("params", [])
        if not isinstance(params, list):
            raise JsonRpcError(INVALID_PARAMS, "params must be an array: parameters go by position")
        if method.evidence is not RpcEvidence.LISTED:
            problems = self._problems(method, params)
            for hook in self._services.hooks:
                problems = hook.rpc_problems(call, method, problems)
            if problems:
                shown: list[Json] = [
                    {"parameter": f.parameter, "pointer": f.pointer, "detail": f.detail}
                    for f in problems
                ]
                raise JsonRpcError(INVALID_PARAMS, shown)
        named = dict(zip((p.name for p in method.parameters), params, strict=False))
        return self._actions.valid(method, self._carried_out(call, method, named))

    def _carried_out(self, call: Call, method: RpcMethod, named: dict[str, Json]) -> Json:
        """What the method does: as declared, where it is."""

        def usual() -> Json:
            return self._actions.carry_out(call, method, named)

        if self.behaviour is None:
            return usual()
        params: dict[str, Json] = {p.name: named.get(p.name) for p in method.parameters}
        return self.behaviour(call, method, params, usual, lambda: self._actions.done(method))

    def _problems(self, method: RpcMethod, params: Sequence[Json]) -> list[ValidationError]:
        parameters = method.parameters
        found = [
            ValidationError(f"{parameter.name} is missing", "required", f"/{index}", parameter.name)
            for index, parameter in enumerate(parameters)
            if parameter.required and index >= len(params)
        ]
        if len(params) > len(parameters):
            detail = f"{len(parameters)} parameters at most, not {len(params)}"
            found.append(ValidationError(detail, "maxItems", f"/{len(parameters)}"))
        schemas = self._services.schemas
        for index, (parameter, value) in enumerate(zip(parameters, params, strict=False)):
            if not schemas.fits(parameter.schema, value, "request"):
                found += [
                    ValidationError(f.detail, f.keyword, f"/{index}{f.pointer}", parameter.name)
                    for f in schemas.problems(parameter.schema, value)
                ]
        return found
