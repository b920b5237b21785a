"""Answers of another status, media type or shape than the description says."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect, edited, payload_path
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.http.messages import HttpRequest, HttpResponse
from trunkline.ir import Action, Api, Json, Operation, Resource
from trunkline.semantics.jsonvalue import get, put


class EnvelopeForgotten(Defect):
    """Objects are answered bare, without what the description puts around them."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)
    needs = frozenset({Action.RETRIEVE})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(
            o.payload and o.action is not Action.LIST
            for o in api.operations
            if o.resource == resource.name
        )

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        path = payload_path(call.operation)
        if not path or call.compiled.action is Action.LIST:
            return response
        return edited(response, lambda document: get(document, path))


class EmptyListAsNull(Defect):
    """A list without objects is answered as null."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)
    needs = frozenset({Action.LIST})

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        if call.compiled.action is not Action.LIST:
            return response
        path = payload_path(call.operation)

        def change(document: Json) -> Json:
            if get(document, path) != []:
                return document
            if not path:
                return None
            assert isinstance(document, dict)
            put(document, path, None)
            return document

        return edited(response, change)


class WrongContentType(Defect):
    """JSON is announced as text/html."""

    rule = "An answer has one of the documented media types"
    caught_by = ("content-type-documented",)

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        if response.media_type is None:
            return response
        return HttpResponse(response.status, response.body, b"text/html", response.headers)


class ContentTypeLeftOut(Defect):
    """Answers do not say what they are."""

    rule = "An answer with a body names its media type"
    caught_by = ("content-type-documented",)

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        return HttpResponse(response.status, response.body, None, response.headers)


class UndocumentedStatus(Defect):
    """Reading succeeds with 203, which nobody documented."""

    rule = "Every status is a documented one"
    caught_by = ("status-documented",)
    needs = frozenset({Action.RETRIEVE})

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        if call.compiled.action is Action.RETRIEVE:
            response.status = 203
        return response


class CreatedWithWrongStatus(Defect):
    """Creating succeeds with another status than the documented one."""

    rule = "Every status is a documented one"
    caught_by = ("status-documented",)
    needs = frozenset({Action.CREATE})

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        if call.compiled.action is Action.CREATE:
            response.status = 202 if response.status != 202 else 200
        return response


class BodyCutShort(Defect):
    """The last byte of every JSON body is missing."""

    rule = "A JSON answer is JSON"
    caught_by = ("response-schema",)

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        return HttpResponse(
            response.status, response.body[:-1], response.media_type, response.headers
        )


class ErrorsOfAnotherShape(Defect):
    """Errors are answered as {"message": …}, whatever the description says."""

    rule = "Error answers fit their documented schema"
    caught_by = ("response-schema",)

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        body = dump({"message": "error"})
        return HttpResponse(response.status, body, b"application/json", response.headers)


class ErrorsAsText(Defect):
    """Errors are answered as plain text."""

    rule = "Error answers have a documented media type"
    caught_by = ("content-type-documented",)

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        return HttpResponse(
            response.status, b"error", b"text/plain; charset=utf-8", response.headers
        )


class NotFoundAsSuccess(Defect):
    """An unknown id is answered with 200 and an error body."""

    rule = "An unknown id is answered with 404"
    caught_by = ("unknown-missing",)

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        if response.status == 404 and operation is not None:
            response.status = 200
        return response


class InvalidAsServerError(Defect):
    """Requests that are refused for their content are answered with 500."""

    rule = "What the client did wrong is not a server error"
    caught_by = ("no-server-error",)

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        if response.status in (400, 422):
            response.status = 500
        return response


class DeletionsBrokenOff(Defect):
    """The connection ends in the middle of the response to a deletion."""

    rule = "Every request gets a whole response"
    caught_by = ("answers",)
    needs = frozenset({Action.CREATE, Action.DELETE})

    def breaks_off(self, request: HttpRequest) -> bool:
        return request.method == "DELETE"
