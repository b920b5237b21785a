"""Answers of another status, media type or shape than the description says."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect, edited, payload_path
from trunkline.emulator.hooks.hooks import Call
from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.http.messages import Answer, Request
from trunkline.emulator.schemas.shapes import at, put
from trunkline.ir import Action, Api, Json, Operation, Resource


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

    def answered(self, call: Call, answer: Answer) -> Answer:
        path = payload_path(call.operation)
        if not path or call.plan.action is Action.LIST:
            return answer
        return edited(answer, lambda document: at(document, path))


class EmptyListAsNull(Defect):
    """A list without objects is answered as null."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)
    needs = frozenset({Action.LIST})

    def answered(self, call: Call, answer: Answer) -> Answer:
        if call.plan.action is not Action.LIST:
            return answer
        path = payload_path(call.operation)

        def change(document: Json) -> Json:
            if at(document, path) != []:
                return document
            if not path:
                return None
            assert isinstance(document, dict)
            put(document, path, None)
            return document

        return edited(answer, change)


class WrongContentType(Defect):
    """JSON is announced as text/html."""

    rule = "An answer has one of the documented media types"
    caught_by = ("content-type-documented",)

    def answered(self, call: Call, answer: Answer) -> Answer:
        if answer.media_type is None:
            return answer
        return Answer(answer.status, answer.body, b"text/html", answer.headers)


class ContentTypeLeftOut(Defect):
    """Answers do not say what they are."""

    rule = "An answer with a body names its media type"
    caught_by = ("content-type-documented",)

    def answered(self, call: Call, answer: Answer) -> Answer:
        return Answer(answer.status, answer.body, None, answer.headers)


class UndocumentedStatus(Defect):
    """Reading succeeds with 203, which nobody documented."""

    rule = "Every status is a documented one"
    caught_by = ("status-documented",)
    needs = frozenset({Action.RETRIEVE})

    def answered(self, call: Call, answer: Answer) -> Answer:
        if call.plan.action is Action.RETRIEVE:
            answer.status = 203
        return answer


class CreatedWithWrongStatus(Defect):
    """Creating succeeds with another status than the documented one."""

    rule = "Every status is a documented one"
    caught_by = ("status-documented",)
    needs = frozenset({Action.CREATE})

    def answered(self, call: Call, answer: Answer) -> Answer:
        if call.plan.action is Action.CREATE:
            answer.status = 202 if answer.status != 202 else 200
        return answer


class BodyCutShort(Defect):
    """The last byte of every JSON body is missing."""

    rule = "A JSON answer is JSON"
    caught_by = ("response-schema",)

    def answered(self, call: Call, answer: Answer) -> Answer:
        return Answer(answer.status, answer.body[:-1], answer.media_type, answer.headers)


class ErrorsOfAnotherShape(Defect):
    """Errors are answered as {"message": …}, whatever the description says."""

    rule = "Error answers fit their documented schema"
    caught_by = ("response-schema",)

    def refused(self, operation: Operation | None, request: Request, answer: Answer) -> Answer:
        body = dump({"message": "error"})
        return Answer(answer.status, body, b"application/json", answer.headers)


class ErrorsAsText(Defect):
    """Errors are answered as plain text."""

    rule = "Error answers have a documented media type"
    caught_by = ("content-type-documented",)

    def refused(self, operation: Operation | None, request: Request, answer: Answer) -> Answer:
        return Answer(answer.status, b"error", b"text/plain; charset=utf-8", answer.headers)


class NotFoundAsSuccess(Defect):
    """An unknown id is answered with 200 and an error body."""

    rule = "An unknown id is answered with 404"
    caught_by = ("unknown-missing",)

    def refused(self, operation: Operation | None, request: Request, answer: Answer) -> Answer:
        if answer.status == 404 and operation is not None:
            answer.status = 200
        return answer


class InvalidAsServerError(Defect):
    """Requests that are refused for their content are answered with 500."""

    rule = "What the client did wrong is not a server error"
    caught_by = ("no-server-error",)

    def refused(self, operation: Operation | None, request: Request, answer: Answer) -> Answer:
        if answer.status in (400, 422):
            answer.status = 500
        return answer
