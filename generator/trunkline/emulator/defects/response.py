"""Answers that break what the description promises about them."""

from __future__ import annotations

from typing import ClassVar

from trunkline.emulator.defects.base import (
    Defect,
    edited,
    edited_objects,
    item_properties,
    payload_path,
)
from trunkline.emulator.jsontext import dump
from trunkline.emulator.resources import item_schema
from trunkline.emulator.seams import Call
from trunkline.emulator.shapes import at, kinds, members, nullable, put, resolve, write_only
from trunkline.emulator.wire import Answer, Request
from trunkline.ir import Action, Api, Enumeration, Json, Operation, Property, Resource, String

_READ = frozenset({Action.RETRIEVE})


class _ObjectDefect(Defect):
    """Changes the objects shown."""

    actions: ClassVar[frozenset[Action]] = frozenset(Action)

    def answered(self, call: Call, answer: Answer) -> Answer:
        if call.plan.action in self.actions and call.plan.resource is not None:
            api = self.emulator.api
            schema = item_schema(api, call.operation)
            shown = members(api, schema) if schema is not None else []
            return edited_objects(call, answer, lambda o: self.change(o, shown))
        return answer

    def change(self, document: dict[str, Json], shown: list[Property]) -> dict[str, Json]:
        """The object as it is shown wrongly."""
        raise NotImplementedError


class RequiredMemberLeftOut(_ObjectDefect):
    """Objects are shown without one of the members that the description requires."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(p.required for p in item_properties(api, resource))

    def change(self, document: dict[str, Json], shown: list[Property]) -> dict[str, Json]:
        required = [p.name for p in shown if p.required and p.name in document]
        for name in required[-1:]:
            del document[name]
        return document


class RequiredMemberLeftOutOfLists(RequiredMemberLeftOut):
    """Objects in lists, and only there, lack a member that the description requires."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)
    needs = frozenset({Action.LIST})
    actions = frozenset({Action.LIST})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and super().shows(api, resource)


class NumbersAsText(_ObjectDefect):
    """Numbers are shown as text."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(
            kinds(api, p.schema) & {"integer", "number"} and "string" not in kinds(api, p.schema)
            for p in item_properties(api, resource)
        )

    def change(self, document: dict[str, Json], shown: list[Property]) -> dict[str, Json]:
        return {
            k: str(v) if isinstance(v, (int, float)) and not isinstance(v, bool) else v
            for k, v in document.items()
        }


class BooleansAsNumbers(_ObjectDefect):
    """Booleans are shown as 0 and 1."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any("boolean" in kinds(api, p.schema) for p in item_properties(api, resource))

    def change(self, document: dict[str, Json], shown: list[Property]) -> dict[str, Json]:
        return {k: int(v) if isinstance(v, bool) else v for k, v in document.items()}


class NullWhereForbidden(_ObjectDefect):
    """A member that is never null is shown as null."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(
            p.required and not nullable(api, p.schema) for p in item_properties(api, resource)
        )

    def change(self, document: dict[str, Json], shown: list[Property]) -> dict[str, Json]:
        for prop in shown:
            if prop.required and prop.name in document:
                if not nullable(self.emulator.api, prop.schema):
                    document[prop.name] = None
                    break
        return document


class ValueOutsideEnumeration(_ObjectDefect):
    """A member holds a value that is not among the documented ones."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(
            isinstance(resolve(api, p.schema).shape, Enumeration)
            for p in item_properties(api, resource)
        )

    def change(self, document: dict[str, Json], shown: list[Property]) -> dict[str, Json]:
        for prop in shown:
            shape = resolve(self.emulator.api, prop.schema).shape
            if isinstance(shape, Enumeration) and prop.name in document:
                document[prop.name] = "undocumented"
        return document


class TimestampsMisspelt(_ObjectDefect):
    """Timestamps are shown without the time zone, with a space for the T."""

    rule = "Values have their documented format"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(
            isinstance(s := resolve(api, p.schema).shape, String) and s.format == "date-time"
            for p in item_properties(api, resource)
        )

    def change(self, document: dict[str, Json], shown: list[Property]) -> dict[str, Json]:
        for prop in shown:
            shape = resolve(self.emulator.api, prop.schema).shape
            value = document.get(prop.name)
            if isinstance(shape, String) and shape.format == "date-time" and isinstance(value, str):
                document[prop.name] = value.replace("T", " ").rstrip("Z")
        return document


class SecretsShown(_ObjectDefect):
    """What can only be written is shown."""

    rule = "Write-only members never appear in an answer"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(write_only(api, p) for p in item_properties(api, resource))

    def change(self, document: dict[str, Json], shown: list[Property]) -> dict[str, Json]:
        for prop in shown:
            if write_only(self.emulator.api, prop):
                document.setdefault(prop.name, "hunter2")
        return document


class EnvelopeForgotten(Defect):
    """Objects are answered bare, without what the description puts around them."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)
    needs = _READ

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
    needs = _READ

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
