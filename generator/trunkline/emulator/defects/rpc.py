"""JSON-RPC calls that are dispatched or answered wrongly."""

from __future__ import annotations

from collections.abc import Iterable

from trunkline.emulator.defects.base import Defect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpResponse, ValidationError
from trunkline.ir import Action, Api, Json, RpcMethod


class _Rpc(Defect):
    @classmethod
    def applies(cls, api: Api) -> bool:
        return api.rpc is not None


def _code(reply: dict[str, Json]) -> Json:
    error = reply.get("error")
    return error.get("code") if isinstance(error, dict) else None


class IdNotEchoed(_Rpc):
    """Replies to calls have an id of the server's own."""

    rule = "A reply has the id of its call"
    caught_by = ("rpc-id",)

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        return {**reply, "id": 1} if reply.get("id") != 1 else {**reply, "id": 2}


class IdAsText(_Rpc):
    """Replies have the id of their call as text."""

    rule = "A reply has the id of its call"
    caught_by = ("rpc-id",)

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        identity = reply.get("id")
        return {**reply, "id": str(identity)} if isinstance(identity, int) else reply


class VersionLeftOut(_Rpc):
    """Replies do not say that they are JSON-RPC 2.0."""

    rule = "A reply names the version"
    caught_by = ("rpc-reply",)

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        return {name: value for name, value in reply.items() if name != "jsonrpc"}


class ResultBesideError(_Rpc):
    """Errors come with a null result beside them."""

    rule = "A reply has a result or an error, never both"
    caught_by = ("rpc-reply",)

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        return {**reply, "result": None} if "error" in reply else reply


class ErrorWithoutCode(_Rpc):
    """Errors have a message and no code."""

    rule = "An error has a whole number as its code"
    caught_by = ("rpc-reply",)

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        error = reply.get("error")
        if not isinstance(error, dict):
            return reply
        return {**reply, "error": {k: v for k, v in error.items() if k != "code"}}


class ErrorCodeAsText(_Rpc):
    """The codes of errors are text."""

    rule = "An error has a whole number as its code"
    caught_by = ("rpc-reply",)

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        error = reply.get("error")
        if not isinstance(error, dict):
            return reply
        return {**reply, "error": {**error, "code": str(error.get("code"))}}


class UnknownMethodsAnswered(_Rpc):
    """Methods that do not exist are answered with true."""

    rule = "An unknown method is answered with -32601"
    caught_by = ("rpc-unknown",)

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        if _code(reply) == -32601:
            return {"jsonrpc": "2.0", "id": reply.get("id"), "result": True}
        return reply


class UnknownMethodsAsInvalidParams(_Rpc):
    """Methods that do not exist are answered with the code for wrong parameters."""

    rule = "An unknown method is answered with -32601"
    caught_by = ("rpc-unknown",)

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        error = reply.get("error")
        if _code(reply) == -32601 and isinstance(error, dict):
            return {**reply, "error": {**error, "code": -32602}}
        return reply


class ParametersUnchecked(_Rpc):
    """The parameters of calls are not checked."""

    rule = "Wrong parameters are answered with -32602"
    caught_by = ("rpc-params",)

    def rpc_problems(
        self, call: Call, method: RpcMethod, problems: list[ValidationError]
    ) -> list[ValidationError]:
        return []


class MissingParametersAccepted(_Rpc):
    """Calls may leave out required parameters."""

    rule = "Wrong parameters are answered with -32602"
    caught_by = ("rpc-arity",)

    def rpc_problems(
        self, call: Call, method: RpcMethod, problems: list[ValidationError]
    ) -> list[ValidationError]:
        return [problem for problem in problems if problem.keyword != "required"]


class SurplusParametersAccepted(_Rpc):
    """Calls may have more parameters than the method."""

    rule = "Wrong parameters are answered with -32602"
    caught_by = ("rpc-arity",)

    def rpc_problems(
        self, call: Call, method: RpcMethod, problems: list[ValidationError]
    ) -> list[ValidationError]:
        return [problem for problem in problems if problem.keyword != "maxItems"]


class ErrorsWithAnHttpStatus(_Rpc):
    """Errors of calls come with the HTTP status 500."""

    rule = "Results and errors alike come with the documented HTTP status"
    caught_by = ("rpc-status",)

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        rpc = self.services.api.rpc
        if rpc is not None and call.operation.id == rpc.operation and b'"error"' in response.body:
            response.status = 500
        return response


class MalformedCallsUnanswered(_Rpc):
    """A body that is no JSON-RPC request is answered with an empty object."""

    rule = "A malformed request is answered with -32700 or -32600"
    caught_by = ("rpc-malformed",)

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        return {} if _code(reply) in (-32700, -32600) else reply


class ResultsWrapped(_Rpc):
    """Results are put into an object of their own."""

    rule = "Every result fits its documented schema"
    caught_by = ("rpc-result",)

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        return {**reply, "result": {"data": reply["result"]}} if "result" in reply else reply


class ResultsAsText(_Rpc):
    """Numbers and booleans are answered as text."""

    rule = "Every result fits its documented schema"
    caught_by = ("rpc-result",)

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        result = reply.get("result")
        if isinstance(result, (bool, int, float)):
            return {**reply, "result": str(result).lower()}
        return reply


class CreatedNotFoundByMethods(_Rpc):
    """What one method has created the method that reads it does not know."""

    rule = "What one method created, the others of its resource show"
    caught_by = ("rpc-created",)

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any(m.action is Action.RETRIEVE for m in _methods(api))

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        asked = message.get("method") if isinstance(message, dict) else None
        readers = {m.name for m in _methods(self.services.api) if m.action is Action.RETRIEVE}
        if asked not in readers or "result" not in reply:
            return reply
        error: Json = {"code": _NOT_FOUND, "message": "There is no such object"}
        return {"jsonrpc": "2.0", "id": reply.get("id"), "error": error}


_NOT_FOUND = 100
"""A code of the application's own."""


def _methods(api: Api) -> Iterable[RpcMethod]:
    return api.rpc.methods if api.rpc is not None else ()
