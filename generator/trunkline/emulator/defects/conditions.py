"""Entity tags and the requests that depend on them; changes as a list."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import ClassVar

from trunkline.emulator.defects.base import Defect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpResponse, ValidationError
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action, Api, Operation, ParameterLocation, Resource
from trunkline.semantics.media import JSON_PATCH


def _operations(api: Api, resource: Resource) -> Iterator[Operation]:
    return (api.operation(id_) for id_ in resource.operations.values())


class _Conditional(Defect):
    """Shows where a change is only made of what was seen."""

    needs = frozenset({Action.CREATE, Action.RETRIEVE, Action.REPLACE})
    forgotten: ClassVar[bytes | None] = None
    """The tag that is not compared; None: any."""

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and any(
            p.location is ParameterLocation.HEADER and p.name.lower() == "if-match"
            for operation in _operations(api, resource)
            for p in operation.parameters
        )

    def parameter_problems(
        self, call: Call, problems: list[ValidationError]
    ) -> list[ValidationError]:
        # The request is as conditional as it was, and what it asks for holds for any object.
        headers = [
            (name, b"*" if name == b"if-match" and self.forgotten in {None, value} else value)
            for name, value in call.request.headers
        ]
        call.request = dataclasses.replace(call.request, headers=headers)
        return problems


class StaleChangesAccepted(_Conditional):
    """If-Match is not looked at: a change of what others have changed since is made."""

    rule = "A change of what has changed since it was read is refused"
    caught_by = ("stale-refused",)


class EntityTagStays(_Conditional):
    """Every object has the same entity tag, for ever."""

    rule = "The entity tag changes with the object"
    caught_by = ("etag-changes",)
    forgotten = b'"1"'

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        headers = [(name, b'"1"' if name == b"etag" else value) for name, value in response.headers]
        return HttpResponse(response.status, response.body, response.media_type, headers)


class AnyTagTakenForTheOwn(Defect):
    """Reading with If-None-Match is answered with 304, whatever the tag."""

    rule = "304 is answered to who has the object as it is, and to nobody else"
    caught_by = ("not-modified",)
    needs = frozenset({Action.CREATE, Action.RETRIEVE})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        if not cls.needs <= set(resource.operations):
            return False
        reads = api.operation(resource.operations[Action.RETRIEVE])
        changes = {Action.UPDATE, Action.REPLACE} & set(resource.operations)
        return bool(changes) and any(r.status == "304" for r in reads.responses)

    def parameter_problems(
        self, call: Call, problems: list[ValidationError]
    ) -> list[ValidationError]:
        headers = [
            (name, b"*" if name == b"if-none-match" else value)
            for name, value in call.request.headers
        ]
        call.request = dataclasses.replace(call.request, headers=headers)
        return problems


class JsonPatchNotKept(Defect):
    """A JSON Patch is answered, but not kept."""

    rule = "A JSON Patch that is accepted is applied"
    caught_by = ("json-patch-kept",)
    needs = frozenset({Action.CREATE, Action.RETRIEVE, Action.UPDATE})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and any(
            content.media_type == JSON_PATCH
            for operation in _operations(api, resource)
            if operation.body is not None
            for content in operation.body.contents
        )

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        if call.media_type == JSON_PATCH:
            assert call.compiled.resource is not None
            self.services.store.replace(call.compiled.resource.table, scope, old, old.document)
        return new


class JsonPatchTestsNothing(JsonPatchNotKept):
    """The `test` steps of a JSON Patch are left out."""

    rule = "A JSON Patch is made whole or not at all"
    caught_by = ("json-patch-whole",)

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        if call.media_type == JSON_PATCH and isinstance(call.body, list):
            call.body = [s for s in call.body if not isinstance(s, dict) or s.get("op") != "test"]
        return problems

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        return new
